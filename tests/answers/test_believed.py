"""Which voice is believed when, on rows that are written down here: half-open, and never two at once."""

from __future__ import annotations

import numpy as np

from catalog.instants import FOREVER
from catalog.questions.believed import Voice, believed, contested


def test_of_equal_voices_the_one_heard_last_is_believed_and_of_those_heard_at_once_the_first_by_name() -> None:
    voices = [Voice(1, 0, 0, 10, is_list=False), Voice(1, 1, 1, 11, is_list=False)]
    heard = {10: np.array([0, 10, 20, 30]), 11: np.array([5, 15, 30])}
    voice, start, end = np.array([0, 0, 1]), np.array([0, 10, 5]), np.array([10, FOREVER, FOREVER])
    group = np.zeros(3, dtype=np.int64)
    found = believed(contested(group, voice), group, voice, voices, start, end, heard)
    told = sorted(zip(found.start.tolist(), found.end.tolist(), found.row.tolist(), strict=True))
    assert told == [(0, 5, 0), (5, 10, 2), (10, 15, 1), (15, 20, 2), (20, FOREVER, 1)]
