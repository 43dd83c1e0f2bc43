"""Prices as they are read, and the frames that are made of them: whose, from which source, and in which order.

Up to a million rows pass here, so whose a row is, and what its texts mean, is worked out once a voice and once a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from catalog import asof
from catalog.instants import DAY, FOREVER
from catalog.questions.answers import Answers, Kind
from catalog.questions.frames import Who
from catalog.questions.price_filter import filtered
from catalog.questions.voices import speaking_at
from catalog.words import Ints, Mask, Words, amounts_of, distinct_ranks, objects, order_of

SAID: dict[str, Kind] = {
    **dict.fromkeys(asof.PRICE_FIELDS, "text"),
    **dict.fromkeys(("pico_usd", "position", "valid_from", "valid_to"), "whole"),
    "effective_from": "date",
}
LINE: dict[str, Kind] = {"line": "text"}
_TEXTS = frozenset(name for name, kind in SAID.items() if kind != "whole") - {"usd"}
RECENT_US = DAY
"""Voices heard within so long of each other are asked together, what they did not say when heard being left out."""

PRICE_COLUMNS = (
    "model",
    "canonical_slug",
    "variant",
    "model_id",
    *asof.PRICE_FIELDS,
    "source",
    "scope",
    "valid_from",
    "valid_to",
)
_IN_ORDER = ("model", "provider", "tag", "position", "component", "source", "scope")
"""By what the prices of a moment are sorted; then by their conditions."""

_NAMES = {"model": "key", "canonical_slug": "canonical_slug", "variant": "variant", "model_id": "model_id"}
_READ: dict[str, Callable[[str], Any]] = {"conditions": json.loads, "effective_from": date.fromisoformat}


class Owners(NamedTuple):
    """Those who state prices: a voice of a model, or one of its timelines. `number` ascends."""

    number: Ints
    resolved: Ints
    source: Words
    scope: Words
    place: Ints
    """Whose word is taken first among the owners of a model: the lower place."""

    def of(self, number: Ints) -> Ints:
        """The places here of some owners by their numbers; -1 for those that are not here."""
        if not len(self.number):
            return np.full(len(number), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.number, number), len(self.number) - 1)
        return np.where(self.number[found] == number, found, -1)


class Stated(NamedTuple):
    """Rows of prices: each row's owner, what it says, and from when to when, in microseconds."""

    owners: Owners
    owner: Ints
    said: pa.Table
    start: Ints
    end: Ints

    def keep(self, rows: Any) -> Stated:
        """Some of the rows."""
        if rows.all():
            return self
        return Stated(
            self.owners, self.owner[rows], self.said.take(pa.array(np.flatnonzero(rows))), self.start[rows],
            self.end[rows],
        )  # fmt: skip

    def parts(self, row: Ints, start: Ints, end: Ints) -> Stated:
        """Parts of the rows: the place of the row of each, and its own time."""
        return Stated(self.owners, self.owner[row], self.said.take(pa.array(row)), start, end)

    def until(self, at: int) -> Stated:
        """The rows as they stood at an instant: what began later is left out, what ended later is still open."""
        begun = self.keep(self.start <= at)
        return begun._replace(end=np.where(begun.end <= at, begun.end, FOREVER))


def standing_prices(
    answers: Answers,
    voices: pa.Table,
    known: int,
    wanted: Sequence[int] | None,
    where: str | None,
    *,
    all_sources: bool,
    columns: Collection[str] = PRICE_COLUMNS,
) -> Stated:
    """The prices that the voices (of `voices_at`) stated when they spoke, but those that a source dates itself.

    Of the voices of a model the one that is believed first is told, unless `all_sources`; headline prices and those of
    endpoints have their voices apart. `where` chooses among what is told then: it does not change who is believed.
    With the column `line` each row has the key of its timeline, too.
    """
    owners = owners_of(voices)
    spoke_at = speaking_at(voices)[owners.place]
    asked = spoke_at >= 0
    if wanted is not None:
        asked &= np.isin(owners.resolved, wanted)

    def read(kinds: Mapping[str, Kind], where: str | None) -> Stated:
        kinds = {"subject_id": "whole", **kinds, "valid_from": "whole", "valid_to": "whole"}
        parts: list[Stated] = []
        for mine, stretch in _stretches(asked, spoke_at):
            if parts and not mine.any():
                continue
            by_line = 2 * int(mine.sum()) <= len(mine)  # of most, all are read, and sorted out here
            subjects = owners.number[mine].tolist() if by_line else None
            numbers = {"known": known, **stretch}
            if where is None:
                sql = f"SELECT {', '.join(kinds)} FROM ({asof.stated_prices(subjects, by_line=by_line)}) AS stated"
                rows = rows_stated(owners, answers.ask(sql, kinds, **numbers))
            else:
                query = filtered(kinds, where, subjects, by_line=by_line, **numbers)
                rows = rows_stated(owners, answers.select(query, kinds))
            at = spoke_at[rows.owner]
            parts.append(rows.keep(mine[rows.owner] & (rows.start <= at) & (rows.end > at)))
        return _together(parts)

    kinds = {name: kind for name, kind in SAID.items() if name in {*columns, *_IN_ORDER, "conditions"}}
    rows = read(kinds | LINE if "line" in columns else kinds, where)
    if all_sources:
        return rows
    models, model = np.unique(owners.resolved, return_inverse=True)
    if len(models) == len(owners.number):
        return rows
    everything = rows if where is None else read({"provider": "text"}, None)
    best = np.full(2 * len(models), len(owners.number), dtype=np.int64)
    np.minimum.at(best, 2 * model[everything.owner] + is_offered(everything), owners.place[everything.owner])
    return rows.keep(owners.place[rows.owner] == best[2 * model[rows.owner] + is_offered(rows)])


