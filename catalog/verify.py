"""Integrity: the digest of the store's content, and everything that is wrong with it.

The digest is a sum, so that the order of rows, of arrival and of the kind of database cannot matter: each accepted
capture and each version that is believed counts with the SHA-256 of what it says, under the names that the sources
gave. Numbers of rows, arrival times, runs and superseded readings are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text

from catalog.instants import FOREVER, iso
from catalog.rows import PAYLOAD, TABLES, row_hash
from scrapers.archive import Archive, ArchiveError

_MODULUS = 1 << 256


class Problem(NamedTuple):
    """Something that is not as it must be: what kind, where, and what was seen."""

    kind: str
    where: str
    message: str


def content_digest(connection: Connection) -> str:
    """The digest of everything that is believed, as 64 hexadecimal digits."""
    total = 0
    captures = connection.execute(
        text(
            "SELECT s.slug, p.key, c.observed_at, c.document_sha256 FROM capture c JOIN source s ON s.id = c.source_id"
            " JOIN scope p ON p.id = c.scope_id WHERE c.verdict = 'accepted'"
        )
    )
    for row in captures:
        total += _weight(("capture", *row))
    for kind, table in enumerate(TABLES):
        versions = connection.execute(
            text(
                "SELECT s.slug, p.key, u.key, l.key, v.valid_from, v.valid_to, v.row_hash"
                f" FROM {table.name} v JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id"
                f" JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id WHERE v.known_to = {FOREVER}"
            ),
            execution_options={"stream_results": True},
        )
        for row in versions:
            total += _weight((table.name, kind, *row))
    return f"{total % _MODULUS:064x}"


def _weight(values: tuple[Any, ...]) -> int:
    return int.from_bytes(sha256(json.dumps(values, separators=(",", ":")).encode()).digest(), "big")


def problems(connection: Connection, archive: Archive | None = None, *, deep: bool = False) -> Iterator[Problem]:
    """Everything that is wrong: damaged pages, broken intervals, altered rows; with `deep` the archive's bytes too."""
    if connection.dialect.name == "sqlite":
        yield from _damaged(connection)
    for kind, table in enumerate(TABLES):
        yield from _broken_intervals(connection, table.name)
        yield from _unheld_starts(connection, kind, table.name)
        yield from _altered_rows(connection, kind)
    if archive is not None:
        yield from _documents(connection, archive, deep=deep)


def _damaged(connection: Connection) -> Iterator[Problem]:
    for (message,) in connection.exec_driver_sql("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield Problem("damaged", "database", str(message))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        yield Problem("orphan", f"{row[0]} {row[1]}", f"refers to a row of {row[2]} that is not there")


def _broken_intervals(connection: Connection, table: str) -> Iterator[Problem]:
    rows = connection.execute(
        text(
            "SELECT timeline_id, valid_from, valid_to, following FROM (SELECT timeline_id, valid_from, valid_to,"
            " lead(valid_from) OVER (PARTITION BY timeline_id ORDER BY valid_from) AS following"
            f" FROM {table} WHERE known_to = {FOREVER}) AS ordered WHERE valid_from >= valid_to OR valid_to > following"
        )
    )
    for timeline, start, end, following in rows:
        what = "is empty" if start >= end else f"overlaps the one that begins at {iso(following)}"
        yield Problem("interval", f"{table} {timeline}", f"the version of {iso(start)} {what}")


def _unheld_starts(connection: Connection, kind: int, table: str) -> Iterator[Problem]:
    """A version can only begin, and end, at an accepted capture of its scope."""
    for edge in ("valid_from", "valid_to"):
        rows = connection.execute(
            text(
                f"SELECT v.timeline_id, v.{edge} FROM {table} v JOIN timeline l ON l.id = v.timeline_id"
                f" JOIN subject u ON u.id = l.subject_id WHERE v.known_to = {FOREVER} AND v.{edge} <> {FOREVER}"
                " AND NOT EXISTS (SELECT 1 FROM capture c WHERE c.scope_id = u.scope_id AND c.verdict = 'accepted'"
                f" AND c.observed_at = v.{edge})"
            )
        )
        for timeline, at in rows:
            yield Problem("lineage", f"{table} {timeline}", f"no accepted capture at its {edge}, {iso(at)}")


def _altered_rows(connection: Connection, kind: int) -> Iterator[Problem]:
    table, names = TABLES[kind], PAYLOAD[kind]
    columns = [table.c[name] for name in ("timeline_id", "valid_from", "row_hash", *names)]
    for timeline, start, stored, *values in connection.execute(select(*columns)):
        if row_hash(values) != stored:
            yield Problem("altered", f"{table.name} {timeline}", f"the version of {iso(start)} is not what was stored")


def _documents(connection: Connection, archive: Archive, *, deep: bool) -> Iterator[Problem]:
    rows = connection.execute(
        text("SELECT DISTINCT s.slug, c.document_sha256 FROM capture c JOIN source s ON s.id = c.source_id")
    )
    for source, digest in rows.fetchall():
        if deep:
            try:
                archive.body(source, digest)
            except ArchiveError as error:
                yield Problem("document", f"{source} {digest}", str(error))
        elif not archive.holds(source, digest):
            yield Problem("document", f"{source} {digest}", "the archived document is missing")
