"""Transitions, collected column by column: what differs between a segment and the one that follows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from catalog.change_log.segments import Captures, Runs, Window, steps
from catalog.change_log.statements import Reader, Statements
from catalog.change_log.values import as_texts, inside_extra, number_codes
from catalog.kinds import ENDPOINT
from catalog.rows import canonical_json
from catalog.words import Ints, Mask, Objects, objects


class Transition(NamedTuple):
    """One row: the columns of the interface first, then what tells transitions apart and helps to judge them."""

    observed_at: pd.Timestamp
    source: str
    model_id: str
    kind: str
    field: str | None
    old: str | None
    new: str | None
    scope: str
    canonical_slug: str | None
    provider: str | None
    tag: str | None
    previous_at: pd.Timestamp
    conditions: str | None


COLUMNS = Transition._fields


def each(log: pd.DataFrame, rows: Iterable[int]) -> Iterator[tuple[int, Transition]]:
    """Some rows of a log of transitions, with their places."""
    places = list(rows)
    columns = (log[name].iloc[places].tolist() for name in COLUMNS)
    return ((row, Transition(*values)) for row, *values in zip(places, *columns, strict=True))


_TOLD_OF_ENDPOINT = ("endpoint_name", "quantization", "context_tokens", "max_prompt_tokens", "max_output_tokens")


class Offers:
    """Numbers for `(thing, provider, tag)`: a model's headline or one of its endpoints."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[Any, Any], int] = {}

    def pair(self, provider: str | None, tag: str | None) -> int:
        return self._pairs.setdefault((provider or None, tag or None), len(self._pairs))

    def codes(self, thing: Ints, provider: Objects, tag: Objects) -> Ints:
        pairs = [self.pair(*pair) for pair in zip(provider, tag, strict=True)]
        return self.join(thing, np.array(pairs, dtype=np.int64))

    @staticmethod
    def join(thing: Ints, pair: Ints) -> Ints:
        return (thing << np.int64(24)) + pair


