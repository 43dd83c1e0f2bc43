"""A table in a narrow terminal: what was asked for is always there, and what is left out is named."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from called_program import Call

from catalog.cli.table import print_table

Printed = Callable[[pd.DataFrame], str]
MODEL = "orchard/a-model-with-a-long-name-20260101"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Prints a frame on 60 columns."""
    monkeypatch.setenv("COLUMNS", "60")

    def table(frame: pd.DataFrame) -> str:
        print_table(frame, None)
        return capsys.readouterr().out

    return table


CHANGE = {"when": "2026-05-01 03:30", "model": MODEL, "kind": "price", "field": "price.prompt"}


@pytest.mark.parametrize(
    ("row", "answers"),
    [
        (CHANGE | {"old": "0.455", "new": "0.4"}, ("0.455", "0.4")),
        ({"model": MODEL, "provider": "A Provider", "tag": "a/tag", "cost_usd": Decimal("12.5")}, ("12.5",)),
        ({"model": MODEL, "field": "context_tokens", "value": "131072", "source": "a_source_of_it"}, ("131072",)),
    ],
)
def test_what_was_asked_for_is_shown_however_long_the_ids_are(
    printed: Printed, row: dict[str, Any], answers: tuple[str, ...]
) -> None:
    text = printed(pd.DataFrame([row, row | {"model": f"{MODEL}-2"}]))
    first = next(line for line in text.splitlines() if answers[0] in line)
    assert all(answer in first.split() for answer in answers)
    assert max(map(len, text.splitlines())) <= 60


def test_other_columns_are_left_out_by_name_and_ids_stay_whole(printed: Printed) -> None:
    rows = [{"model": f"{MODEL}-{n}", "provider": f"Provider {n}", "tag": f"tag-{n}", "status": n} for n in range(2)]
    text = printed(pd.DataFrame(rows))
    assert f"{MODEL}-0" in text
    assert "too wide for this terminal: tag, status" in text


PRICE = {"model": MODEL, "provider": "A Provider", "tag": "a/tag", "component": "prompt", "usd": Decimal("0.00000125")}
TIER = PRICE | {"usd": Decimal("2.5"), "conditions": {"min_prompt_tokens": 200000}}


def test_each_model_has_a_table_of_its_own_where_one_of_all_is_too_wide(printed: Printed) -> None:
    rows = [PRICE | {"conditions": None}, TIER, TIER | {"model": "orchard/b"}, PRICE | {"model": "orchard/b"}]
    lines = printed(pd.DataFrame(rows)).splitlines()
    assert [line for line in lines if line.startswith("orchard/")] == [MODEL, "orchard/b"]
    assert sum("0.00000125" in line for line in lines) == 2, "no number is broken"
    assert sum("prompt > 200,000" in line for line in lines) == 2, "of two prices each has its condition"
    assert max(map(len, lines)) <= 60


def test_a_tag_is_left_out_first_where_rows_are_told_apart_without_it(printed: Printed) -> None:
    rows = [PRICE | {"model": f"{MODEL}-{n}", "provider": f"Provider {n}"} for n in range(3)]
    text = printed(pd.DataFrame(rows))
    assert "(too wide for this terminal: tag; --format csv has all)" in text
    assert "a/tag" not in text
    twice = [*rows, rows[0] | {"tag": "a/tag/2"}]
    assert "a/tag/2" in "".join(printed(pd.DataFrame(twice)).split())


@pytest.mark.parametrize("question", ["prices", "endpoints", "history openai/gpt-4o", "show google/gemini-2.5-pro"])
@pytest.mark.parametrize("width", [80, 60])
def test_prices_are_told_on_every_terminal(
    on_sample: Call, monkeypatch: pytest.MonkeyPatch, question: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = on_sample(*question.split(), "--format", "table").out.splitlines()
    assert max(map(len, lines)) <= width
    assert any("2.5" in line.split() for line in lines), "the price of a prompt, and of a long one"


def test_the_state_of_the_catalogue_fits_forty_signs(on_sample: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(len, on_sample("status", "--format", "table").out.splitlines())) <= 40


def test_where_a_value_comes_from_fits_eighty_signs(on_sample: Call) -> None:
    lines = on_sample("explain", "openai/gpt-4o", "prompt", "--format", "table").out.splitlines()
    assert max(len(line) for line in lines if not line.startswith(("scope", "words"))) == 80


def test_who_disagrees_stands_beside_what_they_say(on_sample: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = on_sample("conflicts", "--format", "table").out.splitlines()
    assert lines[0].split() == ["model", "field", "source", "value"]
    for said in (["price.prompt", "openrouter_models", "0.09"], ["price.prompt", "benchable_page", "0.0983"]):
        assert said in [line.split()[1:] for line in lines]
    assert max(map(len, lines)) <= 80


def test_the_last_captures_have_their_dates_and_the_held_ones_their_reasons(
    on_sample: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`docs/operations.md` sends whoever looks for a capture that a wrong clock made to these dates."""
    monkeypatch.setenv("COLUMNS", "80")
    table = on_sample("review", "--last", "3", "--format", "table").out.splitlines()
    assert table[0].split() == ["capture", "run", "when", "verdict", "scope", "reason"]
    assert table[2].split() == ["17", "1", "2026-07-14", "03:17", "accepted", "text"]
    assert on_sample("review", "--last", "3").out.splitlines()[0] == (
        "capture,run,source,scope,observed_at,verdict,reason"
    ), "for scripts in the order that it always had"
