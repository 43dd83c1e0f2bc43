"""Every query that a document shows is asked of the sample, on both databases, and answers as the document says.

A `csv` block behind a `sql` block is its answer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import PAGES, Block, blocks, pages_with, with_texts

from catalog.cli.output import plain
from catalog.sql import ask


def queries(page: str) -> Iterator[tuple[Block, Block | None]]:
    """Each query of a page and the block of its answer, where it has one."""
    found = blocks(PAGES[page].read_text(encoding="utf-8"))
    for block, after in zip(found, [*found[1:], None], strict=True):
        if block.language == "sql":
            yield block, after if after is not None and after.language == "csv" else None


def answer(db: str, query: str) -> str:
    """The rows as CSV. SQLite says 0 and 1 of truths, PostgreSQL says t and f; here both say 0 and 1."""
    frame, cut = ask(db, query, limit=1000, timeout_s=30)
    assert not cut
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([_told(value) for value in row] for row in frame.itertuples(index=False))
    return lines.getvalue()


def _told(value: Any) -> str:
    known = plain(value)
    return "" if known is None else str(int(known) if isinstance(known, bool) else known)


@pytest.mark.parametrize("page", pages_with("sql"))
def test_each_query_of_the_page_has_the_answer_that_the_page_shows(
    page: str, sample_imported: Path, update_docs: bool
) -> None:
    db = str(sample_imported / "data" / "catalog.db")
    anew: dict[Block, str] = {}
    for query, shown in queries(page):
        rows = answer(db, query.text)
        assert rows.count("\n") > 1, f"{page}:{query.line} finds nothing in the sample"
        if shown is not None and update_docs:
            anew[shown] = rows
        elif shown is not None:
            assert rows == shown.text, f"{page}:{shown.line}"
    if anew:
        text = PAGES[page].read_text(encoding="utf-8")
        PAGES[page].write_text(with_texts(text, anew), encoding="utf-8")


@pytest.mark.postgres
def test_each_query_has_the_same_answer_on_postgresql(
    empty_postgres_url: str, sample_imported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from terminal import Terminal

    terminal = Terminal(tmp_path, monkeypatch)
    printed = terminal.run(f"catalog --db {empty_postgres_url} import {sample_imported / 'data' / 'sample'}")
    assert terminal.exit_code == 0, printed
    sqlite = str(sample_imported / "data" / "catalog.db")
    for page in pages_with("sql"):
        for query, _ in queries(page):
            assert answer(empty_postgres_url, query.text) == answer(sqlite, query.text), f"{page}:{query.line}"


def test_whole_numbers_stay_exact_beside_unknown_ones(sample_imported: Path) -> None:
    query = "SELECT 9007199254740993 AS number UNION ALL SELECT NULL"
    assert answer(str(sample_imported / "data" / "catalog.db"), query) == 'number\n9007199254740993\n""\n'
