"""How a document is held against what its source expects, and how full its records are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scrapers.api.contract import NUMBER, TEXT, Inspector, Rejected, Shape, pointer, underfilled
from scrapers.fill import fill_rates
from scrapers.records import Model, Price, Records

PEAR = Shape(
    "pear.", {"name": TEXT, "weight": NUMBER, "spots": frozenset({list})}, frozenset({"name"}), {"spots": TEXT}
)


def findings(*pears: dict[str, object]) -> list[tuple[str, str]]:
    inspector = Inspector()
    inspector.inspect_each(PEAR, pears, "/pears")
    return [(warning.code, warning.where) for warning in inspector.warnings()]


def test_an_object_as_expected_is_no_finding() -> None:
    assert findings({"name": "Conference", "weight": Decimal("0.2")}, {"weight": 1, "name": "Williams"}) == []


@pytest.mark.parametrize(
    "pear, code, where",
    [
        ({"name": "x", "colour": "green"}, "drift_unknown_key", "/pears/0/colour"),
        ({"weight": 1}, "drift_missing_key", "/pears/0"),
        ({"name": None}, "drift_type", "/pears/0/name"),
        ({"name": "x", "weight": True}, "drift_type", "/pears/0/weight"),
        ({"name": "x", "spots": ["brown", 1]}, "drift_type", "/pears/0/spots"),
        ({"name": "x", "a/b~c": 1}, "drift_unknown_key", "/pears/0/a~1b~0c"),
    ],
)
def test_each_way_to_differ_has_a_code_and_a_place(pear: dict[str, object], code: str, where: str) -> None:
    assert findings(pear) == [(code, where)]


def test_a_finding_is_told_once_with_its_count_and_its_first_place() -> None:
    inspector = Inspector()
    inspector.inspect_each(PEAR, [{"name": "x"}, {"name": 1}, {"name": 2}], "/pears")

    (warning,) = inspector.warnings()
    assert (warning.where, warning.message) == (
        "/pears/1/name",
        "`pear.name` is a whole number, not text; 2 records, here the first",
    )


def test_p17_an_unforeseen_value_nested_past_measure_is_rejected() -> None:
    deep: object = 1
    for _ in range(50):
        deep = [deep]

    with pytest.raises(Rejected, match="nested"):
        Inspector().inspect(PEAR, {"name": "x", "colour": deep}, "")


def test_shares_are_judged_only_where_there_are_records_enough() -> None:
    assert underfilled({"name": 0}, 5, {"name": 0.9}) == []
    assert underfilled({"name": 90}, 100, {"name": 0.9}) == []
    (warning,) = underfilled({"name": 89}, 100, {"name": 0.9})
    assert warning.code == "drift_fill"


def test_a_key_is_a_reference_token() -> None:
    assert [pointer("plain"), pointer("a/b"), pointer("a~b")] == ["plain", "a~1b", "a~0b"]


def test_fill_rates_count_zero_and_false_as_values_and_emptiness_as_none() -> None:
    records = Records(
        models=[
            Model(name="Pear", context_tokens=0, is_moderated=False, released_on=date(2026, 1, 1), extra={"links": {}}),
            Model(name="", input_modalities=[], extra={"voices": ["a"]}),
        ],
        prices=[Price(component="prompt", usd=Decimal(0))],
    )
    rates = fill_rates(records)

    assert set(rates) == {"models", "prices"}
    filled = {name for name, share in rates["models"].items() if share == 0.5}
    assert filled >= {"name", "context_tokens", "is_moderated", "released_on", "voices"}
    assert (rates["models"]["input_modalities"], rates["models"]["links"]) == (0, 0)
    assert (rates["models"]["variant"], rates["prices"]["usd"]) == (1, 1)
