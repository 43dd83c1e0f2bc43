"""The schema's revision: what the database has, what this program needs, and the way from one to the other.

Alembic runs the revisions in `migrations/` (in the wheel: `catalog/migrations/`). It is imported only when there is
something to run: a job that finds the schema as it should be reads one row and goes on.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError

from catalog.database import shown_database, sqlite_file, translated, writing
from catalog.errors import SchemaMismatch, StoreError, UsageError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0006"
"""The revision that this program reads and writes; a test holds it against the newest file in `migrations/`."""


def migrations_folder() -> Path:
    """Where the revisions are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def known_revisions() -> list[str]:
    """Every revision that this program knows, oldest first."""
    return sorted(path.name.split("_")[0] for path in (migrations_folder() / "versions").glob("[0-9]*_*.py"))


def current_revision(engine: Engine) -> str | None:
    """The database's revision; None for a database without a schema. Raises `StoreError` where it is no database."""
    with translated(engine), engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    try:
        if not inspect(connection).has_table("alembic_version"):
            return None
    except DatabaseError as error:
        if "readonly database" in str(error.orig):
            name = shown_database(connection.engine.url)
            raise StoreError(
                f"{name}: cannot be read in a folder that cannot be written, because SQLite keeps two files beside a"
                " database that is in use; ask from an account that may write there, or ask a copy"
            ) from error
        raise
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def check_revision(engine: Engine) -> None:
    """Refuse a database whose schema is not this program's. Raises `SchemaMismatch`, which names both revisions."""
    found = current_revision(engine)
    if found == HEAD:
        return
    name = shown_database(engine.url)
    if found is None:
        raise SchemaMismatch(f"{name}: no schema yet; `catalog db upgrade` makes it (this program needs {HEAD})")
    if found in known_revisions():
        raise SchemaMismatch(f"{name}: schema {found} is older than this program's {HEAD}; run `catalog db upgrade`")
    raise SchemaMismatch(
        f"{name}: schema {found} is newer than this program's {HEAD}; install the newer program, nothing was touched"
    )


def ensure_schema(engine: Engine) -> bool:
    """Make the schema in an empty database; refuse one of another revision. True where it was made."""
    if current_revision(engine) is None:
        _run(engine, "upgrade", "head")
        return True
    check_revision(engine)
    return False


def upgrade(engine: Engine, revision: str = "head", *, now: datetime) -> tuple[str | None, str | None, Path | None]:
    """Bring the schema to a revision; all of it or, where a step fails, nothing.

    A SQLite file that has a schema is copied beside itself first. Returns the old revision, the new one, and the copy.
    Raises `UsageError` for a revision that there is not, and for an older one.
    """
    known = known_revisions()
    target = HEAD if revision == "head" else revision
    if target not in known:
        raise UsageError(f"no revision {target!r}; there are {', '.join(known)}")
    before = current_revision(engine)
    if before is not None and before not in known:
        check_revision(engine)
    if before is not None and before > target:
        raise UsageError(f"the database is at {before} already, and an upgrade does not lead back to {target}")
    backup = _backup(engine, before, now) if before not in (None, target) else None
    if before != target:
        _run(engine, "upgrade", revision)
    return before, current_revision(engine), backup


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to a revision (`base`: none); for tests and for leaving."""
    _run(engine, "downgrade", revision)


def _backup(engine: Engine, revision: str | None, now: datetime) -> Path | None:
    file = sqlite_file(engine.url)
    if file is None:
        return None
    copy = file.with_name(f"{file.name}.backup-{revision}-{now:%Y%m%dT%H%M%SZ}")
    half = copy.with_name(f"{copy.name}.tmp")
    raw = engine.raw_connection()
    try:
        half.unlink(missing_ok=True)
        raw.cursor().execute("VACUUM INTO ?", (str(half),))
        half.replace(copy)
    except (sqlite3.Error, OSError) as error:
        half.unlink(missing_ok=True)
        raise StoreError(f"{copy}: the copy before the upgrade failed: {error}; nothing was changed") from error
    finally:
        raw.close()
    return copy


def _run(engine: Engine, direction: str, revision: str) -> None:
    from alembic import command

    with writing(engine) as connection:
        config = _config(connection)
        try:
            getattr(command, direction)(config, revision)
        except DBAPIError as error:
            raise StoreError(f"the {direction} to {revision} failed and was taken back: {error.orig}") from error


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
