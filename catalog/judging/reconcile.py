"""What one capture changes, decided before anything is written.

`reconcile` compares what a document states with what the store says around its time, and gives `Moves`: the intervals
to shorten, insert, split and extend. The store carries them out; a dry run merely counts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from catalog import kinds
from catalog.instants import FOREVER
from catalog.judging.ground import Ground
from catalog.judging.guard import Believed, Move, Seen, moves_under_new_keys, new_keys, under_other_keys
from catalog.judging.state import Around, KnownSubject
from catalog.judging.timeline import NOTHING, Plan, plan
from catalog.judging.unheard import Neighbours, Unheard, ids_aside
from catalog.kinds import KINDS_OF_GROUP
from catalog.rows import MAIN_PRICES, Row, rows_in
from catalog.version_tables import PAYLOAD
from scrapers.document import GROUPS, Group, Part, Reading, Statement, fingerprint

_PICO = PAYLOAD[kinds.PRICE].index("pico_usd")
_NO_TIMELINE: dict[str, Around] = {}
_NO_OTHERS: dict[str, int | None] = {}

_Rows = dict[tuple[str, Group], Sequence[Row]]


class Insert(NamedTuple):
    """A new version of a timeline, which may itself be new (`timeline_id` None)."""

    subject_key: str
    timeline_id: int | None
    row: Row
    start: int
    end: int


class Shift(NamedTuple):
    """An existing version, by its timeline and start, and what becomes of it; `line` is the timeline's key."""

    timeline_id: int
    start: int
    to: int
    subject_key: str
    line: str


class Split(NamedTuple):
    """A version whose statement goes on, as a copy, from `resume` to `end`."""

    timeline_id: int
    start: int
    resume: int
    end: int


@dataclass(slots=True)
class Moves:
    """Everything that one capture changes in the versions of one scope, by kind.

    Attributes:
        voices: the voice of each subject that the capture states, by key.
        inserts, shortened, splits, extended: the versions that begin, end, go on or begin earlier.
        deleted: versions that go, by timeline and start.
        heads: the fingerprints of the groups that the capture states, of subjects that no later capture heard of.
        absent: the groups of such subjects that it does not state.
        wholes: the fingerprint of all that it states of such a subject; None where that is nothing.
        prices, silenced: for the guard: amounts that differ, and subjects that lost an amount.
        renamed: whether any fact moves, so that identities have to be resolved again.
    """

    voices: dict[str, int] = field(default_factory=dict)
    inserts: dict[int, list[Insert]] = field(default_factory=lambda: defaultdict(list))
    shortened: dict[int, list[Shift]] = field(default_factory=lambda: defaultdict(list))
    splits: dict[int, list[Split]] = field(default_factory=lambda: defaultdict(list))
    extended: dict[int, list[Shift]] = field(default_factory=lambda: defaultdict(list))
    deleted: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[tuple[str, Group], int] = field(default_factory=dict)
    absent: set[tuple[str, Group]] = field(default_factory=set)
    wholes: dict[str, int | None] = field(default_factory=dict)
    prices: list[Move] = field(default_factory=list)
    silenced: set[str] = field(default_factory=set)
    renamed: bool = False

    @property
    def count(self) -> int:
        """How many versions begin, end or move."""
        parts: tuple[Mapping[int, Sequence[Any]], ...]
        parts = (self.inserts, self.shortened, self.splits, self.extended, self.deleted)
        return sum(len(rows) for part in parts for rows in part.values())


@dataclass(slots=True)
class Reconciliation:
    """The moves of a capture, what the guard needs to judge it, and the subjects that the scope knows.

    `unheard` is what the capture has not heard of, as `Unheard.stored` gives it.
    """

    known: Mapping[str, KnownSubject]
    moves: Moves
    seen: Seen
    believed: Believed
    unheard: str | None


