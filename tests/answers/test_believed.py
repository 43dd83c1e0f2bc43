"""Which voice is believed when, on rows that are written down here: half-open, and never two at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from catalog.instants import FOREVER
from catalog.questions.believed import Voice, believed, contested

Rows = Sequence[tuple[int, int, int]]
"""The place of the voice of each row of one group, and from when to when it stands."""


def told(
    voices: list[Voice], heard: Mapping[int, Sequence[int]], rows: Rows, whole: Voice | None = None
) -> list[tuple[int, int, int]]:
    """From when to when which row is believed."""
    voice, start, end = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    group = np.zeros(len(rows), dtype=np.int64)
    times = {scope: np.array(at, dtype=np.int64) for scope, at in heard.items()}
    several = contested(group, voice) if whole is None else np.array([0])
    found = believed(several, group, voice, voices, start, end, times, whole)
    return sorted(zip(found.start.tolist(), found.end.tolist(), found.row.tolist(), strict=True))


def test_of_equal_voices_the_one_heard_last_is_believed_and_of_those_heard_at_once_the_first_by_name() -> None:
    voices = [Voice(1, 0, 0, 10, is_list=False), Voice(1, 1, 1, 11, is_list=False)]
    rows = [(0, 0, 10), (0, 10, FOREVER), (1, 5, FOREVER)]
    assert told(voices, {10: [0, 10, 20, 30], 11: [5, 15, 30]}, rows) == [
        (0, 5, 0), (5, 10, 2), (10, 15, 1), (15, 20, 2), (20, FOREVER, 1)
    ]  # fmt: skip


PART, WHOLE = Voice(1, 0, 0, 10, is_list=True), Voice(1, 1, 1, 11, is_list=True)


def test_of_lists_the_one_heard_last_has_the_say_and_of_those_heard_at_once_the_first_by_name() -> None:
    rows = [(0, 0, FOREVER), (1, 0, FOREVER)]
    assert told([PART, WHOLE], {10: [0, 20], 11: [0, 10, 20]}, rows, WHOLE) == [
        (0, 10, 0), (10, 20, 1), (20, FOREVER, 0)
    ]  # fmt: skip


def test_a_list_that_was_heard_before_another_one_has_no_say_after_it() -> None:
    rows = [(0, 0, FOREVER), (1, 0, FOREVER)]
    assert told([PART, WHOLE], {10: [0, 10], 11: [0, 5]}, rows) == [(0, 5, 0), (5, 10, 1), (10, FOREVER, 0)]


def test_a_list_that_has_not_had_a_model_yet_has_no_say_of_it_until_it_does() -> None:
    rows = [(0, 10, FOREVER), (1, 0, FOREVER)]
    assert told([PART, WHOLE], {10: [0, 5, 10], 11: [0]}, rows, WHOLE) == [(0, 10, 1), (10, FOREVER, 0)]


def test_the_silence_of_the_list_of_every_model_is_believed_until_another_list_is_heard() -> None:
    assert told([PART], {10: [0, 20], 11: [10]}, [(0, 0, FOREVER)], WHOLE) == [(0, 10, 0), (20, FOREVER, 0)]


def test_a_list_has_the_say_with_its_silence_even_where_a_source_of_the_same_rank_goes_on_to_speak() -> None:
    page = Voice(1, 2, 2, 12, is_list=False)
    rows = [(0, 0, 10), (1, 0, FOREVER)]
    assert told([PART, page], {10: [0, 10], 12: [0, 5]}, rows) == [(0, 5, 0), (5, FOREVER, 1)]
