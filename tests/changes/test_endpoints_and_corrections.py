"""Endpoints that come, go and get worse; and readings that a parser's fix took back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from catalog.change_log.changes import market_changes
from catalog.change_log.transitions import transitions
from catalog.database import reading
from catalog.instants import FOREVER, micros, read_instant
from catalog.judging.reconcile import Insert
from catalog.kinds import FACT, PRICE
from catalog.questions.frames import Moment
from catalog.rows import rows_of
from catalog.store import Corrections, Store
from scrapers.document import Document
from scrapers.sources.openrouter_models import SOURCE

Record = Callable[..., dict[str, Any]]


def endpoint(tag: str = "baidu/fp8", provider: str = "Baidu", **other: Any) -> dict[str, Any]:
    return {
        "name": f"{provider} | maker/one-20260101",
        "model_id": "maker/one",
        "provider_name": provider,
        "tag": tag,
        "quantization": tag.partition("/")[2] or None,
        "context_length": 100_000,
        "max_prompt_tokens": None,
        "max_completion_tokens": 8192,
        "supported_parameters": ["tools"],
        "pricing": {"prompt": "0.000001", "completion": "0.000002"},
        "status": 0,
        "uptime_last_30m": 99.5,
        **other,
    }


@pytest.fixture
def served(kept: Any, model: Record) -> Callable[..., None]:
    """Captures of one model's endpoints, a night each."""

    def take(*nights: list[dict[str, Any]]) -> None:
        facts = {name: model()[name] for name in ("id", "name", "created", "description", "architecture")}
        answers = {f"2026-05-0{day}": {"data": {**facts, "endpoints": own}} for day, own in enumerate(nights, start=1)}
        kept.take(answers)

    return take


def told(kept: Any) -> list[tuple[Any, ...]]:
    with reading(kept.engine) as connection:
        frame = market_changes(connection, Moment())
    return list(zip(*(frame[name] for name in ("kind", "field", "old", "new", "provider", "tag")), strict=True))


def raw(kept: Any, moment: Moment | None = None) -> pd.DataFrame:
    with reading(kept.engine) as connection:
        return transitions(connection, moment or Moment())


def test_an_endpoint_that_comes_is_one_row_with_what_is_stated_of_it(kept: Any, served: Any) -> None:
    served([endpoint()], [endpoint(), endpoint("deepinfra/fp4", "DeepInfra")])
    frame = raw(kept)
    assert frame[["kind", "field", "old", "provider", "tag"]].to_numpy().tolist() == [
        ["gained", "endpoint", None, "DeepInfra", "deepinfra/fp4"]
    ]
    assert '"quantization":"fp4"' in frame["new"][0]
    assert [kind for kind, *_ in told(kept)] == ["endpoint"]


def page(*offers: tuple[str, str]) -> str:
    """The model's page with a provider and its price of a prompt in each row: a page has no tags."""
    rows = "".join(
        f"<tr><td>{provider}</td><td>{provider} | maker/one-20260101</td><td>100K</td><td>${prompt} / 1M tokens</td>"
        "<td>$2 / 1M tokens</td></tr>"
        for provider, prompt in offers
    )
    names = "".join(f"<th>{one}</th>" for one in ("Provider", "Endpoint Name", "Context Length", *PRICES))
    return (
        "<!DOCTYPE html><html><head><title>Maker: One</title></head><body><main><h1>Maker: One</h1>"
        "<h2>Author's Description</h2><p>A model.</p>"
        "<h2>Model Pricing</h2><h3>Current Pricing</h3><table><tr><th>Feature</th><th>Price (per 1M tokens)</th></tr>"
        "<tr><td>Prompt</td><td>$1</td></tr></table>"
        f"<h2>Available Endpoints</h2><table><tr>{names}</tr>{rows}</table></main></body></html>"
    )


PRICES = ("Pricing (Input)", "Pricing (Output)")
PAGE = "https://benchable.ai/models/maker/one-20260101"


PAGE_FIRST, PAGE_LAST = (
    ("2026-04-30T23:00:00Z", "2026-05-01T23:00:00Z"),
    ("2026-05-01T05:00:00Z", "2026-05-02T05:00:00Z"),
)


