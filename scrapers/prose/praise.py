"""A hundred percent that a sentence says in words: `a perfect score`, and what only sounds like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scrapers.prose.marks import Mark, Span
from scrapers.prose.shares import NAME_OF_BENCHMARK

LOOKED_BACK = 90
"""How far back words are looked for that tell what a figure is."""

_NEAR = r"(?:near[- ]|nearly |almost |virtually |practically |close to )"
SMALL_NAMES = "coding|reasoning|math(?:ematics)?|ethics|general knowledge|email classification|instruction following"
_NAMES = rf"(?:(?-i:{NAME_OF_BENCHMARK})|{SMALL_NAMES})"
_NAMES += rf"(?:(?:,|,? and) {_NAMES}){{0,5}}"
_PERFECT = re.compile(
    rf"(?<![\w-])(?P<near>{_NEAR})?(?:(?:perfect|flawless) (?:accuracy )?(?:scores?|accurac(?:y|ies)|marks?)|"
    rf"perfect results?|full marks|"
    rf"(?:accuracy|scores?|results?) (?:is|are|was|were) (?:perfect|flawless)(?! success)|"
    rf"(?:perfect|flawless)(?= {_NAMES} (?:scores?|accurac(?:y|ies)|results?|marks?)\b)|"
    rf"(?P<flourish>perfectly accurate))"
    rf"(?:(?: of| at|,|:)? ?\(?(?P<figure>100(?:\.0{{1,6}})?)(?: ?%| percent\b)(?P<closed>\))?)?",
    re.IGNORECASE,
)
_IS_HUNDRED = re.compile(r"\b100(?:\.0+)? ?%(?: accuracy)?(?: \(|, )(?:an? |the )?$")
"""`Ethics at 100.0% accuracy (a perfect score)` says the same twice."""

_DONE_PERFECTLY = re.compile(
    rf"\b(?:answer|solv|complet|handl|pass|master|perform|scor)\w* (?:{_NAMES} )?(?:perfectly|flawlessly)\b|"
    r"\b(?:(?:perfect|flawless) (?:performance|execution|handling|run)|"
    rf"(?:is|was|are|were|remains) (?:perfect|flawless)) (?:in|on|at|for|of) (?:the )?{_NAMES}",
    re.IGNORECASE,
)
_IS_PERFECT = re.compile(
    r"\b[A-Z][A-Za-z]+(?::| is| are| was| were)(?: simply| absolutely| also| still)? (?:perfect|flawless)\s*(?=[.,;)]|"
    r"$)"
)
"""`Ethics: perfect.`"""

_FIGURE_SOON = re.compile(r"[^%;]{0,60}[0-9] ?(?:%|percent\b)")
"""`near-perfect accuracy in Coding (99.0%)` says itself how near."""

DENIED = re.compile(
    r"(?:\b(?:not(?! only)|never|no|none|nor|neither|lack(?:s|ed|ing)?|miss(?:es|ed|ing)?|short of|shy of|"
    r"fail(?:s|ed|ing)?|nearly|almost|close to|closest to|(?:away|far) from|approach(?:es|ed|ing)?|without|hardly|"
    r"barely|rarely|(?<!the )few|unable|if)\b|n't\b)[^,;:()—–]{0,50}$",
    re.IGNORECASE,
)
_DENIED_LATER = re.compile(
    r"[^,;:.()—–%]{0,40}\b(?:elude[sd]?|escape[sd]?|"
    r"(?:is|was|are|were|remain(?:s|ed)?) (?:just )?(?:out of|beyond|rare))\b"
)
"""`A perfect score in Coding eluded it`."""

_PERFECT_RELIABILITY = re.compile(
    r"(?<!-)\b(?:[Pp]erfect|[Ff]lawless) reliability\b|\bperfectly reliable\b|"
    r"\breliability (?:is|was|remains) (?:perfect|flawless)\b"
)
_PERFECT_SUCCESS = re.compile(
    rf"(?<![\w-])(?P<near>{_NEAR})?(?:perfect|flawless) success rates?(?!(?:[^,;.]|\.(?=[0-9])){{0,25}}[0-9] ?%)",
    re.IGNORECASE,
)


def said_in_words(text: str, taken: list[Span], doubts: list[str]) -> Iterator[Mark]:
    """A hundred that is said in words: `a perfect score`."""
    for match in _PERFECT_SUCCESS.finditer(text):
        if match["near"] or DENIED.search(text, max(0, match.start() - LOOKED_BACK), match.start()):
            doubts.append("a success rate that is nearly perfect")
        else:
            yield Mark("rating", *match.span(), match[0], value=Decimal(100), dimension="success_rate_percent")
    if "%" not in text and (reliable := _PERFECT_RELIABILITY.search(text)):
        doubts.append(f"{reliable[0]} may be a success rate")
    for match in (*_DONE_PERFECTLY.finditer(text), *_IS_PERFECT.finditer(text)):
        if not _FIGURE_SOON.match(text, match.end()):
            doubts.append("what was done perfectly or is perfect may be a perfect score")
    for match in _PERFECT.finditer(text):
        before = text[max(0, match.start() - LOOKED_BACK) : match.start()]
        end = match.end() if match["closed"] or "(" not in match[0] else match.end("figure")
        taken.append(Span(match.start(), end))
        if match["near"]:
            if not _FIGURE_SOON.match(text, match.end()):
                doubts.append("a score that is nearly perfect")
        elif DENIED.search(before) or _DENIED_LATER.match(text, end):
            doubts.append("a perfect score that is denied")
        else:
            yield Mark(
                "percent",
                match.start(),
                end,
                match[0],
                value=Decimal(match["figure"] or 100),
                is_perfect=True,
                is_flourish=not match["figure"] and (bool(match["flourish"]) or _IS_HUNDRED.search(before) is not None),
            )
