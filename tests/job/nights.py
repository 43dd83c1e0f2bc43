"""The nightly job as a test drives it: the real session, fetcher and store, with a clock and pauses of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fresh_schema import ensure_schema

from catalog.database import open_engine, reading
from catalog.instants import read_instant
from catalog.runs.job import Job, Tell
from catalog.runs.session import writing_session
from catalog.runs.targets import Plan
from catalog.settings import read_settings
from catalog.verify import content_digest
from scrapers.archive import Archive
from scrapers.fetch import Wire
from scrapers.fetching.fetcher import Fetcher
from scrapers.fetching.settings import FetchSettings
from scrapers.source import all_sources


@dataclass
class Clock:
    """A time of day that stands until the test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class Pauses:
    """Time that passes only by being slept through."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def plan_for(base_url: str, **more: Any) -> Plan:
    """Everything of every source, from one site."""
    sources = more.pop("sources", tuple(all_sources()))
    return Plan(sources, base_urls=dict.fromkeys(sources, base_url), **more)


def run_night(
    base_url: str,
    folder: Path,
    clock: Callable[[], datetime],
    *,
    plan: Plan | None = None,
    tell: Tell = lambda more, outcome: None,
    limits: Mapping[str, Any] | None = None,
    db: str = "",
    migrates: bool = False,
) -> Job:
    """One run of the job on the catalogue in a folder; unless it `migrates`, the schema is there already."""
    if not (db or migrates):
        engine = open_engine(str(folder / "catalog.db"))
        ensure_schema(engine)
        engine.dispose()
    values = {"concurrency": 1, "spacing_s": 0.0, "deadline_s": 3.0, "breaker_failures": 50, **(limits or {})}
    settings = FetchSettings(trust_private_hosts=frozenset({"127.0.0.1"}), **values)
    flags = {"data_dir": str(folder), "db": db or str(folder / "catalog.db")}
    chosen = read_settings(flags, environment={}, folder=folder)
    pauses = Pauses()
    with (
        writing_session(chosen, "scrape", now=clock) as session,
        Fetcher(
            settings,
            now=clock,
            wire=Wire(settings, monotonic=time.monotonic),
            sleep=pauses.sleep,
            monotonic=pauses,
            random=lambda: 0.5,
        ) as fetcher,
    ):
        job = Job(session, fetcher, plan or plan_for(base_url))
        job.run(tell)
    return job


def digest_of(db: str | Path) -> str:
    """The digest of a store's content."""
    engine = open_engine(str(db), read_only=True)
    try:
        with reading(engine) as connection:
            return content_digest(connection)
    finally:
        engine.dispose()


def archived(folder: Path, at: datetime | None = None) -> set[str]:
    """The addresses, without scheme and host, of which the archive has an answer (of that instant)."""
    sidecars = Archive(folder / "raw").sidecars()
    urls = (urlsplit(one.url) for one in sidecars if one.url and at in (None, read_instant(one.observed_at)))
    return {f"{url.path}?{url.query}" if url.query else url.path for url in urls}
