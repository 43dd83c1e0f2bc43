"""S01: what a run left undone that ended without being killed, because something could not be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import PAGES, Stand, failing
from market import night
from nights import archived, digest_of, run_night
from test_answers import ask

from catalog.errors import StoreError
from catalog.runs.sidecars import Sidecars
from catalog.store import NewCapture, Store
from scrapers.archive import Archive

ENDPOINTS = "openrouter_endpoints"


@pytest.fixture
def break_off(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], set[str]]:
    """Runs a night whose database is full when the endpoints come; gives what it archived."""
    apply = Store.apply

    def full(self: Store, capture: NewCapture, *arguments: Any, **more: Any) -> Any:
        if capture.source == ENDPOINTS:
            raise StoreError("the disk is full")
        return apply(self, capture, *arguments, **more)

    def run(folder: Path) -> set[str]:
        with monkeypatch.context() as broken:
            broken.setattr(Store, "apply", full)
            with pytest.raises(StoreError, match="the disk is full"):
                run_night(stand.url, folder, stand.clock)
        assert ask(folder, "SELECT exit_code FROM run") == [(6,)]
        stand.asked()
        return archived(folder)

    return run


def test_s01_what_was_archived_before_the_database_failed_is_stored_by_the_next_run(
    stand: Stand, break_off: Callable[[Path], set[str]], tmp_path: Path
) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "broken"
    run_night(stand.url, whole, stand.clock)
    kept = break_off(folder)
    assert any(target.endswith("/endpoints") for target in kept)

    run_night(stand.url, folder, stand.clock)

    assert not kept & set(stand.asked())
    assert digest_of(folder / "catalog.db") == digest_of(whole / "catalog.db")


def test_a_source_that_left_answers_behind_is_not_taken_to_have_moved_by_what_never_was_there(
    stand: Stand, break_off: Callable[[Path], set[str]], tmp_path: Path
) -> None:
    break_off(tmp_path)

    job = run_night(stand.url, tmp_path, stand.clock)

    report = job.reports[ENDPOINTS]
    assert len(report.absent) == report.asked > 30
    assert report.has_stored
    assert not report.seems_moved


def test_s01_what_a_run_got_that_broke_off_and_that_is_no_answer_is_asked_for_again(
    stand: Stand, break_off: Callable[[Path], set[str]], tmp_path: Path
) -> None:
    stand.clock.now = night(1)  # on which a second model has endpoints, which are those that the database breaks off at
    refused = "/api/v1/models/lab0/model-0/endpoints"
    stand.site.plan = failing(refused, "error")
    assert refused in break_off(tmp_path)
    stand.site.plan = failing("nothing", "error")

    run_night(stand.url, tmp_path, stand.clock)

    assert refused in stand.asked()


@pytest.mark.parametrize("ahead", [timedelta(hours=12), timedelta(days=365)])
def test_s07_what_a_run_got_that_broke_off_by_a_clock_that_was_ahead_is_asked_again(
    stand: Stand, break_off: Callable[[Path], set[str]], tmp_path: Path, ahead: timedelta
) -> None:
    stand.clock.now += ahead
    kept = break_off(tmp_path)
    stand.clock.now -= ahead

    run_night(stand.url, tmp_path, stand.clock)

    assert kept <= set(stand.asked())


def test_s01_what_a_run_got_that_broke_off_half_a_day_ago_is_asked_again(
    stand: Stand, break_off: Callable[[Path], set[str]], tmp_path: Path
) -> None:
    kept = break_off(tmp_path)
    stand.clock.now += timedelta(hours=12)

    run_night(stand.url, tmp_path, stand.clock)

    assert kept <= set(stand.asked())


def test_s01_a_known_document_that_was_seen_again_before_the_database_failed_is_stored_by_the_next_run(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "broken"
    for each in (whole, folder):
        run_night(stand.url, each, stand.clock)
    stand.clock.now += timedelta(hours=13)
    run_night(stand.url, whole, stand.clock)
    stand.asked()

    def full(self: Store) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "commit", full)
        with pytest.raises(StoreError, match="the disk is full"):
            run_night(stand.url, folder, stand.clock)
    seen = archived(folder, stand.clock.now)
    assert seen
    stand.asked()

    run_night(stand.url, folder, stand.clock)

    assert not seen & set(stand.asked())
    assert digest_of(folder / "catalog.db") == digest_of(whole / "catalog.db")


def test_s01_a_verdict_that_could_not_be_written_beside_its_document_is_written_by_the_next_run(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Sidecars) -> None:
        if self._stored:
            raise StoreError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Sidecars, "write_verdicts", full)
        with pytest.raises(StoreError, match="the disk is full"):
            run_night(stand.url, tmp_path, stand.clock)
    stored = ask(tmp_path, "SELECT count(*) FROM capture WHERE verdict = 'accepted'")
    assert stored == [(1,)]
    assert {one.verdict for one in Archive(tmp_path / "raw").sidecars()} == {"pending"}

    run_night(stand.url, tmp_path, stand.clock)

    assert {one.verdict for one in Archive(tmp_path / "raw").sidecars()} == {"accepted"}


@pytest.mark.parametrize(("part", "exit_code"), [("lab0/model-0-", 3), (PAGES, 5)])
def test_s01_a_run_that_ended_without_everything_is_no_reason_to_ask_less(
    stand: Stand, tmp_path: Path, part: str, exit_code: int
) -> None:
    stand.site.plan = failing(part, "challenge")
    run_night(stand.url, tmp_path, stand.clock)
    assert ask(tmp_path, "SELECT exit_code FROM run") == [(exit_code,)]
    first = set(stand.asked())
    stand.site.plan = None

    run_night(stand.url, tmp_path, stand.clock)

    assert first <= set(stand.asked())


def test_s16_a_broken_sidecar_is_told_and_keeps_no_run_from_going_on_where_one_broke_off(
    stand: Stand, break_off: Callable[[Path], set[str]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It ended every run from then on."""
    kept = break_off(tmp_path)
    broken = next((tmp_path / "raw" / ENDPOINTS).rglob("*.meta.json"))
    broken.write_text("{")
    stand.clock.now += timedelta(hours=1)

    job = run_night(stand.url, tmp_path, stand.clock)

    assert (job.session.exit_code, len(kept & set(stand.asked()))) == (0, 1)
    assert [record.message for record in caplog.records if "cannot be read" in record.message] == [
        f"{broken}: this sidecar cannot be read: Expecting property name enclosed in double quotes: line 1 column 2"
        " (char 1); `catalog verify --deep` says what is lost"
    ]
