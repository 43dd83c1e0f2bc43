"""A figure of a score with the badges beside it: `94.0% 89th percentile`, `3.2s (22nd)`, `100.0% Most accurate`."""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.values import percentile

_APART = r"(?:(?<![0-9.,\s])|[\s·•|,;:/–—-]+\(?|\()"
"""What stands between a figure and a badge; nothing may only where a unit ends the figure. `$0.012345th` has two."""

_RANK = r"(?P<rank>[0-9]{1,3}(?:st|nd|rd|th)(?:[ -](?:percentile|%ile))?|top [0-9]{1,2} ?%)"
_PRAISE = (
    r"(?:(?:most accurate|best|perfect|excellent|great|good|fair|poor|top|leading|fastest|slowest|cheapest|highest|"
    r"lowest|new|record|accuracy|score|model|price point|speed|at|its|this|the|and|in|for|category|overall)\b[\s!]*)+"
)
_MEDALS = r"[🏆🥇🥈🥉🏅👑🔥⚡✨🎯\ufe0f\s]+"
_BESIDE = re.compile(rf"{_APART}(?:{_RANK}|(?<=[\s(]){_PRAISE}|{_MEDALS})\)?$", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:{_RANK}[\s·•|,;:/–—-]+|{_MEDALS})(?=[$0-9])", re.IGNORECASE)

_ENDS = frozenset("hHdDtTeE)")
"""The last letters of a rank; nearly no figure has one of them."""

_LONGEST = 120
"""Letters of a figure with all of its badges."""


class Ranked(NamedTuple):
    """A figure's words, and those of its rank, if it has one."""

    figure: str
    rank: str | None


def ranked(text: str) -> Ranked:
    """The figure of a cell without its badges, and what one says of its rank.

    >>> ranked("94.0% 89th percentile"), ranked("3.2s22nd percentile").figure, ranked("1m 3s")
    (Ranked(figure='94.0%', rank='89th percentile'), '3.2s', Ranked(figure='1m 3s', rank=None))
    """
    figure, rank = text, None
    if len(text) > _LONGEST or (text.isascii() and " " not in text and text[-1:] not in _ENDS):
        return Ranked(figure, rank)
    while match := _BESIDE.search(figure) or _BEFORE.match(figure):
        if rank and match["rank"]:
            break  # of two ranks nobody knows which is the figure's
        rank = rank or match["rank"]
        figure = figure[: match.start()] + figure[match.end() :]
    return Ranked(figure, rank)


def percentile_of(rank: str) -> int:
    """The percentile that a rank's words state. Raises `ValueError` where they may mean a place or a share as well."""
    number, _, unit = rank.lower().replace("-", " ").partition(" ")
    if unit not in ("percentile", "%ile"):
        raise ValueError(f"a place or a percentile, one cannot tell: {rank!r}")
    return percentile(number)
