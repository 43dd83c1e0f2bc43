"""The rows of a table as a stream of stored batches, in an order that depends on what is said and on nothing else.

A history is read timeline by timeline: first the timelines in their order, a few thousand at a time, then their
versions, which the database keeps together. So nothing is sorted but what is at hand, whatever the size of the whole.
What is common to a timeline (whose it is, which source) is looked up here and not fetched with every row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, text

from catalog.change_log.transitions import transitions
from catalog.export.arrow import stored_array, stored_batch, stored_schema, stored_series
from catalog.export.columns import SCOPE, SOURCE, STATED, WHO, Column
from catalog.export.readers import BATCH, DriverReader, Query, Reader, Row, stored_arrays
from catalog.export.tables import Table
from catalog.instants import DAY
from catalog.questions.frames import NOW, Moment, Who, people
from catalog.questions.told import since_told
from catalog.version_tables import TABLES as VERSION_TABLES

TIMELINES = 1_024
"""Timelines whose versions are asked for at once."""

CAPTURES = 32
"""Instants whose changes are looked for at once."""

Heard = dict[tuple[str, str], list[int]]
"""The instants of the captures of each source and scope, in order."""


class Window(NamedTuple):
    """Which rows of a dated table are meant, in microseconds: final within `[start, end)`; or, if `still`, not yet."""

    start: int | None = None
    end: int | None = None
    still: bool = True

    def holds(self, final: int | None) -> bool:
        """Whether a row that became final then is meant."""
        if final is None:
            return self.still
        return (self.start is None or final >= self.start) and (self.end is None or final < self.end)

    def condition(self, column: str) -> str:
        """The same in SQL; the numbers are ours."""
        bounds = [f"{column} >= {self.start}"] * (self.start is not None)
        bounds += [f"{column} < {self.end}"] * (self.end is not None)
        inside = " AND ".join(bounds) or "1 = 1"
        return f"({inside} OR {column} IS NULL)" if self.still else f"({inside} AND {column} IS NOT NULL)"


EVERYTHING = Window()


class Rows:
    """The rows of one consistent state of the database, as it was at a moment."""

    def __init__(self, connection: Connection, moment: Moment, reader: Reader) -> None:
        self.connection = connection
        self.moment = moment
        self.reader = reader
        self.is_sqlite = connection.dialect.name == "sqlite"
        self._people: dict[int, Who] | None = None
        self._collate = "" if self.is_sqlite else ' COLLATE "C"'

    @property
    def people(self) -> dict[int, Who]:
        """Every model under its name at the moment."""
        if self._people is None:
            self._people = people(self.connection, self.moment)
        return self._people

    def of(self, table: Table, window: Window = EVERYTHING) -> Iterator[pa.RecordBatch]:
        """The stored batches of a table; the window counts where the table is dated."""
        if table.shape == "history":
            return self._history(table, window)
        if table.shape == "captures":
            return self._captures(table, window)
        if table.shape == "changes":
            return self._changes(table, window)
        return self._current(table)

    def _stream(self, sql: str) -> Iterator[list[Row]]:
        """The plain rows of a query of the moment, in portions."""
        asked = {"as_of": self.moment.as_of, "known": self.moment.known}
        return DriverReader(self.connection).rows(sql, **{name: at for name, at in asked.items() if f":{name}" in sql})

    # Current states: as many rows as there are models and endpoints, sorted here

    def _current(self, table: Table) -> Iterator[pa.RecordBatch]:
        said = [column for column in table.columns if column not in WHO]
        is_told_since = self.moment.known < NOW and STATED[-1] in said
        told = [_plain(column, "q") for column in said] + ["q.line", "q.stated_at"] * is_told_since
        sql = f"SELECT q.resolved_id, {', '.join(told)} FROM ({table.sql}) AS q WHERE {table.where}"
        rows: list[Row] = []
        for portion in self._stream(sql):
            for number, *values in portion:
                who = self.people[number]
                rows.append((who.key, who.canonical_slug, who.variant, who.model_id, *values))
        if is_told_since:
            rows = self._since_told(rows, table)
        rows.sort(key=lambda row: [(value is not None, 0 if value is None else value) for value in row])
        for start in range(0, len(rows), BATCH):
            yield stored_batch(table.columns, rows[start : start + BATCH])

    def _since_told(self, rows: list[Row], table: Table) -> list[Row]:
        """The rows, which end with their timeline and the capture that answers, since the capture that first said so of
        those that had arrived by then."""
        first = [column.name for column in table.columns].index(STATED[-1].name)
        asked = {"valid_from": [row[first] for row in rows], "line": [row[-2] for row in rows]}
        asked["stated_at"] = [row[-1] for row in rows]
        began = since_told(self.connection, self.moment, pd.DataFrame(asked), table.version)["valid_from"]
        return [(*row[:first], at, *row[first + 1 : -2]) for row, at in zip(rows, began.tolist(), strict=True)]

    # Captures

    def _captures(self, table: Table, window: Window) -> Iterator[pa.RecordBatch]:
        names = {"source": "s.slug", "scope": "p.key", "run": "c.run_id"}
        columns = ", ".join(names.get(column.name, f"c.{column.name}") for column in table.columns)
        collate = self._collate
        sql = (
            f"SELECT {columns} FROM capture c JOIN source s ON s.id = c.source_id"
            " LEFT JOIN scope p ON p.id = c.scope_id"
            f" WHERE c.observed_at <= :as_of AND c.known_at <= :known AND {window.condition('c.observed_at')}"
            f" ORDER BY s.slug{collate}, COALESCE(p.key, ''){collate}, c.observed_at, c.document_sha256, c.id"
        )
        for rows in self._stream(sql):
            yield stored_batch(table.columns, rows)

    # Changes: some captures at a time, since each change is found by comparing two

    def _changes(self, table: Table, window: Window) -> Iterator[pa.RecordBatch]:
        moments = sorted({at for heard in self._heard().values() for at in heard if window.holds(at)})
        for start in range(0, len(moments), CAPTURES):
            part = moments[start : start + CAPTURES]
            found = transitions(self.connection, self.moment, since=part[0], until=part[-1] + 1)
            arrays = [stored_series(column, found[column.name]) for column in table.columns]
            batch = pa.RecordBatch.from_arrays(arrays, schema=stored_schema(table.columns))
            for first in range(0, batch.num_rows, BATCH):
                yield batch.slice(first, BATCH)

    # Histories: timeline by timeline

    def _history(self, table: Table, window: Window) -> Iterator[pa.RecordBatch]:
        labels = [column for column in table.columns if column in (*WHO, SOURCE, SCOPE)]
        said = [column for column in table.columns if column not in labels]
        heard = self._heard() if self.moment.known < NOW else None
        for lines in self._timelines(table.version):
            query = self._versions(
                table, said, [line.id for line in lines], EVERYTHING if heard is not None else window
            )
            if heard is None:
                portions = self.reader.batches(query)
            else:
                portions = stored_arrays(_as_told(self._stream(str(query)), lines, heard, said, window), query.columns)
            named = {one.name: stored_array(one, [self._label(one, line) for line in lines]) for one in labels}
            for place, *values in portions:
                arrays = dict(zip((column.name for column in said), values, strict=True))
                arrays |= {name: array.take(place) for name, array in named.items()}
                yield pa.RecordBatch.from_arrays(
                    [arrays[column.name] for column in table.columns], schema=stored_schema(table.columns)
                )

    def _label(self, column: Column, line: _Line) -> str | None:
        if column is SOURCE:
            return line.source
        if column is SCOPE:
            return line.scope
        who = self.people[line.resolved_id]
        return who.key if column.name == "model" else getattr(who, column.name)

    def _timelines(self, kind: int) -> Iterator[list[_Line]]:
        keys = ("m.canonical_slug", "m.variant", "s.slug", "p.key", "u.key", "l.key")
        sql = (
            "SELECT l.id, m.id, s.slug, p.key FROM timeline l JOIN subject u ON u.id = l.subject_id"
            " JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id"
            " JOIN model m ON m.id = u.resolved_id"
            f" WHERE l.kind = {kind} ORDER BY {', '.join(key + self._collate for key in keys)}"
        )
        waiting: list[_Line] = []
        for rows in self._stream(sql):
            waiting += [_Line(*row) for row in rows]
            while len(waiting) >= TIMELINES:
                yield waiting[:TIMELINES]
                del waiting[:TIMELINES]
        if waiting:
            yield waiting

    def _versions(self, table: Table, said: Sequence[Column], lines: Sequence[int], window: Window) -> Query:
        """The query of the versions of some timelines, with each one's place among them. Its numbers are all ours."""
        version = VERSION_TABLES[table.version].name
        as_of, known = self.moment
        numbers = ",".join(map(str, lines))
        if self.is_sqlite:
            chosen = f"(SELECT key AS place, value AS id FROM json_each('[{numbers}]')) AS j"
        else:
            chosen = (
                "(SELECT CAST(place - 1 AS integer) AS place, id"
                f" FROM unnest(CAST('{{{numbers}}}' AS bigint[])) WITH ORDINALITY AS u(id, place)) AS j"
            )
        final = f"CASE WHEN v.valid_to > {as_of} THEN NULL ELSE v.valid_to END"
        joins = f"JOIN timeline l ON l.id = v.timeline_id {table.joins}" if table.joins else ""
        rows = (
            f"FROM {chosen} JOIN {version} v ON v.timeline_id = j.id {joins}"
            f" WHERE v.known_from <= {known} AND v.known_to > {known} AND v.valid_from <= {as_of}"
            f" AND {window.condition(f'({final})')} ORDER BY j.place, v.valid_from"
        )
        told = ["j.place", *(final if column.name == "valid_to" else _plain(column, "v") for column in said)]
        return Query((_PLACE, *said), told, rows.replace(":known", str(known)))

    def _heard(self) -> Heard:
        """When each source was heard on each scope, by what had arrived by then."""
        found: Heard = {}
        sql = (
            "SELECT s.slug, p.key, c.observed_at FROM capture c JOIN scope p ON p.id = c.scope_id"
            " JOIN source s ON s.id = p.source_id WHERE c.verdict = 'accepted' AND c.observed_at <= :as_of"
            " AND c.known_at <= :known ORDER BY c.observed_at"
        )
        for rows in self._stream(sql):
            for source, scope, at in rows:
                found.setdefault((source, scope), []).append(at)
        return found

    def newest_capture(self, before: int | None = None) -> int | None:
        """When the newest capture there was, before an instant, was made."""
        last = self.moment.as_of if before is None else min(before - 1, self.moment.as_of)
        found = self.connection.execute(
            text(
                "SELECT max(observed_at) FROM capture"
                " WHERE verdict = 'accepted' AND observed_at <= :last AND known_at <= :known"
            ),
            {"last": last, "known": self.moment.known},
        ).scalar()
        return None if found is None else int(found)

    def days(self, table: Table, window: Window = EVERYTHING) -> list[int]:
        """The days since 1970, in order, on which rows of a dated table may have become final."""
        inside = window._replace(still=False)
        if table.shape == "history" and self.moment.known >= NOW:
            source, column = f"{VERSION_TABLES[table.version].name} v WHERE v.valid_to <= :as_of", "v.valid_to"
        else:
            source, column = "capture c WHERE c.verdict = 'accepted' AND c.observed_at <= :as_of", "c.observed_at"
        sql = f"SELECT DISTINCT {column} / {DAY} FROM {source} AND {inside.condition(column)} ORDER BY 1"
        return [int(row[0]) for rows in self._stream(sql) for row in rows]


