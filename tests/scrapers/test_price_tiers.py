"""Prices for longer prompts, wherever the page says so: in a label, in a column, in the name of a column."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, html_of

from scrapers.dates import calendar_date
from scrapers.document import Document
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


@pytest.mark.parametrize("piece", ["-", "1", "( ", "1,", "for prompt "])
def test_a_label_without_end_is_refused_at_once(piece: str) -> None:
    with pytest.raises(ValueError, match="not the name of what is paid for"):
        priced_thing(f"Prompt {piece * 50_000}x")
    with pytest.raises(ValueError, match="not a date"):
        calendar_date(f"Jan 2 {piece * 50_000}x")
    assert header_words(f"Prompt {piece * 50_000}x").startswith("prompt")
    with pytest.raises(ValueError, match="not a number of parameters"):
        parameter_count(f"7B {piece * 50_000}x")
