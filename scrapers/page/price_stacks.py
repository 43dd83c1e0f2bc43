"""Several prices in one cell: the cached prompt's below or behind the prompt's, or one for longer prompts."""

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

_BETWEEN = re.compile(r"(?<!:)[\s,;·|]+(?=\$)|\s*\((?=[^()$]{1,40}\s\$[^()]*\)$)")
"""Where a line of several prices has the next: at its amount, or at a bracket around all that is said of it."""

_BOTH = re.compile(r"\b(in(?:put)?|prompt) ?(?:[/|·&+,]|and) ?(out(?:put)?|completion)\b", re.IGNORECASE)
_PAIR = re.compile(r"(?P<one>\$[0-9][0-9.,]*) ?[/|·,] ?(?P<two>\$[0-9][0-9.,]*)(?P<unit>(?: ?(?:/|per) ?[\w ]{1,20})?)")
"""The prices of a prompt and of what is written, side by side below a header of both."""

_LONGEST = 200
"""Letters of a line of prices."""


def unstacked(label: str, cell: Cell) -> list[tuple[str, Cell]]:
    """The prices of a cell, each with what it is for; the cell itself where it is not certainly several.

    >>> [(name, price.text) for name, price in unstacked("Prompt", Cell("$0.59 / 1M tokens\\nCached: $0.29"))]
    [('Prompt', '$0.59 / 1M tokens'), ('Cached', '$0.29')]
    >>> [(name, price.text) for name, price in unstacked("Prompt", Cell("$1 (≤200K)\\n$2 (>200K)"))]
    [('Prompt (≤200K)', '$1'), ('Prompt (>200K)', '$2')]
    >>> [(name, price.text) for name, price in unstacked("Price (in / out)", Cell("$1 / $2 per 1M tokens"))]
    [('in', '$1 per 1M tokens'), ('out', '$2 per 1M tokens')]
    """
    if (both := _BOTH.search(label)) and (pair := _PAIR.fullmatch(cell.words)):
        return [(both[side], Cell(f"{pair[amount]}{pair['unit']}")) for side, amount in ((1, "one"), (2, "two"))]
    found: list[tuple[str, Cell]] = []
    for line in _lines(cell.text):
        match = _LINE.fullmatch(line.strip())
        named = None if match is None or (match["lead"] and match["tail"]) else _named(label, match, bool(found))
        if match is None or named is None:
            return [(label, cell)]
        found.append((named, Cell(match["amount"])))
    return found if len(dict(found)) == len(found) else [(label, cell)]


def _lines(text: str) -> list[str]:
    """The cell's lines, each with one price if that can be: what stands between prices belongs to one of them."""
    lines = [piece for line in text.split("\n") if line.strip() for piece in _pieces(line.strip())]
    kinds = "".join("P" if "$" in line else "C" if states_conditions(line) else "?" for line in lines)
    if _LED.fullmatch(kinds) and not (kinds == "PCP" and _UPPER.match(lines[1])):
        return _joined(lines, kinds.index("P") == 0)
    return _joined(lines, kinds[:2] == "PP") if _FOLLOWED.fullmatch(kinds) else lines


_LED, _FOLLOWED = re.compile("P?(?:CP)+"), re.compile("P?(?:PC)+")
"""Prices (P) and conditions (C) in lines of their own: each price below its condition, or above it."""

_UPPER = re.compile(r"[<≤]|up to|under|below", re.IGNORECASE)
"""Of `$1`, `≤ 200K`, `$2` nobody knows whose condition it is."""


def _joined(lines: list[str], first_is_alone: bool) -> list[str]:
    alone, pairs = lines[: int(first_is_alone)], lines[int(first_is_alone) :]
    return alone + [" ".join(pair) for pair in zip(pairs[::2], pairs[1::2], strict=True)]


def _pieces(line: str) -> list[str]:
    """A line's prices, where it has several."""
    if line.count("$") < 2 or len(line) > _LONGEST:
        return [line]
    *before, last = _BETWEEN.split(line)
    return [*before, last.removesuffix(")") if last.count("(") < last.count(")") else last]


def _named(label: str, match: re.Match[str], is_below: bool) -> str | None:
    """What the price of a line is for: as the column says, for some prompts alone, or of a prompt that is cached."""
    words = (match["lead"] or match["tail"] or "").strip(" :/")
    if not words:
        return None if is_below else label
    if states_conditions(words):
        return f"{label} ({words})"
    if component_of(label) is None and component_of(words) is not None:
        return words  # the column says that it has prices, and not of what
    is_cached = component_of(label) == "prompt" and (component_of(words) or "").startswith("input_cache")
    return words if is_below and is_cached else None
