"""Scores and percentiles that only sentences state, each with its sentence as evidence.

A sentence becomes a row of marks: names of benchmarks, percentages, percentiles, and whether reasoning was on. A
percentage is bound to a name only where the words between them bind it: `Ethics (99.0% accuracy)`, `91.5% on
Mathematics`, `A and B, achieving 98.0% and 100.0% respectively`. What is plainly no score (a discount, a cost, a
failure rate) is passed over; what might be one and cannot be bound makes the sentence unread, which the caller
reports. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from scrapers.prose_marks import Mark, Marked, mark_sentence
from scrapers.prose_percentiles import RatingClaim, benchmark_ranks, ratings_of

BENCHMARKS = (
    "Coding", "Reasoning", "Hallucinations", "Email Classification", "Instruction Following", "General Knowledge",
    "Ethics", "Mathematics",
)  # fmt: skip
"""The benchmarks that the site runs on every model. A page's own table adds to them."""
_SHORT = {"math": "Mathematics", "maths": "Mathematics"}


class ScoreClaim(NamedTuple):
    """A score that a sentence states."""

    benchmark: str
    accuracy: Decimal | None
    percentile: int | None
    is_reasoning: bool | None
    sentence: str


class Claims(NamedTuple):
    """What some paragraphs state. `unread` has the sentences that could not be read with certainty, with the reason."""

    scores: list[ScoreClaim]
    ratings: list[RatingClaim]
    unread: list[tuple[str, str]]


_ABBREVIATION = re.compile(r"(?:\b(?:a\.k\.a|e\.g|i\.e|vs|approx|incl|etc|no|[A-Z])\.)$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“(\[]?[A-Z0-9])")


def sentences_of(paragraph: str) -> list[str]:
    """The sentences of a paragraph. A point within a number or an abbreviation ends none.

    >>> sentences_of("It scores 98.0% in Coding. A.k.a. the best, e.g. in Ethics.")
    ['It scores 98.0% in Coding.', 'A.k.a. the best, e.g. in Ethics.']
    """
    sentences: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        if not _ABBREVIATION.search(paragraph[start : end.start() + 1]):
            sentences.append(paragraph[start : end.end()].strip())
            start = end.end()
    return [*sentences, paragraph[start:].strip()] if paragraph[start:].strip() else sentences


def claims_of(paragraphs: Iterable[str], benchmarks: Iterable[str] = (), own_names: Iterable[str] = ()) -> Claims:
    """Everything that paragraphs claim of one model.

    Arguments:
        benchmarks: names of benchmarks that the page's table has.
        own_names: what the model is called; never the name of a benchmark, nor of another model.

    >>> claims_of(["It excels in Ethics (99.0% accuracy, 46th percentile)."]).scores
    [ScoreClaim(benchmark='Ethics', accuracy=Decimal('99.0'), percentile=46, is_reasoning=None, \
sentence='It excels in Ethics (99.0% accuracy, 46th percentile).')]
    """
    known = _SHORT | {name.casefold(): name for name in (*BENCHMARKS, *benchmarks)}
    own = tuple(own_names)
    claims = Claims([], [], [])
    for paragraph in paragraphs:
        for sentence in sentences_of(paragraph):
            _read_sentence(mark_sentence(sentence, known, own), claims)
    return _consistent(claims)


def _read_sentence(marked: Marked, claims: Claims) -> None:
    doubts = list(marked.doubts)
    bound = _bind(marked, doubts)
    ranks = benchmark_ranks(marked, bound)
    for rating in ratings_of(marked, set(ranks), doubts):
        claims.ratings.append(rating)
    for name, percent in bound:
        claims.scores.append(
            ScoreClaim(
                name.text,
                percent.value,
                ranks.get(percent, ranks.get(name)),
                _reasoning(marked, percent, name),
                marked.text,
            )
        )
    used = {name for name, _ in bound}
    for name in (mark for mark in ranks if mark.kind == "name" and mark not in used):
        claims.scores.append(ScoreClaim(name.text, None, ranks[name], None, marked.text))
    if doubts:
        claims.unread.append((marked.text, "; ".join(dict.fromkeys(doubts))))


