"""Plain rows that are read from the text of a page say what they say when the whole page is parsed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.html import outline as outline_html
from scrapers.html.tables import plain_rows as html_plain_rows
from scrapers.html.tables.plain_rows import PlainRows
from scrapers.outline import Outline

HEADER = "<thead><tr><th>Benchmark</th><th>Category</th><th>Accuracy</th></tr></thead>"


def row(number: int, attributes: str = "") -> str:
    return f"<tr{attributes}><td>Test {number}</td><td>Knowledge</td><td>{number}.5%</td></tr>"


ROWS = "".join(map(row, range(20)))


def page(body: str) -> str:
    return f"<html><body><h2>Benchmark Results</h2>{body}<h2>Features</h2><p>Tools</p></body></html>"


def read_whole(text: str) -> Outline:
    """The outline of a page of which nothing is cut out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_plain_rows, "_SHORTEST", 1_000_000)
        return outline_html.outline_of_html(text)


def test_the_rows_of_a_long_table_are_cut_out_and_read() -> None:
    text = page(f"<table>{HEADER}<tbody>{ROWS}</tbody></table>")
    assert len(PlainRows(text).page) < len(text) / 2
    [table] = outline_html.outline_of_html(text).sections[1].tables
    assert [cell.text for cell in table.rows[19]] == ["Test 19", "Knowledge", "19.5%"]
    assert len(table.rows) == 20


@pytest.mark.parametrize(
    "body",
    [
        f"<table>{HEADER}<tbody>{ROWS}</tbody></table>",
        f"<table><tr><td>Benchmark</td><td>Category</td><td>Accuracy</td></tr>{ROWS}</table>",
        f"<table>{ROWS}</table>",
        f"<table></tr><tr><td>Benchmark</td><td>Category</td><td>Accuracy</td></tr>{ROWS}</table>",
        f"<script>const page = '<table>{HEADER}{ROWS}</table>'</script><table>{HEADER}{row(1)}</table>",
        f"<!-- <table>{HEADER}{ROWS}</table> --><table>{HEADER}{row(1)}</table>",
        f"<template><table>{HEADER}{ROWS}</table></template><p>Nothing</p>",
        f'<p title="<table>{ROWS}</table>">Nothing</p>',
        f"<table><tr><th>All</th></tr><tr><td><table>{HEADER}{ROWS}</table></td></tr></table>",
        f"<table><tr><td><h3>Left</h3><table>{HEADER}{ROWS}</table></td><td>Right</td></tr></table>",
        f"<div role='tabpanel' hidden><table>{HEADER}{ROWS}</table></div>",
        f"<table>{HEADER.replace('<th>', '<th colspan=2>')}{ROWS}</table>",
        f"<table>{HEADER}<tr><td rowspan=4>Test</td><td>Code</td><td>1%</td></tr>{ROWS}</table>",
        f"<table>{HEADER}{ROWS}{row(1, ' hidden')}{ROWS}</table>",
        f"<table>{HEADER}{ROWS}<tfoot><tr><td>Average</td><td></td><td>9%</td></tr></tfoot></table>",
        f"<table>{HEADER}{ROWS}<tr><td>A &amp; B</td><td><a href='/x'>Code</a></td><td>1%</td></tr>{ROWS}</table>",
        f"<table>{HEADER}{ROWS.replace('Knowledge', '')}</table>",
        f"<table>{HEADER}{ROWS.replace('<td>Knowledge</td>', '')}</table>",
        f"<div>{ROWS}</div>",
        ROWS,
        f"<table>{HEADER}{row(0, ' data-plain-rows=0')}{ROWS}</table>",
        f'<table>{HEADER}{ROWS}<tr data-plain-rows="7"><td>Test</td><td>Code</td><td>1%</td></tr></table>',
        f"<table>{HEADER}{ROWS.replace('Knowledge', 'Know' + chr(13) + chr(1) + 'ledge')}</table>",
        f"<table>{HEADER}{ROWS.replace('Knowledge', '<s>$5</s> $4')}</table>",
        f"<table>{HEADER}{ROWS.replace('<td>', '<td class=line-through>')}</table>",
        f"<table>{HEADER}{ROWS.replace('Knowledge', 'K n' + chr(160) + chr(10) + ' ' * 70 + 'x')}</table>",
    ],
)
def test_a_page_reads_as_if_nothing_was_cut_out(body: str) -> None:
    text = page(body)
    assert outline_html.outline_of_html(text) == read_whole(text)


CELLS = st.one_of(
    st.sampled_from(["Knowledge", "", " ", "$1.50", "97.0%", "—", "★★", "No", "2m 5s", "\n  Code\n"]),
    st.sampled_from(["<b>Code</b>", "a &lt; b", "a < b", "<br>", "<td>", "</td>", "</tr>", "<tr>", "</table>"]),
    st.text(max_size=12),
)
ATTRIBUTES = st.sampled_from(
    [' class="p-4"', ' class="odd"', "", "", " hidden", ' style="display:none"', ' colspan="2"', ' title="x"']
)
RUNS = st.tuples(
    st.sampled_from(["<tr>", '<tr class="odd">', '<tr\n class="even" data-state="x">', "<tr hidden>", "<TR>"]),
    st.lists(st.tuples(ATTRIBUTES, CELLS), max_size=4),
    st.sampled_from(["</tr>", "</tr>\n", "", "</tbody></table><table><tbody>"]),
    st.integers(1, 12),
)


@settings(max_examples=300)
@given(runs=st.lists(RUNS, min_size=1, max_size=6), header=st.sampled_from([HEADER, ""]))
def test_any_rows_read_as_if_nothing_was_cut_out(
    runs: list[tuple[str, list[tuple[str, str]], str, int]], header: str
) -> None:
    rows = [
        (start + "".join(f"<td{attributes}>{cell}</td>" for attributes, cell in cells) + end) * times
        for start, cells, end, times in runs
    ]
    text = page(f"<table>{header}{ROWS}{''.join(rows)}</table>")
    assert outline_html.outline_of_html(text) == read_whole(text)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<a href="/models/acme/one">Acme: One</a>', "Acme: One"),
        ('\n  <a class="flex" href=" /models/acme/one ">Acme:\n One</a>\n', "Acme: One"),
        ('<a href="/models/acme/one" title="Unavailable">Acme: One</a>', "Acme: One\nUnavailable"),
        ('by <a href="/models/acme/one">Acme: One</a>', "by Acme: One"),
        ('<a href="/models/acme/one">Acme: <b>One</b></a>', "Acme: One"),
    ],
)
def test_a_cell_with_a_link_says_its_words_and_where_it_leads(cell: str, said: str) -> None:
    text = page(f"<table>{HEADER}<tr><td>{cell}</td><td>Code</td><td>1%</td></tr></table>")
    [table] = outline_html.outline_of_html(text).sections[1].tables
    assert table.rows[0][0].text == said
    assert [link.address for link in table.rows[0][0].links] == ["/models/acme/one"]


def test_a_hidden_link_says_nothing() -> None:
    text = page(f'<table>{HEADER}<tr><td><a href="/x" hidden>One</a></td><td>Code</td><td>1%</td></tr></table>')
    [table] = outline_html.outline_of_html(text).sections[1].tables
    assert table.rows[0][0] == ("", (), "")
