"""Percentiles in sentences: ordinals with the word, and those that take it from another beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from scrapers.prose.marks import RANKS_JOIN, Mark
from scrapers.prose.outdone import MEASURE

_ORDINAL = re.compile(
    r"(?<![\w.,])([0-9]{1,4})(?:st|nd|rd|th)(?:[- ](?:(?P<speed>speed|latency)|(?P<price>price|pricing|cost))?"
    r"(?(speed)[- ])(?(price)[- ])(?P<percentile>percentiles?))?"
)

_LABELLED_RANK = re.compile(
    r"(?:\b(?:(?P<speed>speed|latency|response times?)|(?P<price>price|pricing|costs?|cost[- ](?:efficiency|"
    r"effectiveness)|affordability)) |(?<=[(,;] ))percentile(?: rank(?:ing)?)?[:,]?"
    r"(?: (?:is|of|at))?(?: (?:just|only))?(?: the)? \(?(?P<number>[0-9]{1,4})(?:st|nd|rd|th)?(?![\w%]|[.,]?[0-9])",
    re.IGNORECASE,
)
"""`Speed percentile: 22nd`."""

_RANK_RANGE = re.compile(
    r"\b[0-9]{1,3}(?:st|nd|rd|th)(?: percentile)?\s*(?:to|through|–|-)\s*(?:the )?[0-9]{1,3}(?:st|nd|rd|th)|"
    r"\bbetween (?:the )?[0-9]{1,3}(?:st|nd|rd|th) and (?:the )?[0-9]{1,3}(?:st|nd|rd|th)"
)

_HEDGED = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|nearly|almost|over|under|above|below|at least|at most|better than|"
    r"exceed(?:s|ed|ing)?|behind|ahead of|out of|miss(?:es|ed|ing)?|"
    r"approach(?:es|ed|ing)?|leaves|left|beats?|tops|outranks?|short of|shy of|outside|up to|"
    r"top|bottom|from|beyond|close to|near|not|within)|[~≈<>≤≥])\s*(?:in |at )?(?:the )?$",
    re.IGNORECASE,
)

_OR_MORE = re.compile(
    r"(?: (?:for|in|on) (?:its )?(?:speed|latency|pric(?:e|ing)|costs?))?(?: or (?:above|below|higher|lower|better|"
    r"worse|more|less|so)| at (?:best|worst|most)| (?:in|of|for) its (?:size|class|category|tier)|"
    r" (?:in|for|on) (?:one|some|most|many|several|(?!terms)[a-z0-9]+ (?:out )?of) [a-z0-9]+)\b|\+"
)

_AMONG_SOME = re.compile(
    r"[^,;.%]{0,30} among (?:the )?"
    r"(?!(?:all|other|tested|evaluated|available|benchmarked|listed|those|these|our|its)\b)[a-z-]+(?: [a-z-]+)? "
    r"models\b"
)
"""`in the 95th percentile for speed among open models`."""

_NOT_PLACED = re.compile(
    r"(?:\b(?:not(?! only)|never|nor|cannot|fail(?:s|ed)? to|hardly|barely|rarely)\b|n't)(?: [a-z]+){0,4} "
    r"(?:in|at|to|within|reach(?:ed)?|make|made|hit|crack(?:ed)?) the $|"
    r"^To (?:be|rank|reach|land|get)(?: [a-z]+){0,2} the $|"
    r"(?:^(?:Among|Within|Compared (?:to|with)) "
    r"(?!(?:all|the|its|evaluated|tested|benchmarked|available|other models)\b)"
    r"[^,;:]{3,40} models(?: of [^,;]{3,20})?,|"
    r"\b[Aa]mong (?:all )?models (?:of|in|at) (?:its|this|the same|an? (?:similar|comparable)) (?:size|class|"
    r"category)\b)[^;%]{0,60} the $|"
    r"(?:\bmodels|^A(?: [a-z]+)? model) (?:that [a-z]+ |ranked |ranking )?(?:in|at|within) the $",
    re.IGNORECASE,
)
"""`It does not rank in the 90th percentile`; `models in the 90th percentile` are others."""

_PLACED_WITHIN = re.compile(
    r"\b(?:falls?|fell|falling|lies?|lying|sits?|sitting|lands?|landed|landing|ranks?|ranked|ranking|plac(?:es?|ed|"
    r"ing)|position(?:s|ed|ing)) (?:well |squarely |firmly )?within (?:the )?$"
)
"""`it falls within the 43rd percentile` says where it is, and no bound."""

_LIKE_THE_LAST = re.compile(
    r"percentile\b[^.;]{0,60}(?:\band|\bbut|\byet|,)\s+(?:only |just )?(?:(?:in|at) )?(?:only |just )?(?:the )?$"
)

_NAMED_LIKE_THE_LAST = re.compile(r"percentile (?:for|in|on) [A-Z][^.;]{0,40}(?:\band|\bbut|,) (?:(?:in|at) )?the $")

_OF_NAME = re.compile(r" (?:for|in|on) (?=[A-Z])")
"""`in the 36th percentile in Hallucinations and the 55th in Ethics`."""

_PLACED_AT = re.compile(
    r".{0,80}\b(?:in|at|to|into|reach(?:es|ed|ing)?|(?:in terms of|on|for) [a-z]+,?|its (?:speed|price|cost)) the $"
)
"""`in the 61st percentile, Ethics in the 55th, and Reasoning in the 40th`, each behind the last."""

_CLAUSE_ENDS = re.compile(r"\s*(?:[,;.)—–]|$|(?:and|but|while|whereas)\b|(?:in|for|on) (?=[A-Z]))")


def ranks_in(text: str, doubts: list[str]) -> Iterator[Mark]:
    """The percentiles; those that are no certain ones have no value."""
    ranges = [match.span() for match in _RANK_RANGE.finditer(text)] if "percentile" in text else []
    if ranges:
        doubts.append("a range of percentiles")
    for match in _LABELLED_RANK.finditer(text) if "ercentile" in text else ():
        dimension = "speed_percentile" if match["speed"] else "price_percentile" if match["price"] else None
        value = int(match["number"])
        yield Mark("rank", *match.span(), match[0], rank=value if value <= 100 else None, dimension=dimension)
    yield from _ordinals(text, ranges, doubts)


def _ordinals(text: str, ranges: list[tuple[int, int]], doubts: list[str]) -> Iterator[Mark]:
    ordinals = [
        match for match in _ORDINAL.finditer(text) if not any(start <= match.start() < end for start, end in ranges)
    ]
    sharing = _sharing(text, ordinals)
    last_end = None
    for match in ordinals:
        before = text[max(0, match.start() - 90) : match.start()]
        is_of_name = _OF_NAME.match(text, match.end()) and _NAMED_LIKE_THE_LAST.search(before)
        is_like_the_last = (
            is_of_name
            or (_LIKE_THE_LAST.search(before) and MEASURE.match(text, match.end()))
            or (
                last_end is not None
                and _PLACED_AT.fullmatch(text, last_end, match.start())
                and _CLAUSE_ENDS.match(text, match.end())
            )
        )
        if match["percentile"] or match.start() in sharing or is_like_the_last or _is_alone(text, match):
            last_end = match.end()
            value = int(match[1])
            dimension = "speed_percentile" if match["speed"] else "price_percentile" if match["price"] else None
            is_hedged = (_HEDGED.search(before[-40:]) and not _PLACED_WITHIN.search(before[-40:])) or (
                " among " in text and _AMONG_SOME.match(text, match.end())
            )
            doubtful = value > 100 or is_hedged or _NOT_PLACED.search(before) or _OR_MORE.match(text, match.end())
            yield Mark("rank", *match.span(), match[0], rank=None if doubtful else value, dimension=dimension)
        elif before.endswith(
            ("the ", "% (", " ranks ", " ranked ") if last_end is not None else ("in the ", "at the ", "to the ", "% (")
        ) and re.match(r"\s*(?:[,;.)]|for\b|in\b|and\b)", text[match.end() :]):
            doubts.append(f"{match[0]} of what is not said")


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """`A (46th percentile) and B (51st)`."""
    is_aside = text[match.start() - 1 : match.start()] == "(" and text.startswith(")", match.end())
    return is_aside and "percentile" in text[: match.start()]


_MEASURES_JOIN = re.compile(r",? and (?:its |the )?(?:speed|latency|pric(?:e|ing)|costs?) (?:is )?(?:in|at) the ")
"""`Speed in the 43rd and price in the 37th percentile`."""


def _sharing(text: str, ordinals: list[re.Match[str]]) -> set[int]:
    """Where the ordinals of a list stand that has `percentiles` after its last: `the 66th, 52nd and 41st "
    "percentiles`."""
    sharing: set[int] = set()
    for match, following in reversed(list(pairwise(ordinals))):
        is_told = following["percentile"] or following.start() in sharing
        joins = (RANKS_JOIN, _MEASURES_JOIN)
        if is_told and any(join.fullmatch(text, match.end(), following.start()) for join in joins):
            sharing.add(match.start())
    return sharing
