"""What stands above prices and holds for all of them: a unit, a condition, a day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from small_page import html_page_with


def prices(content: str) -> list[tuple[str, Decimal | None, str | None, dict[str, Any] | None]]:
    read = html_page_with("Current Pricing", content).prices
    return [(one.component, one.usd, one.unit, one.conditions) for one in read if one.provider is None]


def table(headers: tuple[str, ...], *rows: tuple[str, ...], caption: str = "") -> str:
    """A table; a row of one cell goes across it."""
    header = "".join(f"<th>{name}</th>" for name in headers)
    cells = (
        "".join(f"<td>{cell}</td>" for cell in row) if row[1:] else f'<th colspan="{len(headers)}">{row[0]}</th>'
        for row in rows
    )
    return f"<table>{caption}<tr>{header}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


FEATURES = ("Feature", "Price")
PAID = (("Prompt", "$0.001"), ("Completion", "$0.002"))
READ = [("prompt", 1, "mtok", None), ("completion", 2, "mtok", None)]


def test_a_row_across_the_table_says_the_unit_of_those_below_it() -> None:
    assert prices(table(FEATURES, ("Per 1K tokens",), *PAID, ("Other",), ("Image", "$0.04 per image"))) == [
        *READ,
        ("image", Decimal("0.04"), "image", None),
    ]


def test_a_caption_says_the_unit_of_a_table() -> None:
    assert prices(table(FEATURES, *PAID, caption="<caption>USD per 1K tokens</caption>")) == READ


def test_a_row_across_the_table_is_no_price_that_could_not_be_read() -> None:
    rows = (("Per 1M tokens",), ("Prompt", "$1"), ("Other charges",), ("Request", "$0.01"))
    records = html_page_with("Current Pricing", table(FEATURES, *rows))
    assert records.warnings == []


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (("Type", "$ / 1M tokens"), (("Input", "$1"), ("Output", "$2"))),
        (("Feature", "Price", "Since"), (("Prompt", "$1", "Jan 2, 2026"), ("Completion", "$2", "Jan 2, 2026"))),
    ],
)
def test_a_column_of_prices_may_be_called_by_its_unit_and_have_a_day_beside_it(
    headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    assert prices(table(headers, *rows)) == READ


def test_two_headers_above_their_cells_make_lines_a_table() -> None:
    cells = ("Type", "Price per 1K tokens", "Input", "$0.001", "Output", "$0.002")
    assert prices(f"<div>{''.join(f'<div>{cell}</div>' for cell in cells)}</div>") == READ


@pytest.mark.parametrize(
    ("base", "other", "conditions"),
    [
        ("≤ 200K tokens", "&gt; 200K tokens", {"min_prompt_tokens": 200_000}),
        ("Standard", "Batch", {"service_tier": "batch"}),
    ],
)
def test_a_column_without_a_name_says_when_the_prices_of_a_row_hold(
    base: str, other: str, conditions: dict[str, Any]
) -> None:
    content = table(("", "Input", "Output"), (base, "$1", "$2"), (other, "$3", "$4"))
    assert prices(content) == [*READ, ("prompt", 3, "mtok", conditions), ("completion", 4, "mtok", conditions)]


def test_the_component_of_a_change_may_stand_below_its_label() -> None:
    card = (
        "<div><div>{}</div><div><div>Component</div><div>{}</div></div><div><div>Price</div><div>${}</div></div></div>"
    )
    changes = (("Jan 2, 2026", "Input", 1), ("Jan 2, 2026", "Output", 2), ("Dec 1, 2025", "Input", 3))
    cards = "".join(card.format(*change) for change in changes)
    records = html_page_with("Benchmark Results", f"<p>None yet.</p><h2>Price History</h2><div>{cards}</div>")
    found = [(str(one.effective_from), one.component, one.usd) for one in records.prices if one.effective_from]
    assert found == [("2026-01-02", "prompt", 1), ("2026-01-02", "completion", 2), ("2025-12-01", "prompt", 3)]
