"""The Makefile and the continuous check: what a newcomer types first."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TARGETS = ["run", "test", "check", "bench", "help"]


def make(root: Path, *words: str) -> str:
    return subprocess.run(["make", "-C", str(root), *words], capture_output=True, text=True, check=True).stdout


def test_make_without_a_word_lists_every_target_with_what_it_does(root: Path) -> None:
    listed = dict(re.findall(r"^  make (\w+) +(\S.*)$", make(root), re.MULTILINE))
    assert listed.keys() >= set(TARGETS)


@pytest.mark.parametrize("target", ["run", "test", "check", "bench"])
def test_each_target_makes_the_environment_that_is_missing(root: Path, tmp_path: Path, target: str) -> None:
    steps = make(root, "--dry-run", target, f"VENV={tmp_path / 'fresh'}")
    assert f"-m venv {tmp_path / 'fresh'}" in steps
    assert "pip install" in steps
    assert steps.index("-m venv") < steps.index("pip install") < steps.rindex(f"{tmp_path / 'fresh'}/bin/")


def test_an_environment_older_than_the_project_file_is_brought_up_to_date(root: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    stamp = venv / ".installed-runtime"
    stamp.touch()
    changed = (root / "pyproject.toml").stat().st_mtime

    os.utime(stamp, (changed + 1, changed + 1))
    assert "pip install" not in make(root, "--dry-run", "run", f"VENV={venv}")
    os.utime(stamp, (changed - 1, changed - 1))
    assert "pip install" in make(root, "--dry-run", "run", f"VENV={venv}")


def test_the_continuous_check_calls_nothing_that_a_user_could_not(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [line for line in script.read_text().splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make check", "make test"]


def bench(root: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The runner of the benchmarks over two small ones of ours, the second of which fails."""
    benchmarks = folder / "benchmarks"
    benchmarks.mkdir(exist_ok=True)
    runner = Path(shutil.copy(root / "benchmarks" / "run.py", benchmarks))
    (benchmarks / "bench_page.py").write_text("print('12 pages a second')\n")
    (benchmarks / "bench_store.py").write_text("raise SystemExit(3)\n")
    return subprocess.run([sys.executable, str(runner), *words], capture_output=True, text=True, check=False)


def test_make_bench_runs_the_benchmarks_that_a_word_chooses(root: Path, tmp_path: Path) -> None:
    ran = bench(root, tmp_path, "page")
    assert (ran.returncode, ran.stdout) == (0, "== page\n12 pages a second\n")


def test_a_benchmark_that_fails_is_named_and_the_others_run(root: Path, tmp_path: Path) -> None:
    ran = bench(root, tmp_path)
    assert ran.returncode == 1
    assert "12 pages a second" in ran.stdout
    assert "bench_store" in ran.stderr


def test_a_word_that_fits_no_benchmark_is_answered_with_their_names(root: Path, tmp_path: Path) -> None:
    ran = bench(root, tmp_path, "sandwich")
    assert ran.returncode == 2
    assert "page, store" in ran.stderr
