"""The schema's way up and down, with rows and views in place, on both kinds of database."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from catalogue import Catalogue
from listings import Said, at, listing
from rated_page import rated_page
from sqlalchemy import CheckConstraint, Engine, inspect, text

from catalog import migrate
from catalog.database import open_engine, reading, sqlite_file, writing
from catalog.errors import SchemaMismatch, StoreError, UsageError
from catalog.schema import METADATA

NOW = datetime(2026, 11, 1, tzinfo=UTC)
REVISIONS = migrate.known_revisions()
SUMMARY = "Acme: One shows a 97% success rate."
RATED = "| Acme: One | Jan 02, 2025 | ★★★ | ★★★★★ | — |"


def content(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, and the definition of every view."""
    with reading(engine) as connection:
        tables = sorted(inspect(connection).get_table_names())
        found = {
            name: sorted((tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))), key=repr)
            for name in tables
        }
        views = sorted(inspect(connection).get_view_names())
        return found | {name: [(inspect(connection).get_view_definition(name),)] for name in views}


@pytest.fixture
def filled(catalogue: Catalogue) -> Catalogue:
    """A catalogue with a history, ratings included."""
    for hour in range(3):
        catalogue.take(at(hour), listing({"a/b": Said(context=1000 + hour), "c/d": Said(elo=1200 + hour)}))
    catalogue.take(at(3), rated_page(SUMMARY, RATED))
    catalogue.take(at(4), rated_page(SUMMARY.replace("97%", "99%"), RATED))
    return catalogue


