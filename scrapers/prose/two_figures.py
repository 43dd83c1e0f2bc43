"""Two percentages that only make sense together: from one to the other, and those of two parts of a benchmark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scrapers.prose.marks import Mark, Span
from scrapers.prose.praise import SMALL_NAMES
from scrapers.prose.shares import NAME_OF_BENCHMARK

NO_POINTS = r"(?!-points?| ?points?\b(?! to [a-z]))"
"""`3% points` is a difference; `a success rate of 97% points to stable operation` is none."""

PERCENT = re.compile(rf"([0-9]{{1,4}}(?:\.[0-9]{{1,6}})?) ?(?:%|percent\b){NO_POINTS}")

_FROM_TO = re.compile(
    r"\bfrom [0-9.]+ ?%? to [0-9.]+ ?%|\bbetween [0-9.]+ ?%? and [0-9.]+ ?%|"
    r"(?<![0-9.])[0-9.]+ ?%? ?(?:[–-]|to\b|(?P<arrow>→|->)) ?[0-9.]+ ?%"
)

_CHANGES = re.compile(
    r"\b(?:(?:ris|climb|increas|improv|jump|drop|fall|declin|decreas|mov|slip|soar|leap|shoot|go)(?:e?s|ing|e?d)?|"
    r"rose|fell|went|shot) (?:up |down )?$"
)

_RAISES = re.compile(r" (?:rais|lift|boost|push|br[io]|t[ao]|improv|increas|lower|reduc)[a-z]+ ")

_PLACE = re.compile(r"\s*(?:(?:[Ii]n|[Oo]n|[Ff]or) [^,;:.%]{2,40},\s*)?")
"""`In Coding, reasoning lifts accuracy from 81.0% to 95.0%`."""

_TWO_FIGURES = re.compile(r"[0-9.] ?%? ?(?:to |and |(?:[–→-]|->) ?)[0-9.]")
"""What any of these has, found in a fraction of their time."""

_NEXT_CHANGED = re.compile(rf"(?:,? and|,) (?:in )?{NAME_OF_BENCHMARK} ")
"""`With reasoning, Coding rises from 81.0% to 95.0% and Ethics from 90.0% to 97.0%`."""

_IN_PARTS = re.compile(
    r"%(?: accuracy)? (on|in|for|under) (?P<part>(?:[a-z-]+ ){0,4}[a-z-]+)(?:,? (?:and|but|while)|[,;]) "
    r"(?:(?:only|just|an?|it is|at) )*[0-9.]+ ?%(?: accuracy)? \1 [a-z]"
)
"""`Coding reaches 95.0% on easy tasks and 70.0% on hard ones`."""

_NAMED_IN_PARTS = re.compile(rf"(?:{SMALL_NAMES}|reasoning|thinking|hallucinations?)\b")


def _changed(text: str, match: re.Match[str], modes: list[Mark], goes_on: bool) -> list[Mark]:
    """The two figures of `it rises from 72.0% to 94.0% with reasoning`: the first is of the other mode. `goes_on` tells
    that they are listed behind two others."""
    figures = list(PERCENT.finditer(text, match.start(), match.end()))
    if len(modes) != 1 or len(figures) != 2:
        return []
    mode = modes[0]
    raises = _RAISES.match(text, mode.end)
    if not (raises or goes_on or match["arrow"] or _CHANGES.search(text, 0, match.start())):
        return []
    if mode.end <= match.start():
        is_first = _PLACE.fullmatch(text, 0, mode.start) is not None
        is_told = is_first and (raises or text.startswith(",", mode.end))
    else:
        is_told = text[match.end() : mode.start].strip(" ,") in ("", "(")
    values = [Decimal(figure[1]) for figure in figures]
    if not is_told or max(values) > 100:
        return []
    kinds = (not mode.mode, mode.mode)
    return [
        Mark("percent", *figure.span(), figure[0], value=value, mode=kind)
        for figure, value, kind in zip(figures, values, kinds, strict=True)
    ]


def two_figures_in(text: str, taken: list[Span], doubts: list[str], modes: list[Mark]) -> Iterator[Mark]:
    """Figures of both modes of reasoning; the places of all such pairs are added to `taken`."""
    changed_end = -1
    for match in _FROM_TO.finditer(text) if _TWO_FIGURES.search(text) else ():
        if text.endswith(" by ", 0, match.start()):  # `it rises by 7.0% to 95.0%`
            continue
        taken.append(Span(*match.span()))
        goes_on = changed_end >= 0 and _NEXT_CHANGED.fullmatch(text, changed_end, match.start()) is not None
        if pair := _changed(text, match, modes, goes_on):
            changed_end = match.end()
            yield from pair
        else:
            doubts.append(f"which of two it is cannot be told, {match[0]}")
    for match in _IN_PARTS.finditer(text) if text.count("%") > 1 else ():
        if not _NAMED_IN_PARTS.search(match["part"]):
            taken.append(Span(text.rfind(" ", 0, match.start() - 1) + 1, match.end()))
            doubts.append(f"figures of parts, {text[taken[-1].start : match.end()]}")
