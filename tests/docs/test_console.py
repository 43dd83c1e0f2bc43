"""Every command that a document shows is typed, and prints what the document says.

`pytest tests/docs --update-docs` writes what is printed into the documents; without the flag nothing is ever rewritten.
"""

from __future__ import annotations

import pytest
from pages import PAGES, Block, agrees, blocks_of, elided, pages_with, steps, with_texts
from terminal import Terminal

FROM_NOTHING = {"README.md", "docs/tutorial.md"}
"""The pages whose first command imports the sample; the others say that it is imported."""


@pytest.mark.parametrize("page", pages_with("console"))
def test_each_command_of_the_page_prints_what_the_page_shows(
    page: str, request: pytest.FixtureRequest, update_docs: bool
) -> None:
    terminal: Terminal = request.getfixturevalue("empty_terminal" if page in FROM_NOTHING else "terminal")
    wrong: list[str] = []
    anew: dict[Block, str] = {}
    for block in blocks_of(page, "console"):
        shown = []
        assert block.text.startswith("$ "), (
            f"{page}:{block.line}: commands to copy are a `sh` block; nothing is run here"
        )
        for step in steps(block):
            printed = terminal.run(step.command)
            if not agrees(step.expected, printed):
                wrong.append(
                    f"{page}:{block.line}\n$ {step.command}\n{printed}\n-- but the page shows --\n{step.expected}"
                )
            kept = step.expected if agrees(step.expected, printed) else elided(printed, step.expected)
            shown.append(f"$ {step.command}\n" + (f"{kept}\n" if kept else ""))
        anew[block] = "".join(shown)
    if update_docs:
        path = PAGES[page]
        path.write_text(with_texts(path.read_text(encoding="utf-8"), anew), encoding="utf-8")
        return
    assert wrong == [], "\n\n".join(wrong)


def test_a_page_that_shows_another_number_is_found_out() -> None:
    assert not agrees("stored 16 rows", "stored 17 rows")
    assert not agrees("stored …\ndone", "stored 17 rows")
    assert agrees("stored … rows\n…\ndone", "stored 17 rows\none\ntwo\ndone")


def test_what_is_elided_stays_elided_when_a_page_is_brought_up_to_date() -> None:
    assert elided("known at 12:30\ndone twice", "known at …\ndone once") == "known at …\ndone twice"