def reconcile(ground: Ground, at: int, reading: Reading) -> Reconciliation:
    """Compare a reading with what the captures around it state.

    Args:
        ground: what is known of the reading's scope.
        at: when it was observed; no accepted capture of the scope stands at that instant.
        reading: what the source read; its lazy parts are made only where they may differ.
    """
    known, near = ground.known, ground.near
    spoken = reading.statements
    moves = Moves(voices={key: said.subject.voice for key, said in spoken.items()})
    if near.after is None:
        before = frozenset([key for key, who in known.items() if who.fingerprint is not None and who.voice == 1])
        lost = before - spoken.keys()
        called = ground.ids(lost) if lost else {}
    else:
        called = ground.present(near.before) if near.before is not None else {}
        before = frozenset(called)
        lost = before - spoken.keys()
    lost_ids = {key: called.get(key) for key in lost}
    bearers = under_other_keys(lost_ids, ids_aside(reading))
    moved: frozenset[str] = frozenset()
    if "" in reading.set_aside:
        moved = under_other_keys(lost_ids, {one.subject.model_id for one in spoken.values() if one.subject.voice == 1})
    stored = Unheard.stored(reading, bearers, moved)
    unheard = Unheard(stored)
    if near.after is None:
        rows = _newest_rows(ground, reading, moves, unheard)
    else:
        rows = _late_rows(ground, reading, moves, unheard)
    _plan(ground, moves, rows, at, unheard)
    unsaid = {key for key in lost if key in unheard}
    if missing := lost - unsaid:
        went = {key: called.get(key) for key in missing}
        unsaid |= under_other_keys(went, {said.subject.model_id for said in spoken.values()})
        stated = {key: said.subject.model_id for key, said in spoken.items() if said.subject.voice == 1}
        if keys := new_keys(went, stated, before):
            _note_moves(ground, moves, rows, keys, at)
    subjects = frozenset(spoken.keys() | unsaid)
    seen = Seen(at, subjects, moves.prices, reading.stated, reading.rejected, len(moves.silenced))
    return Reconciliation(known, moves, seen, Believed(near.before, before, ground.count_prices), stored)


def _newest_rows(ground: Ground, reading: Reading, moves: Moves, unheard: Unheard) -> _Rows:
    """The rows that may differ from what the newest capture states: those of whom the fingerprints do not stand."""
    known, is_trusted, spoken = ground.known, ground.is_trusted, reading.statements
    changed: dict[str, int] = {}
    standing = ground.standing
    for key in [key for key, said in spoken.items() if standing.get(key) is not said]:
        whole = spoken[key].whole
        who = known.get(key)
        if not (is_trusted and who is not None and whole != 0 and who.fingerprint == whole):
            changed[key] = whole
    gone = [
        key for key, who in known.items() if who.fingerprint is not None and key not in spoken and key not in unheard
    ]
    heads = ground.heads(known[key].id for key in (*changed, *gone) if key in known)
    rows: _Rows = {}
    for key in (*changed, *gone):
        marks = heads.get(known[key].id, {}) if key in known else {}
        groups = _by_group(spoken.get(key))
        for group, parts in groups.items():
            mark = _mark(parts)
            if mark is None or not is_trusted or marks.get(group) != mark:
                made = rows_in(reading, key, group, parts)
                mark = fingerprint([row[:2] + row[3:] for row in made]) if mark is None else mark
                if not is_trusted or marks.get(group) != mark:
                    rows[key, group] = made
                    moves.heads[key, group] = mark
        for group in marks.keys() - groups.keys():
            rows[key, group] = ()
            moves.absent.add((key, group))
        moves.wholes[key] = changed.get(key)
    return rows


def _late_rows(ground: Ground, reading: Reading, moves: Moves, unheard: Unheard) -> _Rows:
    """The rows of a capture that comes after later ones, with an empty group for everything that it does not state.

    Of a subject of whom the capture before states the same nothing moves, whatever others have heard of it.
    """
    known, near, spoken = ground.known, ground.near, reading.statements
    rows: _Rows = {}
    keys = {*spoken, *known}
    if ground.told is not None:
        keys = {key for key in {*spoken, *ground.told} if _differ(spoken.get(key), ground.told.get(key))}
    for key in keys:
        if key not in spoken and key in unheard:
            continue
        is_last = near.after_for(key) is None
        groups = _by_group(spoken.get(key))
        for group in GROUPS:
            if group in groups:
                rows[key, group] = rows_in(reading, key, group, groups[group])
                if is_last:
                    moves.heads[key, group] = 0
            elif key in known:
                rows[key, group] = ()
                if is_last:
                    moves.absent.add((key, group))
        if is_last:
            moves.wholes[key] = 0 if key in spoken else None
    return rows


def _differ(one: Statement | None, other: Statement | None) -> bool:
    """Whether two statements of one subject may differ; None is no statement."""
    return one is not other and (one is None or other is None or one.whole == 0 or one.whole != other.whole)


def _mark(parts: Sequence[Part]) -> int | None:
    """The fingerprint of one group; None where only its rows can tell it from another."""
    marks = [part.fingerprint() for part in parts]
    if len(marks) == 1:
        return marks[0]
    return None if None in marks else fingerprint(marks)


