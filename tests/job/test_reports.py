"""What a run thinks of a source by what its addresses gave."""

from __future__ import annotations

import pytest

from catalog.runs.job import SourceReport


@pytest.mark.parametrize(
    ("asked", "absent", "lost", "seems_moved"),
    [(10, 10, 1, True), (10, 10, 0, False), (9, 9, 9, False), (11, 10, 10, False)],
)
def test_a_source_seems_moved_where_all_of_ten_addresses_are_gone_and_one_was_there(
    asked: int, absent: int, lost: int, seems_moved: bool
) -> None:
    report = SourceReport("source", asked=asked, absent=["https://example.org/"] * absent, lost=lost)
    assert report.seems_moved is seems_moved


@pytest.mark.parametrize(("closed_doors", "is_closed"), [(4, False), (5, True)])
def test_a_source_is_closed_after_five_answers_in_a_row_that_keep_programs_out(
    closed_doors: int, is_closed: bool
) -> None:
    assert SourceReport("source", closed_doors=closed_doors).is_closed is is_closed