def headline_prices(
    answers: Answers, voices: pa.Table, known: int, who: Mapping[int, Who], components: Collection[str] | None
) -> pd.DataFrame:
    """The headline prices by which models are compared: of some components, which are words, or of all.

    Of a model that has none of them all that it has is told, because it makes a difference whether that is nothing.
    """
    columns = ("model", "provider", "component", "usd", "unit", "conditions", "state", "effective_from", "position")
    by = _IN_ORDER[1:]  # of a model; the models stay as they come

    def read(wanted: Sequence[int] | None, where: str) -> Stated:
        return standing_prices(answers, voices, known, wanted, where, all_sources=False, columns=columns)

    headline = "provider is null"
    if components is None:
        return price_frame(read(None, headline), who, by, columns)
    rows = read(None, f"{headline} and component in ({', '.join(components)})")
    silent = np.setdiff1d(rows.owners.resolved, rows.owners.resolved[rows.owner])
    if len(silent):
        rows = _together([rows, read(silent.tolist(), headline)])
    return price_frame(rows, who, by, columns)


def _stretches(asked: Mask, spoke_at: Ints) -> Iterator[tuple[Mask, dict[str, int]]]:
    """Those who are asked, with the time in which they spoke: those heard within a day of the last, then the rest."""
    recent = spoke_at >= spoke_at.max(initial=0) - RECENT_US
    for mine in (asked & recent, asked & ~recent):
        at = spoke_at[mine]
        yield mine, {"earliest": int(at.min(initial=FOREVER)), "latest": int(at.max(initial=0))}


def _together(parts: Sequence[Stated]) -> Stated:
    """The rows of the same owners."""
    if len(parts) == 1:
        return parts[0]
    owner, start, end = (np.concatenate([getattr(one, name) for one in parts]) for name in ("owner", "start", "end"))
    return Stated(parts[0].owners, owner, pa.concat_tables([one.said for one in parts]), start, end)


def is_offered(rows: Stated) -> Ints:
    """1 for a price of an endpoint, 0 for a headline price."""
    return np.asarray(rows.said["provider"].is_valid().to_numpy(), dtype=np.int64)


OWNER: dict[str, Kind] = {"number": "whole", "resolved_id": "whole", "source": "text", "scope": "text"}


def owners_of(told: pa.Table) -> Owners:
    number = whole(told, "number")
    order = np.argsort(number)
    source, scope = (Words.of(told[name]).take(order) for name in ("source", "scope"))
    return Owners(number[order], whole(told, "resolved_id")[order], source, scope, order.astype(np.int64))


def rows_stated(owners: Owners, said: pa.Table) -> Stated:
    owner = owners.of(whole(said, said.column_names[0]))
    rows = Stated(owners, owner, said, whole(said, "valid_from"), whole(said, "valid_to"))
    return rows.keep(owner >= 0)


def whole(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name].to_numpy(), dtype=np.int64)


def price_frame(
    rows: Stated,
    who: Mapping[int, Who],
    by: Sequence[str] = _IN_ORDER,
    columns: Collection[str] = PRICE_COLUMNS,
    *,
    categories: bool = False,
) -> pd.DataFrame:
    """Some columns of the rows, in the order of some columns, what is unknown first, under a plain index `price`.

    With `categories` texts come as categories, which take less time to make and to compare.
    """
    owners = rows.owners
    said = rows.said.column_names
    words = {name: Words.of(rows.said[name]) for name in said if name in _TEXTS}
    words |= {"source": owners.source.take(rows.owner), "scope": owners.scope.take(rows.owner)}
    named = [who[number] for number in owners.resolved.tolist()]

    def key_of(name: str) -> Ints:
        if name == "model":
            return _names(named, name).ranks()[rows.owner]
        if name == "valid_from":
            return distinct_ranks(rows.start)
        return words[name].ranks() if name in words else distinct_ranks(whole(rows.said, name))

    order = order_of(*map(key_of, by), owners.place[rows.owner], words["conditions"].ranks())

    def column_of(name: str) -> Any:
        if name in _NAMES:
            if categories:
                return _names(named, name).take(rows.owner[order]).categories()
            return objects([getattr(one, _NAMES[name]) for one in named]).take(rows.owner[order])
        if name in ("valid_from", "valid_to"):
            return _instants((rows.start if name == "valid_from" else rows.end)[order])
        if name == "usd":
            return amounts_of(rows.said[name]).take(order)
        if name in _READ:
            return words[name].read(_READ[name]).take(order)
        if name in words:
            texts = words[name].take(order)
            return texts.categories() if categories else texts.texts()
        return _wholes(rows.said[name], order)

    index = pd.RangeIndex(len(order), name="price")
    made = {
        # texts among objects stay what they are where the type is given
        name: pd.Series(column, index, dtype=object if isinstance(column, np.ndarray) else None, copy=False)
        for name, column in ((name, column_of(name)) for name in columns)
    }
    return pd.DataFrame(made, index=index, copy=False)


def _names(named: Sequence[Who], name: str) -> Words:
    return Words.of(pa.chunked_array([[getattr(one, _NAMES[name]) for one in named]], pa.string()))


def _wholes(column: pa.ChunkedArray, order: Any) -> Any:
    missing = column.is_null().to_numpy()[order]
    return pd.arrays.IntegerArray(_filled(column)[order], missing)


def _filled(column: pa.ChunkedArray) -> Ints:
    return np.asarray(column.fill_null(1).to_numpy(), dtype=np.int64)


def _instants(at: Ints) -> Any:
    stamps = np.where(at < FOREVER, at, np.iinfo(np.int64).min).view("datetime64[us]")
    return pd.DatetimeIndex(stamps, tz="UTC")
