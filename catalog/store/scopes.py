"""Scopes as the writer knows them while it holds the writer's lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from catalog.judging.reconcile import Moves
from catalog.judging.state import Around, KnownSubject, heads_of, stated_around, subjects_of
from catalog.judging.timeline import Interval
from catalog.kinds import PRICE
from catalog.store.versions import Carried
from catalog.version_tables import PAYLOAD, TABLES
from scrapers.document import Group


class Newest(NamedTuple):
    """The newest capture of a scope, where it is accepted and needed no later one to confirm it."""

    observed_at: int
    document_sha256: str
    parser_version: str
    stated: int
    rejected: int
    unheard: str | None
    url: str | None


@dataclass(slots=True)
class ScopeState:
    """One scope as the writer knows it.

    `newest` is None where there is no capture yet, or where the newest one is held or was confirmed by a later one:
    `is_plain` tells the two apart. Where it is true, a capture that comes after all others bears on nobody but itself.
    `is_new` until the scope has a row. `prices` is how many the newest capture states, once somebody has counted them.
    """

    id: int
    source_id: int
    key: str
    is_stale: bool = False
    is_new: bool = False
    newest: Newest | None = None
    is_plain: bool = True
    prices: int | None = None
    _subjects: dict[str, KnownSubject] | None = None
    _heads: dict[int, dict[Group, int]] = field(default_factory=dict)
    _lines: list[dict[int, dict[str, Around]]] = field(default_factory=lambda: [{} for _ in TABLES])

    def subjects(self, connection: Connection) -> dict[str, KnownSubject]:
        """Every subject that the scope ever spoke of, by its key."""
        if self._subjects is None:
            self._subjects = subjects_of(connection, self.id)
        return self._subjects

    def heads(self, connection: Connection, subjects: Iterable[int]) -> Mapping[int, dict[Group, int]]:
        """The fingerprints of the groups that the newest capture states, of these subjects at least."""
        unknown = [subject for subject in subjects if subject not in self._heads]
        if unknown:
            self._heads.update({subject: {} for subject in unknown} | heads_of(connection, unknown))
        return self._heads

    def lines(self, connection: Connection, kind: int, subjects: Iterable[int]) -> Mapping[int, dict[str, Around]]:
        """The timelines of a kind that these subjects have, at least, with the versions that are open."""
        mine = self._lines[kind]
        unknown = [subject for subject in subjects if subject not in mine]
        if unknown:
            mine.update({subject: {} for subject in unknown} | stated_around(connection, kind, unknown, 0, None))
        return mine

    def moved(self, moves: Moves, carried: Carried) -> None:
        """Take in what was written of a capture that comes after all others."""
        numbers = carried.numbers
        subjects = self._subjects if self._subjects is not None else {}
        for key, voice in moves.voices.items():
            if key not in subjects:
                subjects[key] = KnownSubject(numbers[key], voice, None)
                self._heads[numbers[key]] = {}
                for lines in self._lines:
                    lines[numbers[key]] = {}
        for key, whole in moves.wholes.items():
            subjects[key] = subjects[key]._replace(fingerprint=whole)
        for key, group in moves.absent:
            self._heads[numbers[key]].pop(group, None)
        for (key, group), mark in moves.heads.items():
            self._heads[numbers[key]][group] = mark
        if self.prices is not None:
            self.prices += len(moves.inserts.get(PRICE, ())) - len(moves.shortened.get(PRICE, ()))
        for kind, shifts in moves.shortened.items():
            for shift in shifts:
                self._lines[kind][numbers[shift.subject_key]][shift.line] = Around(shift.timeline_id, None, None, None)
        for kind, inserts in moves.inserts.items():
            for item in inserts:
                subject, row = numbers[item.subject_key], item.row
                line = item.timeline_id or carried.lines[subject, kind, row.key]
                pico = row.values[_PICO] if kind == PRICE else None
                stands = Interval(item.start, item.end, row.row_hash)
                self._lines[kind][subject][row.key] = Around(line, stands, None, pico)


_PICO = PAYLOAD[PRICE].index("pico_usd")
