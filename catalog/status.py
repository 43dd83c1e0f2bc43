"""Health: what was heard last of each source, what is held back, what has drifted, and how much there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from catalog.asof import LISTING
from catalog.database import sqlite_file
from catalog.instants import FOREVER, HOUR, iso, micros, read_instant
from catalog.migrate import HEAD
from catalog.version import VERSION
from scrapers.archive import Archive

SKEW_HOURS = 0.1
"""How far in the future a capture may be: clocks differ by minutes."""


class SourceHealth(NamedTuple):
    """One source: its newest accepted capture, what waits for a review, what could not be read since, its drift.

    A source that runs have asked in vain from the first is one too. `drift` counts the kinds of warnings about the
    newest answers of all its scopes. `removals_wait_since` is when a list began to have a record of which nobody can
    tell whose it is: it may be that of any model which the list lacks, so that none is taken to be gone meanwhile.
    """

    source: str
    scopes: int = 0
    captures: int = 0
    last_good: str | None = None
    age_hours: float | None = None
    held: int = 0
    refused_since: int = 0
    drift: int = 0
    removals_wait_since: str | None = None


class Health(NamedTuple):
    """The catalogue's state as a monitor wants it. `models` are all that were ever known, `listed` those of now."""

    program: str
    schema: str | None
    schema_of_program: str
    models: int
    database_bytes: int | None
    archive_files: int
    archive_bytes: int
    last_run: dict[str, Any] | None
    unresolved: int
    disagreements: int
    sources: list[SourceHealth]
    listed: int | None = None


def health_of(connection: Connection, data_dir: Path, *, now: datetime, disagreements: int, listed: int) -> Health:
    """Everything that `catalog status` says.

    `disagreements` counts the values on which sources differ, `listed` the models that there are now.
    """
    file = sqlite_file(connection.engine.url)
    files, size = Archive(data_dir / "raw").size()
    asked = {slug for (found,) in connection.execute(text(_RUNS)) for slug in json.loads(found).get("sources", ())}
    sources = [_source(connection, row, micros(now)) for row in connection.execute(text(_SOURCES)).fetchall()]
    sources += [SourceHealth(slug) for slug in sorted(asked - {one.source for one in sources})]
    models = connection.execute(text("SELECT count(*) FROM model")).scalar_one()
    unresolved = connection.execute(
        text("SELECT count(DISTINCT resolved_id) FROM subject WHERE resolved_by = 'itself'")
    ).scalar_one()
    return Health(
        VERSION,
        connection.execute(text("SELECT version_num FROM alembic_version")).scalar(),
        HEAD,
        int(models),
        file.stat().st_size if file else _stored_bytes(connection),
        files,
        size,
        _last_run(connection),
        int(unresolved),
        disagreements,
        sources,
        listed,
    )


def _stored_bytes(connection: Connection) -> int | None:
    """What a database without a file of its own takes of its server's disk."""
    if connection.dialect.name != "postgresql":
        return None
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def last_capture(connection: Connection, known: int = FOREVER) -> int | None:
    """When the newest capture that was accepted by then was made, in microseconds; None where there is none."""
    sql = "SELECT max(observed_at) FROM capture WHERE verdict = 'accepted' AND known_at <= :known"
    found = connection.execute(text(sql), {"known": known}).scalar()
    return None if found is None else int(found)


_SOURCES = """
SELECT s.id, s.slug, count(DISTINCT c.scope_id) AS scopes,
    sum(CASE WHEN c.verdict = 'accepted' THEN 1 ELSE 0 END) AS captures,
    max(CASE WHEN c.verdict = 'accepted' THEN c.observed_at END) AS last_good,
    sum(CASE WHEN c.verdict = 'held' THEN 1 ELSE 0 END) AS held
FROM source s LEFT JOIN capture c ON c.source_id = s.id GROUP BY s.id, s.slug ORDER BY s.slug
"""


_RUNS = "SELECT summary FROM run WHERE command = 'scrape' AND summary IS NOT NULL ORDER BY id DESC LIMIT 60"


_NEWEST = """SELECT scope_id, max(observed_at) AS at FROM capture
    WHERE source_id = :source AND verdict = 'accepted' GROUP BY scope_id"""

