"""What the database says now, read for the writer: captures, subjects, intervals around a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, text

from catalog import kinds
from catalog.instants import FOREVER
from catalog.judging.timeline import Interval
from catalog.judging.unheard import Neighbours, Unheard
from catalog.rows import MAIN_PRICES
from catalog.version_tables import TABLES
from scrapers.document import Group

CHUNK = 400
"""How many keys one statement asks for; far below every driver's bound."""

BEGINNING = -(2**63)
"""Before every capture."""


_Prices = dict[str, dict[str, int | None]]


class KnownSubject(NamedTuple):
    """A subject's number and voice, and the fingerprint of what the newest capture says of it; None where nothing."""

    id: int
    voice: int
    fingerprint: int | None


class Around(NamedTuple):
    """One timeline around a moment: what covers the moment, what begins at the next capture, the price it has."""

    timeline_id: int
    covering: Interval | None
    next_one: Interval | None
    pico_usd: int | None


class StoredCapture(NamedTuple):
    """One stored answer of a scope, as the guard's judge needs it."""

    id: int
    observed_at: int
    verdict: str
    reason: str | None
    review: str | None
    stated: int
    rejected: int
    unheard: str | None = None
    """What it has not heard of (`Unheard`), as stored; None where it heard of everything."""


def neighbours(connection: Connection, scope_id: int, at: int) -> Neighbours:
    """The accepted captures of the scope before and after `at`."""
    before, after, unheard = connection.execute(
        text(
            "SELECT (SELECT max(observed_at) FROM capture WHERE scope_id = :scope AND verdict = 'accepted'"
            " AND observed_at < :at), n.observed_at, n.unheard FROM (SELECT 1) AS one LEFT JOIN capture n"
            " ON n.scope_id = :scope AND n.observed_at = (SELECT min(observed_at) FROM capture WHERE scope_id = :scope"
            " AND verdict = 'accepted' AND observed_at > :at)"
        ),
        {"scope": scope_id, "at": at},
    ).one()
    return Neighbours(before, after, _passed_over(connection, scope_id, at) if unheard else ())


def _passed_over(connection: Connection, scope_id: int, at: int) -> tuple[tuple[int, Unheard], ...]:
    rows = connection.execute(
        text(
            "SELECT observed_at, unheard FROM capture WHERE scope_id = :scope AND verdict = 'accepted'"
            " AND observed_at > :at ORDER BY observed_at"
        ),
        {"scope": scope_id, "at": at},
    )
    found = []
    for later, unheard in rows.fetchall():
        found.append((later, Unheard(unheard)))
        if unheard is None:
            break
    return tuple(found)


def last_sure(connection: Connection, scope_id: int, at: int) -> int:
    """The last accepted capture before `at` whose verdict rests on no later capture: it needed no confirmation.

    It is given by its instant; `BEGINNING` where there is none.
    """
    found = connection.execute(
        text(
            "SELECT max(observed_at) FROM capture WHERE scope_id = :scope AND verdict = 'accepted' AND reason IS NULL"
            " AND observed_at < :at"
        ),
        {"scope": scope_id, "at": at},
    ).scalar()
    return BEGINNING if found is None else int(found)


def next_capture(connection: Connection, scope_id: int, at: int) -> StoredCapture | None:
    """The first capture of a scope after `at`, accepted or held."""
    found = connection.execute(
        text(
            "SELECT id, observed_at, verdict, reason, review, stated, rejected, unheard FROM capture"
            " WHERE scope_id = :scope AND verdict <> 'refused' AND observed_at > :at ORDER BY observed_at LIMIT 1"
        ),
        {"scope": scope_id, "at": at},
    ).first()
    return None if found is None else StoredCapture(*found)


def subjects_of(connection: Connection, scope_id: int) -> dict[str, KnownSubject]:
    """Every subject that the scope ever spoke of, by its key."""
    rows = connection.execute(
        text("SELECT key, id, voice, fingerprint FROM subject WHERE scope_id = :scope"), {"scope": scope_id}
    )
    return {row[0]: KnownSubject(*row[1:]) for row in rows.fetchall()}


def heads_of(connection: Connection, subjects: Iterable[int]) -> dict[int, dict[Group, int]]:
    """The fingerprints of the groups that the newest capture of their scope states of some subjects."""
    found: dict[int, dict[Group, int]] = {}
    for numbers in chunks(subjects):
        _read_heads(connection, f"h.subject_id IN ({', '.join(map(str, numbers))})", found)
    return found


def heads_in(connection: Connection, scope_id: int) -> dict[int, dict[Group, int]]:
    """The fingerprints of the groups that the newest capture of a scope states, of all subjects."""
    found: dict[int, dict[Group, int]] = {}
    _read_heads(connection, f"h.subject_id IN (SELECT id FROM subject WHERE scope_id = {scope_id:d})", found)
    return found


