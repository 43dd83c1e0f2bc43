"""Models side by side: one row a field, one column a model, what differs and who is better where that is defined.

The columns are whatever the index of the models' frame says, so that a model stands beside its own past as well as
beside another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from catalog.comparing.measures import FACTS, RATINGS, SCORES, Better, Frames, doubts_of_zeros
from catalog.costs.card_history import plain_values, rows_of
from catalog.costs.rate_cards import PriceRow, standing_rows
from catalog.rounding import may_be_equal
from catalog.words import objects
from scrapers.records import Model, fields_of

_EXTRA_FACTS = ("first_seen", "last_seen", "missing_since")


class _Field(NamedTuple):
    """One row of the comparison: each model's value, None where nothing is stated."""

    name: str
    unit: str | None
    better: Better | None
    values: dict[str, Any]


def compare(frames: Frames) -> pd.DataFrame:
    """The models of `frames.models`, in its order, side by side.

    Returns a frame with the index `field`, whose order is its own and not the alphabet's, and one column a model,
    then `unit`, `differs` (whether the values are not all the same; a value beside none differs, an empty text
    beside none and a rounded count that may be the exact one do not) and `better` (the models with the best value,
    joined by commas, where two or more state the field, "better" is defined for it and they are not all equal; never
    one for a price of 0 that `catalog/costs/beyond_prices.py` doubts). The fields are, in this order

    | field | value |
    |---|---|
    | the columns of `models` | as they are |
    | `price.<component>` | the headline's base price, exact; `variable` or `unknown` where the source says that |
    | `price.<component> (<conditions>)` | the price under an override |
    | `price.<component> (<unit>)` | where models are priced by several units, the amounts by each; a free one in all |
    | `endpoints` | how many endpoints state prices |
    | `endpoint.<component>.lowest`, `….highest` | the spread of the endpoints' base prices |
    | `benchmark.<name> …` | a score, with what tells its run from others |
    | `rating.<dimension>` | a rating |
    """
    models = [str(model) for model in frames.models.index]
    rows = [
        *_facts(frames.models, models),
        *_headline(frames.prices),
        *_endpoints(frames.prices),
        *_scores(frames.scores),
        *_ratings(frames.ratings),
    ]
    stated = [row for row in rows if any(row.values.get(model) is not None for model in models)]
    rounded = dict(zip(models, plain_values(frames.models, "context_is_rounded"), strict=True))
    columns: dict[str, Any] = {model: [row.values.get(model) for row in stated] for model in models}
    columns["unit"] = [row.unit for row in stated]
    columns["differs"] = [_differs(row, models, rounded) for row in stated]
    doubted = set(doubts_of_zeros(frames.models))
    columns["better"] = [
        _better(row, models, differs, doubted) for row, differs in zip(stated, columns["differs"], strict=True)
    ]
    names = _told_apart(row.name for row in stated)
    index = pd.CategoricalIndex(names, categories=names, ordered=True, name="field")
    frame = pd.DataFrame(
        {name: pd.Series(objects(values), index=index, dtype=object) for name, values in columns.items()}, index=index
    )
    frame["differs"] = frame["differs"].astype(bool)
    return frame


def _told_apart(names: Iterable[str]) -> list[str]:
    """Names that come again, as those of two overrides under one condition do, with a number."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return found


def _facts(frame: pd.DataFrame, models: list[str]) -> Iterable[_Field]:
    units = {field.name: field.unit for field in fields_of(Model)}
    for name in [name for name in (*units, *_EXTRA_FACTS) if name in frame.columns]:
        values = dict(zip(models, map(_plain, plain_values(frame, name)), strict=True))
        better = FACTS[name][0] if name in FACTS else None
        yield _Field(name, units.get(name), better, values)


def _plain(value: Any) -> Any:
    """A value as Python has it, so that equal ones compare equal: a list for an array, an `int` for numpy's."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    return value


def _headline(prices: pd.DataFrame) -> Iterable[_Field]:
    cards = _cards(prices, of_endpoints=False)
    found: dict[tuple[str, int, str], dict[str, PriceRow]] = {}
    for (model, _, _), rows in cards.items():
        for row in rows:
            key = (row.component, row.position if row.conditions else 0, conditions_text(row.conditions))
            found.setdefault(key, {})[model] = row
    for component, position, conditions in sorted(found):
        stated = found[component, position, conditions]
        units = {row.unit for row in stated.values() if row.state == "priced"} or {row.unit for row in stated.values()}
        for unit in sorted(units, key=str):
            words = [conditions] if conditions else []
            words += [unit or "no unit"] if len(units) > 1 else []
            name = f"price.{component}" + (f" ({', '.join(words)})" if words else "")
            of_unit = {model: row for model, row in stated.items() if row.unit == unit or row.state != "priced"}
            better: Better | None = "lower" if unit else None  # a minute's price beats no hour's
            yield _Field(name, _per(unit), better, {model: _amount(row) for model, row in of_unit.items()})


def _per(unit: str | None) -> str:
    return f"USD per {unit}" if unit else "USD, per what is not stated"


