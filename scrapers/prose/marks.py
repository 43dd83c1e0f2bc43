"""What a sentence is made of once it is read: names of benchmarks, percentages, percentiles, reasoning on or off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from scrapers.prose.numerals import in_digits

Kind = Literal["name", "percent", "rank", "rating", "mode"]


class Span(NamedTuple):
    """From where to where in the sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One thing that the sentence says.

    `value` is a percentage, be it a rating, `rank` a percentile, `dimension` that of either, `mode` whether reasoning
    was on, `is_known` whether a name is that of a known benchmark. `is_perfect` tells a hundred said in words (`a
    perfect score`), `is_flourish` one that may be mere praise (`perfectly accurate`), `is_end_of_range` a percentage
    such as `from 77% in Ethics`, which only a name of its own makes a score.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Decimal | None = None
    rank: int | None = None
    dimension: str | None = None
    mode: bool | None = None
    is_known: bool = True
    is_perfect: bool = False
    is_flourish: bool = False
    is_end_of_range: bool = False


RANKS_JOIN = re.compile(r"\s*(?:,?\s*and\b|,)\s*(?:the )?")
"""What stands between percentiles of one enumeration."""

_CLAUSE_END = re.compile(r"[,;:—–]|\b(?:and|but|while|whereas)\b")
_RANK_ASIDE = re.compile(r"\(\s*(?:in |at )?(?:the )?[0-9]{1,3}(?:st|nd|rd|th) percentile\s*\)")
_EMPTIED = re.compile(r"\( +|\(\)")


@dataclass(slots=True)
class Marked:
    """A sentence, its marks in their order, and what makes it doubtful as a whole.

    `text` is what is read, `sentence` what stands on the page.
    """

    text: str
    sentence: str
    marks: list[Mark]
    doubts: list[str]

    def of(self, *kinds: Kind) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind in kinds]

    def between(self, left: Mark, right: Mark) -> str:
        """The words between two marks, without what is said there of reasoning, or of a percentile in parenthesis."""
        start, pieces = left.end, []
        for mode in self.of("mode"):
            if left.end <= mode.start and mode.end <= right.start:
                pieces.append(self.text[start : mode.start])
                start = mode.end
        words = "".join([*pieces, self.text[start : right.start]])
        if "percentile" in words:
            words = _RANK_ASIDE.sub("", words)
        return _EMPTIED.sub(lambda match: "(" if match[0] != "()" else "", words) if "(" in words else words

    def clause_of(self, one: Mark, other: Mark) -> str:
        """Two marks and the words around them, up to a comma or the like."""
        ahead = max((end.end() for end in _CLAUSE_END.finditer(self.text, 0, min(one.start, other.start))), default=0)
        end = _CLAUSE_END.search(self.text, max(one.end, other.end))
        return self.text[ahead : end.start() if end else len(self.text)]

    def in_parenthesis(self, mark: Mark) -> bool:
        before = self.text[: mark.start]
        return before.count("(") > before.count(")")


_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'}
    | {"\u2011": "-", "`": None}
)


_LABEL = re.compile(r"\*\*([A-Z][A-Za-z -]{2,40})\.\*\*\s+")
"""`**Coding.** It scores 90.0%` has a label before its sentence."""


_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,60})(?<=\S)\1(?![\w*])")
"""`*Coding* reached _96.0%_`."""


def plainly_written(sentence: str) -> str:
    """A sentence without emphasis, with common spaces, quotes and hyphens, and figures for what is spelled out.

    >>> plainly_written("**Coding**: 98.0\\u00a0%")
    'Coding: 98.0 %'
    """
    text = sentence if sentence.isascii() and "`" not in sentence else sentence.translate(_PLAIN)
    if text.startswith("**") and (label := _LABEL.match(text)):
        text = f"{label[1]}: {text[label.end() :]}"
    text = text.replace("**", "").replace("__", "") if "**" in text or "__" in text else text
    text = _EMPHASIS.sub(r"\2", text) if "*" in text or "_" in text else text
    return in_digits(text) if "percent" in text or "per cent" in text else text
