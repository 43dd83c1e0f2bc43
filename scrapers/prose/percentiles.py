"""Percentiles of speed and price in sentences, and the success rate. Those of benchmarks are in `ranks`."""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.figure import Figure
from scrapers.prose.marks import Mark, Marked
from scrapers.prose.of_one import is_of_one_benchmark
from scrapers.prose.ways import Pair


class RatingClaim(NamedTuple):
    """A percentile of speed or price, or the success rate, that a sentence states."""

    dimension: str
    value: Figure
    sentence: str


_LABELLED = re.compile(r"\s*[(\[](?:for |in |by )?(?:its |the )?([A-Za-z][A-Za-z -]{2,25})[)\]]")
"""`in the 64th percentile (speed)`."""

MEASURED_AFTER = re.compile(r" (?:(speeds?|latency|response times?)|(pric(?:es?|ing)|costs?))\b")
_OTHER_MEASURE = re.compile(
    r"\b(?:duration|run ?times?|(?:execution|completion) times?|tokens?|verbosity|usage|context (?:length|window|size)|"
    r"output length|popularity|efficiency|success|reliability|stability|availability)\b",
    re.IGNORECASE,
)
"""What a percentile may be of that is neither accuracy nor one of those that have a field."""

_OF_SUCH_MODELS = re.compile(r"\s*of (?:all |the |our )*([a-z-]+(?: [a-z-]+)?) models\b")
"""`in the 95th percentile of the fastest models`."""

_TIME = r"(?:only |just |about )?[0-9.]+ ?(?:s|ms|secs?|seconds|milliseconds)\b"
_A_TIME = re.compile(rf"\s*(?:is|was|of|at|stands at|:|=|,|\()?\s*{_TIME}")
_TIME_AT = re.compile(rf"\b(?:is|was|of|:) {_TIME} at (?:the )?$")
_IS_A_TIME = re.compile(rf" (?:is|was) {_TIME}")
"""`Its 99th percentile latency is 4.2s` ranks requests, and no models; so does `Its latency at the 99th percentile is
4.2s`."""

_OF_A_PART = re.compile(
    r"\b(?:(?:costs?|price) (?:per|of an?|for an?) (?:benchmark|run|test|task|query|request|question|answer)\b|"
    r"(?:input|output|prompt|completion|cached?|image|request) (?:token )?(?:pric(?:e|es|ing)|costs?) )[^,;:()]{0,40}$",
    re.IGNORECASE,
)
"""`The average cost per benchmark puts it in the 35th percentile`, and not its prices; nor does its output price."""

_SPEED = re.compile(
    r"\b(?:speeds?|fast(?:er|est)?|response[- ]times?|latency|throughput|respon(?:d|ds|ding|ses?)|"
    r"quick(?:er|est|ly)?|slow(?:er|est|ly)?|swift(?:ly)?|rapid(?:ly)?|prompt(?:ly)?|sluggish(?:ly)?|"
    r"responsive(?:ness)?)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:pric(?:e|es|ed|ing|ey|ier|iest)(?! points?\b| range\b| class\b| tier\b| bracket\b|[/-](?:to-)?(?:perf|"
    r"qual))|"
    r"(?<!its )(?<!this )(?<!that )(?<!same )(?<!similar )(?<!comparable )price (?:point|range|class|tier|bracket)|"
    r"price (?:point|range|tier)(?= (?:is|ranks?|sits|falls|lands|stands|places)\b)|"
    r"costs?|cost-efficien(?:cy|t)|cost-effective(?:ness)?|affordab(?:le|ility)|cheap(?:er|est|ly)?|"
    r"(?:in)?expensive(?:ly)?|costly|economical(?:ly)?|affordably|value)\b",
    re.IGNORECASE,
)
FOR = re.compile(
    r"\s*(?:of (?:all |the )?(?:[a-z]+ )?models )?(?:(?:rank(?:ing)?|position|placement|standing|place) )?(?:overall )?"
    r"(?:for|in|on|in terms of|by|regarding|when it comes to|of(?= (?:price|pricing|speed|"
    r"cost)\b)) ([^,;.()—–]+?)(?=[,;.()—–]|\b(?:and|while|but|yet|whereas)\b|$)"
)


def ratings_of(marked: Marked, taken: set[Mark], bound: list[Pair], doubts: list[str]) -> list[RatingClaim]:
    """Percentiles of speed and price, and the success rate. `taken` are those of benchmarks, `bound` the scores."""
    scored = {name for name, _ in bound}
    ranks = [mark for mark in marked.of("rank") if mark not in taken]
    listed = _listed_ranks(marked, ranks)
    found: list[RatingClaim] = []
    for mark in marked.of("rating", "rank"):
        if mark in taken:
            continue
        if mark.kind == "rank" and mark.rank is not None and mark not in listed and _is_of_both(marked, mark):
            both = ("speed_percentile", "price_percentile")
            found += [RatingClaim(dimension, Figure(mark.rank), marked.sentence) for dimension in both]
            continue
        dimension = mark.dimension or listed.get(mark) or _dimension(marked, mark)
        stated = mark.rank if mark.kind == "rank" else mark.value
        if stated is None or dimension is None:
            doubts.append("a percentile of something uncertain")
        elif _is_of_one_mode(marked, mark):
            doubts.append(f"{mark.text} is of one mode of reasoning")
        elif is_of_one_benchmark(marked, mark, dimension, scored, taken):
            doubts.append(f"{mark.text} is of one benchmark alone")
        else:
            found.append(RatingClaim(dimension, Figure(stated), marked.sentence))
    return found


