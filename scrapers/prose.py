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

BENCHMARKS = (
    "Coding", "Reasoning", "Hallucinations", "Email Classification", "Instruction Following", "General Knowledge",
    "Ethics", "Mathematics",
)  # fmt: skip
"""The benchmarks that the site runs on every model. A page's own table adds to them."""


class ScoreClaim(NamedTuple):
    """A score that a sentence states."""

    benchmark: str
    accuracy: Decimal | None
    percentile: int | None
    is_reasoning: bool | None
    sentence: str


class RatingClaim(NamedTuple):
    """A percentile of speed or price, or the success rate, that a sentence states."""

    dimension: str
    value: int
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
    known = {name.casefold(): name for name in (*BENCHMARKS, *benchmarks)}
    own = tuple(own_names)
    claims = Claims([], [], [])
    for paragraph in paragraphs:
        for sentence in sentences_of(paragraph):
            _read_sentence(mark_sentence(sentence, known, own), claims)
    return _consistent(claims)


def _read_sentence(marked: Marked, claims: Claims) -> None:
    doubts = list(marked.doubts)
    bound = _bind(marked, doubts)
    ranks = _benchmark_ranks(marked, bound)
    for rating in _ratings(marked, set(ranks), doubts):
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
_PERCENTS_JOIN = re.compile(r"\s*(?:accuracy|scores?)?\s*(?:,|and|&|,\s*and)\s*(?:an? )?")
_BACKWARD = re.compile(
    r"\s*(?:accurac(?:y|ies)|scores?|accurate|marks?|results?|performance|accuracy scores?)?\)?\s*"
    r"(?:each\s*|respectively\s*|,\s*)*(?:in|on|for|across|at|with)\s+(?:both |all |the |its |of |"
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
    if not names or not _BACKWARD.fullmatch(bond):
        return []
    if not all(name.is_known for name in names) and not _ACHIEVED.search(marked.text[: percents[0].start][-14:] + bond):
        return []
    if len(percents) == 1:
        return [(name, percents[0]) for name in names]
    return (
        list(zip(names, percents, strict=True))
        if len(names) == len(percents)
        else _by_reasoning(marked, names, percents)
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
    if len(names) == len(percents):
        return list(zip(names, percents, strict=True))
    if len(percents) == 1:
        if _SHARED.search(bond):
            return [(name, percents[0]) for name in names]
        last_join = marked.between(names[-2], names[-1])
        return [(names[-1], percents[0])] if in_parenthesis and last_join.strip() == "," else []
    return _by_reasoning(marked, names, percents)


def _by_reasoning(marked: Marked, names: list[Mark], percents: list[Mark]) -> list[tuple[Mark, Mark]]:
    """One benchmark with and without reasoning: `Mathematics at 95.0% with reasoning and 88.0% without`."""
    modes = [_reasoning(marked, percent) for percent in percents]
    if len(names) == 1 and None not in modes and len(set(modes)) == len(modes):
        return [(names[0], percent) for percent in percents]
    return []


def _reasoning(marked: Marked, percent: Mark, name: Mark | None = None) -> bool | None:
    """Whether the score was reached with reasoning: said right after it, else before its benchmark."""
    last = name if name is not None and name.start > percent.start else percent
    marks = marked.of("mode", "percent", "name")
    following = next((mark for mark in marks if mark.start >= last.end), None)
    if following is not None and following.kind == "mode" and _is_beside(marked, last, following):
        return following.mode
    earlier = [mark for mark in marks if mark.end <= percent.start and mark.kind != "name"]
    if not earlier or earlier[-1].kind != "mode" or ";" in marked.text[earlier[-1].end : percent.start]:
        return None
    of_another = len(earlier) > 1 and earlier[-2].kind == "percent" and _is_beside(marked, earlier[-2], earlier[-1])
    return None if of_another else earlier[-1].mode


def _is_beside(marked: Marked, left: Mark, right: Mark) -> bool:
    return not re.search(r"[,;:]", marked.text[left.end : right.start])


_RANK_AFTER = re.compile(
    r"\s*(?:accuracy)?\s*[,;(/–-]*\s*(?:and |placing it |places it |putting it |ranking |ranked |which is )*"
    r"(?:in |at |within )?(?:the )?"
)
_RANK_IN = re.compile(r"\s*(?:for|in|on|among models (?:for|in|on)) (?:the )?")


def _benchmark_ranks(marked: Marked, bound: list[tuple[Mark, Mark]]) -> dict[Mark, int]:
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


def _ratings(marked: Marked, taken: set[Mark], doubts: list[str]) -> list[RatingClaim]:
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
    before = marked.text[start : rank.start]
    for clause in reversed(re.split(r"[;]|\bwhile\b|\bbut\b|\bwhereas\b", before)):
        if _SPEED.search(clause) or _PRICE.search(clause):
            return _dimension_of(clause)
    return None


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
