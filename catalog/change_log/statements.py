"""What first voices stated, as segments: what the change log is made of.

All of it is read in bulk, for one moment and one window. The *thing* that a statement is about is one `model_id` in one
scope. A subject whose id changes is one thing after another: its statements are cut where the id changes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from catalog.change_log.moved_ids import NOBODY, Naming, without_lost_ids
from catalog.change_log.segments import Captures, Window, columns_of
from catalog.judging.state import CHUNK, chunks
from catalog.kinds import ENDPOINT, FACT, PRICE
from catalog.questions.answers import Answers, DriverAnswers, Kind
from catalog.questions.frames import Moment
from catalog.rows import canonical_json
from catalog.version_tables import PAYLOAD, TABLES
from catalog.words import Ints, Mask, Objects

FACT_FIELDS = tuple(name for name in PAYLOAD[FACT] if name not in ("model_id", "variant", "is_subject"))
ENDPOINT_FIELDS = tuple(
    name for name in PAYLOAD[ENDPOINT] if name not in ("model_id", "canonical_slug", "provider", "tag")
)

AMOUNT = "CASE WHEN v.state IN ('priced', 'free') THEN v.usd ELSE v.state END"
"""A price as text: its exact digits, or `variable`."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of the first voice in the order of their numbers: scope, key, and the names of the model each is."""

    number: Ints
    key: Objects
    scope: Ints
    model_id: Objects
    canonical_slug: Objects

    def place(self, number: Ints) -> Ints:
        return np.searchsorted(self.number, number).astype(np.int64)


def subjects_of(connection: Connection, captures: Captures, models: Collection[str] | None) -> Subjects:
    """The subjects of the captures; with `models`, those that ever had one of these names, or an id of one that had."""
    rows = connection.execute(
        text(
            "SELECT u.id, u.scope_id, u.key, m.model_id, m.canonical_slug FROM subject u"
            " LEFT JOIN model m ON m.id = u.resolved_id WHERE u.voice = 1 ORDER BY u.id"
        )
    ).fetchall()
    wanted = None if models is None else _bearers(connection, frozenset(models))
    known = [row for row in rows if row[1] in captures.rank_of and (wanted is None or row[0] in wanted)]
    number, scope, key, model_id, slug = columns_of(known, 5)
    for place, stated in enumerate(model_id):
        if stated is None:
            model_id[place] = key[place].removeprefix("id:").removeprefix("name:")
        if slug[place] is not None and slug[place].startswith(("id:", "name:")):
            slug[place] = None
    ranks = np.array([captures.rank_of[one] for one in scope], dtype=np.int64)
    return Subjects(number.astype(np.int64), key, ranks, model_id, slug)


def _bearers(connection: Connection, names: frozenset[str]) -> set[int]:
    rows = connection.execute(
        text(
            "SELECT DISTINCT l.subject_id, v.model_id, v.canonical_slug, m.model_id, m.canonical_slug FROM subject u"
            " JOIN timeline l ON l.subject_id = u.id AND l.kind = 0 JOIN fact_version v ON v.timeline_id = l.id"
            " LEFT JOIN model m ON m.id = u.resolved_id"
        )
    ).fetchall()
    ids = names | {row[1] for row in rows if row[1] is not None and not names.isdisjoint(row[1:])}
    return {row[0] for row in rows if not ids.isdisjoint(row[1:])}


