"""Work in threads that is left early: what is under way is told to end until it has."""

from __future__ import annotations

import threading

from scrapers.fetching.workers import arrivals


def test_work_that_begins_when_all_else_was_told_to_end_is_told_too() -> None:
    is_taken, may_begin, has_begun, is_told = (threading.Event() for _ in range(4))
    was_told: list[bool] = []

    def work(item: int) -> int:
        if not item:
            is_taken.wait(10)
        else:
            is_taken.set()
            may_begin.wait(10)
            has_begun.set()
            was_told.append(is_told.wait(10))
        return item

    def hurry() -> None:
        if has_begun.is_set():
            is_told.set()
        may_begin.set()

    results = arrivals(work, (0, 1), 2, threading.Event(), hurry=hurry)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert was_told == [True]
