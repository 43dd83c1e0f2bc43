"""Which percentiles of a sentence rank a benchmark, be it by its name or by its score."""

from __future__ import annotations

import re
from collections import Counter

from scrapers.prose.bond_words import INTERJECTION
from scrapers.prose.compared import is_compared_with
from scrapers.prose.marks import RANKS_JOIN, Mark, Marked
from scrapers.prose.of_one import AMOUNT, DURATION_IN, MEASURE_IN, is_measure_first
from scrapers.prose.percentiles import (
    MEASURED_AFTER,
    dimension_of,
    headed_dimension,
    is_at_head,
    is_of_other_than_accuracy,
    names_a_dimension,
    of_the_word_before,
)
from scrapers.prose.ways import Pair

_OPENS = r"\((?:(?:rank(?:ing|ed|s)|plac(?:ing|ed)|which is|it ranks|this is|i\.e\.) )?(?:in )?(?:the )?"
"""How the parenthesis of a percentile opens."""

_RANK_AFTER = re.compile(
    r"\s*(?:accuracy(?: scores?| rates?)?|scores?)?\s*\)?\s*[,;(/|:–—-]*\s*(?:i\.e\.,? )?(?:(?:and|accuracy|scores?|"
    r"rates?|results?|performance|"
    r"benchmark|tests?|tasks?|questions|problems|category|it|model|this|that|"
    r"which|where|as|being|(?:though|although|but|yet) (?:this|that)|still|or|(?:an? )?(?:[a-z-]+ )?(?:figure|value)|"
    r"(?:is|was|are|remains)(?: an?)? [a-z-]+(?=,| \(| and\b)|is|was|are|good|enough|plac(?:es|ed|ing)|puts?|putting|"
    r"rank(?:s|ed|ing)?|position(?:s|ed|ing)?|land(?:s|ed|ing)|fall(?:s|ing)?|sits|sitting|stands|standing|"
    r"correspond(?:s|ing)|equals?|equivalent|earn(?:s|ed|ing)|secur(?:es|ed|ing)|leav(?:es|ing)|left|reach(?:es|ed|ing)|"
    r"(?:gives|giving|gave|wins|won|brings|brought|translates|translating)|placed|landed|observed|measured|recorded|"
    r"achieved|reported|seen|at|in|into|there|for|to|the|an?|its?|model's|within|only|just|well|far|slightly|respectable|solid|"
    rf"strong|modest)\b[\s,]*)*(?:{_OPENS})?"
)
"""What may stand between a benchmark, or its score, and its percentile."""

_LONGEST_BOND = 60
_RANK_IN = re.compile(
    r"\s*(?:(?:rank(?:ing)?|plac(?:ing|ement)|finish|result|position|standing) )?"
    r"(?:(?:for|in|by|of) (?:accuracy|performance|scores?) |accuracy |among models )?"
    r"(?:for|in|on) (?:the )?"
)
_OF_THE_NEXT = re.compile(
    r"\s*(?:(?!\b(?:and|but|while|with|whereas|then)\b)[^,;.:()—–]){0,40}\b(?:for|in|on) (?:the )?"
)
"""Between a percentile and a benchmark: the percentile is not that of the benchmark before."""


def benchmark_ranks(marked: Marked, bound: list[Pair]) -> dict[Mark, int]:
    """Percentiles that stand with a benchmark, by the benchmark's mark or its score's; and by their own, as read."""
    scored = {percent: name for name, percent in bound}
    ranks: dict[Mark, int] = {}
    listed = _respective_ranks(marked, bound, ranks)
    marks = marked.of("name", "percent", "rank")
    for index, rank in enumerate(marks):
        if rank.kind == "rank" and rank.rank is not None and rank not in listed:
            beside = marks[index - 1] if index else None
            after = marks[index + 1] if index + 1 < len(marks) else None
            if shared := _listed_before(marked, rank, bound):
                if _SHARE.fullmatch(marked.text, shared[-1].end, rank.start):
                    ranks.update(dict.fromkeys([*shared, rank], rank.rank))
                    continue
                if _MAY_SHARE.fullmatch(marked.text, shared[-1].end, rank.start):
                    continue
            target = _ranked(marked, rank, beside, after, scored)
            if target is not None and target not in ranks:
                ranks[target] = ranks[rank] = rank.rank
    return ranks