_NAMES_JOIN = re.compile(r"\s*(?:,|and|&|,\s*and|,?\s*as well as|/|plus|along with)\s*(?:both |in |on |the )?")
_PERCENTS_JOIN = re.compile(
    r"\s*(?:accuracy|scores?)?\s*(?:,|and|&|,\s*and|,?\s*(?:versus|vs\.?|to|against|compared (?:to|with)))\s*(?:an? )?"
)
_BACKWARD = re.compile(
    r"\s*(?:accurac(?:y|ies)|scores?|accurate|marks?|results?|performance|accuracy scores?)?\)?\s*"
    r"(?:(?:was|were|is|are) (?:achieved|attained|earned|measured|observed|obtained|posted|reached|recorded|reported|"
    r"seen)\s+)?(?:each\s*|respectively\s*|,\s*)*(?:in|on|for|across|at|with)\s+(?:both |all |the |its |of |"
    r"handling )*(?:benchmarks? )?"
)
_ACHIEVED = re.compile(r"accura|scor|achiev|reach|mark", re.IGNORECASE)
_NAMED_BOND = re.compile(
    r"\s*(?:[(:–—-]|,? ?(?:scoring|achieving|reaching|with))\s*(?:an? )?(?:accuracy of |score of )?", re.IGNORECASE
)
"""What may stand between an unknown benchmark and its score."""

_BREAKS = re.compile(
    r"\b(?:while|but|whereas|although|though|than|not|except|unlike|versus|compared|models|average|"
    r"overall|costs?|price[ds]?|"
    r"cheaper|faster|discount|latency|seconds|failed|below|above|however|despite)\b|[;.!?]",
    re.IGNORECASE,
)
_SHARED = re.compile(r"\b(?:both|each|all|are|were)\b", re.IGNORECASE)
_LONGEST_BOND = 90


def _bind(marked: Marked, doubts: list[str]) -> list[tuple[Mark, Mark]]:
    """Pairs of a name and the percentage that the sentence gives it."""
    groups = _groups(marked)
    pairs: list[tuple[Mark, Mark]] = []
    for index, group in enumerate(groups):
        if group[0].kind != "percent":
            continue
        before = groups[index - 1] if index and groups[index - 1][0].kind == "name" else []
        after = groups[index + 1] if index + 1 < len(groups) and groups[index + 1][0].kind == "name" else []
        found = _backward(marked, group, after) or _forward(marked, before, group)
        if found:
            pairs += found
        elif not all(mark.is_flourish for mark in group):
            doubts.append("a percentage that no benchmark can be bound to with certainty")
    return pairs


def _groups(marked: Marked) -> list[list[Mark]]:
    """Names and percentages in their order, those of one enumeration together."""
    groups: list[list[Mark]] = []
    for mark in marked.of("name", "percent"):
        if groups and groups[-1][0].kind == mark.kind:
            between = marked.between(groups[-1][-1], mark)
            join = _NAMES_JOIN if mark.kind == "name" else _PERCENTS_JOIN
            if join.fullmatch(between):
                groups[-1].append(mark)
                continue
        groups.append([mark])
    return groups


def _backward(marked: Marked, percents: list[Mark], names: list[Mark]) -> list[tuple[Mark, Mark]]:
    """`91.5% on Mathematics`, `perfect scores in A and B`, `98.0% and 99.0% in A and B respectively`."""
    bond = marked.between(percents[-1], names[0]) if names else ""
    if not names or not (
        _BACKWARD.fullmatch(bond) or (len(percents) == 1 and _is_labelled(marked, percents[0], names))
    ):
        return []
    if not all(name.is_known for name in names) and not _ACHIEVED.search(marked.text[: percents[0].start][-14:] + bond):
        return []
    if len(percents) == 1:
        return [(name, percents[0]) for name in names]
    return _paired(marked, names, percents)


def _is_labelled(marked: Marked, percent: Mark, names: list[Mark]) -> bool:
    """`98.0% (Coding)`, where no name before it claims the percentage."""
    label, before = names[0], [name for name in marked.of("name") if name.end <= percent.start]
    return (
        len(names) == 1
        and marked.text[percent.end : label.start].strip() == "("
        and marked.text[label.end : label.end + 1] == ")"
        and (not before or marked.in_parenthesis(before[-1]))
    )