@pytest.fixture
def revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations that a test may change."""
    copy = tmp_path / "migrations"
    shutil.copytree(migrate.migrations_folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "migrations_folder", lambda: copy)
    return copy / "versions"


def add_revision(folder: Path, number: str, after: str, body: str) -> None:
    (folder / f"{number}_added.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        f'revision = "{number}"\ndown_revision = "{after}"\nbranch_labels = depends_on = None\n'
        f"def upgrade():\n{body}\ndef downgrade():\n    pass\n"
    )


def test_the_program_needs_the_newest_revision() -> None:
    assert REVISIONS[-1] == migrate.HEAD
    assert len(set(REVISIONS)) == len(REVISIONS)


def test_the_models_are_what_the_migrations_make(catalogue: Catalogue) -> None:
    with reading(catalogue.engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_every_column_is_as_nullable_and_every_constraint_as_named_as_the_models_say(catalogue: Catalogue) -> None:
    with reading(catalogue.engine) as connection:
        seen = inspect(connection)
        for name, table in METADATA.tables.items():
            columns = {column["name"]: column["nullable"] for column in seen.get_columns(name)}
            assert columns == {column.name: bool(column.nullable) for column in table.columns}, name
            checks = {check["name"] for check in seen.get_check_constraints(name)}
            assert checks == {one.name for one in table.constraints if isinstance(one, CheckConstraint)}, name


def test_s13_each_step_up_down_and_up_again_keeps_rows_and_views(filled: Catalogue) -> None:
    engine = filled.engine
    before = content(engine)
    assert before["capture"]
    assert before["model_now"]
    assert len(before["rating_version"]) == 5
    for older, newer in reversed(list(pairwise(REVISIONS))):
        there = content(engine)
        migrate.downgrade(engine, older)
        assert migrate.current_revision(engine) == older
        migrate.upgrade(engine, newer, now=NOW)
        assert content(engine) == there
        migrate.downgrade(engine, older)
    migrate.upgrade(engine, now=NOW + timedelta(seconds=1))
    assert content(engine) == before


def test_s13_all_the_way_down_leaves_nothing_and_up_again_is_the_same_schema(catalogue: Catalogue) -> None:
    schema = {name: rows for name, rows in content(catalogue.engine).items() if name.endswith(("_now", "_log"))}
    migrate.downgrade(catalogue.engine, "base")
    left = {name for name in content(catalogue.engine) if name != "alembic_version"}
    assert left == set()
    migrate.upgrade(catalogue.engine, now=NOW)
    assert schema.items() <= content(catalogue.engine).items()


def test_s10_a_migration_that_fails_half_way_leaves_everything_as_it_was(filled: Catalogue, revisions: Path) -> None:
    add_revision(
        revisions,
        "9001",
        migrate.HEAD,
        '    op.execute("DROP VIEW change_log")\n'
        '    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))\n'
        "    op.execute(\"DELETE FROM drift WHERE code = 'drift_rows'\")\n"
        '    op.execute("INSERT INTO no_such_table VALUES (1)")\n',
    )
    before = content(filled.engine)
    with pytest.raises(StoreError, match="failed and was taken back"):
        migrate.upgrade(filled.engine, "9001", now=NOW)
    assert content(filled.engine) == before
    assert migrate.current_revision(filled.engine) == migrate.HEAD
    assert filled.problems() == []


def test_s10_a_first_migration_that_fails_leaves_an_empty_database(empty_db_url: str, revisions: Path) -> None:
    second = next(revisions.glob("0002_*.py"))
    second.write_text(
        second.read_text() + "\n\ndef upgrade() -> None:\n    op.execute('SELECT nothing FROM nowhere')\n"
    )
    engine = open_engine(empty_db_url)
    with pytest.raises(StoreError):
        migrate.ensure_schema(engine)
    assert content(engine) == {}
    engine.dispose()


USES: dict[str, Callable[[Engine], object]] = {
    "check": migrate.check_revision,
    "ensure": migrate.ensure_schema,
    "upgrade": lambda engine: migrate.upgrade(engine, now=NOW),
}


@pytest.mark.parametrize("use", USES)
def test_s11_an_older_program_refuses_a_newer_schema_and_names_both(filled: Catalogue, use: str) -> None:
    with writing(filled.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9002'"))
    before = content(filled.engine)
    with pytest.raises(SchemaMismatch, match=f"9002.*newer.*{migrate.HEAD}") as refused:
        USES[use](filled.engine)
    assert refused.value.exit_code == 7
    assert content(filled.engine) == before


def test_a_whole_rating_keeps_its_hash_and_the_catalogue_its_digest_however_it_is_kept(filled: Catalogue) -> None:
    before, versions = filled.digest, filled.versions
    migrate.downgrade(filled.engine, "0002")
    for name, value, stored in filled.ask("SELECT name, value, row_hash FROM rating_version WHERE dimension = 'speed'"):
        as_number = json.dumps([name, "speed", value, None], separators=(",", ":")).encode()
        assert stored == int.from_bytes(blake2b(as_number, digest_size=8).digest(), "big", signed=True)
    migrate.upgrade(filled.engine, now=NOW)
    assert filled.problems() == []
    assert (filled.digest, filled.versions) == (before, versions)


def test_a_rating_that_is_a_fraction_is_not_cut_for_an_older_schema(filled: Catalogue) -> None:
    filled.take(at(5), rated_page(SUMMARY.replace("97%", "99.5%"), RATED))
    before = content(filled.engine)
    with pytest.raises(ValueError, match="1 ratings are fractions"):
        migrate.downgrade(filled.engine, "0002")
    assert content(filled.engine) == before
    assert filled.problems() == []


@pytest.fixture
def older(filled: Catalogue) -> Catalogue:
    """A catalogue whose schema is one revision old."""
    migrate.downgrade(filled.engine, REVISIONS[-2])
    return filled


@pytest.mark.parametrize("use", ["check", "ensure"])
def test_s12_a_newer_program_says_what_to_run_on_an_older_schema(older: Catalogue, use: str) -> None:
    with pytest.raises(SchemaMismatch, match=re.escape("run `catalog db upgrade`")) as refused:
        USES[use](older.engine)
    assert REVISIONS[-2] in str(refused.value)
    assert migrate.HEAD in str(refused.value)
    assert migrate.current_revision(older.engine) == REVISIONS[-2]


def test_s12_the_upgrade_copies_a_file_first(older: Catalogue) -> None:
    before = content(older.engine)
    old, new, backup = migrate.upgrade(older.engine, now=NOW)
    assert (old, new) == (REVISIONS[-2], migrate.HEAD)
    if sqlite_file(older.engine.url) is None:
        assert backup is None
        return
    assert backup is not None
    copy = open_engine(str(backup), read_only=True)
    assert content(copy) == before
    copy.dispose()


def test_s12_an_upgrade_that_fails_keeps_the_copy(older: Catalogue, revisions: Path) -> None:
    add_revision(revisions, "9001", migrate.HEAD, '    op.execute("INSERT INTO no_such_table VALUES (1)")\n')
    before = content(older.engine)
    with pytest.raises(StoreError):
        migrate.upgrade(older.engine, "9001", now=NOW)
    assert content(older.engine) == before
    file = sqlite_file(older.engine.url)
    if file is not None:
        assert len(list(file.parent.glob(f"{file.name}.backup-*"))) == 1


@pytest.mark.parametrize(
    ("revision", "told"), [("0001", "does not lead back to 0001"), ("nope", "there are 0001, 0002")]
)
def test_an_upgrade_to_what_is_no_newer_revision_is_refused_and_copies_nothing(
    filled: Catalogue, revision: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        migrate.upgrade(filled.engine, revision, now=NOW)
    assert migrate.current_revision(filled.engine) == migrate.HEAD
    assert not list(Path(filled.db).parent.glob("*.backup-*"))


def test_a_second_upgrade_does_nothing(filled: Catalogue) -> None:
    before = content(filled.engine)
    assert migrate.upgrade(filled.engine, now=NOW) == (migrate.HEAD, migrate.HEAD, None)
    assert content(filled.engine) == before