def _plan(ground: Ground, moves: Moves, rows: _Rows, at: int, unheard: Unheard) -> None:
    known, near = ground.known, ground.near
    subjects: dict[tuple[int, int | None], set[int]] = defaultdict(set)
    for key, group in rows:
        if key in known:
            for kind in KINDS_OF_GROUP[group]:
                subjects[kind, near.after_for(key)].add(known[key].id)
    around = {(kind, after): ground.lines(kind, numbers, at, after) for (kind, after), numbers in subjects.items()}
    for (key, group), made in rows.items():
        subject = known.get(key)
        after = near.after_for(key)
        for kind in KINDS_OF_GROUP[group]:
            lines = around[kind, after].get(subject.id, _NO_TIMELINE) if subject else _NO_TIMELINE
            mine = [row for row in made if row.kind == kind]
            afters = _NO_OTHERS
            if near.passed_over:
                afters = _other_afters(near, key, kind, {*lines, *(row.key for row in mine)}, after)
            for other in {*afters.values()}:
                if subject is None:
                    break
                there = ground.lines(kind, [subject.id], at, other).get(subject.id, _NO_TIMELINE)
                lines = {**lines, **{name: line for name, line in there.items() if afters.get(name, after) == other}}
            _plan_kind(moves, kind, key, lines, mine, at, after, afters, unheard)


def _other_afters(
    near: Neighbours, key: str, kind: int, names: Iterable[str], after: int | None
) -> dict[str, int | None]:
    """The timelines that the capture at `after` has not heard of, with the next capture that has."""
    found = {name: near.after_for_line(key, kind, name) for name in names}
    return {name: other for name, other in found.items() if other != after}


def _plan_kind(
    moves: Moves,
    kind: int,
    key: str,
    lines: Mapping[str, Around],
    rows: Sequence[Row],
    at: int,
    usually: int | None,
    afters: Mapping[str, int | None],
    unheard: Unheard,
) -> None:
    """The moves of one kind of timelines. The next capture is the one at `usually`, or that in `afters` for some."""
    stated = set()
    for row in rows:
        stated.add(row.key)
        line = lines.get(row.key)
        after = afters.get(row.key, usually) if afters else usually
        if line is None:
            moves.inserts[kind].append(Insert(key, None, row, at, plan_end(after)))
            moves.renamed |= kind == kinds.FACT
            continue
        step = plan(at, after, line.covering, line.next_one, row.row_hash)
        if step is NOTHING:
            continue
        _take(moves, kind, key, row.key, line, row, step, after)
        moves.renamed |= kind == kinds.FACT
        if kind == kinds.PRICE and line.covering is not None and line.pico_usd is not None:
            new = row.values[_PICO]
            if new is None:
                _note_silence(moves, key, row.key, line.pico_usd)
            elif new != line.pico_usd:
                moves.prices.append(Move(line.pico_usd, new))
    for name, line in lines.items():
        if name not in stated and line.covering is not None and not unheard.is_line(key, kind, name):
            after = afters.get(name, usually)
            _take(moves, kind, key, name, line, None, plan(at, after, line.covering, line.next_one, None), after)
            moves.renamed |= kind == kinds.FACT
            if kind == kinds.PRICE and line.pico_usd is not None:
                _note_silence(moves, key, name, line.pico_usd)


def _note_silence(moves: Moves, key: str, name: str, before: int) -> None:
    if before > 0 and name in MAIN_PRICES and moves.voices.get(key) == 1:
        moves.silenced.add(key)


def _note_moves(ground: Ground, moves: Moves, rows: _Rows, keys: Mapping[str, str], at: int) -> None:
    """Compare the prices of models that have another key now, `keys` the new one by the old."""
    known = ground.known
    lines = ground.lines(kinds.PRICE, [known[key].id for key in keys], at, ground.near.after)
    before = {
        key: {name: line.pico_usd for name, line in lines.get(known[key].id, _NO_TIMELINE).items() if line.covering}
        for key in keys
    }
    now = {key: {row.key: row.values[_PICO] for row in rows.get((key, "prices"), ())} for key in keys.values()}
    moved, silenced = moves_under_new_keys(keys, before, now)
    moves.prices += moved
    moves.silenced |= silenced


def plan_end(after: int | None) -> int:
    """Where a new timeline's first version ends: at the next capture, which did not state it, or not yet."""
    return FOREVER if after is None else after


def _take(
    moves: Moves, kind: int, key: str, name: str, line: Around, row: Row | None, step: Plan, after: int | None
) -> None:
    if step.shorten is not None and line.covering is not None:
        moves.shortened[kind].append(Shift(line.timeline_id, line.covering.start, step.shorten, key, name))
    if step.insert is not None and row is not None:
        moves.inserts[kind].append(Insert(key, line.timeline_id, row, *step.insert))
    if step.split_from is not None and line.covering is not None:
        moves.splits[kind].append(Split(line.timeline_id, line.covering.start, step.split_from, line.covering.end))
    if step.extend_back is not None and after is not None:
        moves.extended[kind].append(Shift(line.timeline_id, after, step.extend_back, key, name))


def _by_group(said: Statement | None) -> dict[Group, list[Part]]:
    groups: dict[Group, list[Part]] = {}
    for part in said.parts if said is not None else ():
        groups.setdefault(part.group, []).append(part)
    return groups
