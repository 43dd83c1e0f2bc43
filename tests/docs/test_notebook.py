"""The notebook runs from top to bottom on the sample, and shows below each cell what the cell prints."""

from __future__ import annotations

import ast
import io
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from pages import ROOT

NOTEBOOKS = sorted((ROOT / "docs").rglob("*.ipynb"))
DISPLAY = ("display.width", 120, "display.max_columns", 12, "display.max_colwidth", 50)


def run(source: str, names: dict[str, Any]) -> tuple[str, str | None]:
    """What a cell prints, and the value of its last line where that is an expression, as a notebook shows it."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    screen = io.StringIO()
    with redirect_stdout(screen):
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None
    return screen.getvalue(), None if value is None else repr(value)


def outputs_of(printed: str, value: str | None, number: int) -> list[Any]:
    """The outputs of a cell in the notebook's format."""
    found = []
    if printed:
        found.append(nbformat.v4.new_output("stream", name="stdout", text=printed))
    if value is not None:
        found.append(nbformat.v4.new_output("execute_result", {"text/plain": value}, execution_count=number))
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_each_cell_of_the_notebook_shows_what_it_prints(
    path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, update_docs: bool
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.delenv("CATALOG_DB", raising=False)
    monkeypatch.delenv("CATALOG_DATA_DIR", raising=False)
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    names: dict[str, Any] = {"__name__": "__main__"}
    wrong = []
    with pd.option_context(*DISPLAY):
        for number, cell in enumerate([one for one in notebook.cells if one.cell_type == "code"], 1):
            outputs = outputs_of(*run(cell.source, names), number)
            if cell.outputs != outputs:
                wrong.append((cell.source, outputs, cell.outputs))
            cell.outputs, cell.execution_count = outputs, number
    if update_docs:
        nbformat.write(notebook, path)
    else:
        assert wrong == []


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS
