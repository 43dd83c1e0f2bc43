"""The catalogues of the real captures, each made once for all tests that only read it."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fresh_schema import ensure_schema
from made_once import made_once

from catalog.database import open_engine
from catalog.instants import instant_in_name, micros
from catalog.runs.ingest import Incoming, Ingest
from catalog.store import Store
from scrapers.archive import Archive
from scrapers.document import Document

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def real_history(factory: pytest.TempPathFactory, shared: Path, folder: str) -> Path:
    """The data folder of a catalogue that took the captures of one folder in their order."""

    def make(home: Path) -> None:
        engine = open_engine(str(home / "catalog.db"))
        ensure_schema(engine)
        store = Store(engine)
        run_id = store.start_run("test", now=micros(NOW), program_version="test")
        ingest = Ingest(store, Archive(home / "raw"), run_id=run_id, now=lambda: NOW)
        for file in sorted((shared / "openrouter" / folder).iterdir()):
            wire, at = file.read_bytes(), instant_in_name(file.name)
            assert at is not None
            ingest.take(Incoming(Document(gzip.decompress(wire), name=file.name), at, wire=wire))
        ingest.finish()
        engine.dispose()

    return made_once(factory, f"real-{folder}", make)
