"""No space, no permission, somebody else at the lock: nothing is half done, and the error says what happened."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalogue import Catalogue
from listings import Said, at, listing
from processes import UNPRIVILEGED, exit_of
from sqlalchemy import event, text

from catalog.database import open_engine, reading, writing
from catalog.errors import Busy, StoreError
from scrapers import archive as archive_module

FIRST = listing({"a/b": Said(), "c/d": Said()})
LARGE = listing({f"a{number}/model{number}": Said(context=number) for number in range(400)})


def left_over(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if ".tmp" in path.name]


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue on SQLite with one capture."""
    with Catalogue(str(tmp_path / "catalog.db"), tmp_path / "raw") as catalogue:
        catalogue.take(at(0), FIRST)
        yield catalogue


def goes_on(catalogue: Catalogue, digest: str) -> None:
    """Nothing of the failed capture is in the database, nothing half written is on the disk, and the next one works."""
    assert catalogue.digest == digest
    assert left_over(catalogue.archive.root) == []
    assert {problem.kind for problem in catalogue.problems()} == set()
    assert catalogue.take(at(2), LARGE).verdict == "accepted"
    assert catalogue.problems() == []


# No space


def test_s02_a_database_that_may_not_grow_takes_the_capture_back(begun: Catalogue) -> None:
    digest = begun.digest
    [(pages,)] = begun.ask("PRAGMA page_count")
    begun.engine.dispose()

    def full(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")  # type: ignore[attr-defined]

    event.listen(begun.engine, "connect", full)
    with pytest.raises(StoreError, match="full") as failed:
        begun.take(at(1), LARGE)
    assert failed.value.exit_code == 6
    begun.reopen()
    goes_on(begun, digest)


def test_s02_a_limit_on_the_size_of_files_leaves_no_half_written_one(begun: Catalogue) -> None:
    digest = begun.digest

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        begun.reopen()
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
        with pytest.raises(StoreError, match="cannot be written: File too large"):
            begun.take(at(1), LARGE)
        assert left_over(begun.archive.root) == []

    assert exit_of(work) == 0
    begun.reopen()
    goes_on(begun, digest)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 700 KB."""
    folder = Path(tempfile.mkdtemp(prefix="small-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    try:
        if mounted.returncode:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
        yield folder
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", "-l", folder], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def test_s02_a_full_disk_stores_nothing_of_the_capture(small_disk: Path, tmp_path: Path) -> None:
    with Catalogue(str(tmp_path / "catalog.db"), small_disk / "raw") as catalogue:
        catalogue.take(at(0), FIRST)
        digest = catalogue.digest
        (small_disk / "ballast").write_bytes(b"\0" * (shutil.disk_usage(small_disk).free - 60_000))
        with pytest.raises(StoreError, match="No space left on device"):
            catalogue.take(at(1), LARGE)
        (small_disk / "ballast").unlink()
        goes_on(catalogue, digest)


def test_s02_a_database_on_a_full_disk_takes_the_capture_back(small_disk: Path, tmp_path: Path) -> None:
    with Catalogue(str(small_disk / "catalog.db"), tmp_path / "raw") as catalogue:
        catalogue.take(at(0), FIRST)
        digest = catalogue.digest
        free = shutil.disk_usage(small_disk).free
        (small_disk / "ballast").write_bytes(b"\0" * (free - 30_000))
        with pytest.raises(StoreError):
            catalogue.take(at(1), LARGE)
        (small_disk / "ballast").unlink()
        catalogue.reopen()
        assert catalogue.digest == digest
        assert catalogue.problems() == []


# No permission


@pytest.mark.skipif(os.geteuid() != 0, reason="somebody else can only be played by root")
@pytest.mark.parametrize("closed", ["the archive", "the database's folder", "the database"])
def test_s03_somebody_who_may_not_write_is_told_so(closed: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="closed-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        with Catalogue(str(folder / "db" / "catalog.db"), folder / "raw") as begun:
            begun.take(at(0), FIRST)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, UNPRIVILEGED, UNPRIVILEGED)
        if closed == "the archive":
            os.chown(folder / "raw", 0, 0)
            for path in (folder / "raw").rglob("*"):
                os.chown(path, 0, 0)
        elif closed == "the database's folder":
            os.chown(folder / "db", 0, 0)
        else:
            (folder / "db" / "catalog.db").chmod(0o444)

        def work() -> None:
            with pytest.raises(StoreError, match=r"cannot be (written|made)") as refused:
                Catalogue(str(folder / "db" / "catalog.db"), folder / "raw").take(at(1), LARGE)
            assert refused.value.exit_code == 6
            assert str(folder) in str(refused.value)

        assert exit_of(work, user=UNPRIVILEGED) == 0
        assert left_over(folder) == []
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("number", [errno.EIO, errno.EROFS, errno.EPERM])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_s03_an_error_of_the_disk_is_told_and_leaves_no_half_written_file(
    begun: Catalogue, monkeypatch: pytest.MonkeyPatch, number: int, call: str
) -> None:
    digest = begun.digest

    def fails(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(archive_module.os, call, fails)
        with pytest.raises(StoreError, match=os.strerror(number)):
            begun.take(at(1), LARGE)
    goes_on(begun, digest)


# Somebody else


def test_s04_s06_a_second_writer_is_told_to_try_later_and_changes_nothing(catalogue: Catalogue) -> None:
    catalogue.take(at(0), FIRST)
    digest = catalogue.digest
    first = open_engine(catalogue.db)
    with writing(first), pytest.raises(Busy) as refused:
        catalogue.take(at(1), LARGE)
    first.dispose()
    assert refused.value.exit_code == 75
    assert catalogue.digest == digest
    assert catalogue.take(at(1), LARGE).verdict == "accepted"


def test_s04_two_jobs_at_once_end_with_what_one_would_have_stored(catalogue: Catalogue, tmp_path: Path) -> None:
    captures = {at(hour): listing({"a/b": Said(context=hour), f"c/d{hour % 3}": Said()}) for hour in range(8)}

    def job(order: list[object]) -> None:
        with Catalogue(catalogue.db, catalogue.archive.root, busy_timeout_ms=20_000) as mine:
            for time in order:
                mine.take(time, captures[time])  # type: ignore[index, arg-type]

    catalogue.engine.dispose()
    other = os.fork()
    if other == 0:
        try:
            job(list(captures))
        finally:
            os._exit(0)
    job(list(captures)[::-1])
    os.waitpid(other, 0)
    assert catalogue.verdicts == ["accepted"] * 8
    assert catalogue.problems() == []
    with Catalogue(str(tmp_path / "alone.db"), tmp_path / "raw-alone") as alone:
        for time in captures:
            alone.take(time, captures[time])
        assert alone.digest == catalogue.digest


def test_s05_the_lock_of_a_killed_writer_is_free_at_once(catalogue: Catalogue) -> None:
    catalogue.take(at(0), FIRST)
    catalogue.engine.dispose()

    def die_with_the_lock() -> None:
        with writing(open_engine(catalogue.db)) as connection:
            connection.execute(text("UPDATE capture SET url = 'half done'"))
            os.kill(os.getpid(), signal.SIGKILL)

    assert exit_of(die_with_the_lock) == -signal.SIGKILL
    assert catalogue.take(at(1), LARGE).verdict == "accepted"
    assert catalogue.ask("SELECT count(*) FROM capture WHERE url IS NOT NULL") == [(0,)]


def test_s06_a_reader_neither_waits_nor_makes_wait_and_sees_one_state(catalogue: Catalogue) -> None:
    catalogue.take(at(0), FIRST)
    question = text("SELECT (SELECT count(*) FROM capture), (SELECT count(*) FROM fact_version)")
    reader = open_engine(catalogue.db, read_only=True)
    with reading(reader) as connection:
        before = connection.execute(question).one()
        assert catalogue.take(at(1), LARGE).verdict == "accepted"
        assert connection.execute(question).one() == before
    with reading(reader) as connection:
        captures, versions = connection.execute(question).one()
        assert (captures, versions) == (2, 402)
    reader.dispose()


def test_a_reader_cannot_write(catalogue: Catalogue) -> None:
    catalogue.take(at(0), FIRST)
    reader = open_engine(catalogue.db, read_only=True)
    with pytest.raises(StoreError, match=r"read-?only"), reading(reader) as connection:
        connection.execute(text("DELETE FROM drift"))
    reader.dispose()
