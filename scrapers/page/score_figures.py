"""The figures of a score, with the badges beside them: `94.0% 89th percentile`, `3.2s (22nd)`, `100% Most accurate`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from scrapers.money import amount
from scrapers.values import duration_seconds, percent, percentile, whole_number

_CHANGE = re.compile(r"(?<=%)\s*\(?[↑↓▲▼]\ufe0f? ?[+−-]?[0-9.]{1,9} ?(?:%|pp)?\)?$")
"""By how much a share differs from the one before: `91% ▲ 2.1%`."""

_INTERVAL = re.compile(r"(?<=[0-9%])\s*\(?± ?[0-9.]{1,9} ?(?:%|pp)?\)?$")
"""How far from a share the true one may be: `91% ± 1.2`."""

_ACCURACY = re.compile(r"[0-9.]+(?: ?%|/100)?")
_COUNTED = re.compile(
    r"(?P<percent>[0-9.]+ ?%) ?[(·,]? ?(?P<right>[0-9,]{1,7}) ?(?:/|of|out of) ?(?P<of>[0-9,]{1,7})\)?"
)
"""An accuracy with the counts that it comes from: `94% (47/50)`."""

PLAIN_ACCURACY = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,24})?)%")
"""An accuracy as nearly every cell states it."""

_SPLIT = re.compile(r"(?<=[0-9]) (?=\.[0-9])")
_BARE_NUMBER = re.compile(r"[0-9.,]+")
_A_RUN = re.compile(r" ?(?:/|per) ?(?:run|execution|test|task|question|eval|evaluation|benchmark)$", re.IGNORECASE)

_APART = r"(?:(?<![0-9.,\s])|[\s·•|,;:/–—-]+\(?|\()"
"""What stands between a figure and a badge; nothing may only where a unit ends the figure. `$0.012345th` has two."""

_RANK = r"(?P<rank>[0-9]{1,3}(?:st|nd|rd|th)(?:[ -](?:percentile|%ile))?|top [0-9]{1,2} ?%)"
A_RANK = re.compile(r"[0-9](?:st|nd|rd|th)|top\s[0-9]", re.IGNORECASE)
"""What every text has in which `ranked` finds a rank."""

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


def accuracy_of(text: str, header: str) -> tuple[Decimal, str | None]:
    """The share of right answers, and the words for the percentile that may stand beside it."""
    if plain := PLAIN_ACCURACY.fullmatch(text):
        return Decimal(plain[1]), None
    whole = text if text.isascii() else _INTERVAL.sub("", _CHANGE.sub("", text))
    figure, rank = ranked(_SPLIT.sub("", whole.strip()))
    counted = _COUNTED.fullmatch(figure)
    figure = counted["percent"] if counted else figure
    if _ACCURACY.fullmatch(figure) is None:
        raise ValueError(f"not a percentage: {text!r}")
    value = percent(figure)
    if counted and not _is_share(value, whole_number(counted["right"]), whole_number(counted["of"])):
        raise ValueError(f"a percentage that is not that of its counts: {text!r}")
    if not {"%", "/"} & set(figure + header) and Decimal(0) < value <= 1:
        raise ValueError(f"a fraction or a percentage, one cannot tell: {text!r}")
    return value, rank


def _is_share(value: Decimal, right: int, of: int) -> bool:
    """Whether a percentage is `right` of `of`, rounded to the digits that it has."""
    return of > 0 and abs(value * of - 100 * right) <= of * Decimal((0, (1,), int(value.as_tuple().exponent)))


def cost_of(text: str, *, in_dollars: bool) -> Decimal:
    """What a run cost, in US dollars."""
    read = amount(_A_RUN.sub("", ranked(text).figure), in_dollars=in_dollars)
    if read.usd is None or read.unit is not None:
        raise ValueError(f"not the cost of a run in US dollars: {text!r}")
    return read.usd


def duration_of(unit: str | None, text: str) -> Decimal:
    """A span of time, with the unit of the header where the cell has none: `Duration (s)`."""
    figure = ranked(text).figure
    return duration_seconds(f"{figure} {unit}" if unit and _BARE_NUMBER.fullmatch(figure) else figure)
