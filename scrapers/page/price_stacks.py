"""Several prices in one cell, a line each: the cached prompt's below the prompt's, or one for longer prompts."""

from __future__ import annotations

import re

from scrapers.outline import Cell
from scrapers.page.conditions import states_conditions
from scrapers.page.words import component_of

_LINE = re.compile(
    r"(?:(?P<lead>[^$\n]{1,40}?):?\s+)?"
    r"(?P<amount>\$[0-9][0-9.,]*(?:\s*/\s*(?:1?[MK]\b(?: tokens?)?|mtok|tokens?|image|request))?)"
    r"(?:\s*\(?(?P<tail>[^$()\n]{1,40})\)?)?",
    re.IGNORECASE,
)


def unstacked(label: str, cell: Cell) -> list[tuple[str, Cell]]:
    """The prices of a cell, each with what it is for; the cell itself where it is not certainly several.

    >>> [(name, price.text) for name, price in unstacked("Prompt", Cell("$0.59 / 1M tokens\\nCached: $0.29"))]
    [('Prompt', '$0.59 / 1M tokens'), ('Cached', '$0.29')]
    >>> [(name, price.text) for name, price in unstacked("Prompt", Cell("$1 (≤200K)\\n$2 (>200K)"))]
    [('Prompt (≤200K)', '$1'), ('Prompt (>200K)', '$2')]
    """
    found: list[tuple[str, Cell]] = []
    for line in cell.text.split("\n"):
        match = _LINE.fullmatch(line.strip())
        named = None if match is None or (match["lead"] and match["tail"]) else _named(label, match, bool(found))
        if match is None or named is None:
            return [(label, cell)]
        found.append((named, Cell(match["amount"])))
    return found if len(dict(found)) == len(found) else [(label, cell)]


def _named(label: str, match: re.Match[str], is_below: bool) -> str | None:
    """What the price of a line is for: as the column says, for some prompts alone, or of a prompt that is cached."""
    words = (match["lead"] or match["tail"] or "").strip(" :")
    if not words:
        return None if is_below else label
    if states_conditions(words):
        return f"{label} ({words})"
    is_cached = component_of(label) == "prompt" and (component_of(words) or "").startswith("input_cache")
    return words if is_below and is_cached else None
