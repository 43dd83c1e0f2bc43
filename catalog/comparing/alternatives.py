"""Models that can take another's place for less: at least as good in what matters, and cheaper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import pandas as pd

from catalog.comparing.measures import Frames, Measure, measure
from catalog.comparing.rank import Answer, left_out, table
from catalog.costs.card_history import plain_values
from catalog.costs.exact import EXACT
from catalog.errors import UsageError
from catalog.rounding import may_be_equal


def alternatives(
    frames: Frames, model: str, by: Sequence[str] = (), weights: Mapping[str, Any] | None = None
) -> Answer:
    """The models that read and write at least the same, take at least the same context, are at least as good in each
    measure of `by`, and whose blended price is lower.

    The answer has an index `position` from 1 and the columns `model`, `price_usd` (the blended price, USD per million
    tokens), `class` (`free` or `known`), `saving_usd` (per million tokens), `saving_percent` (to two places),
    `context_tokens` and one a measure; the greatest saving comes first, equal ones by name. Its `attrs` state the
    weights (`price`), the model's own price (`price_usd`) and what the catalogue does not know of the model and did
    not require (`not_required`). `left_out` lists the models that cannot be told, with what is unknown of them.

    Raises `UsageError` where the model's own price or one of the measures is unknown, so that nothing can be compared.
    """
    price = measure("price", frames, weights)
    asked = [measure(name, frames, weights) for name in by]
    own = price.of(model)
    if own.standing not in ("known", "free"):
        raise UsageError(f"{model} cannot be compared: {own.reason}")
    for one in asked:
        if one.of(model).standing not in ("known", "free"):
            raise UsageError(f"{model} cannot be compared by {one.name}: {one.of(model).reason}")
    facts = _facts(frames.models)
    required = {name: value for name, value in facts[model].items() if name in _REQUIRED and value is not None}
    rows: list[list[Any]] = []
    unknown: dict[str, str | None] = {}
    for other in sorted(facts):
        if other == model or _fails(other, model, facts, required, asked) or _costs_no_less(price, other, model):
            continue
        lacks = _lacks(facts[other], required, [price, *asked], other)
        if lacks is not None:
            unknown[other] = lacks
            continue
        theirs = price.of(other)
        with localcontext(EXACT):
            saving = own.value - theirs.value
        row = [
            other,
            theirs.value,
            theirs.standing,
            saving,
            _percent(saving, own.value),
            facts[other]["context_tokens"],
        ]
        rows.append([*row, *(one.of(other).value for one in asked)])
    rows.sort(key=lambda row: (-row[3], row[0]))
    columns = ["model", "price_usd", "class", "saving_usd", "saving_percent", "context_tokens"]
    frame = table([*columns, *(one.name for one in asked)], rows)
    frame.index = pd.RangeIndex(1, len(rows) + 1, name="position")
    frame.attrs.update(price=price.label, price_usd=own.value)
    frame.attrs["not_required"] = [name for name in _REQUIRED if name not in required]
    return Answer(frame, left_out(unknown))


_REQUIRED = ("input_modalities", "output_modalities", "context_tokens")


def _facts(models: pd.DataFrame) -> dict[str, dict[str, Any]]:
    names = (*_REQUIRED, "context_is_rounded", "is_available")
    columns = [plain_values(models, name) for name in names]
    facts = {str(m): dict(zip(names, row, strict=True)) for m, *row in zip(models.index, *columns, strict=True)}
    for one in facts.values():
        if one["context_tokens"] is not None:
            one["context_tokens"] = int(one["context_tokens"])
    return facts


def _fails(
    other: str, model: str, facts: dict[str, dict[str, Any]], required: Mapping[str, Any], asked: Sequence[Measure]
) -> bool:
    """Whether something that is known of the other model rules it out."""
    theirs, own = facts[other], facts[model]
    if theirs["is_available"] is False:
        return True
    for name in ("input_modalities", "output_modalities"):
        if name in required and theirs[name] is not None and not set(required[name]) <= set(theirs[name]):
            return True
    if "context_tokens" in required and theirs["context_tokens"] is not None:
        counts = (theirs["context_tokens"], theirs["context_is_rounded"], own["context_tokens"])
        if counts[0] < counts[2] and not may_be_equal(*counts, own["context_is_rounded"]):
            return True
    for one in asked:
        value, least = one.of(other).value, one.of(model).value
        if value is not None and value != least and (value > least) != (one.better == "higher"):
            return True
    return False


def _costs_no_less(price: Measure, other: str, model: str) -> bool:
    theirs = price.of(other)
    return theirs.standing in ("known", "free") and bool(theirs.value >= price.of(model).value)


def _lacks(theirs: Mapping[str, Any], required: Mapping[str, Any], asked: Sequence[Measure], other: str) -> str | None:
    """What is not known of a model that nothing known rules out."""
    silent = next((name for name in required if theirs[name] is None), None)
    if silent is not None:
        return f"no {silent} is stated"
    lacking = next((one for one in asked if one.of(other).standing not in ("known", "free")), None)
    return None if lacking is None else lacking.of(other).reason


def _percent(saving: Decimal, whole: Decimal) -> Decimal:
    return (saving * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
