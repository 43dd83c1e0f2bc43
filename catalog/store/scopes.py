"""Scopes as the writer knows them while it holds the writer's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Connection

from catalog.judging.reconcile import Moves
from catalog.judging.state import Around, KnownSubject, heads_in, heads_of, open_lines, stated_around, subjects_of
from catalog.judging.timeline import Interval
from catalog.kinds import PRICE
from catalog.version_tables import PAYLOAD, TABLES
from scrapers.document import Group, Statement

_T = TypeVar("_T")


class Newest(NamedTuple):
    """The newest capture of a scope, where it is accepted and needed no later one to confirm it."""

    observed_at: int
    document_sha256: str
    parser_version: str
    stated: int
    rejected: int
    unheard: str | None
    url: str | None


class Told(NamedTuple):
    """What an accepted capture states that has heard of everything, and the version of the parser that read it."""

    observed_at: int
    parser_version: str
    statements: Mapping[str, Statement]


class Carried(NamedTuple):
    """The number of every subject by its key, and of every new timeline by its subject, kind and key."""

    numbers: dict[str, int]
    lines: dict[tuple[int, int, str], int]


@dataclass(slots=True)
class _Remembered(Generic[_T]):
    """What was read of some subjects: those asked for at first, and the whole scope when others are asked for again.

    A transaction of one capture reads little so, and one of many captures reads once.
    """

    by_subject: dict[int, _T] = field(default_factory=dict)
    is_whole: bool = False

    def of(
        self,
        subjects: Iterable[int],
        empty: Callable[[], _T],
        ask: Callable[[Sequence[int]], Mapping[int, _T]],
        ask_all: Callable[[], Mapping[int, _T]],
    ) -> Mapping[int, _T]:
        """What is known of these subjects at least; `empty` of whom nothing is stored."""
        if unknown := [subject for subject in subjects if subject not in self.by_subject]:
            self.is_whole = bool(self.by_subject)
            found = ask_all() if self.is_whole else ask(unknown)
            self.by_subject = {**{one: empty() for one in unknown}, **found, **self.by_subject}
        return self.by_subject


@dataclass(slots=True)
class ScopeState:
    """One scope as the writer knows it.

    `newest` is None where there is no capture yet, or where the newest one is held or was confirmed by a later one:
    `is_plain` tells the two apart. Where it is true, a capture that comes after all others bears on nobody but itself.
    `is_new` until the scope has a row. `said` has what the newest capture states, where it was taken in this
    transaction, and `prices` is how many prices it states, once somebody has counted them.
    """

    id: int
    source_id: int
    key: str
    is_stale: bool = False
    is_new: bool = False
    newest: Newest | None = None
    is_plain: bool = True
    prices: int | None = None
    said: Mapping[str, Statement] = field(default_factory=dict)
    _subjects: dict[str, KnownSubject] | None = None
    _heads: _Remembered[dict[Group, int]] = field(default_factory=lambda: _Remembered())
    _lines: list[_Remembered[dict[str, Around]]] = field(default_factory=lambda: [_Remembered() for _ in TABLES])

    def subjects(self, connection: Connection) -> dict[str, KnownSubject]:
        """Every subject that the scope ever spoke of, by its key."""
        if self._subjects is None:
            self._subjects = subjects_of(connection, self.id)
        return self._subjects

    def heads(self, connection: Connection, subjects: Iterable[int]) -> Mapping[int, dict[Group, int]]:
        """The fingerprints of the groups that the newest capture states, of these subjects at least."""
        ask_all = partial(heads_in, connection, self.id)
        return self._heads.of(subjects, dict, partial(heads_of, connection), ask_all)

    def lines(self, connection: Connection, kind: int, subjects: Iterable[int]) -> Mapping[int, dict[str, Around]]:
        """The timelines of a kind that these subjects have, at least, with the versions that are open."""

        def ask(unknown: Sequence[int]) -> Mapping[int, dict[str, Around]]:
            return stated_around(connection, kind, unknown, 0, None)

        return self._lines[kind].of(subjects, dict, ask, partial(open_lines, connection, kind, self.id))

    def known_prices(self) -> int | None:
        """How many prices the newest capture states, where that is known without asking."""
        if self.prices is None and self._lines[PRICE].is_whole:
            lines = chain.from_iterable(lines.values() for lines in self._lines[PRICE].by_subject.values())
            self.prices = sum(line.covering is not None for line in lines)
        return self.prices

    def moved(self, moves: Moves, carried: Carried, said: Mapping[str, Statement]) -> None:
        """Take in what is written of a capture that comes after all others, and what it states."""
        self.said = said
        numbers = carried.numbers
        subjects = self._subjects if self._subjects is not None else {}
        for key, voice in moves.voices.items():
            if key not in subjects:
                subjects[key] = KnownSubject(numbers[key], voice, None)
                self._heads.by_subject[numbers[key]] = {}
                for remembered in self._lines:
                    remembered.by_subject[numbers[key]] = {}
        for key, whole in moves.wholes.items():
            subjects[key] = subjects[key]._replace(fingerprint=whole)
        for key, group in moves.absent:
            self._heads.by_subject[numbers[key]].pop(group, None)
        for (key, group), mark in moves.heads.items():
            self._heads.by_subject[numbers[key]][group] = mark
        if self.prices is not None:
            self.prices += len(moves.inserts.get(PRICE, ())) - len(moves.shortened.get(PRICE, ()))
        for kind, shifts in moves.shortened.items():
            lines = self._lines[kind].by_subject
            for shift in shifts:
                lines[numbers[shift.subject_key]][shift.line] = Around(shift.timeline_id, None, None, None)
        for kind, inserts in moves.inserts.items():
            lines = self._lines[kind].by_subject
            for item in inserts:
                subject, row = numbers[item.subject_key], item.row
                line = item.timeline_id or carried.lines[subject, kind, row.key]
                pico = row.values[_PICO] if kind == PRICE else None
                stands = Interval(item.start, item.end, row.row_hash)
                lines[subject][row.key] = Around(line, stands, None, pico)


_PICO = PAYLOAD[PRICE].index("pico_usd")
