"""Endpoints that went and came, seen as one where they are one: a silent downgrade is a kind of change.

A provider tells its endpoints apart by tag, and the tag names the precision: `baidu/fp8` that goes in the night in
which `baidu/fp4` comes is the same endpoint at a lower precision, where it is the provider's only one before and after.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from catalog.change_log.collected import Transition, each
from catalog.change_log.transitions import Collected

PRECISION = {
    "fp64": 64, "fp32": 32, "bf16": 16, "fp16": 16, "int16": 16, "fp8": 8, "int8": 8, "mxfp8": 8, "fp6": 6, "mxfp6": 6,
    "int6": 6, "fp4": 4, "int4": 4, "mxfp4": 4, "nvfp4": 4, "int3": 3, "int2": 2,
}  # fmt: skip
"""Bits of a weight, by the word for a quantization; any other word is not compared."""

Renewed = tuple[str, str, str, str | None, Any]
"""`(source, scope, model_id, provider, observed_at)` of a capture."""


def is_lower(field: str | None, old: str | None, new: str | None) -> bool:
    """Whether an endpoint serves with fewer bits, or with less context, than before."""
    if old is None or new is None:
        return False
    if field == "endpoint.quantization":
        was, now = PRECISION.get(old.casefold()), PRECISION.get(new.casefold())
        return was is not None and now is not None and now < was
    return field == "endpoint.context_tokens" and old.isdigit() and new.isdigit() and int(new) < int(old)


def sole_endpoints(found: Collected) -> set[Renewed]:
    """The captures at which a provider had one endpoint of a model, and another one in the capture before."""
    rows, things, captures = found.endpoints, found.reader.things, found.captures
    served: defaultdict[tuple[int, Any], list[int]] = defaultdict(list)
    for row in range(len(rows)):
        served[int(rows.thing[row]), rows.values["provider"][row]].append(row)
    sole: set[Renewed] = set()
    for (thing, provider), own in served.items():
        for number in np.intersect1d(rows.first[own], rows.end[own]).tolist():
            before = [row for row in own if rows.first[row] < number <= rows.end[row]]
            after = [row for row in own if rows.first[row] <= number < rows.end[row]]
            if len(before) == len(after) == 1 and rows.values["key"][before[0]] != rows.values["key"][after[0]]:
                source, scope = captures.scopes[int(things.scope[thing])]
                at = pd.Timestamp(int(captures.at[number]), unit="us", tz="UTC")
                sole.add((source, scope, things.model_id[thing], provider, at))
    return sole


class Pair(NamedTuple):
    """An endpoint that went and its successor that came, with their places in the log."""

    went: int
    came: int
    old: Transition
    new: Transition


def renewed(log: pd.DataFrame, sole: set[Renewed]) -> list[Pair]:
    """The pairs of rows that are one endpoint under another tag."""
    if not sole:
        return []
    went: dict[Renewed, tuple[int, Transition]] = {}
    came: dict[Renewed, tuple[int, Transition]] = {}
    rows = np.flatnonzero((log["field"] == "endpoint").to_numpy())
    for row, said in each(log, rows.tolist()):
        key = (said.source, said.scope, said.model_id, said.provider, said.observed_at)
        if key in sole:
            (came if said.kind == "gained" else went)[key] = row, said
    shared = [key for key in came if key in went]
    return [Pair(went[key][0], came[key][0], went[key][1], came[key][1]) for key in shared]


def differences(pair: Pair) -> Iterator[dict[str, Any]]:
    """What is different of an endpoint under its new tag, a row each."""
    went, came = pair.old, pair.new
    old, new = json.loads(went.old or "{}"), json.loads(came.new or "{}")
    told = {**came._asdict(), "note": f"{went.tag or 'the endpoint'} is now {came.tag or 'without a tag'}"}
    for name in sorted((old.keys() | new.keys()) - {"endpoint_name"}):
        if old.get(name) != new.get(name):
            before, after = (None if one.get(name) is None else str(one[name]) for one in (old, new))
            field = f"endpoint.{name}"
            kind = "downgrade" if is_lower(field, before, after) else "fact"
            yield {**told, "kind": kind, "field": field, "old": before, "new": after}
    if went.tag != came.tag:
        kind = "fact" if went.tag and came.tag else "schema"
        yield {**told, "kind": kind, "field": "endpoint.tag", "old": went.tag, "new": came.tag}
