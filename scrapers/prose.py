"""Scores and percentiles that only sentences state, each with its sentence as evidence.

A sentence becomes a row of marks: names of benchmarks, percentages, percentiles, and whether reasoning was on. A
percentage is bound to a name only where the words between them bind it: `Ethics (99.0% accuracy)`, `91.5% on
Mathematics`, `A and B, achieving 98.0% and 100.0% respectively`. What is plainly no score (a discount, a cost, a
failure rate) is passed over; what might be one and cannot be bound makes the sentence unread, which the caller
reports. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from scrapers.prose_bonds import bind
from scrapers.prose_marks import Marked
from scrapers.prose_modes import mode_of
from scrapers.prose_percentiles import RatingClaim, ratings_of
from scrapers.prose_pronouns import with_benchmark
from scrapers.prose_ranks import benchmark_ranks
from scrapers.prose_sentences import mark_sentence, sentences_of
from scrapers.prose_subjects import Subjects

BENCHMARKS = (
    "Coding", "Reasoning", "Hallucinations", "Email Classification", "Instruction Following", "General Knowledge",
    "Ethics", "Mathematics",
)  # fmt: skip
"""The benchmarks that the site runs on every model. A page's own table adds to them."""
_SHORT = {"math": "Mathematics", "maths": "Mathematics", "hallucination": "Hallucinations"}


def unqualified(benchmark: str) -> str:
    """The name of a benchmark without what is in parentheses at its end.

    >>> unqualified("Hallucinations (Baseline)")
    'Hallucinations'
    """
    return benchmark.partition(" (")[0] if benchmark.endswith(")") else benchmark


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


def claims_of(paragraphs: Iterable[str], benchmarks: Iterable[str] = (), own_names: Iterable[str] = ()) -> Claims:
    """Everything that paragraphs claim of one model.

    Arguments:
        benchmarks: names of benchmarks that the page's table has.
        own_names: what the model is called; never the name of a benchmark, nor of another model.

    >>> claims_of(["It excels in Ethics (99.0% accuracy, 46th percentile)."]).scores
    [ScoreClaim(benchmark='Ethics', accuracy=Decimal('99.0'), percentile=46, is_reasoning=None, \
sentence='It excels in Ethics (99.0% accuracy, 46th percentile).')]
    """
    listed = list(benchmarks)
    names = (*(unqualified(name) for name in listed), *BENCHMARKS, *listed)
    keys = _SHORT | {name.lower().replace("-", " "): name for name in names}
    known = {key: keys[key] for key in sorted(keys, key=len, reverse=True)}
    subjects = Subjects(tuple(own_names))
    claims = Claims([], [], [])
    for paragraph in paragraphs:
        before: ScoreClaim | None = None
        for sentence in sentences_of(paragraph):
            added = _read_on(sentence, before, known, subjects)
            found = added or _read(mark_sentence(sentence, known, subjects))
            claims.scores.extend(found.scores)
            claims.ratings.extend(found.ratings)
            claims.unread.extend(found.unread)
            is_alone = added is None and len(found.scores) == 1 and not found.ratings and not found.unread
            before = found.scores[0] if is_alone else None
    return _consistent(claims)


def _read_on(sentence: str, before: ScoreClaim | None, known: dict[str, str], subjects: Subjects) -> Claims | None:
    """What a sentence adds to the only score of the one before; both are the evidence."""
    text = with_benchmark(sentence, before.benchmark, before.is_reasoning) if before is not None else None
    if before is None or text is None:
        return None
    found = _read(mark_sentence(text, known, subjects))
    if found.unread or found.ratings or {score.benchmark for score in found.scores} != {before.benchmark}:
        return None
    both = f"{before.sentence} {sentence}"
    scores = [
        score._replace(
            sentence=both,
            is_reasoning=before.is_reasoning if score.accuracy is None else score.is_reasoning,
        )
        for score in found.scores
    ]
    return Claims(scores, [], [])


def _read(marked: Marked) -> Claims:
    claims = Claims([], [], [])
    doubts = list(marked.doubts)
    bound = bind(marked, doubts)
    ranks = benchmark_ranks(marked, bound)
    for rating in ratings_of(marked, set(ranks), bound, doubts):
        claims.ratings.append(rating)
    last = {percent: name for name, percent in sorted(bound, key=lambda pair: pair[0].start)}
    for name, percent in bound:
        claims.scores.append(
            ScoreClaim(
                name.text,
                percent.value,
                ranks.get(percent, ranks.get(name)),
                mode_of(marked, percent, last[percent]),
                marked.sentence,
            )
        )
    used = {name for name, _ in bound}
    for name in (mark for mark in ranks if mark.kind == "name" and mark not in used):
        claims.scores.append(ScoreClaim(name.text, None, ranks[name], None, marked.sentence))
    if doubts:
        claims.unread.append((marked.sentence, "; ".join(dict.fromkeys(doubts))))
    return claims


def _consistent(claims: Claims) -> Claims:
    """The claims without repetitions; where two sentences contradict each other, neither is believed."""
    scores: dict[tuple[str, bool | None], ScoreClaim] = {}
    ratings: dict[str, RatingClaim] = {}
    unread = list(claims.unread)
    refused: set[object] = set()
    for score in claims.scores:
        key = (score.benchmark, score.is_reasoning)
        twin = scores.setdefault(key, score)
        if None not in (twin.accuracy, score.accuracy) and twin.accuracy != score.accuracy:
            refused.add(key)
            unread.append((score.sentence, f"{score.benchmark} has two values, {twin.accuracy} and {score.accuracy}"))
        elif None not in (twin.percentile, score.percentile) and twin.percentile != score.percentile:
            refused.add(key)
            two = f"{twin.percentile} and {score.percentile}"
            unread.append((score.sentence, f"{score.benchmark} has two percentiles, {two}"))
        else:
            scores[key] = _together(twin, score)
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


def _together(one: ScoreClaim, other: ScoreClaim) -> ScoreClaim:
    """Two claims of one score as one, with the evidence of that which states more digits of it."""
    is_finer = other.accuracy is not None and len(str(other.accuracy)) > len(str(one.accuracy or ""))
    fuller, rest = (other, one) if is_finer else (one, other)
    return fuller._replace(percentile=rest.percentile if fuller.percentile is None else fuller.percentile)


__all__ = ["BENCHMARKS", "Claims", "RatingClaim", "ScoreClaim", "claims_of", "sentences_of", "unqualified"]
