"""The Pareto front: the models that no other model beats.

A model is beaten where another is at least as good in every measure and better in one. Models with equal values do
not beat each other: all of them are on the front, or none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from catalog.comparing.measures import Frames, Measure, measure
from catalog.comparing.rank import Answer, left_out, table
from catalog.errors import UsageError


def pareto(
    frames: Frames, by: Sequence[str], weights: Mapping[str, Any] | None = None, *, include_free: bool = False
) -> Answer:
    """The models on the front of two or three measures.

    The answer has an index `position` from 1 and the columns `model` and one a measure, by its name; the best of
    the first measure comes first, equal ones by the next and then by name. Its `attrs["measures"]` says of each
    measure what was computed, in which unit, and which side is better. `left_out` lists the models that lack a
    measure, with the first one that they lack. Free models are a class of their own and listed there too, unless
    `include_free` takes them in at a price of 0.

    Raises `UsageError` for fewer than two or more than three measures, one given twice, or one that does not exist.
    """
    if not 2 <= len(by) <= 3:
        raise UsageError(f"a front has two or three measures, not {len(by)}")
    asked = [measure(name, frames, weights) for name in by]
    if len({one.name for one in asked}) < len(asked):
        raise UsageError(f"a measure is given twice: {', '.join(by)}")
    allowed = ("known", "free") if include_free else ("known",)
    missing: dict[str, str | None] = {}
    kept: dict[str, list[Any]] = {}
    for model in sorted(str(name) for name in frames.models.index):
        values = []
        for one in asked:
            measured = one.of(model)
            if measured.standing not in allowed:
                missing[model] = f"its {one.name} is free" if measured.standing == "free" else measured.reason
                break
            values.append(measured.value)
        else:
            kept[model] = values
    points = _places(asked, list(kept.values()))
    on_front = _front(set(points))
    chosen = sorted((point, model) for point, model in zip(points, kept, strict=True) if point in on_front)
    rows = [[model, *kept[model]] for _, model in chosen]
    frame = table(["model", *(one.name for one in asked)], rows)
    frame.index = pd.RangeIndex(1, len(rows) + 1, name="position")
    frame.attrs["measures"] = {one.name: {"is": one.label, "unit": one.unit, "better": one.better} for one in asked}
    return Answer(frame, left_out(missing))


Point = tuple[int, int, int]


def _places(asked: Sequence[Measure], values: Sequence[Sequence[Any]]) -> list[Point]:
    """Each model's places in the three orders, 0 for the best value and equal for equal ones; absent measures are 0."""
    columns = []
    for one, column in zip(asked, zip(*values, strict=True), strict=False):
        order = sorted(range(len(column)), key=column.__getitem__, reverse=one.better == "higher")
        places, place = [0] * len(column), 0
        for before, after in pairwise(order):
            place += column[after] != column[before]
            places[after] = place
        columns.append(places)
    columns += [[0] * len(values)] * (3 - len(columns))
    return list(zip(*columns, strict=True))


def _front(points: set[Point]) -> set[Point]:
    """The points that no other point beats, in O(n log n).

    In ascending order a point can only be beaten by an earlier one, which is no worse in the first place; the others
    are kept as a staircase of second places ascending and third places descending, the lowest so far at each.
    """
    found: set[Point] = set()
    seconds: list[int] = []
    thirds: list[int] = []
    for point in sorted(points):
        _, second, third = point
        step = bisect_right(seconds, second)
        if step and thirds[step - 1] <= third:
            continue
        found.add(point)
        start = bisect_left(seconds, second)
        end = start
        while end < len(seconds) and thirds[end] >= third:
            end += 1
        seconds[start:end] = [second]
        thirds[start:end] = [third]
    return found
