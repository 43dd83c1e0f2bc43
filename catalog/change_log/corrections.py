"""Corrections: what a parser's fix made of statements that were believed before.

Known time moved, valid time did not. A correction is told once, at the moment when the catalogue changed its mind,
however many versions and listings of a source it runs through, as what was believed (`old`) and what is believed
instead (`new`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, text

from catalog.change_log.statements import AMOUNT, ENDPOINT_FIELDS, FACT_FIELDS
from catalog.fact_words import extra_facts, fact_as_text
from catalog.instants import FOREVER, iso
from catalog.kinds import ENDPOINT, FACT, PRICE
from catalog.questions.frames import Moment
from catalog.version_tables import PAYLOAD, TABLES


class _Reading(NamedTuple):
    """One version of a timeline, as it was believed from one moment to another."""

    valid_from: int
    valid_to: int
    known_from: int
    known_to: int
    fields: dict[str, str | None]


class _Line(NamedTuple):
    """Whose timeline it is."""

    source: str
    scope: str
    model_id: str
    canonical_slug: str | None
    provider: str | None
    tag: str | None


def corrections(
    connection: Connection, moment: Moment, *, since: int | None = None, until: int | None = None
) -> list[dict[str, Any]]:
    """The corrections that were made in `[since, until)` of known time, as rows of the change log.

    `observed_at` is when the correction was made; `note` says from when on the source had said so, and `scope` where
    it had first.
    """
    known_until = min(moment.known, FOREVER - 1)
    low, high = since or 0, known_until if until is None else min(until - 1, known_until)
    found: dict[tuple[Any, ...], tuple[int, str]] = {}
    for kind in (FACT, PRICE, ENDPOINT):
        for line, readings in _corrected(connection, kind, low, high):
            for at, old, new in _instances(readings, low, high):
                for field, was, now in _different(kind, old, new):
                    start = max(one.valid_from for one in (old, new) if one is not None)
                    key = (at, line._replace(scope=""), field, was, now)
                    said = (start, line.scope)
                    found[key] = min(found.get(key, said), said)
    return [
        {
            "observed_at": pd.Timestamp(at, unit="us", tz="UTC"),
            "kind": "correction",
            "field": field,
            "old": was,
            "new": now,
            "note": f"of what was said from {iso(start)} on",
            **line._asdict(),
            "scope": scope,
        }
        for (at, line, field, was, now), (start, scope) in found.items()
    ]


def _corrected(connection: Connection, kind: int, low: int, high: int) -> list[tuple[_Line, list[_Reading]]]:
    """Every reading of the timelines in which something was superseded between two moments."""
    fields = {FACT: ("model_id", *FACT_FIELDS), ENDPOINT: ("provider", "tag", *ENDPOINT_FIELDS)}.get(
        kind, tuple(name for name in PAYLOAD[PRICE] if name in ("provider", "tag", "component", "conditions"))
    )
    columns = ", ".join(f"v.{name}" for name in fields) + (f", {AMOUNT} AS amount" if kind == PRICE else "")
    name = TABLES[kind].name
    rows = connection.execute(
        text(
            f"SELECT s.slug AS source, p.key AS scope, COALESCE(m.model_id, u.key) AS called, m.canonical_slug AS slug,"
            f" l.id AS line, v.valid_from, v.valid_to, v.known_from, v.known_to, {columns} FROM {name} v"
            " JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id AND u.voice = 1"
            " LEFT JOIN model m ON m.id = u.resolved_id JOIN scope p ON p.id = u.scope_id"
            " JOIN source s ON s.id = p.source_id WHERE v.timeline_id IN (SELECT x.timeline_id FROM"
            f" {name} x WHERE x.known_to BETWEEN :low AND :high OR x.known_from BETWEEN :first AND :high)"
            " ORDER BY l.id, v.valid_from, v.known_from"
        ),
        {"low": low, "high": high, "first": max(low, 1)},
    ).mappings()
    found: defaultdict[int, list[_Reading]] = defaultdict(list)
    lines: dict[int, _Line] = {}
    for row in rows:
        slug = row["slug"] if row["slug"] and not row["slug"].startswith(("id:", "name:")) else None
        who = row["source"], row["scope"], row["called"], slug
        lines[row["line"]] = _Line(*who, row.get("provider"), row.get("tag"))
        said = {name: fact_as_text(kind, name, row[name]) for name in fields}
        if kind == PRICE:
            conditions = f" {said['conditions']}" if said["conditions"] else ""
            said = {f"price.{said['component']}{conditions}": None if row["amount"] == "unknown" else row["amount"]}
        times = (row["valid_from"], row["valid_to"], row["known_from"], row["known_to"])
        found[row["line"]].append(_Reading(*times, said))
    return [(lines[number], readings) for number, readings in found.items()]


def _instances(readings: list[_Reading], low: int, high: int) -> Iterator[tuple[int, _Reading | None, _Reading | None]]:
    """Each moment of a correction, with what was believed and what is, wherever both speak of the same time."""
    moments = {one.known_to for one in readings} | {one.known_from for one in readings}
    for at in sorted(moments - {0, FOREVER}):
        if not low <= at <= high:
            continue
        before = [one for one in readings if one.known_to == at]
        after = [one for one in readings if one.known_from == at]
        for old in before:
            yield from ((at, old, new) for new in after if _overlap(old, new))
        yield from ((at, old, None) for old in before if not any(_overlap(old, new) for new in after))
        yield from ((at, None, new) for new in after if not any(_overlap(old, new) for old in before))


def _overlap(one: _Reading, other: _Reading) -> bool:
    return (
        one.fields.keys() == other.fields.keys() and one.valid_from < other.valid_to and other.valid_from < one.valid_to
    )


def _different(kind: int, old: _Reading | None, new: _Reading | None) -> Iterator[tuple[str, str | None, str | None]]:
    was, now = (one.fields if one else {} for one in (old, new))
    prefix = "endpoint." if kind == ENDPOINT else ""
    for field in was.keys() | now.keys():
        before, after = was.get(field), now.get(field)
        if before == after or field in ("provider", "tag"):
            continue
        if field == "extra":
            inside, then = extra_facts(before), extra_facts(after)
            for word in inside.keys() | then.keys():
                if inside.get(word) != then.get(word):
                    yield prefix + word, inside.get(word), then.get(word)
        else:
            yield prefix + field, before, after
