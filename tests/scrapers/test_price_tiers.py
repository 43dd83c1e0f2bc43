"""Prices for longer prompts, wherever the page says so: in a label, in a column, in the name of a column."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of

from scrapers.dates import calendar_date
from scrapers.document import Document
from scrapers.outline import Cell
from scrapers.page.price_stacks import unstacked
from scrapers.page.prices import priced_thing
from scrapers.page.words import header_words
from scrapers.sizes import parameter_count
from scrapers.sources.benchable_page import parse

BASE_AND_LONG = [("3", None), ("6", {"min_prompt_tokens": 200_000})]


@pytest.mark.parametrize(
    "label",
    [
        "Prompt (prompts > 200K tokens)",
        "Prompt (for prompts over 200K)",
        "Prompt, context > 200K",
        "Prompt for prompts longer than 200,000 tokens",
        "Input tokens (if context length is over 200K)",
        "Prompt (200K+)",
        "Prompt (200K–1M)",
        "Prompt (200–400K tokens)",
    ],
)
def test_a_label_may_say_in_many_words_for_which_prompts_a_price_is(label: str) -> None:
    assert priced_thing(label) == ("prompt", {"min_prompt_tokens": 200_000})


@pytest.mark.parametrize("label", ["Prompt (prompts ≤ 200K)", "Prompt (0–200K)"])
def test_the_price_of_short_prompts_is_the_base(label: str) -> None:
    assert priced_thing(label) == ("prompt", None)


def table(*rows: tuple[str, ...]) -> str:
    header, *others = rows
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in others)
    return f"<table><tr>{''.join(f'<th>{name}</th>' for name in header)}</tr>{cells}</table>"


@pytest.mark.parametrize(
    "prices",
    [
        table(("Feature", "Price (per 1M tokens)", "Over 200K tokens"), ("Prompt", "$3", "$6")),
        table(("Feature", "≤ 200K tokens", "&gt; 200K tokens"), ("Prompt", "$3", "$6")),
        table(("Feature", "Price (≤ 200K tokens)", "Price (&gt; 200K tokens)"), ("Prompt", "$3", "$6")),
        table(("Context", "Prompt", "Completion"), ("≤ 200K", "$3", "—"), ("&gt; 200K", "$6", "—")),
        table(("Feature", "Tier", "Price"), ("Prompt", "", "$3"), ("Prompt", "prompts &gt; 200K", "$6")),
        table(("Feature", "Price"), ("Prompt", "$3 (≤ 200K)"), ("Prompt", "$6 (&gt; 200K)")),
    ],
)
def test_a_column_may_say_for_which_prompts_a_price_is(prices: str) -> None:
    page = html_of("", "", "", ENDPOINT, "")
    before, _, rest = page.partition("<h2>Current Pricing</h2>")
    body = f"{before}<h2>Current Pricing</h2>{prices}{rest[rest.index('<h2>Available') :]}"
    records = parse(Document(body=body.encode())).records()
    stated = [p for p in records.prices if p.provider is None and p.component == "prompt"]
    assert [(str(price.usd), price.conditions) for price in stated] == BASE_AND_LONG
    assert records.warnings == []


@pytest.mark.parametrize(
    "text",
    [
        "$3 / 1M tokens\n$6 / 1M tokens (>200K)",
        "$3 / 1M tokens $6 / 1M tokens > 200K",
        "$3 (≤ 200K), $6 (> 200K)",
        "$3 / 1M tokens (above 200K tokens: $6 / 1M tokens)",
        "$3\nPrompts > 200K\n$6",
        "$3\n$6\n> 200K tokens",
        "$3\n≤ 200K\n\n$6\n> 200K",
        "≤ 200K\n$3\n> 200K\n$6",
    ],
)
def test_a_cell_may_hold_the_prices_of_short_and_of_long_prompts(text: str) -> None:
    stated = [(*priced_thing(label), price.text.partition(" ")[0]) for label, price in unstacked("Prompt", Cell(text))]
    assert stated == [("prompt", None, "$3"), ("prompt", {"min_prompt_tokens": 200_000}, "$6")]


@pytest.mark.parametrize(
    "text",
    [
        "$3\n≤ 200K\n$6",
        "$3 > 200K $6",
        "$3 - $6 / 1M tokens",
        "$3 $6",
        "$3, $6 (> 200K), $9",
        "$3 / $6 per 1M",
        "$3\n> 200K\n> 400K\n$6",
        "$3 / 1M tokens, " * 40 + "$6 > 200K",
    ],
)
def test_of_prices_of_which_one_cannot_tell_for_which_prompts_they_are_none_is_taken(text: str) -> None:
    assert unstacked("Prompt", Cell(text)) == [("Prompt", Cell(text))]


@pytest.mark.parametrize("piece", ["-", "1", "( ", "1,", "for prompt "])
def test_a_label_without_end_is_refused_at_once(piece: str) -> None:
    with pytest.raises(ValueError, match="not the name of what is paid for"):
        priced_thing(f"Prompt {piece * 50_000}x")
    with pytest.raises(ValueError, match="not a date"):
        calendar_date(f"Jan 2 {piece * 50_000}x")
    assert header_words(f"Prompt {piece * 50_000}x").startswith("prompt")
    with pytest.raises(ValueError, match="not a number of parameters"):
        parameter_count(f"7B {piece * 50_000}x")