@pytest.mark.parametrize("times", [PAGE_FIRST, PAGE_LAST], ids=["the page first", "the answer first"])
def test_what_a_page_says_of_an_endpoint_as_an_answer_does_is_told_once(kept: Any, served: Any, times: Any) -> None:
    """The page knows it by its provider, the answer by its tag too, and by more of what it offers."""
    dearer = {"prompt": "0.000003", "completion": "0.000002"}
    served([endpoint()], [endpoint(pricing=dearer), endpoint("other/fp4", "Other")])
    kept.take({times[0]: page(("Baidu", "1")), times[1]: page(("Baidu", "3"), ("Other", "1"))}, url=PAGE)
    assert sorted((kind, field, provider) for kind, field, _, _, provider, _ in told(kept)) == [
        ("endpoint", "endpoint", "Other"),
        ("price", "price.prompt", "Baidu"),
    ]


def test_two_endpoints_of_a_provider_that_move_alike_are_both_told_beside_a_page(kept: Any, served: Any) -> None:
    before, after = ({"prompt": prompt, "completion": "0.000002"} for prompt in ("0.000001", "0.000003"))
    tags = ("baidu/fp8", "baidu/fp4")
    served(*([endpoint(tag, pricing=one) for tag in tags] for one in (before, after)))
    kept.take({at: page(("Baidu", prompt)) for at, prompt in zip(PAGE_FIRST, ("1", "3"), strict=True)}, url=PAGE)
    assert [(kind, field, tag) for kind, field, _, _, _, tag in told(kept)] == [
        ("price", "price.prompt", None),
        ("price", "price.prompt", "baidu/fp8"),
    ]


def test_an_endpoint_that_goes_takes_its_prices_with_it_silently(kept: Any, served: Any) -> None:
    served([endpoint(), endpoint("other", "Other")], [endpoint()])
    assert raw(kept)[["kind", "field", "new", "provider"]].to_numpy().tolist() == [["lost", "endpoint", None, "Other"]]


def test_a_price_of_an_endpoint_is_told_with_its_provider(kept: Any, served: Any) -> None:
    served([endpoint()], [endpoint(pricing={"prompt": "0.0000005", "completion": "0.000002", "request": "0.1"})])
    assert told(kept) == [
        ("price", "price.prompt", "1", "0.5", "Baidu", "baidu/fp8"),
        ("price", "price.request", None, "0.1", "Baidu", "baidu/fp8"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("fp8", "fp4", "downgrade"), ("bf16", "int8", "downgrade"), ("fp4", "fp8", "fact"), ("bf16", "fp16", "fact")],
)
def test_a_lower_precision_under_the_same_tag_is_a_silent_downgrade(
    kept: Any, served: Any, before: str, after: str, kind: str
) -> None:
    served([endpoint(quantization=before)], [endpoint(quantization=after)])
    assert told(kept) == [(kind, "endpoint.quantization", before, after, "Baidu", "baidu/fp8")]


def test_less_context_is_a_silent_downgrade_and_more_is_a_fact(kept: Any, served: Any) -> None:
    served([endpoint()], [endpoint(context_length=99_999)], [endpoint(context_length=200_000)])
    assert [(kind, old, new) for kind, _, old, new, *_ in told(kept)] == [
        ("downgrade", "100000", "99999"),
        ("fact", "99999", "200000"),
    ]


def test_a_providers_only_endpoint_under_another_tag_is_the_same_endpoint(kept: Any, served: Any) -> None:
    served([endpoint(), endpoint("other", "Other")], [endpoint("baidu/fp4"), endpoint("other", "Other")])
    assert told(kept) == [
        ("downgrade", "endpoint.quantization", "fp8", "fp4", "Baidu", "baidu/fp4"),
        ("fact", "endpoint.tag", "baidu/fp8", "baidu/fp4", "Baidu", "baidu/fp4"),
    ]


def test_one_of_a_providers_several_endpoints_is_an_endpoint_of_its_own(kept: Any, served: Any) -> None:
    served([endpoint(), endpoint("baidu/bf16")], [endpoint("baidu/fp4"), endpoint("baidu/bf16")])
    assert sorted((kind, tag) for kind, *_, tag in told(kept)) == [("endpoint", "baidu/fp4"), ("endpoint", "baidu/fp8")]


def test_what_is_measured_anew_each_time_is_no_transition(kept: Any, served: Any) -> None:
    served([endpoint()], [endpoint(uptime_last_30m=12.5, status=-2)])
    assert raw(kept).empty


