"""An export that dies leaves the old files whole; the next one clears up after it."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from catalogue import Catalogue
from odd_catalogues import at, bytes_below, days_of_prices, exported, filled, listing, record
from processes import Steps, exit_of, kill_myself

from catalog.database import open_engine
from catalog.errors import Busy, StoreError
from catalog.export import export

LIMITED = """
import resource, sys
from pathlib import Path
from catalog.database import open_engine
from catalog.errors import StoreError
from catalog.export import export

engine = open_engine(sys.argv[1], read_only=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]),) * 2)
try:
    export(engine, Path(sys.argv[2]), format=sys.argv[3])
except StoreError as error:
    print(error)
    sys.exit(error.exit_code)
"""


@pytest.fixture
def two_states(new_catalogue: Callable[[], Catalogue]) -> tuple[Catalogue, Catalogue]:
    """A catalogue, and the same some days later."""
    return tuple(filled(new_catalogue(), days_of_prices(days)) for days in (3, 6))  # type: ignore[return-value]


def export_killed_before(step: int, db: str, target: Path, form: str) -> None:
    engine = open_engine(db, read_only=True)
    with Steps(step, kill_myself).of_disk():
        export(engine, target, format=form)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_kill_at_any_step_leaves_every_file_old_or_new(
    two_states: tuple[Catalogue, Catalogue], tmp_path: Path, form: str
) -> None:
    """E01: killed before each sync and each rename in turn, until one export gets through."""
    before, after = two_states
    exported(before, tmp_path / "old", format=form)
    exported(after, tmp_path / "new", format=form)
    old, new = bytes_below(tmp_path / "old"), bytes_below(tmp_path / "new")
    changed = {name for name in old if old[name] != new[name]}
    target = tmp_path / "target"
    exported(before, target, format=form)
    seen: set[frozenset[str]] = set()
    for step in range(1, 1000, 5):
        code = exit_of(lambda step=step: export_killed_before(step, after.db, target, form))  # type: ignore[misc]
        found = {name: content for name, content in bytes_below(target).items() if not name.startswith(".export-tmp/")}
        assert set(found) == set(old)
        assert all(content in (old[name], new[name]) for name, content in found.items())
        moved = frozenset(name for name in changed if found[name] == new[name])
        assert "datapackage.json" not in moved or moved == changed, "the descriptor comes last"
        seen.add(moved)
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert len(seen) > 2, "killed before, between and after the renames"
    assert bytes_below(target) == new


def test_nothing_that_takes_time_lies_between_two_files_that_move(
    two_states: tuple[Catalogue, Catalogue], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E01: a process that dies between them leaves files of two exports beside each other."""
    before, after = two_states
    exported(before, tmp_path, partition="day")
    done: list[str] = []
    staging = import_module("catalog.export.staging")  # a function of the package has the same name
    for module, name in ((os, "replace"), (staging, "sync"), (staging, "sha256_of")):
        real = getattr(module, name)
        monkeypatch.setattr(
            module,
            name,
            lambda *given, name=name, real=real: (done.append(name), real(*given))[1],  # type: ignore[misc]
        )
    exported(after, tmp_path, partition="day")
    moves = [at for at, name in enumerate(done) if name == "replace"]
    assert len(moves) > 10
    assert set(done[moves[0] : moves[-2] + 1]) == {"replace"}, "all but the descriptor, which comes last"


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_full_disk_changes_nothing_and_leaves_nothing(
    two_states: tuple[Catalogue, Catalogue], tmp_path: Path, form: str
) -> None:
    """S02: exit 6, the old files, no temporary one."""
    before, after = two_states
    exported(before, tmp_path / "target", format=form)
    old = bytes_below(tmp_path / "target")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, after.db, str(tmp_path / "target"), form, "2000"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == StoreError.exit_code
    assert "changed nothing" in done.stdout
    assert done.stderr == ""
    assert bytes_below(tmp_path / "target") == old
    assert not (tmp_path / "target" / ".export-tmp").exists()


def test_a_value_that_does_not_fit_changes_nothing(new_catalogue: Callable[[], Catalogue], tmp_path: Path) -> None:
    """E05 and S02: an amount of more digits than the type has ends the export, with the old files in place."""
    catalogue = filled(new_catalogue(), days_of_prices(2))
    exported(catalogue, tmp_path / "out", format="parquet")
    old = bytes_below(tmp_path / "out")
    long = "0." + "0" * 26 + "1234567"
    catalogue.take(at(9), listing(record("Lab: 0", 0, price=long)))
    with pytest.raises(StoreError, match="does not fit"):
        exported(catalogue, tmp_path / "out", format="parquet")
    assert bytes_below(tmp_path / "out") == old


def test_what_a_dead_export_left_is_cleared(odd: Catalogue, tmp_path: Path) -> None:
    """E01."""
    left = tmp_path / ".export-tmp" / "price_history" / "month=2026-05"
    left.mkdir(parents=True)
    (left / "part.csv").write_text("half a li")
    exported(odd, tmp_path, tables=["models"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage.json", "models.csv"]


def test_two_exports_into_one_folder_do_not_mix(odd: Catalogue, tmp_path: Path) -> None:
    lock = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="another process exports"):
            exported(odd, tmp_path)
    finally:
        os.close(lock)


@pytest.mark.parametrize("place", ["changes.csv/mine", "price_history"])
def test_what_stands_in_the_place_of_a_file_ends_the_export_before_any_moves(
    two_states: tuple[Catalogue, Catalogue], tmp_path: Path, place: str
) -> None:
    out = tmp_path / "out"
    exported(two_states[0], out, tables=["models", "prices"])
    (out / place).parent.mkdir(exist_ok=True)
    (out / place).write_text("mine")
    old = bytes_below(out)
    try:
        exported(two_states[1], out, partition=None if "/" in place else "month")
    except StoreError as error:
        told = str(error)
    assert bytes_below(out) == old
    assert "something else stands" in told


def test_a_target_that_is_a_file_is_an_error(odd: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(StoreError, match="cannot be used as a folder"):
        exported(odd, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"
