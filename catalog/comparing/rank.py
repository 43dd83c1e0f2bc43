"""Models in the order of one measure; those that lack it are listed with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pandas as pd

from catalog.comparing.measures import Frames, Measure, measure
from catalog.words import objects


class Answer(pd.DataFrame):
    """The rows of an answer, which also knows who could not be part of it.

    `left_out` has the index `model` and the column `reason`. What pandas derives from an answer (`head`, a selection)
    is a plain frame without it.
    """

    _metadata: ClassVar[list[str]] = ["left_out"]
    left_out: pd.DataFrame

    def __init__(self, frame: pd.DataFrame, left_out: pd.DataFrame) -> None:
        super().__init__(frame)  # type: ignore[call-arg]  # of pandas, whose mixins hide it
        self.attrs = dict(frame.attrs)
        self.left_out = left_out

    @property
    def frame(self) -> pd.DataFrame:
        """The rows alone, a plain frame."""
        return self.copy(deep=False)


def rank(frames: Frames, by: str, weights: Mapping[str, Any] | None = None) -> Answer:
    """The models by one measure, the best first.

    The answer has an index `position` from 1 and the columns `model`, `rank`, `value`, `unit`, `class` and
    `measure` (what was computed, weights included). Models with equal values share the lowest rank, and the next
    rank leaves room for them (1, 2, 2, 4), in the order of their names. Free models follow after the ranked ones,
    as a class of their own with the value 0 and no rank. `left_out` lists the rest: the measure is variable or not
    known.

    Raises `UsageError` for a measure that does not exist.
    """
    asked = measure(by, frames, weights)
    models = [str(model) for model in frames.models.index]
    known = sorted_by(asked, [model for model in models if asked.of(model).standing == "known"])
    free = sorted(model for model in models if asked.of(model).standing == "free")
    rows: list[list[Any]] = []
    for position, model in enumerate(known, 1):
        value = asked.of(model).value
        shared = rows[-1][1] if rows and rows[-1][2] == value else position
        rows.append([model, shared, value, asked.unit, "known", asked.label])
    rows += [[model, None, asked.of(model).value, asked.unit, "free", asked.label] for model in free]
    frame = table(["model", "rank", "value", "unit", "class", "measure"], rows)
    frame.index = pd.RangeIndex(1, len(rows) + 1, name="position")
    frame["rank"] = frame["rank"].astype("Int64")
    placed = {*known, *free}
    return Answer(frame, left_out({model: asked.of(model).reason for model in models if model not in placed}))


def sorted_by(asked: Measure, models: list[str]) -> list[str]:
    """The models with the best value first, those with equal values by name."""
    return sorted(sorted(models), key=lambda model: asked.of(model).value, reverse=asked.better == "higher")


def table(columns: list[str], rows: list[list[Any]]) -> pd.DataFrame:
    """A frame of the values as they are: a `Decimal` stays one, and None stays None."""
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    listed = zip(columns, values, strict=True)
    return pd.DataFrame({name: pd.Series(objects(list(value)), dtype=object) for name, value in listed})


def left_out(reasons: Mapping[str, str | None]) -> pd.DataFrame:
    """The models that lack something, by name."""
    frame = table(["model", "reason"], [[model, reasons[model]] for model in sorted(reasons)])
    return frame.set_index("model")
