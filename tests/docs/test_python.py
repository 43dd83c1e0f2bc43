"""Every piece of Python that a document shows runs, and prints what the document says.

The `python` blocks of a page are one program, from top to bottom. A `text` block behind one is what it prints.
"""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pages import PAGES, Block, agrees, blocks, pages_with, with_texts

TESTED_ELSEWHERE = {"docs/exports.md"}
"""Its Python reads exports that `tests/export/test_exports_document.py` makes first."""

DISPLAY = ("display.width", 120, "display.max_columns", 12, "display.max_colwidth", 50)


@pytest.mark.parametrize("page", [page for page in pages_with("python") if page not in TESTED_ELSEWHERE])
def test_the_python_of_the_page_runs_and_prints_what_the_page_shows(
    page: str, project: Path, monkeypatch: pytest.MonkeyPatch, update_docs: bool
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.delenv("CATALOG_DB", raising=False)
    monkeypatch.delenv("CATALOG_DATA_DIR", raising=False)
    text = PAGES[page].read_text(encoding="utf-8")
    found = blocks(text)
    names: dict[str, Any] = {"__name__": "__main__"}
    anew: dict[Block, str] = {}
    with pd.option_context(*DISPLAY):
        for block, after in zip(found, [*found[1:], None], strict=True):
            if block.language != "python":
                continue
            screen = io.StringIO()
            with redirect_stdout(screen):
                exec(compile("\n" * block.line + block.text, str(PAGES[page]), "exec"), names)
            printed = "\n".join(line.rstrip() for line in screen.getvalue().splitlines())
            if after is None or after.language != "text":
                assert printed == "", f"{page}:{block.line} prints what the page does not show"
            elif update_docs and not agrees(after.text.rstrip("\n"), printed):
                anew[after] = f"{printed}\n"
            elif not update_docs:
                assert agrees(after.text.rstrip("\n"), printed), f"{page}:{after.line} prints\n{printed}"
    if anew:
        PAGES[page].write_text(with_texts(text, anew), encoding="utf-8")
