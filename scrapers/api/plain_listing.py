"""Whether a listing is plain: hundreds of models looked through at once, and nothing to note in any.

The cards (`model_card`, `rate_card`, `score_card`) hold one record at a time against the contract and say where it
departs. Nearly always no record does, and then all of them can be asked together: a column of values has few types and
few different words. This answers no more than that question; where the answer is no, the cards look at each record.
So whatever a card notes or refuses must make a listing not plain; the other way round does no harm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from scrapers.api.contract import TEXT, Shape
from scrapers.api.json_fields import UNREAD
from scrapers.api.model_card import INVISIBLE, MODALITIES, PARTS, VALUES
from scrapers.api.rate_card import OVERRIDE, PRICING, UNITS, amount
from scrapers.api.score_card import ARTIFICIAL_ANALYSIS, BENCHMARKS, DESIGN_ARENA

Columns = dict[str, list[Any]]
"""The values of each key of many objects, without those that lack it."""


def is_plain(shape: Shape, records: Sequence[Any]) -> bool:
    """Whether the cards would find every one of these records as it is expected, by `shape` and all shapes inside."""
    if not _are_objects(records):
        return False
    columns = _as_expected(shape, records)
    return (
        columns is not None
        and _has_plain_values(columns)
        and _has_plain_parts(columns)
        and _has_plain_prices(columns.get("pricing", []))
        and _has_plain_scores(columns.get("benchmarks", []))
    )


def _has_plain_values(columns: Columns) -> bool:
    names = "".join(columns.get("name", []))
    return (names.isascii() or INVISIBLE.search(names) is None) and not any(
        type(value) is kind and reader(value) is UNREAD
        for word, kind, reader in VALUES
        for value in set(columns.get(word, []))
    )


def _has_plain_parts(columns: Columns) -> bool:
    for word, shape in PARTS.items():
        inside = _as_expected(shape, [part for part in columns.get(word, []) if part is not None])
        if inside is None:
            return False
        if word == "architecture":
            modalities = chain(inside.get("input_modalities", []), inside.get("output_modalities", []))
            words = list(chain.from_iterable(modalities))
            if not (_are_texts(words) and MODALITIES.issuperset(words)):
                return False
    return True


def _has_plain_prices(cards: Sequence[dict[str, Any]]) -> bool:
    columns = _as_expected(PRICING, cards)
    if columns is None:
        return False
    overrides = list(chain.from_iterable(columns.get("overrides", [])))
    if not _are_objects(overrides) or (changed := _as_expected(OVERRIDE, overrides)) is None:
        return False
    prices = {price for stated in (columns, changed) for component in UNITS for price in stated.get(component, [])}
    try:
        return all(amount(price).is_plain for price in prices)
    except ValueError:
        return False


def _has_plain_scores(benchmarks: Sequence[dict[str, Any]]) -> bool:
    columns = _as_expected(BENCHMARKS, benchmarks)
    if columns is None or _as_expected(ARTIFICIAL_ANALYSIS, columns.get("artificial_analysis", [])) is None:
        return False
    entries = list(chain.from_iterable(columns.get("design_arena", [])))
    return _are_objects(entries) and _as_expected(DESIGN_ARENA, entries) is not None


def _as_expected(shape: Shape, objects: Iterable[dict[str, Any]]) -> Columns | None:
    """The columns of objects in which a shape finds nothing; None where it finds something."""
    groups: defaultdict[tuple[str, ...], list[Iterable[Any]]] = defaultdict(list)
    for one in objects:
        groups[tuple(one)].append(one.values())
    columns: defaultdict[str, list[Any]] = defaultdict(list)
    for keys, rows in groups.items():
        if shape.missing(keys):
            return None
        for key, column in zip(keys, zip(*rows, strict=True), strict=True):
            columns[key] += column
    for key, values in columns.items():
        if not shape.keys.get(key, _NOTHING).issuperset(map(type, values)):
            return None
    for key, kinds in shape.words.items():
        words = chain.from_iterable(words for words in columns.get(key, []) if words is not None)
        if not kinds.issuperset(map(type, words)):
            return None
    return dict(columns)


_NOTHING: frozenset[type] = frozenset()


def _are_texts(values: Iterable[Any]) -> bool:
    return TEXT.issuperset(map(type, values))


def _are_objects(values: Iterable[Any]) -> bool:
    return frozenset({dict}).issuperset(map(type, values))