_SHARE = re.compile(
    r"(?: accuracy)?\)?(?:,? (?:both|all|each)(?: ranking| placing)?)?"
    r"(?: (?:both|all|each|are|were|rank|ranked|sit|fall|land|place|in|at|within))+(?: the)? "
)
"""A verb in the plural is said of all that are listed before it."""

_MAY_SHARE = re.compile(
    r"(?: accuracy)?\), (?:rank|plac|putt|position|land|fall|sitt)ing (?:them |it |the model )?(?:in|at|within) the "
)
"""`It excels in A (99.0%) and B (98.0%), ranking in the 90th percentile`: in both, or in B."""

_LISTED = re.compile(r"(?: accuracy)?\)(?:, and|,| and) (?:the )?")


def _listed_before(marked: Marked, rank: Mark, bound: list[Pair]) -> list[Mark]:
    """The scores of the enumeration that ends before a percentile, each behind its benchmark and two at least:
    `A (99.0%) and B (98.0%) both rank in the 90th percentile`."""
    pairs = sorted((pair for pair in bound if pair[1].end <= rank.start), key=lambda pair: pair[1].start)
    if len(pairs) < 2:
        return []
    if rank.dimension or MEASURED_AFTER.match(marked.text, rank.end) or is_of_other_than_accuracy(marked, rank):
        return []
    listed = [pairs[-1]]
    for pair in pairs[-2::-1]:
        if _LISTED.fullmatch(marked.text, pair[1].end, listed[0][0].start) is None:
            break
        listed.insert(0, pair)
    are_named_first = all(name.end <= percent.start for name, percent in listed)
    return [percent for _, percent in listed] if are_named_first and len(listed) > 1 else []


def _respective_ranks(marked: Marked, bound: list[Pair], ranks: dict[Mark, int]) -> set[Mark]:
    """`A (58.0%) and B (60.0%) rank in the 35th and 51st percentiles respectively`, added to `ranks`.

    Returns all percentiles of such lists, be it certain or not what each is of.
    """
    listed: set[Mark] = set()
    for run in _runs(marked):
        is_told = run[-1].text.endswith("percentiles") or _RESPECTIVELY.match(marked.text, run[-1].end)
        if len(run) < 2 or not is_told:
            continue
        listed.update(run)
        scores = _scores_before(marked, bound, run)
        if len(scores) == len(run):
            ranks.update((score, rank.rank or 0) for score, rank in zip(scores, run, strict=True))
            ranks.update((rank, rank.rank or 0) for rank in run)
    return listed


def _runs(marked: Marked) -> list[list[Mark]]:
    """The percentiles of each enumeration."""
    runs: list[list[Mark]] = []
    for rank in marked.of("rank"):
        if rank.rank is None:
            continue
        if runs and RANKS_JOIN.fullmatch(marked.between(runs[-1][-1], rank)):
            runs[-1].append(rank)
        else:
            runs.append([rank])
    return runs


def _scores_before(marked: Marked, bound: list[Pair], run: list[Mark]) -> list[Mark]:
    """The scores that a list of percentiles is of: all before it, or else as many as stand in its own clause.

    A score is told by the mark of its percentage, or by its name where several names share that.
    """
    before = sorted(
        (pair for pair in bound if pair[1].end <= run[0].start), key=lambda pair: (pair[1].start, pair[0].start)
    )
    if len(before) > len(run):
        ahead, before = before[: -len(run)], before[-len(run) :]
        start = min(mark.start for pair in before for mark in pair)
        end = max(mark.end for pair in ahead for mark in pair)
        if end > start or not _CLAUSE_BEGINS.search(marked.text, end, start):
            return []
    shared = Counter(percent for _, percent in before)
    return [name if shared[percent] > 1 else percent for name, percent in before]


