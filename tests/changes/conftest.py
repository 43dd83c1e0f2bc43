"""Catalogues for the tests of the change log: made of captures that the tests write, or of the real ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fresh_schema import ensure_schema
from no_doubt import NEVER_IN_DOUBT
from real_histories import real_history
from sqlalchemy import Engine

from catalog.database import open_engine
from catalog.instants import read_instant
from catalog.runs.ingest import Incoming, Ingest
from catalog.store import Store
from scrapers.archive import Archive
from scrapers.document import Document


class Kept:
    """A catalogue in a folder, and the way to fill it."""

    def __init__(self, folder: Path, database: str | None = None) -> None:
        self.folder = folder
        self.engine: Engine = open_engine(database or str(folder / "catalog.db"))
        ensure_schema(self.engine)
        self._store = Store(self.engine, limits=NEVER_IN_DOUBT)
        self._run = self._store.start_run("test", now=0, program_version="0")

    def take(self, captures: Mapping[str, Any], *, known_at: str | None = None, url: str | None = None) -> None:
        """Store answers by their times; a list of models stands for the listing of them, a text for a page."""
        known = read_instant(known_at or "2030-01-01")
        ingest = Ingest(self._store, Archive(self.folder / "raw"), run_id=self._run, now=lambda: known)
        for at, answer in captures.items():
            stated = {"data": answer} if isinstance(answer, list) else answer
            body = (stated if isinstance(stated, str) else json.dumps(stated)).encode()
            outcome = ingest.take(Incoming(Document(body, url=url), read_instant(at)))
            assert outcome.verdict == "accepted", outcome
        ingest.finish()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def kept_in() -> type[Kept]:
    """Makes a catalogue in a folder, for tests that need many."""
    return Kept


@pytest.fixture(scope="session")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Kept]:
    """The catalogue of one folder of real captures, made once."""
    made: dict[str, Kept] = {}

    def catalogue(folder: str) -> Kept:
        if folder not in made:
            mine = tmp_path_factory.mktemp(folder)
            shutil.copy(real_history(tmp_path_factory, shared, folder) / "catalog.db", mine)
            made[folder] = Kept(mine)
        return made[folder]

    return catalogue


MODEL: dict[str, Any] = {
    "id": "maker/one",
    "canonical_slug": "maker/one-20260101",
    "name": "Maker: One",
    "description": "A model.",
    "created": 1_767_225_600,
    "context_length": 128_000,
    "hugging_face_id": None,
    "architecture": {
        "input_modalities": ["text"],
        "output_modalities": ["text"],
        "modality": "text->text",
        "tokenizer": "Other",
        "instruct_type": None,
    },
    "pricing": {"prompt": "0.000001", "completion": "0.000002"},
    "top_provider": {"context_length": 128_000, "max_completion_tokens": 8192, "is_moderated": False},
    "per_request_limits": None,
    "supported_parameters": ["temperature", "tools"],
}


@pytest.fixture(scope="session")
def model() -> Callable[..., dict[str, Any]]:
    """A record of the listing, `maker/<name>`, with some of its values other than usual."""

    def record(name: str = "one", **other: Any) -> dict[str, Any]:
        slug, _, _ = name.partition(":")
        return {**MODEL, "id": f"maker/{name}", "canonical_slug": f"maker/{slug}-20260101", "name": name, **other}

    return record