def _forward(marked: Marked, names: list[Mark], percents: list[Mark]) -> list[tuple[Mark, Mark]]:
    """`Ethics is solid at 77.0%`, `Ethics (98.0%)`, `A and B, achieving 98.0% and 100.0% respectively`."""
    if not names:
        return []
    bond = marked.between(names[-1], percents[0])
    in_parenthesis = bond.lstrip().startswith("(")
    if len(bond) > _LONGEST_BOND or _BREAKS.search(bond) or (")" in bond and not in_parenthesis):
        return []
    if not names[-1].is_known and not _NAMED_BOND.fullmatch(bond):
        return []
    if len(percents) == 1 < len(names):
        if _SHARED.search(bond):
            return [(name, percents[0]) for name in names]
        last_join = marked.between(names[-2], names[-1])
        return [(names[-1], percents[0])] if in_parenthesis and last_join.strip() == "," else []
    return _paired(marked, names, percents)


def _paired(marked: Marked, names: list[Mark], percents: list[Mark]) -> list[tuple[Mark, Mark]]:
    """Each name with its percentage, or one benchmark with and without reasoning.

    `Mathematics at 95.0% with reasoning and 88.0% without` has one name for two; of two names, `A and B at 95.0% with
    reasoning and 88.0% without` does not say which is whose.
    """
    modes = [_reasoning(marked, percent) for percent in percents]
    are_contrasted = len(percents) > 1 and None not in modes and len(set(modes)) == len(modes)
    if are_contrasted:
        return [(names[0], percent) for percent in percents] if len(names) == 1 else []
    return list(zip(names, percents, strict=True)) if len(names) == len(percents) else []


def _reasoning(marked: Marked, percent: Mark, name: Mark | None = None) -> bool | None:
    """Whether the score was reached with reasoning: said right after it, else before its benchmark."""
    last = name if name is not None and name.start > percent.start else percent
    marks = marked.of("mode", "percent", "name")
    following = next((mark for mark in marks if mark.start >= last.end), None)
    if following is not None and following.kind == "mode" and _is_beside(marked, last, following):
        return following.mode
    modes = marked.of("mode")
    if len(modes) == 1 and _GOVERNS.match(marked.text[: percent.start].replace(modes[0].text, "\0", 1)):
        return modes[0].mode
    earlier = [mark for mark in marks if mark.end <= percent.start and mark.kind != "name"]
    if not earlier or earlier[-1].kind != "mode" or ";" in marked.text[earlier[-1].end : percent.start]:
        return None
    of_another = len(earlier) > 1 and earlier[-2].kind == "percent" and _is_beside(marked, earlier[-2], earlier[-1])
    return None if of_another else earlier[-1].mode


_GOVERNS = re.compile(r"\0,(?!.*(?:;|\b(?:while|but|whereas|although|though|compared|versus)\b))")
"""`With reasoning enabled, …` at the head of a sentence, of all that follows."""


def _is_beside(marked: Marked, left: Mark, right: Mark) -> bool:
    return not re.search(r"[,;:]", marked.text[left.end : right.start])


def _consistent(claims: Claims) -> Claims:
    """The claims without repetitions; where two sentences contradict each other, neither is believed."""
    scores: dict[tuple[str, bool | None], ScoreClaim] = {}
    ratings: dict[str, RatingClaim] = {}
    unread = list(claims.unread)
    refused: set[object] = set()
    for score in claims.scores:
        key = (score.benchmark, score.is_reasoning)
        twin = scores.setdefault(key, score)
        if twin.accuracy is None or score.accuracy is None:
            scores[key] = twin._replace(
                accuracy=score.accuracy if twin.accuracy is None else twin.accuracy,
                percentile=score.percentile if twin.percentile is None else twin.percentile,
            )
        elif twin.accuracy == score.accuracy and len(str(score.accuracy)) > len(str(twin.accuracy)):
            scores[key] = score._replace(percentile=twin.percentile if score.percentile is None else score.percentile)
        elif twin.accuracy != score.accuracy:
            refused.add(key)
            unread.append((score.sentence, f"{score.benchmark} has two values, {twin.accuracy} and {score.accuracy}"))
        elif twin.percentile is None:
            scores[key] = twin._replace(percentile=score.percentile)
    for rating in claims.ratings:
        other = ratings.setdefault(rating.dimension, rating)
        if other.value != rating.value:
            refused.add(rating.dimension)
            unread.append((rating.sentence, f"{rating.dimension} has two values, {other.value} and {rating.value}"))
    return Claims(
        [score for key, score in scores.items() if key not in refused],
        [rating for key, rating in ratings.items() if key not in refused],
        unread,
    )


__all__ = ["BENCHMARKS", "Claims", "RatingClaim", "ScoreClaim", "claims_of", "sentences_of"]