_PLACE = Column(name="place", kind="integer", description="the timeline's place among those asked for")


class _Line(NamedTuple):
    """A timeline with what all its rows have in common."""

    id: int
    resolved_id: int
    source: str
    scope: str


def _plain(column: Column, alias: str) -> str:
    """A column as text or number on either database."""
    value = column.sql or f"{alias}.{column.name}"
    if column.kind == "boolean":
        return f"CASE WHEN {value} THEN 1 WHEN NOT {value} THEN 0 END"
    return f"CAST({value} AS TEXT)" if column.kind == "date" else value


def _as_told(
    portions: Iterator[list[Row]], lines: Sequence[_Line], heard: Heard, said: Sequence[Column], window: Window
) -> Iterator[list[Row]]:
    """The versions as they stood before some captures had arrived.

    A version then began at the first capture that had been heard of it and lasted to the next one heard after it; two
    that a late capture parts were one.
    """
    names = [column.name for column in said]
    first, last = names.index("valid_from") + 1, names.index("valid_to") + 1
    unbounded: Callable[[Row], Row] = lambda row: (*row[:first], *row[first + 1 : last], *row[last + 1 :])  # noqa: E731
    ready: list[Row] = []
    held: Row | None = None
    for rows in portions:
        for row in rows:
            line = lines[row[0]]
            times = heard.get((line.source, line.scope), [])
            begin = bisect_left(times, row[first])
            end = len(times) if row[last] is None else bisect_left(times, row[last])
            if begin >= end:
                continue
            until = times[end] if end < len(times) else None
            told = (*row[:first], times[begin], *row[first + 1 : last], until, *row[last + 1 :])
            if held is not None and held[last] == told[first] and unbounded(held) == unbounded(told):
                held = (*told[:first], held[first], *told[first + 1 :])
                continue
            if held is not None and window.holds(held[last]):
                ready.append(held)
            held = told
        if ready:
            yield ready
            ready = []
    if held is not None and window.holds(held[last]):
        yield [held]
