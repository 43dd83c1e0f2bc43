"""Every fault of the catalogue in `docs/reliability.md` names a test that is there and that carries the fault's id."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FAULTS = [
    f"{letter}{number:02}"
    for letter, last in (("N", 33), ("P", 22), ("S", 19), ("E", 9), ("Q", 6))
    for number in range(1, last + 1)
]
"""Network, parse, store, export and query: the ids of the catalogue."""

ID = re.compile(r"(?<![A-Za-z0-9])([NPSEQnpseq]\d\d)(?:\s*(?:–|-|to)\s*([NPSEQ]\d\d))?(?![A-Za-z0-9])")
ROW = re.compile(r"^\| ([NPSEQ]\d\d) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def ids_in(text: str) -> set[str]:
    """The ids that a text speaks of; `N04–N07` speaks of four. Underscores part words, as in a function's name."""
    found: set[str] = set()
    for first, last in ID.findall(text.replace("_", " ")):
        numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
        found |= {f"{first[0].upper()}{number:02}" for number in numbers}
    return found & set(FAULTS)


def carried_ids(source: str) -> dict[str, set[str]]:
    """The tests of a file, with the ids in their names, docstrings and parameters, and in those of their class."""
    found: dict[str, set[str]] = {}

    def visit(node: ast.Module | ast.ClassDef, inherited: set[str]) -> None:
        for child in node.body:
            if isinstance(child, ast.ClassDef) and child.name.startswith("Test"):
                visit(child, inherited | ids_in(child.name) | ids_in(ast.get_docstring(child) or ""))
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) and child.name.startswith("test_"):
                parameters = " ".join(ast.unparse(decorator) for decorator in child.decorator_list)
                own = ids_in(child.name) | ids_in(ast.get_docstring(child) or "") | ids_in(parameters)
                found[child.name] = found.get(child.name, set()) | inherited | own

    visit(ast.parse(source), set())
    return found


def whole_suite() -> dict[str, dict[str, set[str]]]:
    """Every test of the suite by its file, `tests/…/test_x.py`, and its name."""
    return {
        path.relative_to(ROOT).as_posix(): carried_ids(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if path != Path(__file__).resolve()
    }


def table() -> dict[str, list[str]]:
    """The tests that each row of the document names, as `tests/…/test_x.py::test_y`."""
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    rows: dict[str, list[str]] = defaultdict(list)
    for fault, _, _, tests in ROW.findall(text):
        rows[fault] += re.findall(r"`(tests/[^`]+)`", tests)
    return rows


def test_the_table_has_a_row_for_every_fault_in_order() -> None:
    assert list(table()) == FAULTS


def test_no_fault_is_without_a_test() -> None:
    assert [fault for fault, tests in table().items() if not tests] == []


def test_every_test_that_the_table_names_is_there_and_carries_the_id() -> None:
    known = whole_suite()
    wrong = []
    for fault, tests in table().items():
        for test in tests:
            file, _, name = test.partition("::")
            if fault not in known.get(file, {}).get(name, set()):
                wrong.append(f"{fault}: {test}")
    assert wrong == []


def test_ids_are_read_from_names_docstrings_and_parameters() -> None:
    source = '''
class TestGzip:
    """N06 and N07."""
    def test_a_cut_body(self): ...

def test_s01_a_kill(): ...

def test_order():
    """P01 to P03: held."""

@pytest.mark.parametrize("x", [pytest.param(1, id="Q04")])
def test_sql(x): ...

def test_nothing(): ...
'''
    assert carried_ids(source) == {
        "test_a_cut_body": {"N06", "N07"},
        "test_s01_a_kill": {"S01"},
        "test_order": {"P01", "P02", "P03"},
        "test_sql": {"Q04"},
        "test_nothing": set(),
    }
