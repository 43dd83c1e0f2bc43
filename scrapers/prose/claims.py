"""Scores and percentiles that only sentences state, each with its sentence as evidence.

A sentence becomes a row of marks: names of benchmarks, percentages, percentiles, and whether reasoning was on. A
percentage is bound to a name only where the words between them bind it: `Ethics (99.0% accuracy)`, `91.5% on
Mathematics`, `A and B, achieving 98.0% and 100.0% respectively`. What is plainly no score (a discount, a cost, a
failure rate) is passed over; what might be one and cannot be bound makes the sentence unread, which the caller
reports. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from scrapers.prose.both_modes import read_both_modes
from scrapers.prose.marks import plainly_written
from scrapers.prose.percentiles import RatingClaim
from scrapers.prose.pronouns import label_of
from scrapers.prose.reading import Claims, ScoreClaim, read_sentence
from scrapers.prose.sentences import mark_sentence, sentences_of
from scrapers.prose.sequels import Before, read_labelled, read_on
from scrapers.prose.subjects import Subjects, takes_up

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


def claims_of(
    paragraphs: Collection[str],
    benchmarks: Iterable[str] = (),
    own_names: Iterable[str] = (),
    other_names: Iterable[str] = (),
) -> Claims:
    """Everything that paragraphs claim of one model.

    Arguments:
        benchmarks: names of benchmarks that the page's table has.
        own_names: what the model is called; never the name of a benchmark, nor of another model.
        other_names: what other models of the page are called, of which one may be the beginning of the model's own.

    >>> claims_of(["It excels in Ethics (99.0% accuracy, 46th percentile)."]).scores
    [ScoreClaim(benchmark='Ethics', accuracy=Decimal('99.0'), percentile=46, is_reasoning=None, \
sentence='It excels in Ethics (99.0% accuracy, 46th percentile).')]
    """
    known = _known(tuple(benchmarks))
    subjects = Subjects(tuple(own_names), other_names, paragraphs)
    claims = Claims([], [], [])
    label = subject = None
    for paragraph in paragraphs:
        before = Before()
        label, is_label = label_of(paragraph, label)
        for sentence in () if is_label else sentences_of(paragraph):
            added = read_on(sentence, before, known, subjects)
            if added is None and label is not None:
                added = read_labelled(sentence, label, known, subjects)
            if added is None:
                added = read_both_modes(sentence, known, subjects)
            found = added or read_sentence(mark_sentence(sentence, known, subjects))
            if not takes_up(sentence) or subjects.are_others(sentence, known):
                is_first = subject is None and not sentence.startswith("Its ")  # which names the model, as it may
                subject = "" if is_first else plainly_written(sentence)
            elif subject and (found.scores or found.ratings) and subjects.are_others(subject, known):
                found = Claims([], [], [*found.unread, (sentence, f"it may be said of whom this is about, {subject}")])
            claims.scores.extend(found.scores)
            claims.ratings.extend(found.ratings)
            claims.unread.extend(found.unread)
            is_plain = added is None and not found.ratings and not found.unread
            before = Before(sentence, found.scores if is_plain else [])
    return _consistent(claims)


@lru_cache(maxsize=16)
def _known(listed: tuple[str, ...]) -> Mapping[str, str]:
    """The names of benchmarks by how sentences may write them, the longest first. Page after page lists the same."""
    names = (*(unqualified(name) for name in listed), *BENCHMARKS, *listed)
    keys = _SHORT | {name.lower().replace("-", " "): name for name in names}
    return {key: keys[key] for key in sorted(keys, key=len, reverse=True)}


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
