"""A list that shows a part of itself says so, and what it does not show is not taken for gone."""

from __future__ import annotations

import pytest
from small_page import SCORE, html_of, html_page

from scrapers.document import Document
from scrapers.sources.benchable_page import parse


def test_a_chip_that_counts_what_is_not_shown_is_no_parameter() -> None:
    chips = "<h2>Supported Parameters</h2><div><span>tools</span><span>top_p</span><span>+2 more</span></div>"
    records = html_page(sections=chips)
    assert records.models[0].supported_parameters == ["tools", "top_p"]
    assert [(w.code, w.where) for w in records.warnings] == [("rows_not_shown", "Supported Parameters")]


@pytest.mark.parametrize("foot", ["Showing 1-1 of 57 results", "1–1 of 57", "Page 1 of 57", "and 56 more"])
def test_a_table_that_shows_a_part_of_its_rows_leaves_it_open_whether_others_are_gone(foot: str) -> None:
    page = html_of(SCORE.format("No"), "", "<tr><td>Prompt</td><td>$1</td></tr>", "", "")
    whole, part = (
        parse(Document(body=page.replace("<h2>Other", f"<div>{words}</div><h2>Other").encode()))
        for words in ("1-57 of 57", foot)
    )
    assert not any(warning.code == "rows_not_shown" for warning in whole.warnings)
    assert [w.where for w in part.warnings if w.code == "rows_not_shown"] == ["Benchmark Results"]
    assert (list(whole.unread_lines.values()), list(part.unread_lines.values())) == ([], [{"scores": frozenset({""})}])


@pytest.mark.parametrize("foot", ["Rows per page: 25 1–1 of 57", "Showing 1–1 of 57 results"])
def test_the_foot_of_a_table_says_that_it_goes_on(foot: str) -> None:
    row = f"{SCORE.format('No')}</tbody><tfoot><tr><td colspan=9><p>{foot}</p></td></tr></tfoot><tbody>"
    warnings = html_page(scores=row).warnings
    assert [w.where for w in warnings if w.code == "rows_not_shown"] == ["Benchmark Results"]


@pytest.mark.parametrize(
    "attributes, foot, is_part",
    [
        ('aria-rowcount="58"', "", True),
        ('aria-rowcount="2"', "", False),
        ('aria-rowcount="-1"', "", False),
        ("", "<div><p>Rows per page:</p><p>1–1 of 57</p></div>", True),
        ("", "<div><p>1–1 of 1</p></div>", False),
    ],
)
def test_a_grid_says_of_how_many_rows_it_shows_some(attributes: str, foot: str, is_part: bool) -> None:
    page = html_page(sections=f"<h2>Price History</h2>{pinned(attributes, foot)}")
    assert any(warning.code == "rows_not_shown" for warning in page.warnings) is is_part
    assert [price.component for price in page.prices if price.effective_from] == ["prompt", "completion"]


def pinned(attributes: str, foot: str) -> str:
    """A grid in two parts: one for the column of days, which stays where it is, and one for all others."""

    def part(first: int, names: tuple[str, ...], cells: tuple[str, ...]) -> str:
        def row(number: int, role: str, said: tuple[str, ...]) -> str:
            columns = (f'<div role="{role}" aria-colindex="{first + at}">{one}</div>' for at, one in enumerate(said))
            return f'<div role="row" aria-rowindex="{number}">{"".join(columns)}</div>'

        return f'<div role="rowgroup">{row(1, "columnheader", names)}{row(2, "gridcell", cells)}</div>'

    scrolled = part(2, ("Prompt", "Completion"), ("$1", "$2"))
    return f'<div role="treegrid" {attributes}>{part(1, ("Date",), ("Jan 2, 2025",))}<div>{scrolled}</div>{foot}</div>'
