"""S01: a rebuild that dies leaves a database in its place, the old one or the new one, and nothing that stays."""

from __future__ import annotations

import shutil
import signal
import sys
from itertools import count
from pathlib import Path

import pytest
from catalogue import NOW, Catalogue
from fresh_schema import ensure_schema
from listings import Said, at, listing
from processes import exit_of, kill_myself

from catalog.database import open_engine, reading
from catalog.runs.rebuild import rebuild_database
from catalog.settings import read_settings
from catalog.verify import content_digest

MOVES = frozenset(("os.rename", "os.link", "os.remove"))


def digest_of(file: Path) -> str:
    engine = open_engine(str(file), read_only=True)
    with reading(engine) as connection:
        found = content_digest(connection)
    engine.dispose()
    return found


def rebuild(home: Path) -> None:
    flags = {"data_dir": str(home), "db": str(home / "catalog.db")}
    rebuild_database(read_settings(flags, environment={}, folder=home), now=lambda: NOW)


def rebuild_killed_before(number: int, home: Path) -> None:
    """Killed before the n-th file moves or goes, counted from the moment at which the new database is whole."""
    steps = count(1)

    def hear(event: str, given: tuple[object, ...]) -> None:
        if event in MOVES and "catalog.db" in str(given[0]) and next(steps) == number:
            kill_myself()

    sys.addaudithook(hear)
    rebuild(home)


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A catalogue whose last writer was killed, with what it committed beside the file of the database."""
    home = tmp_path / "home"

    def write() -> None:
        catalogue = Catalogue(str(home / "catalog.db"), home / "raw")
        for day in range(3):
            catalogue.take(at(24 * day), listing({"lab/one": Said(context=64_000 + day), "lab/two": Said()}))
        kill_myself()

    assert exit_of(write) == -signal.SIGKILL
    assert (home / "catalog.db-wal").stat().st_size > 0
    return home


@pytest.mark.slow
@pytest.mark.parametrize("has_links", [True, False])
def test_s01_a_rebuild_that_is_killed_leaves_a_database_in_its_place(
    killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", refused)
    monkeypatch.setattr("catalog.runs.rebuild.ensure_schema", ensure_schema)
    shutil.copytree(killed, tmp_path / "whole")
    digest = digest_of(tmp_path / "whole" / "catalog.db")
    lacking = 0
    for number in count(1):
        home = tmp_path / f"killed-{number}"
        shutil.copytree(killed, home)
        code = exit_of(lambda number=number, home=home: rebuild_killed_before(number, home))  # type: ignore[misc]
        if (home / "catalog.db").exists():
            assert digest_of(home / "catalog.db") == digest
        else:
            lacking += 1
        rebuild(home)
        assert not list(home.glob(".catalog.db*"))
        assert digest_of(home / "catalog.db") == digest
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert number > 3
    assert lacking == (0 if has_links else 1)
    assert digest_of(home / "catalog.db.before-rebuild") == digest


def test_what_is_committed_beside_the_old_database_stays_with_it(killed: Path) -> None:
    digest = digest_of_copy(killed)
    rebuild(killed)
    assert digest_of(killed / "catalog.db.before-rebuild") == digest
    assert not list(killed.glob(".catalog.db*"))


def digest_of_copy(home: Path) -> str:
    """Of a copy, because a reader that comes to its end brings into the file what lies beside it."""
    copy = home.with_name("copy")
    shutil.copytree(home, copy)
    return digest_of(copy / "catalog.db")
