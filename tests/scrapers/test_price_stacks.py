"""Several prices in one cell, a line each."""

from __future__ import annotations

import pytest
from small_page import html_page

PRICE = "<tr><td>Prompt</td><td>{}</td></tr>"


@pytest.mark.parametrize(
    "cell",
    [
        "$0.59<br><small>Cached: $0.29</small>",
        "<div>$0.59 / 1M tokens</div><div>$0.29 / 1M tokens (cached)</div>",
        "<p>$0.59</p><p>Cache read $0.29</p>",
    ],
)
def test_the_price_of_a_cached_prompt_may_stand_below_that_of_a_prompt(cell: str) -> None:
    records = html_page(prices=PRICE.format(cell))
    headline = [(one.component, str(one.usd)) for one in records.prices if one.provider is None]
    assert headline == [("prompt", "0.59"), ("input_cache_read", "0.29")]
    assert not any("rompt" in warning.message for warning in records.warnings)


def test_prices_by_the_length_of_the_prompt_may_stand_below_each_other() -> None:
    records = html_page(prices=PRICE.format("$1.25 (≤200K)<br>$2.50 (&gt;200K)"))
    headline = [(str(one.usd), one.conditions) for one in records.prices if one.provider is None]
    assert headline == [("1.25", None), ("2.50", {"min_prompt_tokens": 200_000})]


@pytest.mark.parametrize(
    "cell", ["$1<br>$2", "$1<br>Special: $2", "Cached: $1<br>$2", "$1<br>Cached: $2<br>Cached: $3"]
)
def test_lines_that_are_not_certainly_prices_of_different_things_are_refused(cell: str) -> None:
    records = html_page(prices=PRICE.format(cell))
    assert [one for one in records.prices if one.provider is None] == []
    assert "unread_price" in {warning.code for warning in records.warnings}