def _read_heads(connection: Connection, where: str, found: dict[int, dict[Group, int]]) -> None:
    rows = connection.exec_driver_sql(f"SELECT h.subject_id, h.group_name, h.fingerprint FROM head h WHERE {where}")
    for subject, group, mark in rows.fetchall():
        found.setdefault(subject, {})[group] = mark


def present_at(connection: Connection, scope_id: int, at: int) -> dict[str, str | None]:
    """The subjects (of the first voice) of whom the capture at `at` stated facts: the key and the model's id."""
    rows = connection.execute(
        text(
            "SELECT s.key, v.model_id FROM subject s JOIN timeline l ON l.subject_id = s.id AND l.kind = 0"
            f" JOIN fact_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
            " AND v.valid_from <= :at AND v.valid_to > :at WHERE s.scope_id = :scope AND s.voice = 1"
        ),
        {"scope": scope_id, "at": at},
    )
    return {row[0]: row[1] for row in rows.fetchall()}


def ids_of(connection: Connection, subjects: Iterable[int]) -> dict[str, str | None]:
    """The ids that some subjects bear in the newest capture, by key."""
    found: dict[str, str | None] = {}
    for numbers in chunks(subjects):
        rows = connection.execute(
            text(
                "SELECT s.key, v.model_id FROM subject s JOIN timeline l ON l.subject_id = s.id AND l.kind = 0"
                f" JOIN fact_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER} AND v.valid_to = {FOREVER}"
                f" WHERE s.id IN ({', '.join(map(str, numbers))})"
            )
        )
        found.update((key, model_id) for key, model_id in rows)
    return found


def count_prices(connection: Connection, scope_id: int, at: int | None) -> int:
    """How many prices the capture at `at` stated; None for the newest one."""
    # the literal lets the partial index of the open versions be used
    standing = f"v.valid_to = {FOREVER}" if at is None else "v.valid_from <= :at AND v.valid_to > :at"
    return int(
        connection.execute(
            text(
                "SELECT count(*) FROM subject s JOIN timeline l ON l.subject_id = s.id AND l.kind = 1"
                f" JOIN price_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER} AND {standing}"
                " WHERE s.scope_id = :scope"
            ),
            {"scope": scope_id} if at is None else {"scope": scope_id, "at": at},
        ).scalar_one()
    )


def price_moves(connection: Connection, scope_id: int, at: int) -> list[tuple[int, int]]:
    """The prices that the capture at `at` states otherwise than the one before it, in 1e-12 USD: old and new."""
    rows = connection.execute(
        text(
            "SELECT u.pico_usd, v.pico_usd FROM subject s JOIN timeline l ON l.subject_id = s.id AND l.kind = 1"
            f" JOIN price_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER} AND v.valid_from = :at"
            f" JOIN price_version u ON u.timeline_id = l.id AND u.known_to = {FOREVER} AND u.valid_to = :at"
            " WHERE s.scope_id = :scope AND u.pico_usd <> v.pico_usd"
        ),
        {"scope": scope_id, "at": at},
    )
    return [(old, new) for old, new in rows]


def silenced_at(connection: Connection, scope_id: int, at: int) -> set[str]:
    """The subjects without an amount for a main price at `at` that had one in the capture before.

    Subjects that the capture does not state at all are among them.
    """
    rows = connection.execute(
        text(
            "SELECT DISTINCT s.key FROM subject s JOIN timeline l ON l.subject_id = s.id AND l.kind = 1"
            f" JOIN price_version u ON u.timeline_id = l.id AND u.known_to = {FOREVER} AND u.valid_to = :at"
            f" LEFT JOIN price_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER} AND v.valid_from = :at"
            f" WHERE s.scope_id = :scope AND s.voice = 1 AND l.key IN {MAIN_PRICES} AND u.pico_usd > 0"
            " AND v.pico_usd IS NULL"
        ),
        {"scope": scope_id, "at": at},
    )
    return {key for (key,) in rows}


def prices_at(connection: Connection, scope_id: int, at: int) -> tuple[_Prices, _Prices]:
    """The prices of the first voice that end with the capture at `at`, and those that begin: by subject and line."""
    rows = connection.execute(
        text(
            "SELECT s.key, l.key, v.pico_usd, v.valid_from FROM subject s"
            f" JOIN timeline l ON l.subject_id = s.id AND l.kind = {kinds.PRICE}"
            f" JOIN price_version v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
            " AND (v.valid_from = :at OR v.valid_to = :at) WHERE s.scope_id = :scope AND s.voice = 1"
        ),
        {"scope": scope_id, "at": at},
    )
    ended: _Prices = {}
    begun: _Prices = {}
    for subject, name, pico_usd, start in rows:
        (begun if start == at else ended).setdefault(subject, {})[name] = pico_usd
    return ended, begun


