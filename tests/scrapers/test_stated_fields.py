"""Labels and values that stand in attributes alone, where a page shows them or says them to those who listen."""

from __future__ import annotations

import pytest
from small_page import html_page, html_page_with

ROW = {
    "Provider": "Groq",
    "Endpoint Name": "Groq | acme/one-1",
    "Context Length": "8K",
    "Pricing (Input)": "$1 / 1M tokens",
    "Pricing (Output)": "$2 / 1M tokens",
}


@pytest.mark.parametrize("attribute", ["data-label", "data-title", "data-th"])
@pytest.mark.parametrize("tag", ["div", "span"])
def test_labels_that_a_style_sheet_shows_are_those_of_the_values(attribute: str, tag: str) -> None:
    rows = [ROW, {**ROW, "Provider": "Azure", "Endpoint Name": "Azure | acme/one-1", "Context Length": "16K"}]
    cards = "".join(
        f"<div>{''.join(f'<{tag} {attribute}={name!r}>{said}</{tag}>' for name, said in row.items())}</div>"
        for row in rows
    )
    records = html_page_with("Available Endpoints", f"<div>{cards}</div>")
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Groq", 8000), ("Azure", 16000)]
    assert [str(one.usd) for one in records.prices if one.provider] == ["1", "2", "1", "2"]


def test_labels_that_are_shown_already_are_not_shown_twice() -> None:
    facts = "".join(
        f'<p data-label="{label}">{label}: {value}</p>'
        for label, value in (("Context Length", "8,192"), ("Tokenizer", "GPT"))
    )
    (model,) = html_page(sections=f"<h2>Key Specifications</h2><div>{facts}</div>").models
    assert (model.context_tokens, model.tokenizer) == (8192, "GPT")


@pytest.mark.parametrize(
    "facts",
    [
        '<label>Context Length <input readonly value="8,192"></label>'
        '<label>Tokenizer <input readonly value="GPT"></label>',
        '<label for="a">Context Length</label><input id="a" type="text" readonly value="8,192">'
        '<label for="b">Tokenizer</label><input id="b" type="text" readonly value="GPT">',
        '<ul><li aria-label="Context Length: 8,192"></li><li aria-label="Tokenizer: GPT"></li></ul>',
        '<div><div data-label="Context Length">8,192</div><div data-label="Tokenizer:">GPT</div></div>',
    ],
)
def test_facts_in_attributes_are_read(facts: str) -> None:
    (model,) = html_page(sections=f"<h2>Key Specifications</h2>{facts}").models
    assert (model.context_tokens, model.tokenizer) == (8192, "GPT")


def test_a_price_in_a_field_that_only_shows_it_is_read() -> None:
    records = html_page(prices='<tr><td>Prompt</td><td><input type="text" readonly value="$3.50"></td></tr>')
    assert [str(one.usd) for one in records.prices if not one.provider] == ["3.50"]


@pytest.mark.parametrize("field", ['<input type="text" value="$3.50">', '<input type="hidden" readonly value="$3.50">'])
def test_a_price_in_a_field_to_be_filled_in_or_hidden_is_none(field: str) -> None:
    records = html_page(prices=f"<tr><td>Prompt</td><td>{field}</td></tr>")
    assert not [one for one in records.prices if not one.provider and one.usd is not None]


@pytest.mark.parametrize("pair", ['<div data-label="{}">{}</div>', "<div><span>{}</span><span>{}</span></div>"])
def test_days_of_cards_are_read_below_their_labels(pair: str) -> None:
    cards = "".join(
        f"<div>{pair.format('Date', day)}{pair.format('Prompt', prompt)}{pair.format('Completion', completion)}</div>"
        for day, prompt, completion in (("Apr 20, 2026", "$0.50", "$2.00"), ("Mar 14, 2026", "$0.80", "$3.20"))
    )
    prices = html_page(sections=f"<h2>Price History</h2><div>{cards}</div>").prices
    assert [(str(one.effective_from), str(one.usd)) for one in prices if one.effective_from] == [
        ("2026-04-20", "0.50"),
        ("2026-04-20", "2.00"),
        ("2026-03-14", "0.80"),
        ("2026-03-14", "3.20"),
    ]
