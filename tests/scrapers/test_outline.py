"""Whatever the markup, the same facts give the same records."""

from __future__ import annotations

from typing import Any

import pytest
from html_rendering import ICONS, STARS, Style, TableMarkup, card_markup, grid_markup, html_page, table_markup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_facts import orchard
from page_rendering import renderings

from scrapers.document import Document
from scrapers.html.outline import outline_of_html
from scrapers.sources.benchable_page import SOURCE
from scrapers.text.outline import outline_of_text

PAGE = orchard(5)


def records(text: str) -> dict[str, list[dict[str, Any]]]:
    return SOURCE.parse(Document(text.encode())).records().as_dict()


def without_links(lists: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The records without what text cannot say: slugs of links, and `Available` in so many words."""
    for row in [*lists["models"], *lists["ratings"]]:
        del row["canonical_slug"]
    for model in lists["models"]:
        model["is_available"] = None if model["is_available"] else model["is_available"]
    return lists


EXPECTED = records(html_page(PAGE))


def test_the_plain_table_page_is_read_whole() -> None:
    assert {name: len(rows) for name, rows in EXPECTED.items()} == {
        "models": 5,
        "endpoints": 2,
        "prices": 12,
        "benchmark_scores": 3,
        "ratings": 18,
        "warnings": 0,
    }


@pytest.mark.parametrize("name", ["grid", "cards", "script", "flight", "pipes", "tabs", "markdown"])
def test_every_rendering_gives_the_same_records(name: str) -> None:
    read = records(renderings(PAGE)[name])
    assert without_links(read) == without_links(records(html_page(PAGE)))


STYLES = st.builds(
    Style,
    icon=st.sampled_from(ICONS),
    stars=st.sampled_from(STARS),
    wrap=st.sampled_from(["div", "span", "section"]),
    badge=st.sampled_from(["span", "text", "block"]),
    order=st.permutations(range(9)).map(tuple),
    salt=st.text("abc -", max_size=5),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(style=STYLES, markup=st.sampled_from([table_markup, grid_markup]))
def test_icons_stars_wrappers_and_the_order_of_columns_do_not_matter(style: Style, markup: TableMarkup) -> None:
    """P06"""
    assert _sorted(records(html_page(PAGE, markup, style))) == _sorted(EXPECTED)


@settings(max_examples=25, deadline=None)
@given(style=STYLES)
def test_cards_look_as_they_like(style: Style) -> None:
    plain = Style(icon=style.icon, stars=style.stars, badge=style.badge, salt=style.salt)
    assert records(html_page(PAGE, card_markup, plain)) == EXPECTED


def _sorted(lists: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Rows within one cell row follow the order of the columns, which is not the page's meaning."""
    return {name: sorted(rows, key=repr) for name, rows in lists.items()}


def test_rows_of_a_table_inside_a_cell_are_not_rows_of_the_table() -> None:
    """P07"""
    inner = "<table><tr><th>Provider</th><th>Latency</th></tr><tr><td>Elsewhere</td><td>1s</td></tr></table>"
    page = html_page(PAGE).replace("<td>131K</td>", f"<td>131K{inner}</td>")
    assert records(page) == EXPECTED


def test_a_table_that_lays_out_the_page_is_none() -> None:
    """P07"""
    page = html_page(PAGE).replace("<main>", "<main><table><tr><td>").replace("</main>", "</td></tr></table></main>")
    assert records(page) == EXPECTED


@pytest.mark.parametrize(
    "stopgap",
    [
        "",
        "<p>Loading 3 endpoints</p><table><tr><th><i></i></th></tr><tr><td><i></i></td></tr></table><!--/$-->",
        "<!--$?--><template id='B:2'></template><p>$0</p><!--/$--><p>No endpoints</p><!--/$-->",
    ],
)
def test_parts_that_react_streams_late_are_put_in_their_place(stopgap: str) -> None:
    page = html_page(PAGE)
    start, end = page.index("<table", page.index("Available Endpoints")), page.index("<div class=''><h2>Benchmark")
    late = page[start:end].removesuffix("</div>")
    moved = page.replace(late, f'<!--$?--><template id="B:1"></template>{stopgap}').replace(
        "</main>", f'</main><div hidden id="S:1">{late}</div>'
    )
    assert records(moved) == EXPECTED


def test_header_rows_and_spans_are_spread_over_their_columns() -> None:
    outlined = outline_of_html(
        "<body><h2>Benchmark Results</h2><table><thead><tr><th rowspan=2>Benchmark</th><th colspan=2>Measured</th></tr>"
        "<tr><th>Accuracy</th><th>Cost</th></tr></thead><tr><td rowspan=2>Coding</td><td>1%</td><td>$1</td></tr>"
        "<tr><td>2%</td><td>$2</td></tr></table></body>"
    )
    (table,) = outlined.about("benchmarks")[0].tables
    assert table.headers == ("Benchmark", "Accuracy", "Cost")
    assert [[cell.text for cell in row] for row in table.rows] == [["Coding", "1%", "$1"], ["Coding", "2%", "$2"]]


def test_hidden_elements_and_tooltips_say_nothing() -> None:
    page = html_page(PAGE).replace(
        "<td>$0.3</td>", "<td>$0.3<span role='tooltip'>per token</span><b style='display: none'>$9</b></td>"
    )
    assert records(page) == EXPECTED


def test_a_cell_with_a_pipe_of_its_own_stays_one_cell() -> None:
    outlined = outline_of_text(
        "Available Endpoints\n| Provider | Endpoint Name | Context Length |\n|---|---|---|\n"
        "|\nGroq\n|\nGroq | meta-llama/llama-3-8b | 8K |\n"
    )
    (table,) = outlined.about("endpoints")[0].tables
    assert [cell.text for cell in table.rows[0]] == ["Groq", "Groq | meta-llama/llama-3-8b", "8K"]


def test_a_text_row_that_fits_in_no_certain_way_is_set_aside_as_it_stands() -> None:
    outlined = outline_of_text("Benchmark Results\n| Benchmark | Accuracy |\n|---|---|\n| A | 1% | 2% |\n| B | 3% |\n")
    (table,) = outlined.about("benchmarks")[0].tables
    assert (table.torn, [cell.text for cell in table.rows[0]]) == (["| A | 1% | 2% |"], ["B", "3%"])


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="|-\n\t #:ab$1", max_size=200))
def test_any_scribble_of_pipes_has_an_outline(text: str) -> None:
    """P22: and none is read for ever."""
    assert outline_of_text(f"Current Pricing\n{text}").sections
