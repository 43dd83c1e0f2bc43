"""The schema in an empty database, made once: every further SQLite file begins as a copy of the first."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from catalog import migrate
from catalog.database import open_engine, sqlite_file


def ensure_schema(engine: Engine) -> None:
    """As `migrate.ensure_schema`, in a hundredth of the time where the file is not there yet."""
    file = sqlite_file(engine.url)
    if file is not None and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_migrated(), file)
    migrate.ensure_schema(engine)


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="schema-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = open_engine(str(folder / "catalog.db"))
    migrate.ensure_schema(engine)
    engine.dispose()
    return folder / "catalog.db"