class Things(NamedTuple):
    """The things of all scopes, and which of them each subject was from when on.

    Attributes:
        model_id, scope: of each thing.
        subject, first, thing: by subject and time, from which capture on a subject was which thing.
    """

    model_id: Objects
    scope: Ints
    subject: Ints
    first: Ints
    thing: Ints

    def at(self, subject: Ints, capture: Ints) -> Ints:
        """The thing that a subject was at a capture; before it first stated an id, the one that it stated first."""
        return self.thing[self.stretch(subject, capture)]

    def stretch(self, subject: Ints, capture: Ints) -> Ints:
        """The place in `first` of the last change of a subject's thing at or before a capture."""
        width = int(max(self.first.max(initial=0), capture.max(initial=0))) + 1
        place = np.searchsorted(self.subject * width + self.first, subject * width + capture, side="right") - 1
        before = (place < 0) | (self.subject[place] != subject)
        return np.where(before, place + 1, place).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements of one kind as segments, a row each.

    Attributes:
        subject: who states it, as a place in `Subjects`.
        thing: what it is about, as a place in `Things`.
        first, end: from which capture on it stands, and the first at which it does not.
        values: what is stated, by the names of the columns.
    """

    subject: Ints
    thing: Ints
    first: Ints
    end: Ints
    values: dict[str, Objects]

    def __len__(self) -> int:
        return len(self.thing)

    def only(self, chosen: Mask) -> Statements:
        """Some of them."""
        values = {name: value[chosen] for name, value in self.values.items()}
        return Statements(self.subject[chosen], self.thing[chosen], self.first[chosen], self.end[chosen], values)


_SEGMENT: dict[str, Kind] = dict.fromkeys(("subject_id", "valid_from", "valid_to"), "whole")


class Reader:
    """Reads the statements that matter in one window, as believed at one moment."""

    def __init__(
        self,
        connection: Connection,
        moment: Moment,
        captures: Captures,
        window: Window,
        models: Collection[str] | None,
        answers: Answers | None = None,
    ) -> None:
        self._connection = connection
        self._answers = answers or DriverAnswers(connection)
        self._captures = captures
        self._asked = {"known": moment.known, "begin": window.begin, "until": window.until}
        self.subjects = subjects_of(connection, captures, models)
        self._some = None if models is None or len(self.subjects.number) > CHUNK else self.subjects.number
        self.facts = self._read(FACT, ("model_id", *FACT_FIELDS))
        self.things = self._named()
        self.facts = self._told(self.facts)

    def endpoints(self) -> Statements:
        """What is stated of endpoints."""
        return self._told(self._read(ENDPOINT, ("l.key", "provider", "tag", *ENDPOINT_FIELDS)))

    def prices(self) -> Statements:
        """The plain prices. `key` tells a price from another; whoever has the same key is compared."""
        standing = ""
        if len(np.unique(self.things.subject)) == len(self.things.subject):
            standing = " AND NOT (v.valid_from <= :begin AND v.valid_to >= :until)"
        plain = f" AND v.conditions IS NULL AND v.effective_from IS NULL AND v.state <> 'unknown'{standing}"
        kinds: dict[str, Kind] = {"v.timeline_id": "whole", f"{AMOUNT} AS amount": "text"}
        return self._told(self._read(PRICE, tuple(kinds), plain, kinds))

    def price_keys(self, timelines: Ints) -> dict[str, Objects]:
        """The `key`, `component`, `provider` and `tag` of each of some timelines of prices."""
        keys = dict(_fetched(self._connection, f"SELECT id, key FROM timeline WHERE kind = {PRICE}"))
        key, kept = pd.factorize(np.array([keys[number] for number in timelines.tolist()], dtype=object))
        _, example = np.unique(key, return_index=True)
        named: dict[int, tuple[Any, ...]] = {}
        for numbers in chunks(timelines[example].tolist()):
            rows = _fetched(
                self._connection,
                "SELECT DISTINCT timeline_id, component, provider, tag FROM price_version"
                f" WHERE timeline_id IN ({', '.join(map(str, numbers))})",
            )
            named.update((row[0], row[1:]) for row in rows)
        columns = columns_of([named[number] for number in timelines[example].tolist()], 3)
        values = (np.asarray(kept, dtype=object), *columns)
        return {name: value[key] for name, value in zip(("key", "component", "provider", "tag"), values, strict=True)}

    def cards(self) -> Statements:
        """The conditional and the dated prices, each offer's together as one JSON text.

        The columns are `field` (`price.conditions` or `price.history`), `provider`, `tag` and `text`.
        """
        names = ("provider", "tag", "component", "conditions", "effective_from", "position", f"{AMOUNT} AS amount")
        rows = self._told(self._read(PRICE, names, " AND (v.conditions IS NOT NULL OR v.effective_from IS NOT NULL)"))
        offers: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        told = rows.values
        for row in range(len(rows)):
            field = "price.history" if told["conditions"][row] is None else "price.conditions"
            offers[int(rows.thing[row]), told["provider"][row] or "", told["tag"][row] or "", field].append(row)
        made: list[tuple[Any, ...]] = []
        for (thing, provider, tag, field), members in offers.items():
            edges = sorted({int(edge) for row in members for edge in (rows.first[row], rows.end[row])})
            for first, end in pairwise(edges):
                standing = [row for row in members if rows.first[row] <= first and rows.end[row] >= end]
                if standing:
                    said = _card_text({name: told[name][row] for name in told} for row in standing)
                    owner = rows.subject[standing[0]]
                    made.append((owner, thing, first, end, field, provider or None, tag or None, said))
        columns = columns_of(made, 8)
        whole = [column.astype(np.int64) for column in columns[:4]]
        values = dict(zip(("field", "provider", "tag", "text"), columns[4:], strict=True))
        return Statements(whole[0], whole[1], whole[2], whole[3], values)

    def _read(
        self, kind: int, names: tuple[str, ...], where: str = "", kinds: Mapping[str, Kind] | None = None
    ) -> Statements:
        """The statements of one kind; where there may be very many, `kinds` says what their columns hold."""
        listed = ", ".join(name if "." in name else f"v.{name}" for name in names)
        chosen = "" if self._some is None else f" AND l.subject_id IN ({', '.join(map(str, self._some)) or 'NULL'})"
        sql = (
            f"SELECT l.subject_id, v.valid_from, v.valid_to, {listed} FROM {TABLES[kind].name} v"
            " JOIN timeline l ON l.id = v.timeline_id WHERE v.known_from <= :known AND v.known_to > :known"
            f" AND v.valid_to > :begin AND v.valid_from < :until{where}{chosen}"
        )
        if kinds is None:
            columns = columns_of(_fetched(self._connection, sql, **self._asked), 3 + len(names))
        else:
            told = self._answers.ask(sql, {**_SEGMENT, **kinds}, **self._asked)
            columns = [column.to_numpy() for column in told.columns]
        subject, start, stop, *values = columns
        number = subject.astype(np.int64)
        place = self.subjects.place(number)
        place[place == len(self.subjects.number)] = 0
        known = self.subjects.number[place] == number if len(self.subjects.number) else np.zeros(len(place), np.bool_)
        scope = self.subjects.scope[place[known]]
        first = self._captures.numbered(scope, start[known].astype(np.int64))
        end = self._captures.numbered(scope, stop[known].astype(np.int64))
        seen = first < end
        plain = [name.rpartition(" ")[2].rpartition(".")[2] for name in names]
        said = {name: value[known][seen] for name, value in zip(plain, values, strict=True)}
        return Statements(place[known][seen], np.zeros(int(seen.sum()), np.int64), first[seen], end[seen], said)

    def _named(self) -> Things:
        """Who every subject was when: by the ids that facts state, or by our own name where they state none."""
        facts, subjects = self.facts, self.subjects
        stated = facts.values["model_id"]
        stated = np.where(pd.isna(stated), subjects.model_id[facts.subject], stated)
        silent = np.setdiff1d(np.arange(len(subjects.number)), facts.subject)
        subject = np.concatenate([facts.subject, silent])
        first = np.concatenate([facts.first, np.zeros(len(silent), np.int64)])
        code, names = pd.factorize(np.concatenate([stated, subjects.model_id[silent]]), sort=True)
        ranked, thing = np.unique(subjects.scope[subject] * (len(names) + 1) + code, return_inverse=True)
        scope, name = np.divmod(ranked, len(names) + 1)
        keys, named = subjects.key.tolist(), Naming(subject, first, thing.astype(np.int64))
        named = without_lost_ids(self._connection, self._captures, keys, named, len(facts), facts.end)
        subject, first, thing = named
        order = np.lexsort((first, subject))
        subject, first, thing = subject[order], first[order], thing[order]
        moved = np.ones(len(subject), np.bool_)
        moved[1:] = (subject[1:] != subject[:-1]) | (thing[1:] != thing[:-1])
        chosen = np.asarray(names, dtype=object)[name] if len(names) else np.empty(0, dtype=object)
        return Things(chosen, scope, subject[moved], first[moved], thing[moved])

    def _told(self, rows: Statements) -> Statements:
        """The statements under the things that they are about, cut where a subject's id changed."""
        begun = self.things.stretch(rows.subject, rows.first)
        torn = np.flatnonzero(begun != self.things.stretch(rows.subject, rows.end - 1))
        thing = self.things.thing[begun]
        whole = Statements(rows.subject, thing, rows.first, rows.end, rows.values)
        whole = whole if not len(torn) else self._torn(whole, torn)
        return whole if not (whole.thing == NOBODY).any() else whole.only(whole.thing != NOBODY)

    def _torn(self, rows: Statements, torn: Ints) -> Statements:
        pieces: list[tuple[int, int, int]] = []
        for row in torn.tolist():
            own = np.flatnonzero(self.things.subject == rows.subject[row])
            starts = self.things.first[own]
            inner = starts[(starts > rows.first[row]) & (starts < rows.end[row])].tolist()
            edges = [int(rows.first[row]), *inner, int(rows.end[row])]
            pieces += [(row, first, end) for first, end in pairwise(edges)]
        rest = np.setdiff1d(np.arange(len(rows)), torn)
        row, first, end = (np.array(part, dtype=np.int64) for part in zip(*pieces, strict=True))
        source = np.concatenate([rest, row])
        first, end = np.concatenate([rows.first[rest], first]), np.concatenate([rows.end[rest], end])
        values = {name: value[source] for name, value in rows.values.items()}
        subject = rows.subject[source]
        return Statements(subject, self.things.at(subject, first), first, end, values)


def _fetched(connection: Connection, sql: str, **asked: Any) -> Sequence[Any]:
    """All rows as the driver gives them: a million rows need no names, and SQLAlchemy's take as long as the query."""
    with connection.execute(text(sql), asked) as result:
        return result.cursor.fetchall() if result.cursor is not None else []


def _card_text(rows: Iterable[dict[str, Any]]) -> str:
    """A rate card's conditional prices in the order of its overrides: conditions and prices of each together."""
    cards: dict[tuple[int, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["position"], row["conditions"] or "", str(row["effective_from"]))):
        dated = {} if row["effective_from"] is None else {"effective_from": str(row["effective_from"])}
        card = cards.setdefault(
            (row["position"], f"{row['conditions']} {row['effective_from']}"),
            {**json.loads(row["conditions"] or "{}"), **dated},
        )
        card[row["component"]] = row["amount"]
    return canonical_json(list(cards.values())) or ""
