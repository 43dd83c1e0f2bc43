"""P22: a document on which the parser's process dies costs the run that dies of it, and no other."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import Stand
from market import TOLD, slug_of
from nights import digest_of, plan_for, run_night
from test_answers import ask

from catalog.runs import readers
from catalog.runs.rebuild import rebuild_database
from catalog.settings import read_settings
from catalog.standin.faults import Reply
from scrapers.document import Document, Reading
from scrapers.source import all_sources

sys.path.append(str(Path(__file__).resolve().parents[1] / "store"))

import deadly_readings

SOURCE = "benchable_page"
DEADLY = slug_of(TOLD[0])
MENDED = all_sources()[SOURCE]


class Died(BaseException):
    """As near to the death of its process as a test may come."""


@pytest.fixture
def deadly(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of two pages kills whatever process parses it."""
    source, served = all_sources()[SOURCE], stand.site.reply

    def parse(document: Document) -> Reading:
        if b"this kills" in document.body:
            raise Died
        return source.parse(document)

    def reply(target: str, headers: Mapping[str, str]) -> Reply:
        if DEADLY not in target:
            return served(target, headers)
        plain = served(target, {})
        return replace(plain, body=plain.body.replace(b"<body", b"<!-- this kills --><body"))

    monkeypatch.setitem(all_sources(), SOURCE, replace(source, parse=parse))
    monkeypatch.setattr(readers, "read_document", deadly_readings.reading)
    monkeypatch.setattr(stand.site, "reply", reply)


def test_p22_a_page_that_kills_its_reader_costs_one_of_many(stand: Stand, deadly: None, tmp_path: Path) -> None:
    job = run_night(stand.url, tmp_path, stand.clock)
    assert (job.reports[SOURCE].count("accepted"), job.reports[SOURCE].count("refused"), job.exit_code) == (1, 1, 3)


def test_p22_a_run_that_died_of_a_page_is_taken_up_without_it_and_no_later_run_tries_again(
    stand: Stand, deadly: None, tmp_path: Path
) -> None:
    with pytest.raises(Died):
        run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, models=TOLD))

    second = run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, models=TOLD))
    stand.clock.now += timedelta(days=1)
    third = run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, models=TOLD))

    assert (second.exit_code, third.exit_code) == (3, 3)
    assert third.reports[SOURCE].count("accepted") == 1
    refused = ask(tmp_path, "SELECT url, reason FROM capture WHERE verdict = 'refused' ORDER BY observed_at")
    assert [row.url.endswith(DEADLY) for row in refused] == [True, True]
    assert all(row.reason.startswith("parser_died: ") for row in refused)


def test_p22_the_archive_of_a_deadly_page_is_read_again_without_it(stand: Stand, deadly: None, tmp_path: Path) -> None:
    with pytest.raises(Died):
        run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, models=TOLD))
    run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, models=TOLD))
    before = digest_of(tmp_path / "catalog.db")

    settings = read_settings({"data_dir": str(tmp_path)}, environment={}, folder=tmp_path)
    assert rebuild_database(settings, now=stand.clock).digest == before
    assert digest_of(tmp_path / "catalog.db") == before


@pytest.mark.parametrize("way", ["rebuild", "scrape"])
def test_p22_a_mended_parser_reads_what_an_earlier_one_died_of(
    stand: Stand, deadly: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    with pytest.raises(Died):
        run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, models=TOLD))
    run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, models=TOLD))
    refused = "SELECT count(*) FROM capture WHERE verdict = 'refused'"
    assert ask(tmp_path, refused) == [(1,)]

    monkeypatch.setattr(readers, "read_document", deadly_readings.read_document)
    monkeypatch.setitem(all_sources(), SOURCE, replace(MENDED, version="mended"))
    if way == "rebuild":
        settings = read_settings({"data_dir": str(tmp_path)}, environment={}, folder=tmp_path)
        rebuild_database(settings, now=stand.clock)
        assert ask(tmp_path, refused) == [(0,)]
    else:
        stand.clock.now += timedelta(days=1)
        third = run_night(stand.url, tmp_path, stand.clock, plan=plan_for(stand.url, models=TOLD))
        assert (third.reports[SOURCE].count("accepted"), third.reports[SOURCE].count("refused")) == (2, 0)
