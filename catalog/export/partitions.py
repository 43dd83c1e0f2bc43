"""A dated table as a folder of files: `price_history/month=2026-05/part.parquet`.

A row lies in the partition of the day or month in which it became final: a version when it ended, a change when it was
seen. So a later export adds files and leaves the old ones alone, which a partition by `valid_from` could not: there
every version that ends would change the file of the day on which it began. Versions that still hold lie in the
partition for null, `__HIVE_DEFAULT_PARTITION__`, as Hive, Spark, Trino, DuckDB and Arrow all name it; it alone is
written anew each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Literal

import numpy as np
import pyarrow as pa

from catalog.export.rows import Window
from catalog.instants import DAY

Partition = Literal["day", "month"]

NULL = "__HIVE_DEFAULT_PARTITION__"
AT_ONCE = 16
"""How many partitions are open at the same time: one pass over the table writes as many."""

_EPOCH = date(1970, 1, 1)


def start_of(instant: int, by: Partition) -> int:
    """The first instant of the partition that an instant lies in."""
    return _start(instant // DAY, by) * DAY


def end_of(part: str) -> int | None:
    """The first instant after a partition such as `month=2026-05`; None for that of null."""
    by, label = part.split("=")
    if label == NULL:
        return None
    at = date.fromisoformat(label if by == "day" else f"{label}-01")
    return _end((at - _EPOCH).days, "day" if by == "day" else "month") * DAY


def passes(days: list[int], by: Partition, *, still: bool) -> Iterator[Window]:
    """The windows, each of at most `AT_ONCE` partitions, that together hold every row; `still` where some never end."""
    firsts = [next(group) for _, group in groupby(sorted(days), key=lambda day: _label(day, by))]
    partitions = iter(firsts)
    while group := list(islice(partitions, AT_ONCE)):
        yield Window(_start(group[0], by) * DAY, _end(group[-1], by) * DAY, still=False)
    if still:
        yield Window(0, 0, still=True)


def split(batch: pa.RecordBatch, column: str, by: Partition) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The rows of a batch by their partition, each part in the batch's order."""
    final = batch.column(column)
    if final.null_count == len(final):
        yield f"{by}={NULL}", batch
        return
    days = np.floor_divide(final.fill_null(0).to_numpy(zero_copy_only=False), DAY)
    whole = days.astype("datetime64[D]").astype(f"datetime64[{by[0].upper()}]").astype(np.int64)
    gone = final.is_null().to_numpy(zero_copy_only=False)
    for number in np.unique(whole[~gone]):
        mask = (whole == number) & ~gone
        first = int(days[mask][0])
        yield f"{by}={_label(first, by)}", batch.filter(pa.array(mask))
    if gone.any():
        yield f"{by}={NULL}", batch.filter(pa.array(gone))


def _label(day: int, by: Partition) -> str:
    at = (_EPOCH + timedelta(days=day)).isoformat()
    return at if by == "day" else at[:7]


def _start(day: int, by: Partition) -> int:
    at = _EPOCH + timedelta(days=day)
    return day if by == "day" else (at.replace(day=1) - _EPOCH).days


def _end(day: int, by: Partition) -> int:
    at = _EPOCH + timedelta(days=day)
    return day + 1 if by == "day" else ((at.replace(day=1) + timedelta(days=32)).replace(day=1) - _EPOCH).days
