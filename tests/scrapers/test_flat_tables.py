"""Tables of which an extractor left a cell a line: `BeautifulSoup(page).get_text("\\n")`, or a page copied as text."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from html_rendering import html_page
from page_facts import orchard
from patience import patience

from scrapers.document import Document
from scrapers.outline import Line
from scrapers.sources.benchable_page import parse
from scrapers.text.tables.flat import flat_table


def read(text: str) -> dict[str, list[dict[str, Any]]]:
    return parse(Document(body=text.encode())).records().as_dict()


def lines(*texts: str) -> list[Line]:
    return [Line(text) for text in texts]


ENDPOINTS = ("Provider", "Context Length", "Pricing (Input)")
MODELS = ("Released", "Params", "Context", "Speed", "Cost")


def test_the_text_of_a_page_says_what_the_page_says() -> None:
    page = f"""<html><body><h2>Author's Description</h2><p>It is green.</p><h2>Current Pricing</h2>
    <table><tr><th>Feature</th><th>Price (per 1M tokens)</th></tr><tr><td>Prompt</td><td>$1</td></tr></table>
    <h2>Available Endpoints</h2><table><tr>{"".join(f"<th>{name}</th>" for name in ENDPOINTS)}</tr>
    <tr><td>Acme</td><td>8K</td><td>$1</td></tr><tr><td>Pear</td><td>16K</td><td>$2</td></tr></table>
    <h2>Benchmark Results</h2><table><tr><th>Benchmark</th><th>Accuracy</th><th>Cost</th></tr>
    <tr><td>Reasoning</td><td>90%</td><td>$1</td></tr></table>
    <h2>Other Models by acme</h2><table><tr><th></th><th>Released</th><th>Params</th><th>Context</th><th></th>
    <th>Speed</th><th>Cost</th></tr><tr><td>Acme: One</td><td>Jan 2, 2025</td><td>—</td><td>8K</td>
    <td><i>Text input</i> <i>Text output</i></td><td>★★</td><td>$</td></tr><tr>
    <td>Acme: Two<b>Unavailable</b></td><td>Feb 3, 2025</td><td>7B</td><td>1M</td><td><i>Text input</i></td><td>—</td>
    <td>$$</td></tr></table></body></html>"""
    text = BeautifulSoup(page, "lxml").get_text("\n", strip=True)
    stated, flat = read(page), read(text)
    assert flat["warnings"] == [] or [item["code"] for item in flat["warnings"]] == ["unknown_subject_row"]
    for name in ("models", "endpoints", "prices", "benchmark_scores", "ratings"):
        assert flat[name] == stated[name]


@pytest.mark.parametrize(
    "texts", [("Acme", "8K", "$1", "Pear", "16K"), ("Acme", "$1", "8K"), ("Acme", "8K", "Pear", "16K", "$1", "$2"), ()]
)
def test_cells_that_do_not_fit_the_columns_are_no_table(texts: tuple[str, ...]) -> None:
    assert flat_table("endpoints", lines(*ENDPOINTS, *texts)) is None


def test_labels_with_their_values_are_no_header() -> None:
    assert flat_table("endpoints", lines("Acme", "Context Length", "8K", "Pricing (Input)", "$1")) is None


def test_a_model_without_a_cell_makes_the_list_unsure() -> None:
    row = ("Acme: Two", "Jan 2, 2025", "7B", "8K", "Text input", "★★", "$")
    table = flat_table("models", lines(*MODELS, *row, *row))
    assert table is not None
    assert len(table.rows) == 2
    assert flat_table("models", lines(*MODELS, *row[:3], *row[4:], *row)) is None


def test_a_list_whose_stars_are_pictures_has_its_other_cells() -> None:
    row = ("Acme: Two", "Unavailable", "Jan 2, 2025", "7B", "8K", "Text input, Text output")
    table = flat_table("models", lines(*MODELS, *row, *row))
    assert table is not None
    assert table.headers == ("Model", *MODELS[:3], "Modalities")
    assert table.rows[1][0].text == "Acme: Two\nUnavailable"


def test_endless_icons_are_read_at_once() -> None:
    """P22."""
    row = ("Acme: Two", "Jan 2, 2025", "7B", "8K", "a " + "inputs " * 5000 + "!", "★★", "$")
    with patience():
        assert flat_table("models", lines(*MODELS, *row)) is None


def test_a_page_with_every_section_is_read_from_its_text() -> None:
    page = html_page(orchard())
    soup = BeautifulSoup(page, "lxml")
    for hidden in soup(["script", "style", "head"]):
        hidden.decompose()
    flat, stated = read(soup.get_text("\n", strip=True)), read(page)
    assert [price["usd"] for price in flat["prices"]] == [price["usd"] for price in stated["prices"]]
    assert len(flat["endpoints"]) == len(stated["endpoints"])


MODELS_PAGE = """Acme: One
Current Pricing
Feature
Price (per 1M tokens)
Prompt
$
0.25
Completion
$
1.5
/
1M tokens
Prices are what a provider asks for today.
Available Endpoints
Provider
Endpoint Name
Context Length
Pricing (Input)
Acme
Acme | acme/one-1
8K
$
2
 / 1M tokens
