"""A run that dies by SIGKILL at any step is taken up by the next, which fetches nothing again and ends the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, Stand, asks_for_endpoints, environment, failing, killed
from market import night
from nights import archived, digest_of

from catalog.questions.nothing import UNFINISHED

POINTS = 6
Drive = Callable[[Path, int], dict[str, Any]]


@pytest.fixture
def drive(stand: Stand) -> Iterator[Drive]:
    """Runs the job in a child process that is killed before its n-th step."""
    words = [sys.executable, str(Path(__file__).with_name("killed_run.py")), stand.url, night(0).isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, env=environment(), cwd=Path(__file__).parents[2], **pipes) as process:  # type: ignore[call-overload]

        def told(folder: Path, step: int) -> dict[str, Any]:
            process.stdin.write(f"{folder} {step}\n")
            process.stdin.flush()
            found: dict[str, Any] = json.loads(process.stdout.readline())
            return found

        yield told
        process.stdin.close()


@pytest.mark.slow
def test_s01_a_run_killed_at_any_step_is_taken_up_and_ends_like_an_undisturbed_one(
    stand: Stand, drive: Drive, tmp_path: Path
) -> None:
    undisturbed = drive(tmp_path / "undisturbed", 0)
    everything = stand.asked()
    steps = undisturbed["steps"]
    assert steps > 100
    points = {1 + number * (steps - 1) // (POINTS - 1) for number in range(POINTS)}

    for step in sorted(points):
        folder = tmp_path / f"killed-{step}"
        assert drive(folder, step) == {"killed": True}
        stand.asked()
        kept = archived(folder)

        again = drive(folder, 0)

        assert not again["killed"]
        assert not kept & set(stand.asked()), f"killed before step {step}: what was archived is fetched again"
        assert archived(folder) <= set(everything)
        assert again["digest"] == undisturbed["digest"], f"killed before step {step}"


def test_s01_a_killed_command_is_taken_up_by_the_next(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    """The real command with the real clock, killed while the site has its thirtieth request in hand."""
    words = ("--data-dir", "data", "scrape", *stand.mirrors, "--concurrency", "2")
    killed(stand, tmp_path, *words, when=lambda number, _: number == 30)
    kept = archived(tmp_path / "data")
    stand.asked()

    again = catalog("--data-dir", "data", "scrape", *stand.mirrors)

    assert again.returncode == 0, again.stderr
    assert kept, "nothing was archived before the end"
    assert not kept & set(stand.asked())
    verified = json.loads(catalog("--data-dir", "data", "verify", "--deep", "--format", "json").stdout)
    assert verified["ok"]
    assert verified["digest"] == digest_of(tmp_path / "data" / "catalog.db")


def test_s01_a_run_that_ended_well_is_no_reason_to_ask_less(stand: Stand, drive: Drive, tmp_path: Path) -> None:
    drive(tmp_path / "catalogue", 0)
    first = stand.asked()

    drive(tmp_path / "catalogue", 0)

    assert set(first) <= set(stand.asked())  # and the pages of those whom a page made known


def test_s01_what_a_killed_run_left_can_be_asked_before_the_next(stand: Stand, catalog: Run, tmp_path: Path) -> None:
    """The list of models is stored, and nobody was yet taken for anybody, when the first endpoints are asked for."""
    killed(stand, tmp_path, "--data-dir", "data", "scrape", *stand.mirrors, when=asks_for_endpoints)

    for question in ("models", "conflicts", "export out", "report site", "status"):
        told = catalog("--data-dir", "data", *question.split())
        expected = f"{UNFINISHED}\n" if question in ("models", "conflicts") else ""
        assert (told.returncode, told.stderr) == (0, expected), question
    late = catalog("--data-dir", "data", "status", "--max-age", "26h")
    assert late.returncode == 1
    assert late.stderr == (
        "catalog: benchable_page: nothing was ever accepted; openrouter_endpoints: nothing was ever accepted\n"
    )


def test_s01_what_a_killed_run_could_not_read_is_asked_again_by_the_next(
    stand: Stand, catalog: Run, tmp_path: Path
) -> None:
    """Otherwise the run that is taken up would end well, and nobody hear that there was no list."""
    scrape = ("--data-dir", "data", "scrape", *stand.mirrors)
    assert catalog(*scrape).returncode == 0
    stand.site.plan = failing("output_modalities", "challenge")
    killed(stand, tmp_path, *scrape, when=asks_for_endpoints)
    stand.asked()

    again = catalog(*scrape)

    assert (again.returncode, "output_modalities" in "".join(stand.asked())) == (5, True)
    assert "a bot challenge stands in place of the document" in again.stderr