class TransitionLog:
    """Collects transitions, column by column."""

    def __init__(self, captures: Captures, window: Window, reader: Reader) -> None:
        self._captures, self._reader = captures, reader
        inside = (captures.at >= window.since) & (captures.at < window.until)
        self._inside = np.append(inside, False)
        self._parts: list[dict[str, Any]] = []

    def models(self, there: Runs, facts: Statements, endpoints: Statements) -> None:
        """Models that came or went."""
        scope = self._reader.things.scope[there.thing]
        subject = self._subjects_of(there, facts, endpoints)
        nothing = _nulls(len(there.thing))
        came = ~self._captures.is_first(there.came, scope)
        went = ~self._captures.is_past(there.went, scope)
        for kind, chosen, at in (("added", came, there.came), ("removed", went, there.went)):
            at, void = at[chosen], nothing[chosen]
            self._add(kind, at, there.thing[chosen], subject[kind][chosen], void, void, void, void, void)

    @staticmethod
    def _subjects_of(there: Runs, *stated: Statements) -> dict[str, Ints]:
        """The subjects that state a model at the captures where it came, and until those where it went."""
        parts = ((one.thing, one.first, one.end, one.subject) for one in stated)
        thing, first, end, subject = (np.concatenate(part) for part in zip(*parts, strict=True))
        width = int(end.max(initial=0)) + 1
        found = {}
        for kind, edge, at in (("added", first, there.came), ("removed", end, there.went)):
            edges = thing * width + edge
            order = np.argsort(edges, kind="stable")
            found[kind] = subject[order[np.searchsorted(edges[order], there.thing * width + at)]]
        return found

    def wide(self, rows: Statements, line: Ints, fields: Sequence[str], kind: int) -> None:
        """Fields that differ between a row and the row that follows it."""
        order, follows, _ = steps(line, rows.first, rows.end)
        later = order[np.flatnonzero(follows)]
        earlier = order[np.flatnonzero(follows) - 1]
        inside = self._inside[rows.first[later]]
        later, earlier = later[inside], earlier[inside]
        for field in fields:
            value = rows.values[field]
            differs = np.flatnonzero(np.not_equal(value[earlier], value[later]).astype(np.bool_))
            if not len(differs):
                continue
            before, after = earlier[differs], later[differs]
            said = as_texts(value[before], kind, field), as_texts(value[after], kind, field)
            prefix = "endpoint." if kind == ENDPOINT else ""
            if field == "extra":
                place, name, *said_of = inside_extra(*said)
                before, after = before[place], after[place]
                self._moved(rows, after, np.array([prefix + one for one in name], dtype=object), *said_of)
            else:
                self._moved(rows, after, _all(prefix + field, len(after)), *said)

    def _moved(self, rows: Statements, row: Ints, field: Objects, old: Objects, new: Objects) -> None:
        provider, tag = (
            rows.values[name][row] if name in rows.values else _nulls(len(row)) for name in ("provider", "tag")
        )
        self._add(None, rows.first[row], rows.thing[row], rows.subject[row], field, old, new, provider, tag)

    def endpoints(self, rows: Statements, line: Ints, there: Runs) -> None:
        """Endpoints that came or went; `old` and `new` are their facts as JSON."""
        order, follows, is_followed = steps(line, rows.first, rows.end)
        came = self._began(order[~follows], rows, there)
        went = self._ended(order[~is_followed], rows, there)
        for row, at, is_new in ((came, rows.first[came], True), (went, rows.end[went], False)):
            told = [
                {name: rows.values[name][one] for name in _TOLD_OF_ENDPOINT if rows.values[name][one] is not None}
                for one in row
            ]
            said = objects([canonical_json(one) for one in told])
            pair = (_nulls(len(row)), said) if is_new else (said, _nulls(len(row)))
            self._add(
                None, at, rows.thing[row], rows.subject[row], _all("endpoint", len(row)), *pair,
                rows.values["provider"][row], rows.values["tag"][row],
            )  # fmt: skip

    def prices(self, rows: Statements, offers: Offers, there: Runs, serving: Runs) -> None:
        """Plain prices, compared as numbers."""
        timelines, line = np.unique(rows.values["timeline_id"].astype(np.int64), return_inverse=True)
        named = self._reader.price_keys(timelines)
        code, _ = pd.factorize(named["key"])
        pair = np.array([offers.pair(*one) for one in zip(named["provider"], named["tag"], strict=True)], np.int64)
        field = objects([f"price.{component}" for component in named["component"]])
        amount, texts = pd.factorize(rows.values["amount"])
        self._values(
            rows,
            rows.thing * (len(timelines) + 1) + code[line],
            number_codes(texts)[amount] if len(texts) else amount,
            rows.values["amount"],
            (field[line], named["provider"][line], named["tag"][line]),
            offers.join(rows.thing, pair[line]),
            there,
            serving,
        )

    def cards(self, rows: Statements, offers: Offers, there: Runs, serving: Runs) -> None:
        """The conditional and the dated prices of each rate card, as one text each."""
        told = rows.values
        offer = offers.codes(rows.thing, told["provider"], told["tag"])
        is_dated = (told["field"] == "price.history").astype(np.int64)
        code, _ = pd.factorize(told["text"])
        named = told["field"], told["provider"], told["tag"]
        self._values(rows, offer * 2 + is_dated, code, told["text"], named, offer, there, serving)

    def _values(
        self,
        rows: Statements,
        line: Ints,
        code: Ints,
        said: Objects,
        named: tuple[Objects, Objects, Objects],
        offer: Ints,
        there: Runs,
        serving: Runs,
    ) -> None:
        order, follows, is_followed = steps(line, rows.first, rows.end)
        place = np.flatnonzero(follows)
        later, earlier = order[place], order[place - 1]
        moved = (code[later] != code[earlier]) & self._inside[rows.first[later]]
        later, earlier = later[moved], earlier[moved]
        came = self._began(order[~follows], rows, there)
        came = came[~_is_among(offer[came], rows.first[came], serving.thing, serving.came)]
        went = self._ended(order[~is_followed], rows, there)
        went = went[~_is_among(offer[went], rows.end[went], serving.thing, serving.went)]
        for row, at, old, new in (
            (later, rows.first[later], said[earlier], said[later]),
            (came, rows.first[came], _nulls(len(came)), said[came]),
            (went, rows.end[went], said[went], _nulls(len(went))),
        ):
            field, provider, tag = (part[row] for part in named)
            self._add(None, at, rows.thing[row], rows.subject[row], field, old, new, provider, tag)

    def _began(self, row: Ints, rows: Statements, there: Runs) -> Ints:
        """Those of the rows that began in the window, at a model that the capture before had too."""
        at, scope = rows.first[row], self._captures.scope[rows.first[row]]
        row = row[~self._captures.is_first(at, scope) & self._inside[at]]
        return row[~_is_among(rows.thing[row], rows.first[row], there.thing, there.came)]

    def _ended(self, row: Ints, rows: Statements, there: Runs) -> Ints:
        """Those of the rows that ended in the window, at a model that the next capture still has."""
        at, scope = rows.end[row], self._captures.scope[rows.first[row]]
        row = row[~self._captures.is_past(at, scope) & self._inside[at]]
        return row[~_is_among(rows.thing[row], rows.end[row], there.thing, there.went)]

    def _add(
        self,
        kind: str | None,
        at: Ints,
        thing: Ints,
        subject: Ints,
        field: Objects,
        old: Objects,
        new: Objects,
        provider: Objects,
        tag: Objects,
    ) -> None:
        inside = self._inside[at]
        columns = (at, thing, subject, field, old, new, provider, tag)
        at, thing, subject, field, old, new, provider, tag = (column[inside] for column in columns)
        if kind is None:
            kinds = np.where(pd.isna(old), "gained", np.where(pd.isna(new), "lost", "changed")).astype(object)
        else:
            kinds = _all(kind, len(at))
        self._parts.append(
            {
                "at": at, "thing": thing, "subject": subject, "kind": kinds, "field": field, "old": old, "new": new,
                "provider": provider, "tag": tag,
            }
        )  # fmt: skip

    def frame(self, cards: Statements) -> pd.DataFrame:
        """Everything collected, in order."""
        whole = {name: np.concatenate([part[name] for part in self._parts]) for name in self._parts[0]}
        things, subjects, captures = self._reader.things, self._reader.subjects, self._captures
        at = whole["at"]
        ranks = [pd.factorize(whole[name], sort=True)[0] for name in ("tag", "provider", "field", "kind")]
        scope = captures.scope[at]
        order = np.lexsort((*ranks, whole["thing"], scope, captures.at[at]))
        whole = {name: value[order] for name, value in whole.items()}
        at, scope = at[order], scope[order]
        sources, keys = (objects([name[part] for name in captures.scopes])[scope] for part in (0, 1))
        columns = {
            "observed_at": _instants(captures.at[at]),
            "source": sources,
            "model_id": things.model_id[whole["thing"]],
            "scope": keys,
            "canonical_slug": subjects.canonical_slug[whole["subject"]],
            "previous_at": _instants(captures.at[at - 1]),
            "conditions": _standing(whole, cards),
            **{name: whole[name] for name in ("kind", "field", "old", "new", "provider", "tag")},
        }
        index = pd.RangeIndex(len(at), name="transition")
        return pd.DataFrame(
            {
                name: column if name.endswith("_at") else pd.Series(column, index=index, dtype=object)
                for name in COLUMNS
                for column in (columns[name],)
            },
            index=index,
        )