_DRIFT = f"""
SELECT count(*) FROM (SELECT DISTINCT d.code, d.message FROM ({_NEWEST}) n
    JOIN capture l ON l.scope_id = n.scope_id AND l.observed_at = n.at AND l.verdict = 'accepted'
    JOIN capture c ON c.document_sha256 = l.document_sha256 AND c.source_id = :source AND c.verdict = 'accepted'
    JOIN drift d ON d.capture_id = c.id) AS told
"""
"""An answer that comes again word for word is not read again: what was noted of it stands at its first capture."""

_WAITS = f"""
SELECT min(c.observed_at) FROM ({_NEWEST}) n JOIN capture c ON c.scope_id = n.scope_id AND c.observed_at > COALESCE(
    (SELECT max(o.observed_at) FROM capture o WHERE o.scope_id = n.scope_id AND o.verdict = 'accepted'
        AND COALESCE(o.unheard, '') NOT LIKE '%"all_but"%'), 0)
WHERE c.verdict = 'accepted'
"""


def _source(connection: Connection, row: Any, now: int) -> SourceHealth:
    refused = connection.execute(
        text(
            "SELECT count(*) FROM capture WHERE source_id = :source AND verdict = 'refused' AND review IS NULL"
            " AND observed_at > :since"
        ),
        {"source": row.id, "since": row.last_good or 0},
    ).scalar_one()
    drift = connection.execute(text(_DRIFT), {"source": row.id}).scalar_one()
    waits = connection.execute(text(_WAITS), {"source": row.id}).scalar() if row.slug == LISTING else None
    age = None if row.last_good is None else round((now - row.last_good) / HOUR, 1)
    last = None if row.last_good is None else iso(row.last_good)
    counts = row.held, int(refused), int(drift)
    return SourceHealth(row.slug, row.scopes, row.captures, last, age, *counts, None if waits is None else iso(waits))


def _last_run(connection: Connection) -> dict[str, Any] | None:
    row = connection.execute(text("SELECT * FROM run ORDER BY id DESC LIMIT 1")).first()
    if row is None:
        return None
    return {
        "id": row.id,
        "command": row.command,
        "started_at": iso(row.started_at),
        "ended_at": None if row.ended_at is None else iso(row.ended_at),
        "exit_code": row.exit_code,
        "program": row.program_version,
    }


class Age(NamedTuple):
    """A length of time in the unit in which it was given: `m`, `h` or `d`."""

    amount: float
    unit: str

    @property
    def hours(self) -> float:
        """The same in hours."""
        return self.amount * _HOURS[self.unit]

    def __str__(self) -> str:
        return f"{self.amount:.15g} {self.unit}"


_HOURS = {"m": 1 / 60, "h": 1.0, "d": 24.0}


def too_old(health: Health, limit: Age, *, now: datetime) -> list[str]:
    """One line a source that was not heard for too long, or never, or that was last heard at a time still to come.

    It is the exact age that counts, and not the one that is shown. A capture of the future, which a wrong clock made,
    would else vouch for its source until then.
    """
    problems = []
    for one in health.sources:
        if one.last_good is None:
            problems.append(f"{one.source}: nothing was ever accepted{_reasons(one)}")
            continue
        age = (micros(now) - micros(read_instant(one.last_good))) / HOUR
        if age < -SKEW_HOURS:
            problems.append(f"{one.source}: last good capture {-age:.1f} h from now; is the clock right?")
        elif age > limit.hours:
            told = f"{_above(age / _HOURS[limit.unit], limit.amount)} {limit.unit} ago, the limit is {limit}"
            problems.append(f"{one.source}: last good capture {told}{_reasons(one)}")
    if not health.sources:
        problems.append("no source was ever heard")
    return problems


def what_waits(health: Health) -> Iterator[str]:
    """A line on each source none of whose models is taken to be gone for now, and why."""
    for one in health.sources:
        if one.removals_wait_since is not None:
            yield (
                f"{one.source}: since {one.removals_wait_since} no model that its list lacks is taken to be gone: a"
                " record there has neither an id nor a slug that could be read, and may be that of any"
            )


def _above(age: float, limit: float) -> str:
    """An age with so many digits that it shows to be above the limit.

    >>> _above(30.02, 26), _above(26.01, 26)
    ('30.0', '26.01')
    """
    return next((told for digits in range(1, 8) if float(told := f"{age:.{digits}f}") > limit), f"{age}")


def _reasons(one: SourceHealth) -> str:
    found = [f"{one.held} held for review"] if one.held else []
    found += [f"{one.refused_since} refused since"] if one.refused_since else []
    return f" ({', '.join(found)})" if found else ""
