"""Whether a percentile of speed or price, or a success rate, is that of one benchmark alone, and not the model's.

The site measures what each benchmark cost and how long it took. Such a percentile has no field, and is never taken for
the model's own: `Coding is accurate (94.0%) but slow (22nd percentile)`.
"""

from __future__ import annotations

import re

from scrapers.prose.marks import Mark, Marked

MEASURE_IN = re.compile(
    r"\b(?:speed|latency|response times?|pric(?:e|ing)|costs?|duration|run ?times?|(?:execution|completion) times?|"
    r"(?:slow|fast|quick|cheap)(?:er|est)?|expensive|costly|pricey|affordable) "
    r"(?:(?:in|for|on|of) (?:the )?|percentile (?:in|for|on|of) (?:the )?)$",
    re.IGNORECASE,
)
_MEASURE_FIRST = re.compile(
    r"(?:[Oo]n|[Ii]n terms of|[Aa]s (?:for|to)|[Rr]egarding|[Cc]oncerning|[Bb]y|[Ff]or) (?:the )?(?:its )?"
    r"(?:speed|latency|response times?|pric(?:e|ing)|costs?|duration|run ?times?|(?:execution|completion) times?), "
    r"(?:(?!\b(?:while|whereas|but|it|its|the model)\b)[^;—])*"
)
"""`On cost, Coding is in the 31st percentile and Ethics in the 60th percentile`."""

AMOUNT = re.compile(r"\$ ?[0-9]|[0-9] ?(?:ms|s|secs?|seconds|min|minutes)\b")
"""`Coding takes 4.2s (33rd percentile)` ranks the time."""

_IN_ONE = re.compile(r"[^,;.%()]{0,45}\b(?:in|on|for|during)\s+(?:the )?")
_ITS_SUCCESS = re.compile(r"(?:'s)? (?:tasks? |tests? |requests? )?(?:succe|reliab)", re.IGNORECASE)
"""`The Coding success rate is 95%`."""

_DONE_WITH = re.compile(
    r"(?: benchmark| tests?| tasks?)?(?: (?:was|were|has|had|is|are|runs?|ended|finished|comes?|came)\b)"
    r"(?:(?!\b(?:and|but|it|its|model)\b)[^,;:.—]){0,40}"
)
"""`The Coding benchmark was completed with a 95% success rate`."""

_DONE_FASTER = re.compile(
    r"(?: (?!(?:and|but|while|it|its|model)\b)[a-z]+){0,4} (?:faster|quicker|cheaper|more [a-z-]+|less expensive) than "
    r"(?:only |just )?"
)
"""`It completes Coding tasks faster than 95% of models`."""

_AMOUNT_BEFORE = re.compile(rf"(?:{AMOUNT.pattern})[^,;:()%]*\((?:in |at )?(?:the )?$")
_AT_HEAD = re.compile(r"(?:^|[,;] |\bbut |\bwhile )(?:in|for|on) (?:the )?$", re.IGNORECASE)
_IS_SUBJECT = re.compile(r"(?:^|[;—] |, (?:and|but|while|whereas|though) )(?:[Bb]oth )?(?:[Tt]he |[Ii]ts )?$")
_ANEW = (
    r"[;—|·]|\b(?:while|whereas|although|though|overall|pric(?:e|ing))\b|, (?:and|but|with|so|yet)\b|"
    r"(?:,|\b(?:and|with)) (?!at )(?:[a-z]+ ){0,2}(?:speed|costs?|latency|response times?|affordability)\b"
)
"""Where a clause goes on about the model: `Coding stands at 98.0%, with pricing in the 37th percentile`."""

_AFTER_HEAD = re.compile(_ANEW)
_AFTER_SUBJECT = re.compile(rf"{_ANEW}|\b(?:its?|the model)\b")

_PLACE = re.compile(
    r"\b(?:this|that|the (?:same|latter|former)) (?:[a-z]+ )?(?:benchmark|category|test|task|discipline)\b|"
    r"\b(?:in|on|for|of|during) the (?:latter|former)\b|^(?:There|Here),? ",
    re.IGNORECASE,
)
DURATION_IN = re.compile(r"\bduration (?:is |was |ranks |sits |falls |lands |places )?(?:in|at) (?:only |just )?the $")
_LOOKED_BACK = 20
"""How far back the head of a clause is looked for."""

