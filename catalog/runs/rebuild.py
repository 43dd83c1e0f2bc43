"""The database again from the archive, and a parser's fix over the whole history.

The archive is the truth and the database a view of it: `rebuild_database` makes the same database anew.
`replay_sources` reads the archive with the parsers of today into a database beside the real one, compares the two, and
supersedes what is read otherwise: known time moves, valid time does not.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select, text

from catalog import schema
from catalog.aliases import default_aliases
from catalog.database import open_engine, reading, sqlite_file
from catalog.errors import StoreError, UsageError
from catalog.instants import FOREVER, micros, read_instant
from catalog.judging.reconcile import Insert
from catalog.migrate import ensure_schema
from catalog.rows import Row
from catalog.runs.ingest import Incoming, Ingest, Outcome
from catalog.runs.lock import job_lock
from catalog.runs.read_ahead import read_ahead
from catalog.runs.session import limits_of
from catalog.settings import Settings
from catalog.store import ACCEPTED, REFUSED, Corrections, NewCapture, Store
from catalog.verify import content_digest
from catalog.version import VERSION
from catalog.version_tables import PAYLOAD, TABLES
from scrapers.archive import Archive, ArchiveError, Sidecar
from scrapers.document import Document
from scrapers.errors import ParserDied
from scrapers.source import Source, all_sources


class Rebuilt(NamedTuple):
    """How many captures were read from the archive, and the digest of what they made."""

    captures: int
    digest: str


class Replayed(NamedTuple):
    """How many scopes were read again, and how many versions were corrected."""

    scopes: int
    corrections: int


def rebuild_database(
    settings: Settings, *, now: Callable[[], datetime], tell: Callable[[Outcome], None] | None = None
) -> Rebuilt:
    """Make the database anew from the archive; the old one is replaced only when the new one is whole.

    The old file is kept beside it with the ending `.before-rebuild`. Raises `UsageError` for a PostgreSQL database
    that is not empty, `StoreError` where the archive is damaged.
    """
    engine = open_engine(settings.db)
    file = sqlite_file(engine.url)
    archive = Archive(settings.data_dir / "raw")
    try:
        with job_lock(engine, settings.data_dir):
            if file is None:
                _require_empty(engine)
                return _fill(engine, archive, settings, now, tell)
            descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".rebuild", dir=file.parent)
            os.close(descriptor)
            fresh = Path(name)
            try:
                rebuilt = _rebuild_file(fresh, archive, settings, now, tell)
                _swap(fresh, file)
            finally:
                for left in fresh.parent.glob(f"{fresh.name}*"):
                    left.unlink(missing_ok=True)
            return rebuilt
    finally:
        engine.dispose()


def _rebuild_file(fresh: Path, archive: Archive, settings: Settings, now: Any, tell: Any) -> Rebuilt:
    engine = open_engine(str(fresh))
    try:
        rebuilt = _fill(engine, archive, settings, now, tell)
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        return rebuilt
    finally:
        engine.dispose()


def _swap(fresh: Path, file: Path) -> None:
    try:
        for ending in ("-wal", "-shm"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
        if file.exists():
            file.replace(file.with_name(f"{file.name}.before-rebuild"))
        fresh.replace(file)
    except OSError as error:
        raise StoreError(f"{file}: cannot be replaced: {error.strerror}; the new database is {fresh}") from error


def _require_empty(engine: Engine) -> None:
    ensure_schema(engine)
    with reading(engine) as connection:
        if connection.execute(text("SELECT count(*) FROM capture")).scalar_one():
            raise UsageError("this PostgreSQL database has captures; name an empty one, fill it, and rename the two")


def _fill(
    engine: Engine,
    archive: Archive,
    settings: Settings,
    now: Callable[[], datetime],
    tell: Callable[[Outcome], None] | None,
) -> Rebuilt:
    ensure_schema(engine)
    store = Store(engine, limits=limits_of(settings))
    run_id = store.start_run("rebuild", now=micros(now()), program_version=VERSION)
    count = read_archive(store, archive, archive.sidecars(), settings=settings, run_id=run_id, now=now, tell=tell)
    store.end_run(run_id, now=micros(now()), exit_code=0, summary={"captures": count})
    with reading(engine) as connection:
        return Rebuilt(count, content_digest(connection))


def read_archive(
    store: Store,
    archive: Archive,
    sidecars: Iterable[Sidecar],
    *,
    settings: Settings,
    run_id: int,
    now: Callable[[], datetime],
    tell: Callable[[Outcome], None] | None = None,
) -> int:
    """Take archived documents again. Verdicts are a function of the set of captures; reviews are in the sidecars.

    What a person refused is not read; it stays known as refused, so that it is not held when it is brought again.
    Raises `StoreError` for a document that is missing or altered: a rebuilt history may not have silent holes.
    """
    ingest = Ingest(store, _ReadOnly(archive), run_id=run_id, now=now, aliases=default_aliases(settings.data_dir))
    wanted: list[Sidecar] = []
    for one in sidecars:
        if one.verdict == REFUSED and one.review is not None:
            store.refuse(_capture(one, run_id), one.reason)
        else:
            wanted.append(one)
    sources = [all_sources().get(one.source) for one in wanted]
    deaths = [None if source is None else _death(source, one) for source, one in zip(sources, wanted, strict=True)]
    documents = (
        (None if death else source, _document(archive, one))
        for source, death, one in zip(sources, deaths, wanted, strict=True)
    )
    costly = sum(source is not None and source.is_costly for source in sources)
    with ingest.together():
        for sidecar, death, (document, parsed) in zip(wanted, deaths, read_ahead(documents, costly), strict=True):
            incoming = Incoming(
                document,
                read_instant(sidecar.observed_at),
                source=all_sources().get(sidecar.source),
                status=sidecar.status,
                headers=sidecar.headers,
                known_at=read_instant(sidecar.known_at),
                review=sidecar.review,
                reading=death or parsed,
            )
            outcome = ingest.take(incoming)
            if tell is not None:
                tell(outcome)
    ingest.finish()
    return len(wanted)


def _capture(sidecar: Sidecar, run_id: int) -> NewCapture:
    return NewCapture(
        source=sidecar.source,
        observed_at=micros(read_instant(sidecar.observed_at)),
        known_at=micros(read_instant(sidecar.known_at)),
        document_sha256=sidecar.sha256,
        parser_version=sidecar.parser_version,
        run_id=run_id,
        url=sidecar.url,
        review=sidecar.review,
    )


def _document(archive: Archive, sidecar: Sidecar) -> Document:
    try:
        body = archive.body(sidecar.source, sidecar.sha256)
    except ArchiveError as error:
        raise StoreError(f"{error}; restore it from a backup, or remove its sidecar to leave it out") from error
    return Document(body, url=sidecar.url, name=sidecar.name, content_type=sidecar.content_type)


def _death(source: Source, sidecar: Sidecar) -> ParserDied | None:
    """What this version of the parser is known to do on a document, where that ends the process that reads it."""
    prefix = f"{ParserDied.code}: "
    if sidecar.parser_version != source.version or not (sidecar.reason or "").startswith(prefix):
        return None
    return ParserDied((sidecar.reason or "").removeprefix(prefix))


class _ReadOnly(Archive):
    """The archive while it is being read: what is there is not written again."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive.root)

    def put(self, sidecar: Sidecar, body: bytes, *, extension: str, wire: bytes | None = None) -> Path:
        return self.root

    def describe(self, sidecar: Sidecar, *, durable: bool = True) -> Path:
        return self.root

    def describe_all(self, sidecars: Iterable[Sidecar]) -> None:
        pass


def replay_sources(
    settings: Settings, sources: Iterable[str] | None = None, *, now: Callable[[], datetime]
) -> Replayed:
    """Read the archive again with the parsers of today and correct what they read otherwise."""
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
                wanted = [one for slug in (sources or all_sources()) for one in archive.sidecars(slug)]
                wanted = [one for one in wanted if one.verdict == ACCEPTED]
                read_archive(store, archive, wanted, settings=settings, run_id=run_id, now=now)
                return correct(engine, fresh, now=micros(now()), settings=settings)
            finally:
                fresh.dispose()
    finally:
        engine.dispose()


def correct(engine: Engine, fresh: Engine, *, now: int, settings: Settings) -> Replayed:
    """Supersede, scope by scope, what `fresh` (the same captures, read anew) has otherwise."""
    store = Store(engine)
    scopes = corrections = 0
    with reading(fresh) as new:
        for scope_id, source, key in new.execute(
            text("SELECT p.id, s.slug, p.key FROM scope p JOIN source s ON s.id = p.source_id")
        ).fetchall():
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
    return Replayed(scopes, corrections)


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
