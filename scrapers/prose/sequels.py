"""Sentences that go on from what stands before them: `This drops to 71.0% without reasoning`, or an entry of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scrapers.prose.marks import plainly_written
from scrapers.prose.modes import mode_of, modes_in
from scrapers.prose.names import names_in
from scrapers.prose.percentiles import RatingClaim
from scrapers.prose.pronouns import placed_in, speaks_of_a_place, with_benchmark, with_percentile, with_reasoning
from scrapers.prose.reading import Claims, ScoreClaim, read_sentence
from scrapers.prose.sentences import mark_sentence
from scrapers.prose.subjects import Subjects


class Before(NamedTuple):
    """The sentence before, and its scores where it states nothing else."""

    sentence: str = ""
    scores: Sequence[ScoreClaim] = ()


def read_on(sentence: str, before: Before, known: Mapping[str, str], subjects: Subjects) -> Claims | None:
    """What a sentence adds to the one before, whose words it takes up; both are the evidence."""
    if "percentile" in before.sentence and (text := with_percentile(sentence)):
        found = read_sentence(mark_sentence(text, known, subjects))
        words = f"{before.sentence} {sentence}"
        return None if found.unread or found.scores else _with_evidence([], words, found.ratings)
    only = before.scores[0] if len(before.scores) == 1 else None
    benchmark = only.benchmark if only else None
    text = with_benchmark(sentence, only.benchmark, only.is_reasoning) if only else None
    if len(before.scores) > 1 and ("respectively" in sentence or "corresponding" in sentence):
        return _read_respectively(sentence, before, known, subjects)
    if text is None and (other := with_reasoning(sentence)) is not None:
        return _read_in_other_mode(sentence, other, before, known, subjects)
    if text is None and before.sentence and speaks_of_a_place(sentence):
        named = {mark.text for mark in names_in(plainly_written(before.sentence), known, subjects.own, [])}
        benchmark = named.pop() if len(named) == 1 else None
        text = placed_in(sentence, benchmark) if benchmark else None
    if benchmark is None or text is None:
        return None
    found = read_sentence(mark_sentence(text, known, subjects))
    if found.unread or found.ratings or {score.benchmark for score in found.scores} != {benchmark}:
        return None
    mode = only.is_reasoning if only else None
    scores = [score._replace(is_reasoning=mode) if only and score.accuracy is None else score for score in found.scores]
    return _with_evidence(scores, f"{before.sentence} {sentence}")


def _read_respectively(sentence: str, before: Before, known: Mapping[str, str], subjects: Subjects) -> Claims | None:
    """The scores of the other mode of reasoning, in the order of the sentence before: `Without it, 94.0% and 89.0%,
    respectively`."""
    marked = mark_sentence(with_reasoning(sentence) or sentence, known, subjects)
    percents = marked.of("percent")
    modes = {mode_of(marked, percent) for percent in percents} | {score.is_reasoning for score in before.scores}
    if marked.doubts or marked.of("name", "rank", "rating") or len(percents) != len(before.scores) or len(modes) != 2:
        return None
    mode = mode_of(marked, percents[0])
    if mode is None or mode in {score.is_reasoning for score in before.scores}:
        return None
    scores = [
        ScoreClaim(score.benchmark, percent.value, None, mode, "")
        for score, percent in zip(before.scores, percents, strict=True)
    ]
    return _with_evidence(scores, f"{before.sentence} {sentence}")


def _read_in_other_mode(
    sentence: str, text: str, before: Before, known: Mapping[str, str], subjects: Subjects
) -> Claims | None:
    """A sentence that begins with `Without it`, where the one before tells of reasoning; `text` says it in full."""
    marked = mark_sentence(text, known, subjects)
    if not marked.marks:
        return None
    if not modes_in(plainly_written(before.sentence)):
        return Claims([], [], [(sentence, "with or without what cannot be told")])
    marked.sentence = f"{before.sentence} {sentence}"
    return read_sentence(marked)


def read_labelled(sentence: str, label: str, known: Mapping[str, str], subjects: Subjects) -> Claims | None:
    """An entry of a list below a mode of reasoning: `With reasoning:`, then `- Coding: 95.0%`."""
    found = read_sentence(mark_sentence(f"{label}: {sentence.lstrip('-*•– ')}", known, subjects))
    if found.unread or not found.scores:
        return None
    return _with_evidence(found.scores, sentence, found.ratings)


def _with_evidence(scores: list[ScoreClaim], words: str, ratings: Sequence[RatingClaim] = ()) -> Claims:
    return Claims(
        [score._replace(sentence=words) for score in scores],
        [rating._replace(sentence=words) for rating in ratings],
        [],
    )
