"""Amounts in all the ways that pages write dollars, and in other currencies, which are refused with their text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from extracted_page import read
from patience import patience

from scrapers.money import Amount, amount
from scrapers.records import Records

DOLLARS = ("US${}", "US ${}", "USD {}", "{} USD", "${} USD", "{} dollars", "{} US dollars", "$ {}")
OTHERS = ("€{}", "{} EUR", "{}¢", "{} cents", "CA${}", "A$ {}", "AUD {}", "${} CAD", "R$ {}", "¥{}", "£{}")


def stated(records: Records) -> list[tuple[str, str]]:
    return [(price.component, str(price.usd)) for price in records.prices if price.provider is None]


@pytest.mark.parametrize("money", DOLLARS)
@pytest.mark.parametrize("unit", ["", "/M", " per 1M tokens", ", per 1M tokens", " / 1M tok.", " (per million tokens)"])
def test_dollars_are_dollars_however_they_are_written(money: str, unit: str) -> None:
    read_amount = amount(money.format("0.30") + unit)
    assert read_amount == Amount(Decimal("0.3"), "mtok" if unit else None, "priced")


LINES = (
    "{day}: Prompt {a}, Completion {b}",
    "{day} — Input: {a}; Output: {b}",
    "{day}: {a} (prompt), {b} (completion)",
    "- {day}: Prompt {a} · Completion {b}",
)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("money", DOLLARS)
def test_a_line_of_the_history_is_read_in_dollars_of_any_kind(line: str, money: str) -> None:
    history = line.format(day="Jan 2, 2026", a=money.format("0.3"), b=money.format("12"))
    records = read(before=f"## Price History\n\n{history}\n", prices="Prompt: $1")
    assert stated(records) == [("prompt", "1"), ("prompt", "0.3"), ("completion", "12")]
    assert not records.warnings


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("money", OTHERS)
def test_a_line_of_the_history_in_another_currency_is_told(line: str, money: str) -> None:
    history = line.format(day="Jan 2, 2026", a=money.format("0.3"), b=money.format("12"))
    records = read(before=f"## Price History\n\n{history}\n", prices="Prompt: $1")
    assert stated(records) == [("prompt", "1")]
    assert {money.format("0.3") in warning.message for warning in records.warnings} >= {True}


def test_a_dated_line_without_a_price_is_told_where_it_has_a_number() -> None:
    records = read(before="## Price History\n\nJan 2, 2026: all prices cut by 20%\n\nJan 3, 2026: launched\n")
    assert [(warning.code, warning.where) for warning in records.warnings] == [
        ("unread_line", "Price History / line 1")
    ]


@pytest.mark.parametrize("line", ["{} {}", "{}: {}", "- {} — {}", "{}\n{}"])
@pytest.mark.parametrize("money", DOLLARS)
def test_a_label_stands_before_dollars_of_any_kind(line: str, money: str) -> None:
    prices = "\n".join(line.format(label, money.format(price)) for label, price in (("Prompt", 0.3), ("Completion", 2)))
    assert stated(read(prices=prices)) == [("prompt", "0.3"), ("completion", "2")]


@pytest.mark.parametrize("money", OTHERS)
def test_a_label_before_another_currency_is_one_all_the_same(money: str) -> None:
    records = read(prices=f"Prompt {money.format(3)}\nCompletion {money.format(4)}")
    assert stated(records) == []
    assert [warning.code for warning in records.warnings] == ["unread_price", "unread_price"]


FLAT = (
    "Provider\nEndpoint Name\nContext Length\nPricing (Input)\nPricing (Output)\n"
    "Acme\nAcme | acme/one-1\n8K\n{0}\n{0}\nPear\nPear | acme/one-1\n16K\n{0}\n{0}"
)
SPACED = (
    "Provider Endpoint Name Context Length Pricing (Input) Pricing (Output)\n"
    "Acme Acme | acme/one-1 8K {0} {0}\nPear Pear | acme/one-1 16K {0} {0}"
)


@pytest.mark.parametrize("money", ["US$2", "USD 2", "2 USD", "$2 per 1M tokens", "USD 2 / 1M tokens", "US$2/M"])
@pytest.mark.parametrize("table", [FLAT, SPACED])
def test_cells_without_marks_between_are_told_apart_by_dollars_of_any_kind(table: str, money: str) -> None:
    records = read(endpoints=table.format(money))
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000), ("Pear", 16_000)]
    assert {str(price.usd) for price in records.prices if price.provider} == {"2"}


def test_endpoints_a_cell_a_line_are_read_without_prices_in_another_currency() -> None:
    records = read(endpoints=FLAT.format("€2"))
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8000), ("Pear", 16_000)]
    assert [warning.code for warning in records.warnings] == ["unread_price"] * 4


@pytest.mark.parametrize(
    "line", ["USD " * 5000, "1" * 20_000, "Jan 2, 2026: " + "A " * 9000 + "1", "Prompt " + "$ " * 9000, "1 " * 9000]
)
def test_a_long_line_of_the_history_takes_no_time(line: str) -> None:
    with patience():
        read(before=f"## Price History\n\n{line}\n")


@pytest.mark.parametrize(
    "tokens", ["cached input tokens", "cache read tokens", "cache write tokens", "audio input tokens", "image tokens"]
)
def test_a_unit_may_say_of_what_kind_its_tokens_are(tokens: str) -> None:
    assert amount(f"$0.25 per million {tokens}") == Amount(Decimal("0.25"), "mtok", "priced")


@pytest.mark.parametrize("tokens", ["stolen tokens", "input", "tokens of input"])
def test_tokens_of_a_kind_that_nobody_knows_are_refused(tokens: str) -> None:
    with pytest.raises(ValueError, match="not a price whose unit is known"):
        amount(f"$0.25 per million {tokens}")
