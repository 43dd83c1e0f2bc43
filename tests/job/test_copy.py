"""`catalog copy`: from SQLite to PostgreSQL and back, whole and equal, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Run, Stand
from market import night
from nights import Clock, digest_of, run_night
from sqlalchemy import text

from catalog.database import open_engine, reading
from catalog.errors import StoreError, UsageError
from catalog.migrate import ensure_schema
from catalog.runs.copy import copy_catalogue
from catalog.schema import METADATA
from catalog.standin.captures import Captures
from catalog.standin.server import StandInSite, served
from catalog.store import fill_from


@pytest.fixture(scope="module")
def two_nights(market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two nights, to be copied."""
    folder, clock = tmp_path_factory.mktemp("two nights"), Clock(night(0))
    with served(StandInSite(Captures(market), clock)) as url:
        for number in (0, 1):
            clock.now = night(number)
            run_night(url, folder, clock)
    return folder


@pytest.fixture
def filled(two_nights: Path, tmp_path: Path) -> Path:
    """A data folder with two nights."""
    return shutil.copytree(two_nights, tmp_path / "data")


def rows(db: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a database, table by table."""
    engine = open_engine(db, read_only=True)
    with reading(engine) as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in METADATA.sorted_tables
        }
    engine.dispose()
    return found


@pytest.mark.postgres
def test_a_catalogue_goes_to_postgresql_and_back_without_a_difference(
    filled: Path, empty_postgres_url: str, tmp_path: Path
) -> None:
    here, back = str(filled / "catalog.db"), str(tmp_path / "back.db")

    there = copy_catalogue(here, empty_postgres_url, filled)
    again = copy_catalogue(empty_postgres_url, back, filled)

    assert there.digest == again.digest == digest_of(here)
    assert there.rows == again.rows > 500
    assert rows(here) == rows(empty_postgres_url) == rows(back)


@pytest.mark.postgres
def test_the_job_goes_on_in_the_copy_as_it_would_have(
    filled: Path, stand: Stand, postgres_url: str, tmp_path: Path
) -> None:
    copy_catalogue(str(filled / "catalog.db"), postgres_url, filled)
    stand.clock.now = night(2)
    run_night(stand.url, filled, stand.clock, db=postgres_url)
    there = digest_of(postgres_url)
    run_night(stand.url, filled, stand.clock)
    assert there == digest_of(filled / "catalog.db")


def test_the_command_names_the_digest_and_keeps_the_password_to_itself(filled: Path, catalog: Run) -> None:
    done = catalog("--data-dir", str(filled), "copy", "--to", "copy.db")
    assert (done.returncode, done.stdout) == (0, f"digest {digest_of(filled / 'catalog.db')}\n")
    lost = catalog("--data-dir", str(filled), "copy", "--to", "postgresql://me:hush-hush@127.0.0.1:9/x")
    assert lost.returncode == 6
    assert "hush-hush" not in lost.stderr


def test_a_database_that_has_captures_is_not_written_over(filled: Path, tmp_path: Path) -> None:
    here, copy = str(filled / "catalog.db"), str(tmp_path / "copy.db")
    copy_catalogue(here, copy, filled)
    before = rows(copy)
    with pytest.raises(UsageError, match="not empty"):
        copy_catalogue(here, copy, filled)
    (tmp_path / "link.db").symlink_to(here)
    for itself in (
        here,
        f"sqlite:///{here}",
        str(filled / ".." / filled.name / "catalog.db"),
        str(tmp_path / "link.db"),
    ):
        with pytest.raises(UsageError, match="the database itself"):
            copy_catalogue(here, itself, filled)
    assert rows(copy) == before


def test_a_copy_that_differs_is_taken_back_whole(filled: Path, tmp_path: Path) -> None:
    source, goal = open_engine(str(filled / "catalog.db"), read_only=True), open_engine(str(tmp_path / "copy.db"))
    ensure_schema(goal)

    def differs(_: object) -> None:
        raise StoreError("another digest")

    with reading(source) as connection, pytest.raises(StoreError, match="another digest"):
        fill_from(connection, goal, check=differs)
    with reading(goal) as connection:
        assert connection.execute(text("SELECT count(*) FROM capture")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM precedence")).scalar_one() > 0
    source.dispose()
    goal.dispose()


@pytest.mark.postgres
def test_a_dry_run_on_postgresql_writes_nothing(filled: Path, stand: Stand, postgres_url: str, catalog: Run) -> None:
    copy_catalogue(str(filled / "catalog.db"), postgres_url, filled)
    before = rows(postgres_url)
    stand.clock.now = night(2)
    done = catalog("--data-dir", str(filled), "--db", postgres_url, "scrape", *stand.mirrors, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "changed,price.prompt" in done.stdout
    assert rows(postgres_url) == before
