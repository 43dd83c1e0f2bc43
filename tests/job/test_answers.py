"""What becomes of single answers in a run: stale copies, other clocks, parsers that fail."""

from __future__ import annotations

import gzip
import logging
import os
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import PAGES, Stand, failing
from market import night
from nights import Clock, digest_of, plan_for, run_night
from sqlalchemy import text

from catalog.database import open_engine, reading
from catalog.runs.ingest import Outcome
from catalog.runs.job import Job, SourceReport
from catalog.runs.rebuild import rebuild_database
from catalog.runs.rehearsal import rehearsal
from catalog.settings import read_settings
from catalog.standin.captures import Captures
from catalog.standin.server import StandInSite, served
from catalog.verify import Problem, problems
from scrapers import source as sources
from scrapers.archive import Archive
from scrapers.document import Document, Reading
from scrapers.source import all_sources

LISTING = "openrouter_models"


def ask(folder: Path, query: str) -> list[Any]:
    engine = open_engine(str(folder / "catalog.db"), read_only=True)
    with reading(engine) as connection:
        found = list(connection.execute(text(query)).fetchall())
    engine.dispose()
    return found


def price(folder: Path) -> list[tuple[str, str]]:
    """Every headline price for prompts."""
    query = "SELECT model_id, usd FROM price_now WHERE component = 'prompt' AND provider IS NULL ORDER BY model_id"
    return [tuple(row) for row in ask(folder, query)]


def test_n12_what_took_three_attempts_is_stored_with_their_number(stand: Stand, tmp_path: Path) -> None:
    stand.site.plan = lambda number, target: "503" if number <= 2 else None
    run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, sources=(LISTING,)))
    (kept,) = Archive(tmp_path / "raw").sidecars(LISTING)
    assert (kept.verdict, kept.attempts) == ("accepted", 3)


def test_n30_a_stale_copy_takes_its_place_in_the_past_and_overwrites_nothing(
    stand: Stand, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plan = plan_for(stand.url, sources=(LISTING,))
    stand.clock.now = night(3)
    run_night(stand.url, tmp_path, stand.clock, plan=plan)
    newest = price(tmp_path)
    stand.clock.now += timedelta(minutes=20)
    stand.site.plan = lambda number, target: "stale"

    job = run_night(stand.url, tmp_path, stand.clock, plan=plan)

    (outcome,) = job.reports[LISTING].outcomes
    assert outcome.verdict == "accepted"
    assert outcome.observed_at == night(2) - timedelta(hours=1)
    assert price(tmp_path) == newest
    (said,) = [one for one in caplog.records if getattr(one, "event", "") == "out_of_order"]
    assert "it is of 2026-03-03T02:17:00Z, and that of 2026-03-04T03:17:00Z stays the newest" in said.getMessage()


def test_n11_an_outage_in_the_night_costs_a_source_nothing(stand: Stand, market: Path, tmp_path: Path) -> None:
    """It cost the rest of the night: each address that was left would be told as not asked."""
    run_night(stand.url, tmp_path / "quiet", stand.clock)
    stand.site.served.clear()
    stand.site.plan = lambda number, target: "503" if 5 < number <= 12 else None

    job = run_night(stand.url, tmp_path / "troubled", stand.clock, limits={"breaker_failures": 5})

    lost = [message for report in job.reports.values() for message in report.failed]
    assert len(lost) <= 3
    assert not [message for message in lost if "not asked" in message]
    assert job.exit_code == 3

    run_night(stand.url, tmp_path / "troubled", stand.clock)
    assert digest_of(tmp_path / "troubled" / "catalog.db") == digest_of(tmp_path / "quiet" / "catalog.db")


def test_what_one_site_says_of_its_answer_is_not_asked_of_another(stand: Stand, market: Path, tmp_path: Path) -> None:
    """Two sites may give the same tag to different answers, and a tag that fits would be taken for "not modified"."""
    run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, sources=(LISTING,)))
    asked: list[str | None] = []

    class Other(StandInSite):
        def reply(self, target: str, headers: Mapping[str, str]) -> Any:
            asked.append(headers.get("if-none-match"))
            return super().reply(target, headers)

    stand.clock.now += timedelta(minutes=20)
    with served(Other(Captures(market), stand.clock)) as url:
        for unchanged in (0, 1):
            job = run_night(url, tmp_path, stand.clock, plan=plan_for(url, sources=(LISTING,)))
            assert job.reports[LISTING].unchanged == unchanged
            stand.clock.now += timedelta(minutes=20)
    assert (asked[0], asked[-1] is None) == (None, False)


def test_s07_a_clock_that_differs_from_the_host_is_said_once(
    stand: Stand, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="catalog.runs.job"):
        run_night(stand.url, tmp_path / "right", stand.clock)
        assert "clock" not in caplog.text
        run_night(stand.url, tmp_path / "wrong", Clock(stand.clock.now + timedelta(minutes=6)))
    assert len([one for one in caplog.records if "its clock says" in one.message]) == 1


def test_s07_a_night_that_seems_earlier_than_the_one_before_is_stored_at_its_time(stand: Stand, tmp_path: Path) -> None:
    """The clock of this machine went back by an hour; the store is that of nights in order."""
    for folder, hours in (("straight", (0, 1)), ("back", (1, 0))):
        for hour in hours:
            run_night(stand.url, tmp_path / folder, Clock(night(0) + timedelta(hours=hour)))
    assert digest_of(tmp_path / "back" / "catalog.db") == digest_of(tmp_path / "straight" / "catalog.db")