_OTHER_CLAUSE = re.compile(r"[;—%]|\b(?:while|but|whereas|although|though)\b|, (?:and|with|its?)\b")


def _is_of_one_mode(marked: Marked, rating: Mark) -> bool:
    """`With reasoning, its speed falls to the 20th percentile`."""
    for mode in marked.of("mode"):
        start, end = (mode.end, rating.start) if mode.end <= rating.start else (rating.end, mode.start)
        start += len(", ") if start == mode.end and marked.text.startswith(", ", start) else 0
        if not _OTHER_CLAUSE.search(marked.text, start, end):
            return True
    return False


_BOTH = re.compile(
    r"\s*(?:for|in|on|by|in terms of) (?:both )?(?:its |the )?([a-z][a-z -]*?) and (?:its |the )?(?!it |is )"
    r"([a-z-]+(?: [a-z-]+){0,2}?)"
    r"(?: alike| across\b| among\b| (?:of|for) all|\)|[,.;]|$)"
)


_BOTH_BEFORE = re.compile(
    r"\b(?:[Ii]ts |[Tt]he |[Bb]oth )*(\w+(?: times?)?) and (?:its |the )?(\w+)(?: are| is)? (?:both|each|"
    r"alike) [^,;:.%()]*$|"
    r"\b[Bb]oth (?:its |the )?(\w+(?: times?)?) and (?:its |the )?(\w+) [^,;:.%()]*$"
)
"""`Speed and price both rank in the 50th percentile`, `In both speed and price it is in the 50th percentile`."""


def _is_of_both(marked: Marked, rank: Mark) -> bool:
    """`in the 50th percentile for speed and price alike`."""
    match = _BOTH.match(marked.text, rank.end)
    if match is None and " and " in marked.text:
        match = _BOTH_BEFORE.search(marked.text, 0, rank.start)
    return match is not None and {dimension_of(words) for words in match.groups() if words} == {
        "speed_percentile",
        "price_percentile",
    }


def _listed_ranks(marked: Marked, ranks: list[Mark]) -> dict[Mark, str]:
    """`in the 43rd and 37th percentiles for speed and price respectively`."""
    if len(ranks) != 2 or not re.fullmatch(r"\s*(?:and|,)\s*(?:the )?", marked.between(*ranks)):
        return {}
    tail = marked.text[ranks[1].end :]
    if re.match(r",? respectively", tail) or _TWO_MEASURES.search(marked.text, 0, ranks[0].start):
        return _listed_before(marked.text[: ranks[0].start], ranks)
    match = _FOR_TWO.match(tail)
    kinds = [dimension_of(words) for words in match.groups()] if match else []
    return {rank: kind for rank, kind in zip(ranks, kinds, strict=False) if kind}


_FOR_TWO = re.compile(r"\s*(?:for|in|on) (?:the )?(\w[\w -]*?) and (?:the )?(\w[\w -]*?)(?:,? respectively|[,.;)]|$)")
_TWO_MEASURES = re.compile(
    r"(?:^|[,;] |\bits |\bthe )(?:\w+ )?(?:speed|pric(?:e|ing)|costs?|latency) and (?:its )?"
    r"(?:speed|pric(?:e|ing)|costs?|latency) (?:are|rank|sit|fall|place|stand|land)\b[^,;:.%()]*$",
    re.IGNORECASE,
)
"""`Speed and price rank in the 68th and 40th percentile`."""


def _listed_before(words: str, ranks: list[Mark]) -> dict[Mark, str]:
    """`Speed and pricing are in the 56th and 48th percentiles, respectively`."""
    speed, price = list(_SPEED.finditer(words)), list(_PRICE.finditer(words))
    if len(speed) != 1 or len(price) != 1:
        return {}
    kinds = ["speed_percentile", "price_percentile"]
    return dict(zip(ranks, kinds if speed[0].start() < price[0].start() else kinds[::-1], strict=True))


def names_a_dimension(words: str) -> bool:
    return _SPEED.search(words) is not None or _PRICE.search(words) is not None


def is_of_other_than_accuracy(marked: Marked, rank: Mark) -> bool:
    """Whether the words after a percentile say that it ranks no accuracy: `in the 22nd percentile for duration`."""
    named = (pattern.match(marked.text, rank.end) for pattern in (FOR, _OF_SUCH_MODELS, _LABELLED))
    return any(words and (dimension_of(words[1]) or _OTHER_MEASURE.search(words[1])) for words in named)


