"""Rows that are no rows of tables: links as a whole, panels that fold, elements of a page's own names."""

from __future__ import annotations

import pytest
from small_page import ENDPOINT, MODELS, SCORE, SCORES, html_of, html_page, model_row, rating

from scrapers.document import Document
from scrapers.sources.benchable_page import parse

ICONS = '<svg aria-label="Text input"></svg><svg aria-label="Text output"></svg>'
STARS = (
    "<div>" + '<svg><use href="#star-filled"></use></svg>' * 2 + '<svg><use href="#star"></use></svg>' * 3 + "</div>"
)
CELLS = ("Acme: Two", "Jan 02, 2025", "7B", "8K", ICONS, STARS, "—", "$")
LINK = '<a href="/models/acme/two-1">{}</a>'


def list_of_rows(row: str = "<div>{}</div>", header: str = "{}") -> str:
    """The section of other models, of which `row` and `header` say what is around the cells and the names."""
    names = "".join(f"<div>{header.format(name) if name else ''}</div>" for name in MODELS)
    cells = "".join(f"<div>{words}</div>" for words in CELLS)
    return f"<h2>More models by acme</h2><div><div>{names}</div>{row.format(cells)}</div>"


def test_a_row_that_is_a_link_leads_to_its_model() -> None:
    listed = html_page(sections=list_of_rows(LINK)).models
    assert [(model.name, model.canonical_slug) for model in listed[1:]] == [("Acme: Two", "acme/two-1")]


def test_a_row_of_a_grid_that_is_a_link_leads_to_its_model() -> None:
    cells = "".join(f'<span role="cell">{words}</span>' for words in CELLS)
    names = "".join(f'<span role="columnheader">{name}</span>' for name in MODELS)
    rows = f'<div role="row">{names}</div><a role="row" href="/models/acme/two-1">{cells}</a>'
    listed = html_page(sections=f'<h2>More models by acme</h2><div role="table">{rows}</div>').models
    assert [(model.name, model.canonical_slug) for model in listed[1:]] == [("Acme: Two", "acme/two-1")]


@pytest.mark.parametrize("hint", ["How much", "What is meant by that, for whom it is not plain from the name alone. "])
def test_a_header_may_have_a_hint_for_those_who_point_at_it(hint: str) -> None:
    header = f'<button>{{}}<svg></svg></button><div role="tooltip">{hint}</div>'
    page = html_page(sections=list_of_rows(LINK, header))
    assert [(model.name, model.context_tokens) for model in page.models[1:]] == [("Acme: Two", 8000)]
    assert (page.models[1].input_modalities, rating(page, "speed")) == (["text"], 2)


def test_the_title_of_a_panel_that_folds_is_the_name_of_what_its_list_is_about() -> None:
    """<details><summary>Deep Infra</summary><dl><dt>Endpoint Name</dt>…</dl></details>"""
    panel = (
        "<details><summary>{}</summary><dl><dt>Endpoint Name</dt><dd>{}</dd><dt>Context Length</dt><dd>8K</dd>"
        "<dt>Pricing (Input)</dt><dd>$1</dd><dt>Pricing (Output)</dt><dd>$2</dd></dl></details>"
    )
    table = html_of(SCORE.format("No"), model_row(), "<tr><td>Prompt</td><td>$1</td></tr>", ENDPOINT, "")
    start, end = table.index("<table", table.index("Available Endpoints")), table.index("<h2>Benchmark Results")
    panels = panel.format("Deep Infra", "one") + panel.format("Acme", "two")
    records = parse(Document(body=(table[:start] + panels + table[end:]).encode())).records()
    assert [(one.provider, one.endpoint_name) for one in records.endpoints] == [("Deep Infra", "one"), ("Acme", "two")]
    assert [str(price.usd) for price in records.prices if price.provider == "Acme"] == ["1", "2"]


def test_an_element_of_a_page_s_own_named_as_a_table_is_read_as_what_it_holds() -> None:
    scores = "".join(f"<th>{name}</th>" for name in SCORES)
    table = f"<table><thead><tr>{scores}</tr></thead><tbody>{SCORE.format('No')}</tbody></table>"
    for own in (f"<x-table>{table}</x-table>", f'<x-table n="0"></x-table>{table}', f"<x-table n=a>{table}</x-table>"):
        records = html_page(sections=f"<h2>Benchmark Results</h2>{own}")
        assert [str(score.accuracy_percent) for score in records.benchmark_scores] == ["90"]
