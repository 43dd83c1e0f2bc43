"""Text that was taken from a printed page: what stands at the head and the foot of every sheet is no part of it."""

from __future__ import annotations

import re
from collections import Counter

_NUMBER = re.compile(r"[0-9]+")
_STAMP = re.compile(
    r"\s*[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4},? [0-9]{1,2}:[0-9]{2}(?: ?[AP]M)?(?:\s{2,}.*)?|"
    r"\s*https?://\S+\s+[0-9]{1,4}(?:/| of )[0-9]{1,4}\s*|\s*(?:Page )?[0-9]{1,4}(?:/| of )[0-9]{1,4}\s*",
    re.IGNORECASE,
)
"""What browsers put there: the time and the title, the address and the number of the sheet."""

_FEWEST = 3
"""Sheets that begin or end with the same; of fewer, a row of a table may come twice."""


def without_heads_and_feet(text: str) -> str:
    """The text without what repeats at the ends of its sheets, which a form feed parts, but for the numbers in it.

    >>> without_heads_and_feet("Acme\\nFeatures\\n1/3\\n\\fAcme\\nTools\\n2/3\\n\\fAcme\\nVision\\n3/3\\n\\f")
    'Features\\nTools\\nVision\\n'
    """
    if "\f" not in text:
        return text
    sheets = [sheet.split("\n") for sheet in text.split("\f") if sheet.strip()]
    ends = [[at for at, line in enumerate(sheet) if line.strip()] for sheet in sheets]
    seen = Counter(_shape(sheet[at]) for sheet, filled in zip(sheets, ends, strict=True) for at in _outer(filled))
    often = max(_FEWEST, len(sheets) - 1)
    kept: list[str] = []
    for sheet, filled in zip(sheets, ends, strict=True):
        dropped = {at for at in _outer(filled) if seen[_shape(sheet[at])] >= often or _STAMP.fullmatch(sheet[at])}
        kept += [line for at, line in enumerate(sheet) if at not in dropped and (line.strip() or at < filled[-1])]
    return "\n".join(kept) + "\n"


def _outer(filled: list[int]) -> tuple[int, ...]:
    """The first line that is not blank, and the last."""
    return (filled[0], filled[-1]) if len(filled) > 1 else ()


def _shape(line: str) -> str:
    return _NUMBER.sub("0", " ".join(line.split()))