def dimension_of(words: str) -> str | None:
    speed, price = bool(_SPEED.search(words)), bool(_PRICE.search(words))
    if speed == price:
        return None
    return "speed_percentile" if speed else "price_percentile"


_CLAUSES = re.compile(r"[;:]|\b(?:while|but|whereas|though|although|yet)\b|,? and (?=its?\b)|, (?=its?\b)")


_PERCENT = re.compile(r"(?<!top )(?<!bottom )(?<![0-9.])[0-9.]+ ?%")
_AT_HEAD_OF_CLAUSE = re.compile(
    r"(?:^|; |— |, (?:and|but|while) )(?:(?:[A-Z][a-z]+ )?(?:at|in|within) |[A-Z][a-z]+ )(?:only |just )?the $",
    re.IGNORECASE,
)
_HEADED = re.compile(r", ([^,;.()]+)")


def is_at_head(marked: Marked, rank: Mark) -> bool:
    """Whether a percentile stands at the head of its clause: `Ranking in the 96th percentile, …`."""
    return _AT_HEAD_OF_CLAUSE.search(marked.text, 0, rank.start) is not None


def headed_dimension(marked: Marked, rank: Mark) -> str | None:
    """What is ranked by a percentile at the head of its clause: `At the 96th percentile, its speed is high`; not
    `Pricing in the 96th percentile, with a high speed`."""
    headed = _HEADED.match(marked.text, rank.end)
    if headed is None or not is_at_head(marked, rank) or of_the_word_before(marked, rank):
        return None
    return dimension_of(headed[1])


_PARTED = r"(?!\b(?:and|but|while|whereas|models)\b)"
_OF_MODELS = re.compile(rf"\s*of (?:{_PARTED}[a-z]+ )*models\b(?:{_PARTED}[^,;.()%])* \((?:in )?(?:the )?")


_WORD_BEFORE = re.compile(
    r"(?P<word>[\w-]+(?: times?)?)(?: (?:is|are|was|were|rank(?:s|ed|ing)?|sits|stands|falls|lands|places|scores))?"
    r" (?:in|at|within) (?:only |just )?(?:the )?$"
)


def of_the_word_before(marked: Marked, rank: Mark) -> str | None:
    """`with a low price and latency in the 12th percentile`."""
    match = _WORD_BEFORE.search(marked.text, max(0, rank.start - 50), rank.start)
    return dimension_of(match["word"]) if match is not None else None


def _repeated(marked: Marked, rank: Mark) -> str | None:
    """`faster than 95% of models (95th percentile)`."""
    rating = next((mark for mark in reversed(marked.of("rating")) if mark.end <= rank.start), None)
    is_repeated = rating is not None and _OF_MODELS.fullmatch(marked.text, rating.end, rank.start)
    return rating.dimension if rating is not None and is_repeated else None


def _dimension(marked: Marked, rank: Mark) -> str | None:
    """What a percentile ranks: the words after it say so, else those before it, back to the last percentile."""
    if _TIME_AT.search(marked.text, 0, rank.start) and not MEASURED_AFTER.match(marked.text, rank.end):
        return None
    if _IS_A_TIME.match(marked.text, rank.end) or _OF_A_PART.search(marked.text, 0, rank.start):
        return None
    if named := MEASURED_AFTER.match(marked.text, rank.end):
        if _A_TIME.match(marked.text, named.end()):
            return None
        return "speed_percentile" if named[1] else "price_percentile"
    if (label := _LABELLED.match(marked.text, rank.end)) and (stated := dimension_of(label[1])):
        return stated
    if after := FOR.match(marked.text, rank.end):
        stated = None if after[1].startswith("both ") else dimension_of(after[1])
        if stated or not re.match(r"(?:all|various|benchmark|its|the|our|other)", after[1]):
            return stated
    aside = FOR.match(marked.text, rank.end + 1) if marked.text.startswith(")", rank.end) else None
    if aside is not None and (stated := dimension_of(aside[1])):
        return stated
    if stated := headed_dimension(marked, rank) or of_the_word_before(marked, rank):
        return stated
    start = max((mark.end for mark in marked.of("rank", "rating", "percent") if mark.end <= rank.start), default=0)
    start = max([start, *(percent.end() for percent in _PERCENT.finditer(marked.text, start, rank.start))])
    if (said := FOR.match(marked.text, start)) and start and dimension_of(said[1]):
        start = said.end()
    elif start and (named := MEASURED_AFTER.match(marked.text, start)):
        start = named.end()
    elif stated := _repeated(marked, rank):
        return stated
    before = marked.text[start : rank.start]
    clauses = [before] if "oth " in before else _CLAUSES.split(before)
    for clause in reversed(clauses):
        if _SPEED.search(clause) or _PRICE.search(clause):
            return dimension_of(clause)
    return None
