"""The database again from the archive.

The archive is the truth and the database a view of it: `rebuild_database` makes the same database anew. An archive that
lacks captures of the database is refused: probably its disk is not mounted, or the folder is that of another catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from catalog.aliases import default_aliases
from catalog.database import open_engine, reading, sqlite_file
from catalog.errors import StoreError, UsageError
from catalog.instants import iso, micros, read_instant
from catalog.migrate import ensure_schema
from catalog.runs.ingest import Incoming, Ingest, Outcome
from catalog.runs.lock import job_lock
from catalog.runs.read_ahead import read_ahead
from catalog.runs.session import limits_of
from catalog.settings import Settings
from catalog.store import REFUSED, NewCapture, Store
from catalog.verify import content_digest
from catalog.version import VERSION
from scrapers.archive import Archive, Kept
from scrapers.document import Document
from scrapers.durable_files import sync
from scrapers.errors import ArchiveError, ParserDied
from scrapers.sidecar import Sidecar
from scrapers.source import Source, all_sources

BESIDE = ("-wal", "-shm")
"""The endings of the files that SQLite has beside a database: what is committed and not yet in it, and its index."""


class Rebuilt(NamedTuple):
    """How many captures were read from the archive, and the digest of what they made."""

    captures: int
    digest: str


def rebuild_database(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    tell: Callable[[Outcome], None] | None = None,
    may_lack: bool = False,
) -> Rebuilt:
    """Make the database anew from the archive; the old one is replaced only when the new one is whole.

    The old file is kept beside it with the ending `.before-rebuild`. Raises `UsageError` for a PostgreSQL database
    that is not empty, `StoreError` where the archive is empty or damaged, or, unless it `may_lack` some, has not all
    the captures of the database.
    """
    engine = open_engine(settings.db)
    file = sqlite_file(engine.url)
    archive = Archive(settings.data_dir / "raw")
    try:
        with job_lock(engine, settings.data_dir):
            sidecars = _sidecars(archive)
            if not sidecars:
                raise StoreError(f"{archive.root}: no archived answer is here to make a database of; is it mounted?")
            if file is None:
                _require_empty(engine)
                return _fill(engine, archive, sidecars, settings, now, tell)
            if file.exists() and not may_lack:
                require_all(engine, archive, sidecars)
            fresh = file.with_name(f".{file.name}.rebuild")
            _clear(fresh)  # what one left that was killed
            try:
                rebuilt = _rebuild_file(fresh, archive, sidecars, settings, now, tell)
                _finish(engine)
                _swap(fresh, file)
            finally:
                _clear(fresh)
            return rebuilt
    finally:
        engine.dispose()


def _rebuild_file(
    fresh: Path, archive: Archive, sidecars: list[Sidecar], settings: Settings, now: Any, tell: Any
) -> Rebuilt:
    engine = open_engine(str(fresh))
    try:
        return _fill(engine, archive, sidecars, settings, now, tell)
    finally:
        _finish(engine)


def _finish(engine: Engine) -> None:
    """Let go of a file of SQLite with all that is committed in it, and not beside it; of a damaged one, just let go."""
    with suppress(DBAPIError), engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()


def _swap(fresh: Path, file: Path) -> None:
    """Put a new file into the place of the old one, which is kept beside it; at no moment is there none.

    What is committed beside the old one and could not be brought into it goes with it: SQLite would take it for a part
    of the new one.
    """
    kept = file.with_name(f"{file.name}.before-rebuild")
    try:
        if file.exists():
            for ending in BESIDE:
                Path(f"{kept}{ending}").unlink(missing_ok=True)
            kept.unlink(missing_ok=True)
            try:
                kept.hardlink_to(file)
            except OSError:  # a file system without links
                file.replace(kept)
            for ending in BESIDE:
                if (path := Path(f"{file}{ending}")).exists():
                    path.replace(f"{kept}{ending}")
        fresh.replace(file)
        sync(file.parent)
    except OSError as error:
        raise StoreError(f"{file}: cannot be replaced: {error.strerror}") from error


def _clear(fresh: Path) -> None:
    for ending in ("", *BESIDE):
        Path(f"{fresh}{ending}").unlink(missing_ok=True)


def require_all(engine: Engine, archive: Archive, sidecars: Iterable[Sidecar], source: str | None = None) -> None:
    """Raise `StoreError` where a database has captures, of one source or of all, that are not among these sidecars.

    A database that cannot be read, which is why it is made anew, has none.
    """
    described = {(one.source, one.sha256, micros(read_instant(one.observed_at))) for one in sidecars}
    query = "SELECT s.slug, c.document_sha256, c.observed_at FROM capture c JOIN source s ON s.id = c.source_id"
    try:
        with reading(engine) as connection:
            found = connection.execute(text(f"{query} ORDER BY c.observed_at")).fetchall()
    except (DBAPIError, StoreError):
        return
    captures = [tuple(capture) for capture in found if source in (None, capture.slug)]
    lacking = [capture for capture in captures if capture not in described]
    if lacking:
        slug, sha256, observed_at = lacking[0]
        raise StoreError(
            f"{archive.root}: {len(lacking):,} of the {len(captures):,} captures that the database has are not archived"
            f" here, first {slug} at {iso(observed_at)} ({sha256[:12]}…); is it all of the right folder?"
        )


def _require_empty(engine: Engine) -> None:
    ensure_schema(engine)
    with reading(engine) as connection:
        if connection.execute(text("SELECT count(*) FROM capture")).scalar_one():
            raise UsageError("this PostgreSQL database has captures; name an empty one, fill it, and rename the two")


def _fill(
    engine: Engine,
    archive: Archive,
    sidecars: list[Sidecar],
    settings: Settings,
    now: Callable[[], datetime],
    tell: Callable[[Outcome], None] | None,
) -> Rebuilt:
    ensure_schema(engine)
    store = Store(engine, limits=limits_of(settings))
    run_id = store.start_run("rebuild", now=micros(now()), program_version=VERSION)
    count = read_archive(store, archive, sidecars, settings=settings, run_id=run_id, now=now, tell=tell)
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


def _sidecars(archive: Archive) -> list[Sidecar]:
    try:
        return list(archive.sidecars())
    except ArchiveError as error:
        raise StoreError(f"{error}; restore it from a backup, or remove it and rebuild --thinned") from error


def _document(archive: Archive, sidecar: Sidecar) -> Document:
    try:
        body = archive.body(sidecar.source, sidecar.sha256)
    except ArchiveError as error:
        raise StoreError(f"{error}; restore it from a backup, or remove its sidecar and rebuild --thinned") from error
    return Document(body, url=sidecar.url, name=sidecar.name, content_type=sidecar.content_type)


def _death(source: Source, sidecar: Sidecar) -> ParserDied | None:
    """The error of a document on which this version of the parser has died before; None for any other."""
    prefix = f"{ParserDied.code}: "
    if sidecar.parser_version != source.version or not (sidecar.reason or "").startswith(prefix):
        return None
    return ParserDied((sidecar.reason or "").removeprefix(prefix))


class _ReadOnly(Archive):
    """The archive while it is being read: what is there is not written again."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive.root)

    def describe(self, sidecar: Sidecar, *, durable: bool = True) -> Path:
        return self.root

    def put_all(self, answers: Iterable[Kept], others: Iterable[Sidecar] = ()) -> None:
        pass
