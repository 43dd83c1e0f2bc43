"""A run that leaves nothing behind: the real one, on a copy of the database and with an archive of its own.

What a dry run says is what the real run would do, because it is the same code. The copy lies in a temporary folder;
documents are read from the real archive and written to the other.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.change_log.transitions import transitions
from catalog.database import database_url, is_at_rest, open_engine, reading, sqlite_file
from catalog.errors import StoreError
from catalog.instants import FOREVER, micros
from catalog.migrate import check_revision, ensure_schema
from catalog.questions.frames import Moment
from catalog.runs.copy import copy_rows
from catalog.runs.session import Session, writing_session
from catalog.settings import Settings
from catalog.store import ACCEPTED
from scrapers.archive import Archive
from scrapers.sidecar import Sidecar

if TYPE_CHECKING:
    import pandas as pd


@contextmanager
def rehearsal(settings: Settings, command: str, *, now: Callable[[], datetime]) -> Iterator[Session]:
    """A session like any other, on a copy that is thrown away. The real database is only read, without its lock."""
    with tempfile.TemporaryDirectory(prefix="catalog-dry-run-") as name:
        folder = Path(name)
        copy = folder / "catalog.db"
        _copy_database(settings, copy)
        archive = _Overlay(folder / "raw", Archive(settings.data_dir / "raw"))
        copied = replace(settings, values={**settings.values, "db": str(copy)})
        with writing_session(copied, command, now=now, archive=archive) as session:
            yield session


def new_transitions(session: Session) -> pd.DataFrame:
    """What a session's accepted captures say otherwise than those before them; see `catalog.change_log.transitions`."""
    accepted = {
        (one.source, one.scope, micros(one.observed_at))
        for one in session.summary.outcomes
        if one.verdict == ACCEPTED and one.observed_at is not None
    }
    since = min((at for *_, at in accepted), default=FOREVER)
    with reading(session.store.engine) as connection:
        found = transitions(connection, Moment(), since=since)
    keys = zip(found["source"], found["scope"], found["observed_at"], strict=True)
    mine = [(source, scope, micros(at.to_pydatetime())) in accepted for source, scope, at in keys]
    return found.loc[mine]


def _copy_database(settings: Settings, copy: Path) -> None:
    file = sqlite_file(database_url(settings.db))
    if file is not None and not file.exists():
        return
    engine = open_engine(settings.db, read_only=True)
    try:
        check_revision(engine)
        if file is not None:
            _back_up(file, copy)
            return
        target = open_engine(str(copy))
        try:
            ensure_schema(target)
            copy_rows(engine, target)
        finally:
            target.dispose()
    finally:
        engine.dispose()


def _back_up(file: Path, copy: Path) -> None:
    """One consistent state of a SQLite file, whoever is writing to it meanwhile."""
    uri = f"{file.absolute().as_uri()}?{'immutable=1' if is_at_rest(file) else 'mode=ro'}"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as origin, closing(sqlite3.connect(copy)) as target:
            origin.backup(target)
    except sqlite3.Error as error:
        raise StoreError(f"{file}: cannot be copied for a dry run: {error}") from error


class _Overlay(Archive):
    """An archive that writes to its own folder and reads from another too."""

    def __init__(self, root: Path, below: Archive) -> None:
        super().__init__(root)
        self._below = below

    def body(self, source: str, sha256: str) -> bytes:
        return super().body(source, sha256) if super().holds(source, sha256) else self._below.body(source, sha256)

    def holds(self, source: str, sha256: str) -> bool:
        return super().holds(source, sha256) or self._below.holds(source, sha256)

    def describes(self, source: str, sha256: str, observed_at: str) -> bool:
        return super().describes(source, sha256, observed_at) or self._below.describes(source, sha256, observed_at)

    def sidecar(self, source: str, sha256: str, observed_at: str) -> Sidecar:
        if super().describes(source, sha256, observed_at):
            return super().sidecar(source, sha256, observed_at)
        return self._below.sidecar(source, sha256, observed_at)

    def sidecars(self, source: str | None = None) -> Iterator[Sidecar]:
        found = {(one.source, one.observed_at, one.sha256): one for one in self._below.sidecars(source)}
        found |= {(one.source, one.observed_at, one.sha256): one for one in super().sidecars(source)}
        yield from (found[key] for key in sorted(found))