def stated_at(connection: Connection, scope_id: int, at: int) -> dict[tuple[str, int, str], int]:
    """The hash of everything that holds in a scope at a moment, by subject, kind and the timeline's key."""
    found: dict[tuple[str, int, str], int] = {}
    for kind, table in enumerate(TABLES):
        rows = connection.execute(
            text(
                f"SELECT s.key, l.key, v.row_hash FROM subject s JOIN timeline l ON l.subject_id = s.id"
                f" AND l.kind = {kind} JOIN {table.name} v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
                " AND v.valid_from <= :at AND v.valid_to > :at WHERE s.scope_id = :scope"
            ),
            {"at": at, "scope": scope_id},
        )
        found.update(((subject, kind, key), row_hash) for subject, key, row_hash in rows)
    return found


class Boundary(NamedTuple):
    """One timeline at a capture where it changes: what ends there, what begins there."""

    subject_key: str
    line: str
    ended: Interval | None
    begun: Interval | None


def boundaries_at(connection: Connection, kind: int, scope_id: int, at: int) -> dict[int, Boundary]:
    """The timelines of a scope that have a boundary at `at`, by number."""
    rows = connection.execute(
        text(
            "SELECT s.key, l.key, l.id, v.valid_from, v.valid_to, v.row_hash FROM subject s"
            f" JOIN timeline l ON l.subject_id = s.id AND l.kind = {kind}"
            f" JOIN {TABLES[kind].name} v ON v.timeline_id = l.id AND v.known_to = {FOREVER}"
            " WHERE s.scope_id = :scope AND (v.valid_from = :at OR v.valid_to = :at)"
        ),
        {"scope": scope_id, "at": at},
    )
    found: dict[int, Boundary] = {}
    for key, name, line, *interval in rows:
        one = Interval(*interval)
        old = found.get(line, Boundary(key, name, None, None))
        found[line] = old._replace(begun=one) if one.start == at else old._replace(ended=one)
    return found


def beginning_at(connection: Connection, kind: int, lines: Iterable[int], at: int) -> dict[int, Interval]:
    """The intervals of some timelines that begin exactly at `at`, by timeline."""
    found: dict[int, Interval] = {}
    for numbers in chunks(lines):
        rows = connection.execute(
            text(
                f"SELECT timeline_id, valid_from, valid_to, row_hash FROM {TABLES[kind].name}"
                f" WHERE known_to = {FOREVER} AND valid_from = :at"
                f" AND timeline_id IN ({', '.join(map(str, numbers))})"
            ),
            {"at": at},
        )
        found.update((line, Interval(*interval)) for line, *interval in rows)
    return found


def stated_around(
    connection: Connection, kind: int, subjects: Iterable[int], at: int, after: int | None
) -> dict[int, dict[str, Around]]:
    """The timelines of some subjects around `at`, by subject and key; also those without an interval there."""
    found: dict[int, dict[str, Around]] = {}
    for numbers in chunks(subjects):
        _read_lines(connection, kind, f"l.subject_id IN ({', '.join(map(str, numbers))})", at, after, found)
    return found


def open_lines(connection: Connection, kind: int, scope_id: int) -> dict[int, dict[str, Around]]:
    """The timelines of all subjects of a scope with the versions that are open, by subject and key."""
    found: dict[int, dict[str, Around]] = {}
    where = f"l.subject_id IN (SELECT id FROM subject WHERE scope_id = {scope_id:d})"
    _read_lines(connection, kind, where, 0, None, found)
    return found


def _read_lines(
    connection: Connection, kind: int, where: str, at: int, after: int | None, found: dict[int, dict[str, Around]]
) -> None:
    """Put the timelines of a kind around `at` into `found`. All that stands in the statement are our own numbers."""
    table = TABLES[kind].name
    price = "v.pico_usd" if kind == kinds.PRICE else "NULL"
    if after is None:  # so the partial index of the open versions can be used
        covering, begins, following = f"v.known_to = {FOREVER} AND v.valid_to = {FOREVER}", "NULL, NULL", ""
    else:
        covering = f"v.known_to = {FOREVER} AND v.valid_from <= {at:d} AND v.valid_to > {at:d}"
        begins = "n.valid_to, n.row_hash"
        following = (
            f" LEFT JOIN {table} n ON n.timeline_id = l.id AND n.known_to = {FOREVER} AND n.valid_from = {after:d}"
        )
    rows = connection.exec_driver_sql(
        f"SELECT l.subject_id, l.key, l.id, v.valid_from, v.valid_to, v.row_hash, {price}, {begins}"
        f" FROM timeline l LEFT JOIN {table} v ON v.timeline_id = l.id AND {covering}{following}"
        f" WHERE l.kind = {kind} AND {where}"
    )
    for subject, key, timeline, start, end, row_hash, pico, next_end, next_hash in rows.fetchall():
        cover = None if start is None else Interval(start, end, row_hash)
        begin = None if next_end is None or after is None else Interval(after, next_end, next_hash)
        found.setdefault(subject, {})[key] = Around(timeline, cover, begin, pico)


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
