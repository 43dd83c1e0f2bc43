"""A table in a narrow terminal: what was asked for is always there, and what is left out is named."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

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
