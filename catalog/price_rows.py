"""Prices as they are read, and the frames that are made of them: whose, from which source, and in which order.

Up to a million rows pass here, so whose a row is, and what its texts mean, is worked out once a voice and once a word.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection

from catalog import asof
from catalog.answers import Answers, Kind, rows_of
from catalog.frames import Moment, Who
from catalog.instants import FOREVER
from catalog.price_filter import filtered
from catalog.told import as_told
from catalog.words import Ints, Words, amounts_of, distinct_ranks, objects, order_of

_SAID: dict[str, Kind] = {
    **dict.fromkeys(asof.PRICE_FIELDS, "text"),
    **dict.fromkeys(("pico_usd", "position", "valid_from", "valid_to"), "whole"),
    "effective_from": "date",
}
_NAMES = {"model": "key", "canonical_slug": "canonical_slug", "variant": "variant", "model_id": "model_id"}
_READ: dict[str, Callable[[str], Any]] = {
    "conditions": json.loads,
    "effective_from": date.fromisoformat,
}


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
        return Stated(
            self.owners, self.owner[rows], self.said.take(pa.array(np.flatnonzero(rows))), self.start[rows],
            self.end[rows],
        )  # fmt: skip


def standing_prices(
    connection: Connection,
    answers: Answers,
    moment: Moment,
    wanted: Sequence[int] | None,
    where: str | None,
    *,
    all_sources: bool,
) -> Stated:
    """The prices at a moment that no source dates itself: of the voice that is believed first, unless `all_sources`.

    Headline prices and those of endpoints have their voices apart. `where` chooses among what is told then: it does not
    change who is believed.
    """
    owners = _owners(answers.ask(asof.VOICES, _OWNER, **moment._asdict()))
    kinds: dict[str, Kind] = {"subject_id": "whole", **_SAID}
    if where is None and wanted is None:
        said = answers.ask(asof.STATED_PRICES, kinds, **moment._asdict())
    else:
        said = rows_of(connection, filtered(moment, kinds, wanted, where), kinds)
    rows = _stated(owners, said)
    if all_sources:
        return rows
    models, model = np.unique(owners.resolved, return_inverse=True)
    if len(models) == len(owners.number):
        return rows
    is_offered = ~rows.said["provider"].is_null().to_numpy()
    owner, offered = rows.owner, is_offered.astype(np.int64)
    if where is not None:
        told = answers.ask(asof.PRICED, {"subject_id": "whole", "is_offered": "whole"}, **moment._asdict())
        owner, offered = owners.of(_whole(told, "subject_id")), _whole(told, "is_offered")
        owner, offered = owner[owner >= 0], offered[owner >= 0]
    best = np.full(2 * len(models), len(owners.number), dtype=np.int64)
    np.minimum.at(best, 2 * model[owner] + offered, owners.place[owner])
    return rows.keep(owners.place[rows.owner] == best[2 * model[rows.owner] + is_offered])


def every_price(connection: Connection, answers: Answers, moment: Moment, wanted: Sequence[int] | None) -> Stated:
    """Every price that was ever stated, as it was known at a moment."""
    lines = answers.ask(asof.PRICE_LINES, {**_OWNER, "scope_id": "whole"})
    owners = _owners(lines)
    sql = asof.PRICE_HISTORY
    if wanted is not None:
        chosen = owners.number[np.isin(owners.resolved, wanted)]
        sql += f" AND v.timeline_id IN ({', '.join(map(str, chosen.tolist())) or 'NULL'})"
    rows = _stated(owners, answers.ask(sql, {"timeline_id": "whole", **_SAID, "row_hash": "whole"}, known=moment.known))
    frame = pd.DataFrame(
        {
            "row": np.arange(len(rows.owner)), "owner": rows.owner, "row_hash": _whole(rows.said, "row_hash"),
            "scope_id": _whole(lines, "scope_id")[np.argsort(_whole(lines, "number"))][rows.owner],
            "valid_from": rows.start, "valid_to": rows.end,
        }
    )  # fmt: skip
    told = as_told(connection, moment, frame, ("owner",))
    if told is frame:
        return rows
    place, owner, start, end = (told[name].to_numpy() for name in ("row", "owner", "valid_from", "valid_to"))
    return Stated(owners, owner, rows.said.take(pa.array(place)), start, end)


_OWNER: dict[str, Kind] = {"number": "whole", "resolved_id": "whole", "source": "text", "scope": "text"}


def _owners(told: pa.Table) -> Owners:
    number = _whole(told, "number")
    order = np.argsort(number)
    source, scope = (Words.of(told[name]).take(order) for name in ("source", "scope"))
    return Owners(number[order], _whole(told, "resolved_id")[order], source, scope, order.astype(np.int64))


def _stated(owners: Owners, said: pa.Table) -> Stated:
    owner = owners.of(_whole(said, said.column_names[0]))
    rows = Stated(owners, owner, said, _whole(said, "valid_from"), _whole(said, "valid_to"))
    known = owner >= 0
    return rows if known.all() else rows.keep(known)


def _whole(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name].to_numpy(), dtype=np.int64)


def price_frame(rows: Stated, who: Mapping[int, Who], by: Sequence[str]) -> pd.DataFrame:
    """The rows in the order of some columns, what is unknown first, under a plain index `price`."""
    owners = rows.owners
    words = {name: Words.of(rows.said[name]) for name, kind in _SAID.items() if kind != "whole" and name != "usd"}
    words |= {"source": owners.source.take(rows.owner), "scope": owners.scope.take(rows.owner)}
    named = [who[number] for number in owners.resolved.tolist()]
    keys = Words.of(pa.chunked_array([[one.key for one in named]], pa.string()))
    whole = {"position": rows.said["position"], "pico_usd": rows.said["pico_usd"]}

    def key_of(name: str) -> Ints:
        if name == "model":
            return keys.ranks()[rows.owner]
        if name == "valid_from":
            return distinct_ranks(rows.start)
        return words[name].ranks() if name in words else distinct_ranks(_whole(rows.said, name))

    order = order_of(*map(key_of, by), owners.place[rows.owner], words["conditions"].ranks())
    owner = rows.owner[order]
    columns: dict[str, Any] = {}
    for name, field in _NAMES.items():
        columns[name] = objects([getattr(one, field) for one in named]).take(owner)
    for name in (*asof.PRICE_FIELDS, "source", "scope"):
        if name in whole:
            columns[name] = _wholes(whole[name], order)
        elif name == "usd":
            columns[name] = amounts_of(rows.said[name]).take(order)
        elif name in _READ:
            columns[name] = words[name].read(_READ[name]).take(order)
        else:
            columns[name] = words[name].take(order).texts()
    columns["valid_from"], columns["valid_to"] = _instants(rows.start[order]), _instants(rows.end[order])
    index = pd.RangeIndex(len(order), name="price")
    made = {
        # texts among objects stay what they are where the type is given
        name: pd.Series(column, index, dtype=object if isinstance(column, np.ndarray) else None, copy=False)
        for name, column in columns.items()
    }
    return pd.DataFrame(made, index=index, copy=False)


def _wholes(column: pa.ChunkedArray, order: Any) -> Any:
    missing = column.is_null().to_numpy()[order]
    return pd.arrays.IntegerArray(_filled(column)[order], missing)


def _filled(column: pa.ChunkedArray) -> Ints:
    return np.asarray(column.fill_null(1).to_numpy(), dtype=np.int64)


def _instants(at: Ints) -> Any:
    stamps = np.where(at < FOREVER, at, np.iinfo(np.int64).min).view("datetime64[us]")
    return pd.DatetimeIndex(stamps, tz="UTC")
