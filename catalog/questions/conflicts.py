"""Where sources disagree: listed, never averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from catalog import asof
from catalog.kinds import FACT, PRICE
from catalog.questions import frames
from catalog.questions.frames import fetch, indexed
from catalog.questions.opened import Instant
from catalog.questions.told import since_told
from catalog.rows import canonical_json

if TYPE_CHECKING:
    from catalog.questions.plain import Questions

COMPARED = (
    "name", "released_on", "context_tokens", "max_output_tokens", "parameter_count", "input_modalities",
    "output_modalities", "knowledge_cutoff_on", "expires_on",
)  # fmt: skip
"""The facts in which two sources can contradict each other; a description may be worded in many ways."""

_Voices = Mapping[tuple[int, str], list[dict[Any, Any]]]
"""What is said of each field of each model."""

COLUMNS = ("model", "field", "value", "source", "scope", "answers", "stated_since")
_TYPES: Any = dict.fromkeys(("model", "field", "value", "source", "scope"), "str") | {"answers": "bool"}


def conflicts_of(catalog: Questions, *, as_of: Instant = None, known_at: Instant = None) -> pd.DataFrame:
    """Every value of every field on which two sources disagree, the one that answers first; index `voice`.

    A rounded value does not disagree with an exact one that rounds to it, nor a list with a later one of the same
    source. Prices are compared where both are headline prices of one component without conditions, by the same unit; a
    price of zero is the same in any unit.

    Columns: `model`, `field` (a fact's name, `price.<component>`, or with its unit where there are several), `value`
    (as text), `source`, `scope`, `answers` (true for the one that other questions answer with) and `stated_since`
    (UTC).
    """
    with catalog.asked(as_of, known_at) as (connection, moment):
        who = frames.people(connection, moment)
        facts = since_told(connection, moment, fetch(connection, asof.EVERY_VOICE, moment), FACT)
        prices = since_told(connection, moment, fetch(connection, asof.PRICES, moment), PRICE)
    voices: defaultdict[tuple[int, str], list[dict[Any, Any]]] = defaultdict(list)
    for row in facts.to_dict("records"):
        for name in COMPARED:
            if row[name] is not None and row[name] == row[name] and row["resolved_id"] is not None:
                rounded = name in asof.ROUNDED and row[asof.ROUNDED[name]] in (True, 1)
                value = int(row[name]) if name in frames.WHOLE else row[name]
                voices[int(row["resolved_id"]), name].append({**row, "value": value, "rounded": rounded})
    unconditional = prices[["provider", "conditions", "effective_from"]].isna().all(axis=1) & prices["usd"].notna()
    for row in prices[unconditional & prices["resolved_id"].notna()].to_dict("records"):
        if row["state"] in ("priced", "free"):
            name = f"price.{row['component']}"
            entry = {**row, "value": row["usd"], "rounded": False, "rank": row["place"], "heard_at": 0}
            voices[int(row["resolved_id"]), name].append(entry)
    rows = []
    for number, name, said in _comparable(voices):
        ordered = sorted(_heard_last(name, said), key=lambda one: (one["rounded"], *_order(one)))
        if all(_agree(name, ordered[0], other) for other in ordered[1:]):
            continue
        rows += [
            (who[number].key, name, _text(one["value"]), one["source"], one["scope"], place == 0, one["valid_from"])
            for place, one in enumerate(ordered)
        ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(_TYPES)
    frame["stated_since"] = pd.to_datetime(frame["stated_since"].astype("int64"), unit="us", utc=True)
    return indexed(frame.drop_duplicates(), ("model", "field"), "voice")


def _comparable(voices: _Voices) -> Iterator[tuple[int, str, list[dict[Any, Any]]]]:
    """The voices that speak of the same thing: an amount per image says nothing against one per million tokens.

    Where a component has several units the field says which, `price.image (mtok)`.
    """
    for (number, name), said in voices.items():
        units = sorted({one["unit"] or "" for one in said if Decimal(one["value"])}) if _is_price(name) else ()
        if len(units) < 2:
            yield number, name, said
            continue
        for unit in units:
            same = [one for one in said if (one["unit"] or "") == unit or not Decimal(one["value"])]
            yield number, f"{name} ({unit or 'no unit'})", same


def _heard_last(name: str, said: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    """Of the voices of each source and precedence, such as several lists or pages, the one that was heard last."""
    kinds = [(one["source"], None if _is_price(name) else one["rank"]) for one in said]
    best: dict[Any, Any] = {}
    for kind, one in zip(kinds, said, strict=True):
        best[kind] = min(best.get(kind, _order(one)), _order(one))
    return [one for kind, one in zip(kinds, said, strict=True) if _order(one) == best[kind]]


def _order(voice: dict[Any, Any]) -> tuple[Any, ...]:
    """The key by which the voice that answers sorts first: precedence, then the latest capture."""
    return voice["rank"], -voice["heard_at"], voice["scope"]


def _is_price(name: str) -> bool:
    return name.startswith("price.")


def _text(value: Any) -> str:
    """A value as it is stated; a count that shares its column with unknown ones comes as a float."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _agree(name: str, best: dict[Any, Any], other: dict[Any, Any]) -> bool:
    if best["value"] == other["value"]:
        return True
    if _is_price(name):
        return Decimal(best["value"]) == Decimal(other["value"])
    if other["rounded"]:
        return _rounds_to(int(best["value"]), int(other["value"]))
    return canonical_json(best["value"]) == canonical_json(other["value"])


def _rounds_to(exact: int, rounded: int) -> bool:
    """Whether a display value such as 65000 or 1000000 is `exact` at the digits that it shows, rounded or cut.

    >>> _rounds_to(65536, 65000), _rounds_to(1048576, 1000000), _rounds_to(131072, 128000)
    (True, True, False)
    """
    digits = str(rounded)
    shown = len(digits) - len(digits.rstrip("0"))
    for unit in range(min(shown, len(digits) - 1), 2, -1):
        size = Decimal(10) ** unit
        nearest = (Decimal(exact) / size).quantize(Decimal(1), ROUND_HALF_UP) * size
        if rounded in (int(nearest), exact // int(size) * int(size)):
            return True
    return False
