"""A parser's fix over the whole history.

The archive is read with the parsers of today into a database beside the real one, and where the two differ the versions
of the real one are superseded: known time moves, valid time does not. What the archive lacks would look like such a
difference, so it may lack nothing. Versions cannot express that a capture belongs to another scope, or cannot be read
any more: those are counted, and corrected when the archive is rebuilt.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select, text

from catalog import schema
from catalog.aliases import default_aliases
from catalog.database import open_engine, reading
from catalog.instants import FOREVER, micros
from catalog.judging.reconcile import Insert
from catalog.migrate import ensure_schema
from catalog.rows import Row
from catalog.runs.lock import job_lock
from catalog.runs.rebuild import read_archive, require_all
from catalog.runs.session import limits_of
from catalog.settings import Settings
from catalog.store import ACCEPTED, Corrections, Store
from catalog.version import VERSION
from catalog.version_tables import PAYLOAD, TABLES
from scrapers.archive import Archive
from scrapers.source import all_sources

_BELIEVED = "accepted before"
"""The review that keeps the guard out of it: a replay corrects what was read, not which captures are believed."""


class Replayed(NamedTuple):
    """How many scopes were read again, and how many versions were corrected.

    `moved` are the captures that the parsers of today take for another scope, and `unread` those that they refuse.
    """

    scopes: int
    corrections: int
    moved: int = 0
    unread: int = 0


def replay_sources(
    settings: Settings, sources: Iterable[str] | None = None, *, now: Callable[[], datetime]
) -> Replayed:
    """Read the archive again with the parsers of today and correct what they read otherwise.

    Raises `UsageError` where there is no database to correct, and `StoreError` where the archive is damaged, or lacks
    captures that the database has.
    """
    open_engine(settings.db, read_only=True).dispose()
    engine = open_engine(settings.db)
    archive = Archive(settings.data_dir / "raw")
    try:
        with job_lock(engine, settings.data_dir), tempfile.TemporaryDirectory(prefix="catalog-replay-") as folder:
            ensure_schema(engine)
            fresh = open_engine(str(Path(folder) / "fresh.db"))
            try:
                ensure_schema(fresh)
                store = Store(fresh, limits=limits_of(settings))
                run_id = store.start_run("replay", now=micros(now()), program_version=VERSION)
                wanted = []
                chosen = list(sources or all_sources())
                for slug in chosen:
                    sidecars = list(archive.sidecars(slug))
                    require_all(engine, archive, sidecars, slug)
                    wanted += [
                        replace(one, review=one.review or _BELIEVED) for one in sidecars if one.verdict == ACCEPTED
                    ]
                read_archive(store, archive, wanted, settings=settings, run_id=run_id, now=now)
                return correct(engine, fresh, chosen, now=micros(now()), settings=settings)
            finally:
                fresh.dispose()
    finally:
        engine.dispose()


def correct(engine: Engine, fresh: Engine, sources: Iterable[str], *, now: int, settings: Settings) -> Replayed:
    """Supersede, scope by scope, what differs in `fresh`, which has the same captures of some sources, read anew.

    Scopes that a capture would leave or join are left alone: their versions would speak of captures that they lack.
    """
    store = Store(engine)
    scopes = corrections = 0
    with reading(fresh) as new:
        with reading(engine) as old:
            before, after = _scopes_of_captures(old), _scopes_of_captures(new)
        both = [(before[one][0], before[one][1], after[one][1]) for one in before.keys() & after.keys()]
        moved = [one for one in both if one[1] != one[2]]
        alone = {(source, key) for source, *keys in moved for key in keys}
        replayed = set(sources)
        unread = sum(source in replayed for source, _ in (before[one] for one in before.keys() - after.keys()))
        for scope_id, source, key in new.execute(
            text("SELECT p.id, s.slug, p.key FROM scope p JOIN source s ON s.id = p.source_id")
        ).fetchall():
            if (source, key) in alone:
                continue
            with reading(engine) as old:
                ours = old.execute(
                    text(
                        "SELECT p.id FROM scope p JOIN source s ON s.id = p.source_id WHERE s.slug = :s AND p.key = :k"
                    ),
                    {"s": source, "k": key},
                ).scalar()
                if ours is None:
                    continue
                difference = _difference(old, int(ours), new, scope_id)
            scopes += 1
            corrections += store.correct(int(ours), difference, now=now, parser_version=all_sources()[source].version)
    store.resolve(default_aliases(settings.data_dir))
    return Replayed(scopes, corrections, len(moved), unread)


def _scopes_of_captures(connection: Connection) -> dict[tuple[str, str, int], tuple[str, str]]:
    """The source and the scope of each accepted capture."""
    found = connection.execute(
        text(
            "SELECT s.slug, c.document_sha256, c.observed_at, p.key FROM capture c JOIN scope p ON p.id = c.scope_id"
            " JOIN source s ON s.id = c.source_id WHERE c.verdict = 'accepted'"
        )
    )
    return {(slug, sha256, at): (slug, key) for slug, sha256, at, key in found}


def _difference(old: Connection, old_scope: int, new: Connection, new_scope: int) -> Corrections:
    superseded: dict[int, list[tuple[int, int]]] = {}
    inserts: dict[int, list[Insert]] = {}
    voices: dict[str, int] = {}
    lines = {
        (subject, kind, key): number
        for number, subject, kind, key in old.execute(
            text(
                "SELECT l.id, u.key, l.kind, l.key FROM timeline l JOIN subject u ON u.id = l.subject_id"
                " WHERE u.scope_id = :scope"
            ),
            {"scope": old_scope},
        )
    }
    for kind in range(len(TABLES)):
        ours = {_identity(row): row for row in _live(old, kind, old_scope)}
        theirs = {_identity(row): row for row in _live(new, kind, new_scope)}
        gone = [row for name, row in ours.items() if name not in theirs]
        fresh = [row for name, row in theirs.items() if name not in ours]
        superseded[kind] = [(row.line, row.valid_from) for row in gone]
        inserts[kind] = []
        for row in fresh:
            voices[row.subject] = row.voice
            values = tuple(getattr(row, f"value_{name}") for name in PAYLOAD[kind])
            statement = Row(kind, row.key, values, row.row_hash)
            inserts[kind].append(
                Insert(row.subject, lines.get((row.subject, kind, row.key)), statement, row.valid_from, row.valid_to)
            )
    return Corrections(voices, superseded, inserts)


def _identity(row: Any) -> tuple[Any, ...]:
    return (row.subject, row.key, row.valid_from, row.valid_to, row.row_hash)


def _live(connection: Connection, kind: int, scope: int) -> list[Any]:
    table = TABLES[kind]
    line, subject = schema.Timeline.__table__, schema.Subject.__table__  # type: ignore[attr-defined]
    payload = [table.c[name].label(f"value_{name}") for name in PAYLOAD[kind]]
    query = (
        select(
            subject.c.key.label("subject"),
            subject.c.voice,
            line.c.id.label("line"),
            line.c.key,
            table.c.valid_from,
            table.c.valid_to,
            table.c.row_hash,
            *payload,
        )
        .join(line, line.c.id == table.c.timeline_id)
        .join(subject, subject.c.id == line.c.subject_id)
        .where(subject.c.scope_id == scope, table.c.known_to == FOREVER)
    )
    return list(connection.execute(query))
