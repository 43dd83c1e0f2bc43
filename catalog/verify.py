"""Integrity: the digest of the store's content, and everything that is wrong with it.

The digest is a sum, so that the order of rows, of arrival and of the kind of database cannot matter: each accepted
capture and each version that is believed counts with the SHA-256 of what it says, under the names that the sources
gave. Numbers of rows, arrival times, runs and superseded readings are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence, Set
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DatabaseError

from catalog.aliases import Alias
from catalog.instants import FOREVER, iso, micros, read_instant
from catalog.judging.state import stated_at
from catalog.judging.unheard import Unheard
from catalog.rows import prepared, row_hash
from catalog.store import ACCEPTED, HELD
from catalog.version_tables import PAYLOAD, TABLES
from catalog.worked_out import impossible_captures, mistaken_identities
from scrapers.archive import Archive
from scrapers.document import Document, Reading
from scrapers.errors import ArchiveError, DocumentError
from scrapers.source import all_sources

_MODULUS = 1 << 256
_Name = tuple[str, str, int]
"""A capture by its source, the hash of its document, and when it was."""

_ACCEPTED = text(
    "SELECT c.scope_id, c.document_sha256, c.observed_at, c.url, c.unheard, p.key, c.stated, c.rejected FROM capture c"
    " JOIN source s ON s.id = c.source_id JOIN scope p ON p.id = c.scope_id WHERE s.slug = :slug"
    " AND c.verdict = 'accepted' AND c.parser_version = :version ORDER BY c.scope_id, c.observed_at"
)


DOCUMENT = "document"
"""The kind of problem that is one of the archive."""


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


def problems(
    connection: Connection, archive: Archive | None = None, *, deep: bool = False, aliases: Sequence[Alias] = ()
) -> Iterator[Problem]:
    """Everything that is wrong: damaged pages, broken intervals, altered rows, missing documents, mistaken identities.

    With `deep` every document is read, hashed and parsed again, what it states is held against the versions, what is
    noted beside it against its capture, and what was stored once is looked for, as a database lacks it that is older
    than the archive beside it.
    """
    # Before the database is asked, which may be written to meanwhile: a verdict is written after its capture.
    judged = set(_judged(archive)) if archive is not None and deep else set()
    try:
        if connection.dialect.name == "sqlite":
            yield from _damaged(connection)
        for kind, table in enumerate(TABLES):
            yield from _broken_intervals(connection, table.name)
            yield from _unheld_starts(connection, table.name)
            yield from _altered_rows(connection, kind)
        for mistake in impossible_captures(connection):
            yield Problem("capture", *mistake)
        for mistake in mistaken_identities(connection, aliases):
            yield Problem("identity", *mistake)
        if archive is not None:
            yield from _documents(connection, archive, deep=deep)
            if deep:
                yield from _misstated(connection, archive)
                yield from _unstored(connection, judged)
    except DatabaseError as error:  # a page so damaged that it cannot even be asked
        if error.connection_invalidated:
            raise
        yield Problem("damaged", "database", f"{error.orig}; `catalog rebuild` makes it again from the archive")


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


def _unheld_starts(connection: Connection, table: str) -> Iterator[Problem]:
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
        if row_hash(kind, values) != stored:
            yield Problem("altered", f"{table.name} {timeline}", f"the version of {iso(start)} is not what was stored")


def _documents(connection: Connection, archive: Archive, *, deep: bool) -> Iterator[Problem]:
    rows = connection.execute(
        text(
            "SELECT s.slug, c.document_sha256, c.observed_at, c.known_at, c.url, c.review FROM capture c"
            " JOIN source s ON s.id = c.source_id ORDER BY s.slug, c.document_sha256, c.observed_at"
        )
    )
    last = None
    for source, digest, observed_at, *noted in rows.fetchall():
        where = f"{source} {digest}"
        try:
            if (source, digest) == last:
                pass
            elif deep:
                archive.body(source, digest)
            elif not archive.holds(source, digest):
                yield Problem(DOCUMENT, where, "the archived document is missing")
            sidecar = archive.sidecar(source, digest, iso(observed_at))
            if noted != [micros(read_instant(sidecar.known_at)), sidecar.url, sidecar.review]:
                yield Problem("capture", where, f"the capture of {iso(observed_at)} is not what is noted beside it")
        except ArchiveError as error:
            yield Problem(DOCUMENT, where, str(error))
        last = source, digest


def _judged(archive: Archive) -> Iterator[_Name]:
    """The captures that some database had, by what was written beside their documents."""
    for one in archive.readable_sidecars():
        if one.verdict in (ACCEPTED, HELD):
            yield one.source, one.sha256, micros(read_instant(one.observed_at))


def _unstored(connection: Connection, judged: Set[_Name]) -> Iterator[Problem]:
    stored = {
        tuple(row)
        for row in connection.execute(
            text("SELECT s.slug, c.document_sha256, c.observed_at FROM capture c JOIN source s ON s.id = c.source_id")
        )
    }
    for source, digest, at in sorted(judged - stored):
        yield Problem("unstored", f"{source} {digest}", f"the database lacks the capture of {iso(at)}")


def _misstated(connection: Connection, archive: Archive) -> Iterator[Problem]:
    """What a document states under today's parser and the versions do not, or the other way round."""
    for source in all_sources().values():
        rows = connection.execute(_ACCEPTED, {"slug": source.slug, "version": source.version}).fetchall()
        for scope_id, digest, observed_at, url, unheard, *read in rows:
            try:
                reading = source.parse(Document(archive.body(source.slug, digest), url=url))
            except ArchiveError:
                continue  # told above
            except DocumentError as error:
                yield Problem("misread", f"{source.slug} {digest}", f"was accepted and cannot be read: {error}")
                continue
            where = f"{source.slug} {digest}"
            if read != [reading.scope, reading.stated, reading.rejected]:
                yield Problem(
                    "capture", where, f"the capture of {iso(observed_at)} is not what its document is read as"
                )
            yield from _differences(connection, scope_id, observed_at, where, reading, unheard)


def _differences(
    connection: Connection, scope_id: int, at: int, where: str, reading: Reading, unheard: str | None
) -> Iterator[Problem]:
    stated = {
        (subject, row.kind, row.key): row.row_hash
        for (subject, _), rows in prepared(reading).made.items()
        for row in rows
    }
    silent = Unheard(unheard)

    def _is_silent(name: tuple[str, int, str]) -> bool:
        return name[0] in silent or (name not in stated and silent.is_line(*name))

    stored = {name: found for name, found in stated_at(connection, scope_id, at).items() if not _is_silent(name)}
    wrong = sorted(name for name in stated.keys() | stored.keys() if stated.get(name) != stored.get(name))
    for subject, kind, key in wrong:
        line = f"{TABLES[kind].name} of {subject}" + (f" ({key})" if key else "")
        yield Problem("misstated", where, f"{line} is not what the document of {iso(at)} states")
    voices = connection.execute(text("SELECT key, voice FROM subject WHERE scope_id = :scope"), {"scope": scope_id})
    said = {key: one.subject.voice for key, one in reading.statements.items()}
    for key, voice in voices:
        if said.get(key, voice) != voice:
            yield Problem("misstated", where, f"{key} has not the voice with which the document of {iso(at)} speaks")
