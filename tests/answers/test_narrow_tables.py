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


def test_where_a_value_comes_from_fits_eighty_signs(on_sample: Call) -> None:
    lines = on_sample("explain", "openai/gpt-4o", "prompt", "--format", "table").out.splitlines()
    assert max(len(line) for line in lines if not line.startswith(("scope", "words"))) == 80


def test_who_disagrees_stands_beside_what_they_say(on_sample: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = on_sample("conflicts", "--format", "table").out.splitlines()
    assert lines[0].split() == ["model", "field", "value", "source"]
    for said in (["price.prompt", "0.09", "openrouter_models"], ["price.prompt", "0.0983", "benchable_page"]):
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