def corrected(kept: Any, record: dict[str, Any], at: str) -> None:
    """Have the store believe another reading of the one model from its first capture on, from `at` on."""
    with kept.engine.connect() as connection:
        lines = connection.exec_driver_sql(
            "SELECT l.id, l.kind, l.key, u.key, u.scope_id, v.valid_from FROM timeline l"
            " JOIN subject u ON u.id = l.subject_id JOIN (SELECT timeline_id, valid_from, known_to FROM fact_version"
            " UNION ALL SELECT timeline_id, valid_from, known_to FROM price_version) v ON v.timeline_id = l.id"
            f" WHERE v.known_to = {FOREVER}"
        ).fetchall()
    known = {(kind, key): (line, subject, scope, start) for line, kind, key, subject, scope, start in lines}
    superseded: dict[int, list[tuple[int, int]]] = {FACT: [], PRICE: []}
    inserts: dict[int, list[Insert]] = {FACT: [], PRICE: []}
    for part in SOURCE.parse(Document(json.dumps({"data": [record]}).encode())).parts:
        for row in rows_of(part.rows()):
            if (row.kind, row.key) in known:
                line, subject, _, start = known[row.kind, row.key]
                superseded[row.kind].append((line, start))
                inserts[row.kind].append(Insert(subject, line, row, start, FOREVER))
    scope = lines[0][4]
    Store(kept.engine).correct(
        scope, Corrections({}, superseded, inserts), now=micros(read_instant(at)), parser_version="2"
    )


def test_a_parsers_fix_is_a_correction_and_no_change(kept: Any, model: Record) -> None:
    kept.take({"2026-05-01": [model()], "2026-05-02": [model()]}, known_at="2026-05-03")
    right = model(context_length=64_000, pricing={"prompt": "0.000007", "completion": "0.000002"})
    corrected(kept, right, "2026-06-01")
    assert raw(kept).empty
    with reading(kept.engine) as connection:
        frame = market_changes(connection, Moment())
        before = market_changes(connection, Moment(known=micros(read_instant("2026-05-31"))))
        later = market_changes(connection, Moment(), since=micros(read_instant("2026-06-02")))
    assert frame[["kind", "field", "old", "new"]].to_numpy().tolist() == [
        ["correction", "context_tokens", "128000", "64000"],
        ["correction", "price.prompt", "1", "7"],
    ]
    assert set(frame["observed_at"]) == {pd.Timestamp("2026-06-01", tz="UTC")}
    assert set(frame["note"]) == {"of what was said from 2026-05-01T00:00:00Z on"}
    assert before.empty
    assert later.empty


def contexts_corrected(kept: Any, model: Record, believed: list[tuple[int, int, int]]) -> pd.DataFrame:
    """The corrections told after a fix that has other contexts of the one model, each as tokens, start and end."""
    with kept.engine.connect() as connection:
        line, subject, scope = connection.exec_driver_sql(
            "SELECT l.id, u.key, u.scope_id FROM timeline l JOIN subject u ON u.id = l.subject_id WHERE l.kind = 0"
        ).one()
        starts = connection.exec_driver_sql("SELECT valid_from FROM fact_version").scalars().all()
    inserts = []
    for size, start, end in believed:
        body = json.dumps({"data": [model(context_length=size)]}).encode()
        (row,) = (
            row for part in SOURCE.parse(Document(body)).parts for row in rows_of(part.rows()) if row.kind == FACT
        )
        inserts.append(Insert(subject, line, row, start, end))
    fix = Corrections({}, {FACT: [(line, start) for start in starts]}, {FACT: inserts})
    Store(kept.engine).correct(scope, fix, now=micros(read_instant("2026-06-01")), parser_version="2")
    with reading(kept.engine) as connection:
        return market_changes(connection, Moment(), kinds=["correction"])


FIRST, SECOND = (micros(read_instant(day)) for day in ("2026-05-01", "2026-05-02"))


def test_a_fix_of_two_values_that_followed_each_other_is_two_corrections(kept: Any, model: Record) -> None:
    """Each stood in a time of its own, and says nothing of the other."""
    kept.take({"2026-05-01": [model(context_length=1000)], "2026-05-02": [model(context_length=2000)]})
    frame = contexts_corrected(kept, model, [(1500, FIRST, SECOND), (2500, SECOND, FOREVER)])
    assert sorted(frame[["field", "old", "new"]].to_numpy().tolist()) == [
        ["context_tokens", "1000", "1500"],
        ["context_tokens", "2000", "2500"],
    ]


def test_a_fix_of_a_part_of_the_time_of_a_value_is_told_from_that_part_on(kept: Any, model: Record) -> None:
    kept.take({"2026-05-01": [model(context_length=1000)], "2026-05-02": [model(context_length=1000)]})
    frame = contexts_corrected(kept, model, [(1000, FIRST, SECOND), (2000, SECOND, FOREVER)])
    assert frame[["field", "old", "new", "note"]].to_numpy().tolist() == [
        ["context_tokens", "1000", "2000", "of what was said from 2026-05-02T00:00:00Z on"]
    ]