Benchmark Results
Benchmark
Accuracy
Ethics
98.0
%
Other Models by acme
Released
Params
Context
Speed
Ability
Cost
Acme: One
Jan 02, 2025
7B
8K
Text input
Text output
★★
2 out of 5
—
$
1 out of 5
Acme: Two
Jan 03, 2024
—
1M
Text input
★
1 out of 5
★★★★
4 out of 5
$$
2 out of 5
"""
FOOT = "Product\nModels\nPricing\n© 2026 Benchable. All rights reserved."


@pytest.mark.parametrize("foot", ["", FOOT])
def test_what_is_written_in_pieces_is_whole_and_the_foot_of_a_page_is_no_row(foot: str) -> None:
    records = parse(Document(body=f"{MODELS_PAGE}{foot}".encode())).records()
    assert [(price.provider, price.component, str(price.usd)) for price in records.prices] == [
        (None, "prompt", "0.25"),
        (None, "completion", "1.5"),
        ("Acme", "prompt", "2"),
    ]
    assert [str(score.accuracy_percent) for score in records.benchmark_scores] == ["98.0"]
    assert [(model.name, model.context_tokens, model.is_subject) for model in records.models] == [
        ("Acme: One", 8000, True),
        ("Acme: Two", 1_000_000, False),
    ]
    assert [rated.value for rated in records.ratings] == [2, None, 1, 1, 4, 2]
    assert not records.warnings


def test_ratings_that_nobody_can_tell_apart_are_told_of_and_make_no_name() -> None:
    rows = (("Acme: One", "Jan 2, 2025", "7B", "8K", "★", "—"), ("Acme: Two", "Jan 3, 2025", "9B", "8K", "★★"))
    table = flat_table("models", lines(*MODELS, *(cell for row in rows for cell in row)))
    assert table is not None
    assert [row[0].text for row in table.rows] == ["Acme: One", "Acme: Two"]
    assert table.torn == ["★ | — | ★★"]
    assert "Speed" not in table.headers


def test_a_context_is_no_size_where_the_dash_before_it_is_lost() -> None:
    row = ("Acme: Two", "Jan 3, 2025", "2M", "3 out of 5", "$")
    assert flat_table("models", lines(*MODELS, *row, *row)) is None


@pytest.mark.parametrize("mark", ["", "3. ", "- "])
def test_the_name_above_all_sections_may_be_an_entry_of_a_list(mark: str) -> None:
    text = MODELS_PAGE.replace("Acme: One\nCurrent", f"{mark}Acme: One\nCurrent").replace(
        "Released\nParams", "Released"
    )
    models = parse(Document(body=text.replace("acme/one-1", "acme/one").encode())).records().models
    assert [(model.name, model.canonical_slug) for model in models if model.is_subject] == [("Acme: One", "acme/one")]


@pytest.mark.parametrize(
    "foot", [("Rows per page:", "25", "1–2 of 2"), ("Previous", "Page 1 of 1", "Next"), ("1-2 of 2",)]
)
def test_what_leads_to_other_pages_of_a_table_is_no_row(foot: tuple[str, ...]) -> None:
    table = flat_table("endpoints", lines(*ENDPOINTS, "Acme", "8K", "$1", "Pear", "16K", "$2", *foot))
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == [["Acme", "8K", "$1"], ["Pear", "16K", "$2"]]


def test_what_the_header_says_of_its_names_is_no_endpoint() -> None:
    """A header with hints, as an extractor leaves it: each name, and below it what it means."""
    hints = "\n".join(f"{name}\nThe {name.lower()} of each row." for name in ENDPOINTS)
    text = f"""Current Pricing
Feature
Price (per 1M tokens)
Prompt
$1
Available Endpoints
{hints}
Acme
8K
$
1
Benchmark Results
No benchmark results yet.
Other Models by acme
No other models.
"""
    found = read(text)
    assert found["endpoints"] == []
    assert [price["provider"] for price in found["prices"]] == [None]
    assert "torn_row" in {warning["code"] for warning in found["warnings"]}


TABBED = "\t\t".join(ENDPOINTS)


def test_the_cells_may_stand_a_line_each_below_a_header_on_one_line() -> None:
    """An extractor that ends a line at every block, and sets tabs between the cells of a row."""
    text = f"""# Acme: One

Key Specifications
Specification\t\tValue
Context Length
8,192
Current Pricing
Feature\t\tPrice (per 1M tokens)
Prompt
$1
Available Endpoints
{TABBED}
Acme
8K
$1
Pear
16K
$2
Benchmark Results
No benchmark results yet.
Other Models by acme
\t\tReleased\t\tParams\t\tContext\t\t\t\tSpeed\t\tAbility\t\tCost
Acme: One
Jan 2, 2025
—
8K
Text input
Text output
★★
—
$
"""
    found = read(text)
    assert [one["provider"] for one in found["endpoints"]] == ["Acme", "Pear"]
    assert [price["usd"] for price in found["prices"]] == ["1", "1", "2"]
    assert [(model["name"], model["context_tokens"]) for model in found["models"]] == [("Acme: One", 8192)]
    assert found["warnings"] == []


def test_lines_below_a_header_alone_that_are_no_table_are_told() -> None:
    cells = "Acme\nBig\n8K\nPear\n16K"
    prices = "Feature\t\tPrice (per 1M tokens)\nPrompt\t\t$1"
    page = f"Current Pricing\n{prices}\nAvailable Endpoints\n{TABBED}\n"
    found = read(page + cells + "\nBenchmark Results\nNone yet.\nOther Models by acme\nNo other models.\n")
    assert "unread_section" in {warning["code"] for warning in found["warnings"]}
