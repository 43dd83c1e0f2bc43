"""Cards whose lines are broken where a value goes on, and labels that have their values beside them in some cards."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from small_page import ENDPOINT, SCORE, html_of, html_page, model_row, rating

from scrapers.document import Document
from scrapers.records import Records
from scrapers.sources.benchable_page import parse


def endpoints(card: str, *providers: str) -> Records:
    cards = "".join(card.format(provider=provider) for provider in providers)
    return html_page(endpoints="", sections=f"<h2>Available Endpoints</h2>{cards}")


@pytest.mark.parametrize("providers", [("Acme",), ("Acme", "Nimbus")])
def test_the_unit_below_a_price_and_the_sign_in_a_name_begin_no_card(providers: tuple[str, ...]) -> None:
    card = (
        "<div><h4>{provider}</h4><ul><li>Endpoint Name: {provider}<br>|<br>acme/one-1</li>"
        "<li>Context Length: 8K</li><li>Pricing (Input): Free</li>"
        "<li>Pricing (Output): $60<br><small>/ 1M tokens</small></li></ul></div>"
    )
    records = endpoints(card, *providers)
    assert [(one.provider, one.endpoint_name) for one in records.endpoints] == [
        (provider, f"{provider} | acme/one-1") for provider in providers
    ]
    assert [(one.provider, one.usd) for one in records.prices if one.provider] == [
        price for provider in providers for price in ((provider, 0), (provider, 60))
    ]


def test_units_below_prices_name_no_components() -> None:
    lines = (
        ("Prompt", "$0.8", "per 1M tokens"),
        ("Web Search", "$10", "/ 1K searches"),
        ("Image", "$0.0035", "/ image"),
    )
    prices = "".join(f"<p><b>{label}:</b> {price}<br><small>{unit}</small></p>" for label, price, unit in lines)
    records = html_page(prices="", sections=f"<h2>Current Pricing</h2>{prices}")
    assert [(one.component, one.usd, one.unit) for one in records.prices if one.provider is None] == [
        ("prompt", Decimal("0.8"), "mtok"),
        ("web_search", Decimal("0.01"), "search"),
        ("image", Decimal("0.0035"), "image"),
    ]


def test_an_amount_in_pieces_is_one_line() -> None:
    amount = "<span>$</span><span>{}</span><span>.40</span><span>/ 1M tokens</span><sup>*</sup>"
    card = (
        "<div><h4>{provider}</h4><p><code>{provider} | acme/one-1</code></p>"
        f"<div><div>Pricing (Input)</div><div>{amount.format(0)}</div></div>"
        f"<div><div>Pricing (Output)</div><div>{amount.format(2)}</div></div></div>"
    )
    records = endpoints(card, "Acme", "Nimbus")
    assert [(one.provider, str(one.usd)) for one in records.prices if one.provider] == [
        ("Acme", "0.40"),
        ("Acme", "2.40"),
        ("Nimbus", "0.40"),
        ("Nimbus", "2.40"),
    ]


@pytest.mark.parametrize("label", ["<strong>Context:</strong> <abbr>{}</abbr>", "<p>Context:</p><p>{}</p>"])
def test_a_label_may_share_its_line_with_its_value_in_some_cards_only(label: str) -> None:
    card = "<li><h4>Acme: {}</h4><ul><li>{}</li><li><strong>Cost:</strong> $$</li></ul></li>"
    cards = card.format("Two", label.format("200K")) + card.format("Three", "<strong>Context:</strong> 131,072")
    records = html_page(sections=f"<h2>More models by acme</h2><ul>{cards}</ul>")
    assert [(model.name, model.context_tokens) for model in records.models[1:]] == [
        ("Acme: Two", 200000),
        ("Acme: Three", 131072),
    ]


@pytest.mark.parametrize(
    "stars", ['<span aria-label="1 / 5" style="--fill: 20%">★★★★★</span>', '<img src="/stars.svg" alt="1 star">']
)
def test_stars_of_a_card_are_those_that_their_label_says(stars: str) -> None:
    card = "<div><h3>Acme: {}</h3><p><span>Speed</span> <span>{}</span></p><p>Cost: $$</p><p>Context: 8K</p></div>"
    cards = card.format("Two", stars) + card.format("Three", "★★")
    records = html_page(sections=f"<h2>More models by acme</h2>{cards}")
    assert (rating(records, "speed"), rating(records, "cost")) == (1, 2)


def test_lines_of_endpoints_that_make_no_rows_are_told() -> None:
    lines = "<p>Acme serves it</p><p>at no cost, free</p><p>from two places</p>"
    page = html_of(SCORE.format("No"), model_row(), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    page = re.sub(r"(<h2>Available Endpoints</h2>)<table>.*?</table>", rf"\1{lines}", page)
    records = parse(Document(body=page.encode())).records()
    assert (records.endpoints, [warning.code for warning in records.warnings]) == (
        [],
        ["unread_section", "unknown_subject_row"],
    )


def test_a_benchmark_may_be_called_like_a_label_above_a_column_of_its_own() -> None:
    names = "".join(f"<th>{name}</th>" for name in ("Benchmark", "Reasoning", "Coding"))
    rows = "".join(
        f"<tr><th>{label}</th><td>{first}</td><td>{second}</td></tr>"
        for label, first, second in (("Category", "Logic", "Code"), ("Accuracy", "88.8%", "91%"), ("Cost", "$1", "$2"))
    )
    table = f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"
    records = html_page(sections=f"<h2>Benchmarks</h2>{table}")
    assert [(one.benchmark, str(one.accuracy_percent)) for one in records.benchmark_scores] == [
        ("Reasoning", "88.8"),
        ("Coding", "91"),
    ]


def test_an_empty_grid_below_words_of_its_head_has_no_rows() -> None:
    head = "<header><p>Section</p><h2>Benchmarks</h2><p>Updated 3 days ago</p></header>"
    grid = "".join(f"<div>{name}</div>" for name in ("Benchmark", "Category", "Accuracy", "Cost", "Duration"))
    records = html_page(sections=f"<section>{head}<div>{grid}</div></section>")
    assert (records.benchmark_scores, records.warnings) == ([], [])


def test_a_break_that_is_no_element_to_the_parser_takes_in_no_cell() -> None:
    row = "<tr><td>Acme<td>Acme<wbr class='b' data-a='1>0'> | acme/<WBR>one-1<td>8<wbr/>K<td>$1<td>$2"
    (served,) = html_page(endpoints=row).endpoints
    assert (served.endpoint_name, served.context_tokens) == ("Acme | acme/one-1", 8000)


def test_lines_that_are_neither_titles_nor_values_are_told_where_they_are_many() -> None:
    lines = ("Provider", "Acme", "Nimbus", "Context Length", "8K", "9K", "Max Output", "1K", "2K")
    page = html_of("", "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")
    stacked = "".join(f"<p>{line}</p>" for line in lines)
    page = re.sub(r"(<h2>Available Endpoints</h2>)<table>.*?</table>", rf"\1{stacked}", page)
    (warning,) = parse(Document(body=page.encode())).records().warnings
    assert (warning.code, "Nimbus | 9K" in warning.message) == ("torn_row", True)


def test_what_is_counted_may_stand_below_its_number() -> None:
    facts = (("Context Length", "8,192", "tokens"), ("Released", "Jan 02, 2025", ""), ("Max Output", "4K", "tokens"))
    stats = "".join(f"<div><div>{a}</div><div>{b}</div><div>{c}</div></div>" for a, b, c in facts)
    records = html_page(sections=f"<h2>Key Specifications</h2>{stats}")
    assert (records.models[0].context_tokens, records.models[0].max_output_tokens) == (8192, 4000)
    assert records.warnings == []
