"""The intervals of one timeline against run-length encoding, the slow and obvious way."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from catalog.instants import FOREVER
from catalog.judging.timeline import Interval, plan, undoing

Statements = dict[int, int | None]  # by the time of the capture; None where it says nothing
histories = st.dictionaries(st.integers(0, 30), st.sampled_from([None, 1, 2, 3]), max_size=12)


def run_lengths(said: Statements) -> set[Interval]:
    """What the intervals must be."""
    found: list[Interval] = []
    for start, end in pairwise([*sorted(said), FOREVER]):
        row_hash = said[start]
        if found and found[-1].end == start and found[-1].row_hash == row_hash:
            found[-1] = found[-1]._replace(end=end)
        elif row_hash is not None:
            found.append(Interval(start, end, row_hash))
    return set(found)


class Timeline:
    """Carries plans out on a set of intervals."""

    def __init__(self) -> None:
        self.captures: set[int] = set()
        self.intervals: set[Interval] = set()

    def take(self, at: int, row_hash: int | None) -> None:
        following = min((time for time in self.captures if time > at), default=None)
        covering = next((one for one in self.intervals if one.start <= at < one.end), None)
        next_one = next((one for one in self.intervals if one.start == following), None)
        step = plan(at, following, covering, next_one, row_hash)
        self.captures.add(at)
        if step.split_from is not None and covering is not None:
            self.intervals.add(Interval(step.split_from, covering.end, covering.row_hash))
        if step.shorten is not None and covering is not None:
            self.intervals.remove(covering)
            self.intervals.add(covering._replace(end=step.shorten))
        if step.extend_back is not None and next_one is not None:
            self.intervals.remove(next_one)
            self.intervals.add(next_one._replace(start=step.extend_back))
        if step.insert is not None and row_hash is not None:
            self.intervals.add(Interval(*step.insert, row_hash))

    def take_back(self, at: int) -> None:
        following = min((time for time in self.captures if time > at), default=None)
        ended = next((one for one in self.intervals if one.end == at), None)
        begun = next((one for one in self.intervals if one.start == at), None)
        next_one = next((one for one in self.intervals if one.start == following), None)
        self.captures.remove(at)
        if ended is None and begun is None:
            return
        step = undoing(at, following, ended, begun, next_one)
        self.intervals -= {one for one in self.intervals if one.start in step.delete}
        if step.lengthen is not None and ended is not None:
            self.intervals.remove(ended)
            self.intervals.add(ended._replace(end=step.lengthen))
        if step.start_later is not None and begun is not None:
            self.intervals.remove(begun)
            self.intervals.add(begun._replace(start=step.start_later))


@given(histories, st.randoms(use_true_random=False))
def test_s08_captures_in_any_order_give_the_run_lengths_of_what_was_said(said: Statements, random) -> None:
    timeline = Timeline()
    order = list(said)
    random.shuffle(order)
    for count, time in enumerate(order, start=1):
        timeline.take(time, said[time])
        assert timeline.intervals == run_lengths({taken: said[taken] for taken in order[:count]})


@given(histories.filter(bool), st.data())
def test_a_capture_that_is_taken_back_leaves_what_the_others_say(said: Statements, data: st.DataObject) -> None:
    timeline = Timeline()
    for time in sorted(said):
        timeline.take(time, said[time])
    while said:
        gone = data.draw(st.sampled_from(sorted(said)))
        timeline.take_back(gone)
        del said[gone]
        assert timeline.intervals == run_lengths(said)


def test_an_equal_statement_moves_nothing() -> None:
    timeline = Timeline()
    for time in (10, 30, 20):
        timeline.take(time, 1)
    assert timeline.intervals == {Interval(10, FOREVER, 1)}


def test_a_late_silence_splits_an_interval_in_two() -> None:
    timeline = Timeline()
    for time, row_hash in ((10, 1), (30, 1), (20, None)):
        timeline.take(time, row_hash)
    assert timeline.intervals == {Interval(10, 20, 1), Interval(30, FOREVER, 1)}