def _endpoints(prices: pd.DataFrame) -> Iterable[_Field]:
    cards = _cards(prices, of_endpoints=True)
    count: dict[str, int] = {}
    amounts: dict[tuple[str, str | None], dict[str, list[Any]]] = {}
    for (model, _, _), rows in cards.items():
        count[model] = count.get(model, 0) + 1
        for row in rows:
            if not row.conditions and row.usd is not None and row.state in ("priced", "free"):
                amounts.setdefault((row.component, row.unit), {}).setdefault(model, []).append(row.usd)
    yield _Field("endpoints", "endpoints", None, dict(count))
    several = {component for component, _ in amounts if sum(component == other for other, _ in amounts) > 1}
    ends: tuple[tuple[str, Callable[[list[Any]], Any]], ...] = (("lowest", min), ("highest", max))
    for component, unit in sorted(amounts, key=lambda key: (key[0], key[1] or "")):
        listed = amounts[component, unit]
        name = f"endpoint.{component}" + (f" ({unit or 'no unit'})" if component in several else "")
        for which, pick in ends:
            values = {model: pick(usd) for model, usd in listed.items()}
            yield _Field(f"{name}.{which}", _per(unit), "lower" if unit else None, values)


def _cards(prices: pd.DataFrame, *, of_endpoints: bool) -> dict[tuple[str, Any, Any], list[PriceRow]]:
    cards: dict[tuple[str, Any, Any], list[PriceRow]] = {}
    keys = (prices["model"].tolist(), plain_values(prices, "provider"), plain_values(prices, "tag"), rows_of(prices))
    for model, provider, tag, row in zip(*keys, strict=True):
        if (provider is not None) == of_endpoints:
            cards.setdefault((model, provider, tag), []).append(row)
    return {key: standing_rows(rows) for key, rows in cards.items()}


def _amount(row: PriceRow) -> Any:
    return row.usd if row.state in ("priced", "free") and row.usd is not None else row.state


def conditions_text(conditions: Mapping[str, Any] | None) -> str:
    """The conditions of a price as people read them.

    >>> conditions_text({"utc_start": 1000, "utc_end": 100}), conditions_text({"min_prompt_tokens": 200000})
    ('10:00 to 01:00 UTC', 'prompt > 200,000 tokens')
    """
    rest = {name: value for name, value in (conditions or {}).items() if value is not None}
    parts = []
    if isinstance(rest.get("min_prompt_tokens"), int):
        parts.append(f"prompt > {rest.pop('min_prompt_tokens'):,} tokens")
    if isinstance(rest.get("utc_start"), int) and isinstance(rest.get("utc_end"), int):
        start, end = (f"{clock // 100:02}:{clock % 100:02}" for clock in (rest.pop("utc_start"), rest.pop("utc_end")))
        parts.append(f"{start} to {end} UTC")
    return ", ".join([*parts, *(f"{name} {value}" for name, value in sorted(rest.items()))])


def _scores(scores: pd.DataFrame) -> Iterable[_Field]:
    """Each field of each kind of run; two runs of one kind (of two sources, say) are one row with the better value."""
    told = ("category", "is_reasoning", "strategy", "is_free")
    kinds = zip(*(plain_values(scores, name) for name in ("model", "benchmark", *told)), strict=True)
    found: dict[str, _Field] = {}
    measured = {name: plain_values(scores, name) for name in SCORES}
    for place, (model, benchmark, category, is_reasoning, strategy, is_free) in enumerate(kinds):
        words = [
            category,
            {True: "reasoning", False: "no reasoning"}.get(is_reasoning),
            strategy,
            "free" * bool(is_free),
        ]
        run = ", ".join(str(word) for word in words if word)
        for name, (better, unit) in SCORES.items():
            value = measured[name][place]
            if value is None:
                continue
            label = f"benchmark.{benchmark}" + (f" ({run})" if run else "") + f".{name}"
            row = found.setdefault(label, _Field(label, unit, better, {}))
            before = row.values.get(model)
            row.values[model] = value if before is None else (max if better == "higher" else min)(before, value)
    return [found[label] for label in sorted(found)]


def _ratings(ratings: pd.DataFrame) -> Iterable[_Field]:
    found: dict[str, dict[str, Any]] = {}
    columns = (plain_values(ratings, name) for name in ("model", "dimension", "value"))
    for model, dimension, value in zip(*columns, strict=True):
        if value is not None:
            found.setdefault(dimension, {})[model] = value
    for dimension in sorted(found):
        better, unit = RATINGS.get(dimension, (None, None))
        yield _Field(f"rating.{dimension}", unit, better, found[dimension])


def _differs(row: _Field, models: list[str], rounded: Mapping[str, Any]) -> bool:
    values = [row.values.get(model) for model in models]
    if row.name == "context_tokens" and all(value is not None for value in values):
        pairs = [(int(row.values[model]), rounded[model]) for model in models]
        return not all(may_be_equal(*one, *other) for one in pairs for other in pairs)
    said = [None if isinstance(value, str) and not value else value for value in values]
    return any(value != said[0] for value in said)


def _better(row: _Field, models: list[str], differs: bool, doubted: Collection[str]) -> str | None:
    if row.better is None or not differs:
        return None
    values = {model: row.values[model] for model in models if row.values.get(model) is not None}
    numbers = {model: value for model, value in values.items() if not isinstance(value, str)}
    if row.name.startswith(("price.", "endpoint.")):
        numbers = {model: usd for model, usd in numbers.items() if usd or model not in doubted}
    if len(set(numbers.values())) < 2:
        return None
    best = (max if row.better == "higher" else min)(numbers.values())
    return ", ".join(model for model, value in numbers.items() if value == best)
