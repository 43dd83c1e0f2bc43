"""What the database says now, read for the writer: neighbours of a capture, subjects, intervals around a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, text

from catalog import schema
from catalog.instants import FOREVER
from catalog.rows import TABLES
from catalog.timeline import Interval
from scrapers.document import Group

CHUNK = 400
"""How many keys one statement asks for; far below every driver's bound."""


class Neighbours(NamedTuple):
    """The accepted captures of a scope around a moment."""

    before: int | None
    after: int | None


class KnownSubject(NamedTuple):
    """A subject's number and voice."""

    id: int
    voice: int


class Around(NamedTuple):
    """One timeline around a moment: what covers the moment, what begins at the next capture, the price it has."""

    timeline_id: int
    covering: Interval | None
    next_one: Interval | None
    pico_usd: int | None


def neighbours(connection: Connection, scope_id: int, at: int) -> Neighbours:
    """The accepted captures of the scope before and after `at`."""
    found = connection.execute(
        text(
            "SELECT (SELECT max(observed_at) FROM capture WHERE scope_id = :scope AND verdict = 'accepted'"
            " AND observed_at < :at), (SELECT min(observed_at) FROM capture WHERE scope_id = :scope"
            " AND verdict = 'accepted' AND observed_at > :at)"
        ),
        {"scope": scope_id, "at": at},
    ).one()
    return Neighbours(found[0], found[1])


def subjects_of(connection: Connection, scope_id: int) -> dict[str, KnownSubject]:
    """Every subject that the scope ever spoke of, by its key."""
    rows = connection.execute(text("SELECT key, id, voice FROM subject WHERE scope_id = :scope"), {"scope": scope_id})
    return {key: KnownSubject(number, voice) for key, number, voice in rows}


def heads_of(connection: Connection, scope_id: int) -> dict[tuple[int, Group], int]:
    """The fingerprints of the newest capture of a scope by subject and group; whom it did not state has none."""
    rows = connection.execute(
        text(
            "SELECT h.subject_id, h.group_name, h.fingerprint FROM head h JOIN subject s ON s.id = h.subject_id"
            " WHERE s.scope_id = :scope"
        ),
        {"scope": scope_id},
    )
    return {(subject, group): fingerprint for subject, group, fingerprint in rows}


def present_at(connection: Connection, scope_id: int, at: int) -> frozenset[str]:
    """The keys of the subjects (of the first voice) of whom the capture at `at` stated facts."""
    rows = connection.execute(
        text(
            "SELECT s.key FROM subject s JOIN timeline l ON l.subject_id = s.id AND l.kind = 0"
            f" JOIN fact_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
            " AND v.valid_from <= :at AND v.valid_to > :at WHERE s.scope_id = :scope AND s.voice = 1"
        ),
        {"scope": scope_id, "at": at},
    )
    return frozenset(key for (key,) in rows)


def count_prices(connection: Connection, scope_id: int, at: int) -> int:
    """How many prices the capture at `at` stated."""
    return int(
        connection.execute(
            text(
                "SELECT count(*) FROM subject s JOIN timeline l ON l.subject_id = s.id AND l.kind = 1"
                f" JOIN price_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
                " AND v.valid_from <= :at AND v.valid_to > :at WHERE s.scope_id = :scope"
            ),
            {"scope": scope_id, "at": at},
        ).scalar_one()
    )


def stated_around(
    connection: Connection, kind: int, subjects: Iterable[int], at: int, after: int | None
) -> dict[int, dict[str, Around]]:
    """The timelines of some subjects around `at`, by subject and key, those without an interval there included."""
    table = TABLES[kind].name
    price = "v.pico_usd" if kind == schema.PRICE else "NULL"
    covering = f"v.known_to = {FOREVER} AND v.valid_from <= :at AND v.valid_to > :at"
    if after is None:  # the literal lets the partial index of the open versions be used
        covering = f"v.known_to = {FOREVER} AND v.valid_to = {FOREVER}"
    following = (
        ""
        if after is None
        else (f" LEFT JOIN {table} n ON n.timeline_id = l.id AND n.known_to = {FOREVER} AND n.valid_from = :after")
    )
    begins = "NULL, NULL" if after is None else "n.valid_to, n.row_hash"
    found: dict[int, dict[str, Around]] = {}
    for numbers in chunks(subjects):
        rows = connection.execute(
            text(
                f"SELECT l.subject_id, l.key, l.id, v.valid_from, v.valid_to, v.row_hash, {price}, {begins}"
                f" FROM timeline l LEFT JOIN {table} v ON v.timeline_id = l.id AND {covering}{following}"
                f" WHERE l.kind = {kind} AND l.subject_id IN ({', '.join(map(str, numbers))})"
            ),
            {"at": at, "after": after} if after is not None else {},
        )
        for subject, key, timeline, start, end, row_hash, pico, next_end, next_hash in rows:
            cover = None if start is None else Interval(start, end, row_hash)
            begin = None if next_end is None or after is None else Interval(after, next_end, next_hash)
            found.setdefault(subject, {})[key] = Around(timeline, cover, begin, pico)
    return found


def chunks(numbers: Iterable[int]) -> Iterator[Sequence[int]]:
    """Sorted numbers in pieces that one statement can hold."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def newest_parser(connection: Connection, scope_id: int) -> str | None:
    """The version of the parser that read the newest accepted capture of a scope."""
    found = connection.execute(
        text(
            "SELECT parser_version FROM capture WHERE scope_id = :scope AND verdict = 'accepted'"
            " ORDER BY observed_at DESC LIMIT 1"
        ),
        {"scope": scope_id},
    ).scalar()
    return None if found is None else str(found)
