"""Percentiles in sentences: which of them rank a benchmark, the speed or the price."""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.prose_marks import Mark, Marked


class RatingClaim(NamedTuple):
    """A percentile of speed or price, or the success rate, that a sentence states."""

    dimension: str
    value: int
    sentence: str


_RANK_AFTER = re.compile(
    r"\s*(?:accuracy)?\s*[,;(/–-]*\s*(?:and |placing it |places it |putting it |ranking |ranked |which is )*"
    r"(?:in |at |within )?(?:the )?"
)
_RANK_IN = re.compile(r"\s*(?:for|in|on|among models (?:for|in|on)) (?:the )?")


def benchmark_ranks(marked: Marked, bound: list[tuple[Mark, Mark]]) -> dict[Mark, int]:
    """Percentiles that stand with a benchmark, by the benchmark's mark or its score's; and by their own, as read."""
    scored = {percent: name for name, percent in bound}
    ranks: dict[Mark, int] = {}
    marks = marked.of("name", "percent", "rank")
    for index, rank in enumerate(marks):
        if rank.kind == "rank" and rank.rank is not None:
            beside = marks[index - 1] if index else None
            after = marks[index + 1] if index + 1 < len(marks) else None
            target = _ranked(marked, rank, beside, after, scored)
            if target is not None:
                ranks[target] = ranks[rank] = rank.rank
    return ranks


def _ranked(
    marked: Marked, rank: Mark, beside: Mark | None, after: Mark | None, scored: dict[Mark, Mark]
) -> Mark | None:
    """The benchmark, or its score, that a percentile is of; None where it is of something else."""
    if after is not None and after.kind == "name" and _RANK_IN.fullmatch(marked.between(rank, after)):
        return after
    stated = _FOR.match(marked.text, rank.end)
    if beside is None or (stated and _dimension_of(stated[1])):
        return None
    if beside.kind == "name":
        if marked.in_parenthesis(rank) and re.fullmatch(r"\s*\(\s*", marked.between(beside, rank)):
            return after if after is not None and scored.get(after) is beside else beside
        bound_before = any(percent.end <= rank.start and name is beside for percent, name in scored.items())
        return beside if bound_before and _RANK_AFTER.fullmatch(marked.between(beside, rank)) else None
    return beside if beside in scored and _RANK_AFTER.fullmatch(marked.between(beside, rank)) else None


_SPEED = re.compile(
    r"\b(?:speed|fast(?:er|est)?|response[- ]times?|latency|throughput|respon(?:d|ds|ding|ses?)|"
    r"quick(?:er|est)?|slow(?:er|est)?|responsive(?:ness)?)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:pric(?:e|es|ed|ing)|costs?|cost-efficien(?:cy|t)|cost-effective(?:ness)?|affordab(?:le|"
    r"ility)|cheap(?:er|est)?|"
    r"expensive|value)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\s*(?:overall )?(?:for|in|on|in terms of|by|regarding|when it comes to) ([^,;.()]+?)(?=[,;.()]|"
    r"\band\b|\bwhile\b|$)"
)


def ratings_of(marked: Marked, taken: set[Mark], doubts: list[str]) -> list[RatingClaim]:
    """Percentiles of speed and price, and the success rate."""
    found = [RatingClaim(m.dimension, m.rank or 0, marked.text) for m in marked.of("rating") if m.dimension]
    ranks = [mark for mark in marked.of("rank") if mark not in taken]
    listed = _listed_ranks(marked, ranks)
    for rank in ranks:
        dimension = listed.get(rank) or _dimension(marked, rank)
        if rank.rank is None or dimension is None:
            doubts.append("a percentile of something uncertain")
        else:
            found.append(RatingClaim(dimension, rank.rank, marked.text))
    return found


def _listed_ranks(marked: Marked, ranks: list[Mark]) -> dict[Mark, str]:
    """`in the 43rd and 37th percentiles for speed and price respectively`."""
    if len(ranks) != 2 or not re.fullmatch(r"\s*(?:and|,)\s*(?:the )?", marked.between(*ranks)):
        return {}
    tail = marked.text[ranks[1].end :]
    match = re.match(r"\s*(?:for|in|on) (?:the )?(\w[\w -]*?) and (\w[\w -]*?),? respectively", tail)
    kinds = [_dimension_of(words) for words in match.groups()] if match else []
    return {rank: kind for rank, kind in zip(ranks, kinds, strict=False) if kind}


def _dimension_of(words: str) -> str | None:
    speed, price = bool(_SPEED.search(words)), bool(_PRICE.search(words))
    if speed == price:
        return None
    return "speed_percentile" if speed else "price_percentile"


def _dimension(marked: Marked, rank: Mark) -> str | None:
    """What a percentile ranks: the words after it say so, else those before it, back to the last percentile."""
    if after := _FOR.match(marked.text, rank.end):
        stated = _dimension_of(after[1])
        if stated or not re.match(r"(?:all|various|benchmark|its|the|our|other)", after[1]):
            return stated
    start = max((mark.end for mark in marked.of("rank", "rating", "percent") if mark.end <= rank.start), default=0)
    if (said := _FOR.match(marked.text, start)) and start and _dimension_of(said[1]):
        start = said.end()
    before = marked.text[start : rank.start]
    for clause in reversed(re.split(r"[;]|\bwhile\b|\bbut\b|\bwhereas\b", before)):
        if _SPEED.search(clause) or _PRICE.search(clause):
            return _dimension_of(clause)
    return None
