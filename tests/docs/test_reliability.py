"""The table of faults knows the tests that carry its ids; `--update-docs` writes their names into it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

from pages import ROOT

TABLE = ROOT / "docs" / "reliability.md"
SHOWN = 3
"""So many tests are named in a row; the others are found by the id."""


def coverage() -> ModuleType:
    """The test that reads the ids; tests are no package, so it is loaded from its file."""
    path = ROOT / "tests" / "project" / "test_faults_covered.py"
    spec = importlib.util.spec_from_file_location("faults_covered", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def carriers() -> dict[str, list[str]]:
    """The tests that carry each id, as `file::test`."""
    read = coverage()
    suite = read.whole_suite()
    return {
        fault: [f"{file}::{name}" for file, tests in suite.items() for name, ids in tests.items() if fault in ids]
        for fault in read.FAULTS
    }


def with_tests(text: str, tests: dict[str, list[str]]) -> str:
    """The table with other tests in its last column."""

    def row(found: re.Match[str]) -> str:
        named = ", ".join(f"`{test}`" for test in tests[found["id"]][:SHOWN]) or "none yet"
        return f"{found['words']}{named} |"

    return re.sub(r"^(?P<words>\| (?P<id>[NPSEQ]\d\d) \| .+? \| .+? \| ).* \|$", row, text, flags=re.MULTILINE)


def test_every_fault_that_some_test_shows_names_a_test_in_the_table(update_docs: bool) -> None:
    found = carriers()
    if update_docs:
        TABLE.write_text(with_tests(TABLE.read_text(encoding="utf-8"), found), encoding="utf-8")
    table = coverage().table()
    assert [fault for fault, tests in found.items() if tests and not table[fault]] == []


def test_only_the_last_column_is_written(tmp_path: Path) -> None:
    row = "| N01 | no answer | tried again | `tests/old.py::test_old` |\nProse about N01 | stays.\n"
    assert with_tests(row, {"N01": ["a", "b", "c", "d"]}) == (
        "| N01 | no answer | tried again | `a`, `b`, `c` |\nProse about N01 | stays.\n"
    )
