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
