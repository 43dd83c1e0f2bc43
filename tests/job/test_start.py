"""What a start imports: `--help` and a job that finds nothing new do without pandas, `--help` without the store too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run, Stand, environment

HEAVY = ("pandas", "numpy", "pyarrow", "alembic")

SAYING_WHAT_WAS_IMPORTED = """
import sys
from catalog.cli import main
try:
    main()
finally:
    sys.stderr.write("imported " + " ".join(sorted(sys.modules)))
"""


def imported(tmp_path: Path, *arguments: str) -> set[str]:
    """The modules that a call of the program has imported when it ends with 0."""
    done = subprocess.run(
        [sys.executable, "-c", SAYING_WHAT_WAS_IMPORTED, *arguments],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.rpartition("imported ")[2].split())


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["scrape", "--help"], ["feed", "--help"]])
def test_help_imports_nothing_that_it_does_not_need(tmp_path: Path, words: list[str]) -> None:
    assert not imported(tmp_path, *words) & {*HEAVY, "sqlalchemy", "sqlmodel", "httpx", "lxml", "bs4"}


def test_a_job_that_finds_nothing_new_imports_neither_pandas_nor_what_reads_pages(
    stand: Stand, catalog: Run, tmp_path: Path
) -> None:
    assert catalog("--data-dir", "data", "scrape", *stand.mirrors).returncode == 0
    found = imported(tmp_path, "--data-dir", "data", "scrape", *stand.mirrors)
    assert "catalog.runs.job" in found
    assert not found & {*HEAVY, "bs4", "lxml", "scrapers.model_page"}


def test_a_question_imports_pandas(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    """So that the tests above are known to look in the right place."""
    assert catalog("--data-dir", "data", "scrape", *stand.mirrors).returncode == 0
    assert "pandas" in imported(tmp_path, "--data-dir", "data", "models", "--format", "csv")