_RESPECTIVELY = re.compile(r",? respectively")
_CLAUSE_BEGINS = re.compile(r"[;—–]|\b(?:while|whereas|but)\b|, and (?:both )?$")
_MEASURE_PLACES = re.compile(
    rf"{DURATION_IN.pattern}|\b(?:costs?|price|duration|(?:run|response) ?times?|latency|speed)"
    r"(?: (?:of|at) [^,;()%]{1,20})? (?:places?|puts?|positions?|ranks?|lands?|is|falls?|sits?)(?: [a-z]+){0,3} the $",
    re.IGNORECASE,
)
"""`Its cost of $0.56 places it in the 23rd percentile for Coding`."""

_OF_MEASURE = re.compile(
    r"(?:'s)? (?:(?:for|in terms of|by) (?:its )?)?(?:speed|latency|response times?|pric(?:e|ing)|costs?|duration)\b"
)


def _ranked(
    marked: Marked, rank: Mark, beside: Mark | None, after: Mark | None, scored: dict[Mark, Mark]
) -> Mark | None:
    """The benchmark, or its score, that a percentile is of; None where it is of something else."""
    if is_measure_first(marked, rank):
        return None
    if (
        after is not None
        and after.kind == "name"
        and after.is_known
        and _RANK_IN.fullmatch(marked.between(rank, after))
    ):
        is_measured = of_the_word_before(marked, rank) or _MEASURE_PLACES.search(marked.text, 0, rank.start)
        return None if is_measured or _OF_MEASURE.match(marked.text, after.end) else after
    if after is not None and after.kind == "name" and _OF_THE_NEXT.fullmatch(marked.between(rank, after)):
        return None
    if after is not None and after.kind == "name" and after in scored.values() and is_at_head(marked, rank):
        return after if _ITS.fullmatch(marked.between(rank, after)) else None
    is_of_measure = rank.dimension or MEASURED_AFTER.match(marked.text, rank.end) or headed_dimension(marked, rank)
    if is_of_measure or is_of_other_than_accuracy(marked, rank):
        return None
    if after is not None and after in scored and marked.between(rank, after) == " (":
        return after if _CLOSED.match(marked.text, after.end) else None
    if beside is None:
        return None
    between = marked.between(beside, rank)
    if beside.kind != "name":
        is_with = _stands_with(between) or (marked.in_parenthesis(rank) and _closes_the_clause(between))
        return beside if beside in scored and is_with else None
    if (not beside.is_known and beside not in scored.values()) or MEASURE_IN.search(marked.text[: beside.start]):
        return None
    is_aside = re.fullmatch(r"\s*\((?:in )?(?:the )?", between) is not None
    if beside not in scored.values() and not is_aside and is_compared_with(marked, beside):
        return None
    if marked.in_parenthesis(rank) and re.fullmatch(r"\s*(?:benchmark|tests?|tasks?|category)?\s*\(\s*", between):
        before = [percent for percent, name in scored.items() if name is beside and percent.end <= beside.start]
        if before:
            return before[-1]
        return after if after is not None and scored.get(after) is beside else beside
    is_closing = beside in scored.values() and marked.in_parenthesis(rank) and _closes_the_clause(between)
    return beside if is_closing or _stands_with(between) else None


_CLOSED = re.compile(r"(?: accuracy)?\)")
"""`in the 80th percentile (95.0%) in Coding and the 70th percentile (99.0%) in Ethics`."""

_ITS = re.compile(r", (?:its|the|the model's) ")
_IN_PARENTHESIS = re.compile(rf"[^;:—()%]{{0,70}} {_OPENS}")
_OF_ALL = re.compile(
    r"\b(?:overall|total|combined|across|on average|average of|all|every|reliab|success|model)|, (?:and|but|while)\b",
    re.IGNORECASE,
)


def _closes_the_clause(between: str) -> bool:
    """`Coding, at 82.1%, places it among the leaders (91st percentile)`: whether only such words stand between."""
    between = INTERJECTION.sub(" ", between)
    return (
        _IN_PARENTHESIS.fullmatch(between) is not None
        and AMOUNT.search(between) is None
        and _OF_ALL.search(between) is None
        and not names_a_dimension(between)
    )


def _stands_with(words: str) -> bool:
    if "average" in words or words.count(",") > 1:
        words = INTERJECTION.sub(" ", words)
    return len(words) <= _LONGEST_BOND and _RANK_AFTER.fullmatch(words) is not None and dimension_of(words) is None