@pytest.mark.parametrize("damage", ["flipped", "cut"])
def test_n29_an_archived_answer_that_was_damaged_is_fetched_and_archived_again(
    stand: Stand, tmp_path: Path, damage: str
) -> None:
    run_night(stand.url, tmp_path, stand.clock)
    blob = next(path for path in (tmp_path / "raw" / LISTING).glob("*/*.gz"))
    whole = blob.read_bytes()
    middle = len(whole) // 2
    blob.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :] if damage == "flipped" else b"x")
    assert [one.kind for one in problems_of(tmp_path)] == ["document"]

    stand.clock.now += timedelta(hours=13)
    run_night(stand.url, tmp_path, stand.clock)

    assert gzip.decompress(blob.read_bytes()) == gzip.decompress(whole)
    assert problems_of(tmp_path) == []


def problems_of(folder: Path) -> list[Problem]:
    engine = open_engine(str(folder / "catalog.db"), read_only=True)
    with reading(engine) as connection:
        found = list(problems(connection, Archive(folder / "raw"), deep=True))
    engine.dispose()
    return found


def test_of_every_address_that_is_announced_it_is_told_that_it_is_done(stand: Stand, tmp_path: Path) -> None:
    """Also of those that are not there, and of those that are not asked because their source is closed."""
    stand.site.plan = failing(PAGES, "challenge")
    announced: list[int] = []
    told: list[Outcome | None] = []

    def tell(more: int | None, outcome: Outcome | None) -> None:
        if more is None:
            told.append(outcome)
        else:
            announced.append(more)

    job = run_night(stand.url, tmp_path, stand.clock, tell=tell)

    report = job.reports["benchable_page"]
    assert report.is_closed
    assert any("not asked" in message for message in report.failed)
    assert job.reports["openrouter_endpoints"].absent
    assert len(told) == sum(announced)
    assert len([one for one in told if one is not None]) == len(job.session.summary.outcomes)


def test_a_source_whose_answer_waits_for_a_person_gave_something_though_others_failed() -> None:
    report = SourceReport("benchable_page", failed=["https://benchable.ai/models/a: 500"])
    assert report.has_nothing
    report.outcomes.append(Outcome("held", "b"))
    assert not report.has_nothing


@pytest.fixture
def broken_parser() -> Any:
    """Puts a parser that fails on some documents into the registry of sources, and takes it out again."""
    registry = all_sources()
    original = registry[LISTING.replace("models", "endpoints")]

    def put(fails: Callable[[Document], bool]) -> None:
        def parse(document: Document) -> Reading:
            if fails(document):
                raise KeyError("a field that was always there")
            return original.parse(document)

        registry[original.slug] = replace(original, parse=parse)

    assert sources.all_sources() is registry
    yield put
    registry[original.slug] = original


def test_p22_a_parser_that_fails_costs_one_document(stand: Stand, tmp_path: Path, broken_parser: Any) -> None:
    stand.clock.now = night(2)  # three models have endpoints
    broken_parser(lambda document: "model-1/" in document.url)

    job: Job = run_night(stand.url, tmp_path, stand.clock)

    report = job.reports["openrouter_endpoints"]
    assert (report.count("accepted"), report.count("refused"), job.exit_code) == (2, 1, 3)
    (refused,) = [one for one in report.outcomes if one.verdict == "refused"]
    assert refused.code == "parser_failed"
    assert refused.reason is not None
    assert "a field that was always there" in refused.reason
    (kept,) = ask(tmp_path, "SELECT reason FROM capture WHERE verdict = 'refused'")
    assert "KeyError" in kept.reason


def test_p22_what_a_parser_failed_on_is_read_by_a_rebuild_with_the_mended_one(
    stand: Stand, tmp_path: Path, broken_parser: Any
) -> None:
    """What a person refused stays refused; that a parser could not read something is no such verdict."""
    broken_parser(lambda document: True)
    assert run_night(stand.url, tmp_path, stand.clock).reports["openrouter_endpoints"].count("refused") == 1
    broken_parser(lambda document: False)
    flags = {"data_dir": str(tmp_path), "db": str(tmp_path / "catalog.db")}
    rebuild_database(read_settings(flags, environment={}, folder=tmp_path), now=stand.clock)
    assert ask(tmp_path, "SELECT count(*) FROM capture WHERE verdict = 'refused'") == [(0,)]
    assert ask(tmp_path, "SELECT count(*) FROM endpoint_now")[0][0] > 0


def test_a_dry_run_needs_no_folder_that_can_be_written(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S03: a disk that is mounted for reading, on which SQLite cannot have its two small files beside the database."""
    folder = tmp_path / "data"
    run_night(stand.url, folder, Clock(night(0)))
    may, connect = os.access, sqlite3.connect
    opened: list[str] = []

    def connected(database: Any, *arguments: Any, **more: Any) -> sqlite3.Connection:
        opened.append(str(database))
        return connect(database, *arguments, **more)

    monkeypatch.setattr("os.access", lambda path, mode: may(path, mode) and (mode != os.W_OK or Path(path) != folder))
    monkeypatch.setattr("sqlite3.connect", connected)
    chosen = read_settings({"data_dir": str(folder)}, environment={}, folder=tmp_path)
    with rehearsal(chosen, "scrape", now=Clock(night(1))) as session, reading(session.store.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM capture")).scalar_one() > 0
    theirs = [address for address in opened if address.startswith(folder.as_uri())]
    assert theirs
    assert all(address.endswith("?immutable=1") for address in theirs)
