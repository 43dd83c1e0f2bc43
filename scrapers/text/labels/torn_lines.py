"""Lines that a page breaks where a value goes on: before the unit of a price or a count, and around the sign in a name.

$10                       Groq            131,072
/ 1K searches             |               tokens
                          acme/one-1
"""

from __future__ import annotations

import re

from scrapers.money import stated_unit
from scrapers.outline import Line

_SIGN = "|"
_UNITS = ("/", "per ")
_COUNTED = "tokens"
_COUNT = re.compile(r"[~≈]?[0-9][0-9.,]*[KM]?")


def whole_lines(lines: list[Line]) -> list[Line]:
    """The lines, with those in one that are pieces of it."""
    if not any(line.text in (_SIGN, _COUNTED) or line.text.startswith(_UNITS) for line in lines):
        return lines
    whole: list[Line] = []
    for line in lines:
        if whole and _goes_on(whole[-1], line):
            last = whole[-1]
            whole[-1] = last._replace(text=f"{last.text} {line.text}", links=last.links + line.links)
        else:
            whole.append(line)
    return whole


def _goes_on(before: Line, line: Line) -> bool:
    if before.role or line.role:
        return False
    if line.text == _SIGN or before.text.endswith(f" {_SIGN}"):
        return True
    if line.text == _COUNTED:
        return _COUNT.fullmatch(before.text) is not None
    return line.text.startswith(_UNITS) and "$" in before.text and _is_amount_alone(before.text, line.text)


def _is_amount_alone(before: str, unit: str) -> bool:
    return stated_unit(unit) is not None and stated_unit(before) is None and before[-1].isdigit()
