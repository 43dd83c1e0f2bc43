"""What a transaction is going to write, kept until something asks for it or the transaction ends.

A bulk of rows goes to the driver at once, and a version that begins and ends while it waits is written once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from catalog.instants import FOREVER
from catalog.store.tables import CAPTURE, DRIFT, HEAD, SCOPE, SOURCE, SUBJECT, TIMELINE, insert_rows
from catalog.version_tables import TABLES
from scrapers.document import Group

FIRST = ("timeline_id", "valid_from", "known_to", "valid_to", "known_from", "row_hash")
"""The columns that every version table begins with, in the order in which new rows give them."""

_VALID_TO = FIRST.index("valid_to")
_BOUNDS = ("valid_to", "valid_from")

_ORDER = (SOURCE, SCOPE, CAPTURE, DRIFT, SUBJECT, TIMELINE, *TABLES, HEAD)
"""The tables in the order in which rows can be inserted: what is referred to comes first."""

ANALYZED_AFTER = 1_000
"""New rows in a table after which PostgreSQL is to look at it again."""


class Waiting:
    """Rows to insert, versions to end, and what the newest captures say of subjects and their groups."""

    def __init__(self) -> None:
        self._grown: Counter[str] = Counter()
        self.forget()

    def forget(self) -> None:
        """Drop everything that waits."""
        self._rows: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._open: list[dict[int, int]] = [{} for _ in TABLES]
        self._moved: dict[str, list[list[tuple[int, int, int]]]] = {column: [[] for _ in TABLES] for column in _BOUNDS}
        self._subjects: dict[int, tuple[int, str, int]] = {}
        self._wholes: dict[int, int | None] = {}
        self._heads: dict[tuple[int, Group], int | None] = {}

    def add(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows with all columns of the table, in their order."""
        self._rows[table.name] += rows

    def begin(self, kind: int, version: tuple[Any, ...]) -> None:
        """A version that is open: it begins with what `FIRST` names."""
        rows = self._rows[TABLES[kind].name]
        self._open[kind][version[0]] = len(rows)
        rows.append(version)

    def end(self, kind: int, timeline_id: int, start: int, at: int) -> None:
        """The version that began at `start` ends at `at`, later or sooner than before; an open one may still wait."""
        place = self._open[kind].pop(timeline_id, None)
        if place is None:
            self.move(kind, "valid_to", timeline_id, start, at)
        else:
            rows = self._rows[TABLES[kind].name]
            rows[place] = (*rows[place][:_VALID_TO], at, *rows[place][_VALID_TO + 1 :])

    def move(self, kind: int, column: str, timeline_id: int, start: int, to: int) -> None:
        """A stored version, that began at `start`, has its `valid_to` or its `valid_from` moved."""
        self._moved[column][kind].append((to, timeline_id, start))

    def open_version(self, kind: int, timeline_id: int) -> tuple[Any, ...] | None:
        """The version of a timeline that is open, where it waits."""
        place = self._open[kind].get(timeline_id)
        return None if place is None else self._rows[TABLES[kind].name][place]

    def add_subject(self, number: int, scope_id: int, key: str, voice: int) -> None:
        """A subject that is new; its fingerprint may follow."""
        self._subjects[number] = scope_id, key, voice

    def set_whole(self, subject: int, whole: int | None) -> None:
        """The fingerprint of all that the newest capture says of a subject; None where that is nothing."""
        self._wholes[subject] = whole

    def set_head(self, subject: int, group: Group, mark: int | None) -> None:
        """The fingerprint of one group of a subject in the newest capture; None where it is not stated."""
        self._heads[subject, group] = mark

    def write(self, connection: Connection) -> None:
        """Write it all: what ends before what begins, so that no timeline ever has two open versions."""
        for column, kinds in self._moved.items():
            for kind, moved in enumerate(kinds):
                if moved:
                    connection.exec_driver_sql(_with_marks(connection, _change_of(kind, column)), moved)
        for number, (scope_id, key, voice) in self._subjects.items():
            self.add(SUBJECT, [(number, scope_id, key, voice, None, None, self._wholes.pop(number, None))])
        heads: list[tuple[int, Group, int]] = []
        gone: list[tuple[int, Group]] = []
        for (subject, group), mark in self._heads.items():
            if mark is None:
                gone.append((subject, group))
            elif subject in self._subjects:
                self.add(HEAD, [(subject, group, mark)])
            else:
                heads.append((subject, group, mark))
        for table in _ORDER:
            if rows := self._rows.get(table.name):
                insert_rows(connection, table, rows)
                self._grown[table.name] += len(rows)
        wholes = [(whole, number) for number, whole in self._wholes.items()]
        statements: tuple[tuple[str, list[Any]], ...]
        statements = (_FINGERPRINT, wholes), (_HEAD_GONE, gone), (_HEAD_STANDS, heads)
        for statement, values in statements:
            if values:
                connection.exec_driver_sql(_with_marks(connection, statement), values)
        self.forget()
        if connection.dialect.name == "postgresql":
            self._analyze(connection)

    def _analyze(self, connection: Connection) -> None:
        """Let PostgreSQL look at the tables that have grown: until it does, it takes them for empty and scans them."""
        for name in [name for name, rows in self._grown.items() if rows >= ANALYZED_AFTER]:
            connection.exec_driver_sql(f"ANALYZE {name}")
            del self._grown[name]


@cache
def _change_of(kind: int, column: str) -> str:
    """The statement that sets one column of the believed version of a timeline with a start."""
    mine = f"timeline_id = ? AND valid_from = ? AND known_to = {FOREVER}"
    return f"UPDATE {TABLES[kind].name} SET {column} = ? WHERE {mine}"


_FINGERPRINT = "UPDATE subject SET fingerprint = ? WHERE id = ?"
_HEAD_GONE = "DELETE FROM head WHERE subject_id = ? AND group_name = ?"
_HEAD_STANDS = (
    "INSERT INTO head (subject_id, group_name, fingerprint) VALUES (?, ?, ?)"
    " ON CONFLICT (subject_id, group_name) DO UPDATE SET fingerprint = excluded.fingerprint"
)


def _with_marks(connection: Connection, statement: str) -> str:
    """The statement as the driver wants it."""
    return statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")


assert all(tuple(table.columns.keys()[: len(FIRST)]) == FIRST for table in TABLES)
