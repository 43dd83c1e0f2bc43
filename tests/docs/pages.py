"""The project's documents, and the fenced blocks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
}
"""Every document by its path in the checkout."""

_FENCE = re.compile(r"^```(?P<language>[\w-]*)[ ]*\n(?P<text>.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language, its text, the line at which it begins, and where its text is in the page."""

    language: str
    text: str
    line: int
    start: int
    end: int


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [
        Block(
            found["language"],
            found["text"],
            text.count("\n", 0, found.start()) + 1,
            found.start("text"),
            found.end("text"),
        )
        for found in _FENCE.finditer(text)
    ]


def blocks_of(page: str, language: str) -> list[Block]:
    return [block for block in blocks(PAGES[page].read_text(encoding="utf-8")) if block.language == language]


def pages_with(language: str) -> list[str]:
    """The pages that have a block in this language."""
    return [page for page in PAGES if blocks_of(page, language)]


def prose(text: str) -> str:
    """A page without its fenced blocks, as long as before and with the same lines."""
    return _FENCE.sub(lambda found: "\n" * found.group().count("\n"), text)


def with_texts(text: str, replaced: dict[Block, str]) -> str:
    """A page with other texts in some of its blocks."""
    for block in sorted(replaced, key=lambda block: -block.start):
        text = text[: block.start] + replaced[block] + text[block.end :]
    return text


class Step(NamedTuple):
    """A command of a `console` block, and what the page says that it prints."""

    command: str
    expected: str


def steps(block: Block) -> Iterator[Step]:
    """The commands of a block: a line that begins with `$ `, and those after a backslash."""
    command: list[str] = []
    expected: list[str] = []
    for line in block.text.splitlines():
        if line.startswith("$ ") and not (command and command[-1].endswith("\\")):
            if command:
                yield _step(command, expected)
            command, expected = [line[2:]], []
        elif command and command[-1].endswith("\\") and not expected:
            command.append(line.removeprefix("> "))
        else:
            expected.append(line)
    if command:
        yield _step(command, expected)


def _step(command: list[str], expected: list[str]) -> Step:
    return Step("\n".join(command), "\n".join(expected).rstrip())


ELISION = "…"


def agrees(expected: str, printed: str) -> bool:
    """Whether an output is the expected one; a line of `…` stands for any lines, a `…` in a line for any words.

    >>> agrees("stored … rows\\n…\\ndone", "stored 17 rows\\na\\nb\\ndone")
    True
    """
    if ELISION not in expected:
        return expected == printed
    pattern = []
    for line in expected.split("\n"):
        if line.strip() == ELISION:
            pattern.append(r"(?:.*\n)*?")
        else:
            pattern.append(".*?".join(map(re.escape, line.split(ELISION))) + r"\n")
    return re.fullmatch("".join(pattern), printed + "\n") is not None


def elided(printed: str, expected: str) -> str:
    """A new output, with the lines of the old one that elide something and still agree.

    >>> elided("at 12:30\\ndone", "at …\\nnot yet")
    'at …\\ndone'
    """
    kept = [line for line in expected.split("\n") if ELISION in line and line.strip() != ELISION]
    return "\n".join(next((old for old in kept if agrees(old, line)), line) for line in printed.split("\n"))