def _standing(whole: dict[str, Any], cards: Statements) -> Objects:
    """For each price the conditional prices of its rate card, where it has any."""
    found = _nulls(len(whole["at"]))
    conditional = np.flatnonzero(cards.values["field"] == "price.conditions")
    if not len(conditional):
        return found
    standing: dict[tuple[int, Any, Any], list[int]] = {}
    for row in conditional.tolist():
        key = int(cards.thing[row]), cards.values["provider"][row], cards.values["tag"][row]
        standing.setdefault(key, []).append(row)
    for place in np.flatnonzero(np.isin(whole["thing"], cards.thing[conditional])).tolist():
        field = whole["field"][place]
        if field is None or not field.startswith("price."):
            continue
        at = whole["at"][place]
        for row in standing.get((int(whole["thing"][place]), whole["provider"][place], whole["tag"][place]), ()):
            if cards.first[row] <= at < cards.end[row]:
                found[place] = cards.values["text"][row]
    return found


def _is_among(thing: Ints, at: Ints, things: Ints, ats: Ints) -> Mask:
    """Which pairs of a thing and a capture are among others."""
    width = np.int64(max(at.max(initial=0), ats.max(initial=0)) + 1)
    return np.isin(thing * width + at, things * width + ats)


def _instants(at: Ints) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(at.astype("datetime64[us]")).tz_localize("UTC")


def _nulls(count: int) -> Objects:
    return np.full(count, None, dtype=object)


def _all(word: str, count: int) -> Objects:
    return np.full(count, word, dtype=object)