_CLAUSE = re.compile(r"[;—]|\b(?:while|whereas)\b")
_OF_RUNS = re.compile(r"\bduration\b", re.IGNORECASE)
"""The site's word for how long a benchmark took; what stands beside it is what that benchmark cost."""


def is_of_one_benchmark(marked: Marked, mark: Mark, dimension: str, scored: set[Mark], taken: set[Mark]) -> bool:
    """`a 98% success rate in Coding`, `in Coding, it is in the 80th percentile for speed`.

    `scored` are the names that have an accuracy, `taken` the percentiles of benchmarks and what they rank.
    """
    marks = marked.of("name", "percent", "rank", "rating")
    at = marks.index(mark)
    before, after = marks[at - 1] if at else None, marks[at + 1] if at + 1 < len(marks) else None
    if mark.kind == "rank" and (
        _is_beside_a_benchmark(marked, mark, dimension) or _goes_on(marked, mark, before, taken)
    ):
        return True
    is_ahead = after is not None and after.kind == "name" and after not in scored
    if after is not None and is_ahead and _IN_ONE.fullmatch(marked.between(mark, after)):
        return True
    if marks[0].kind == "name" and marks[0].is_known and at and _AMOUNT_BEFORE.search(marked.text, 0, mark.start):
        return True
    if before is None or before.kind != "name":
        return False
    if before not in scored and _DONE_FASTER.fullmatch(marked.text, before.end, mark.start):
        return True
    is_name = before.is_known or " " in before.text
    if is_name and _ITS_SUCCESS.match(marked.text, before.end):
        return True
    is_success = mark.dimension == "success_rate_percent"
    if is_name and is_success and before not in scored and _DONE_WITH.fullmatch(marked.text, before.end, mark.start):
        return True
    return (
        before not in scored
        and (_AT_HEAD.search(marked.text[: before.start]) or MEASURE_IN.search(marked.text[: before.start])) is not None
        and re.search(r"[,;]", marked.between(before, mark).lstrip(" ,")) is None
    )


def _is_beside_a_benchmark(marked: Marked, rank: Mark, dimension: str) -> bool:
    """Whether the words of a sentence or the subject of its clause make a percentile that of a benchmark."""
    text = marked.text
    is_of_a_run = dimension == "price_percentile" and _OF_RUNS.search(text) and "pric" not in text
    if is_of_a_run or DURATION_IN.search(text, 0, rank.start):
        return True
    start = max((clause.end() for clause in _CLAUSE.finditer(text, 0, rank.start)), default=0)
    if _PLACE.search(text, start, rank.start):
        return True
    names = [name for name in marked.of("name") if name.is_known and name.end <= rank.start]
    if names and is_measure_first(marked, rank):
        return True
    return any(_heads_the_clause(text, name, rank) for name in names)


def _heads_the_clause(text: str, name: Mark, rank: Mark) -> bool:
    """Whether a benchmark is what the clause of a percentile is about: its subject, or `In Coding, …`."""
    start = max(0, name.start - _LOOKED_BACK)
    if _IS_SUBJECT.search(text, start, name.start):
        return _AFTER_SUBJECT.search(text, name.end, rank.start) is None
    return _AT_HEAD.search(text, start, name.start) is not None and not _AFTER_HEAD.search(text, name.end, rank.start)


def _goes_on(marked: Marked, rank: Mark, before: Mark | None, taken: set[Mark]) -> bool:
    """Whether a percentile stands in the parenthesis of a benchmark's: `Coding (94.0%, 89th percentile; cost 31st
    percentile)`."""
    if before is None or not marked.in_parenthesis(rank) or not marked.in_parenthesis(before):
        return False
    is_benchmark_s = before in taken or before.kind == "percent"
    return is_benchmark_s and re.search(r"[()]", marked.text[before.end : rank.start]) is None


def is_measure_first(marked: Marked, rank: Mark) -> bool:
    """Whether a sentence says at its head that it is of speed or cost, and not of accuracies."""
    return _MEASURE_FIRST.fullmatch(marked.text, 0, rank.start) is not None
