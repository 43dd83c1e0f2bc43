"""The only writer of the database.

`Store.apply` takes one capture whole, in one transaction: `settle` decides which captures are believed, `reconcile` and
`retract` what moves, and the moves are carried out in bulk. A process that dies leaves a capture whole or absent; a
connection that is lost has the whole transaction tried again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import count
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, text, update

from catalog import identity, schema
from catalog.database import Interrupted, writing
from catalog.database import reading as reading_of
from catalog.errors import UsageError
from catalog.guard import LIMITS, Believed, Limits, Seen, doubt_of
from catalog.instants import FOREVER
from catalog.reconcile import Insert, Moves, Reconciliation, reconcile
from catalog.retract import retract
from catalog.rows import KINDS_OF_GROUP, PAYLOAD, TABLES
from catalog.settle import Judged, settle
from catalog.state import KnownSubject, StoredCapture, Unheard, neighbours, subjects_of
from scrapers.document import Reading
from scrapers.records import Warning

ACCEPTED, HELD, REFUSED = "accepted", "held", "refused"

_SOURCE, _SCOPE, _RUN, _CAPTURE, _DRIFT, _MODEL, _SUBJECT, _TIMELINE, _HEAD = (
    schema.METADATA.tables[name]
    for name in ("source", "scope", "run", "capture", "drift", "model", "subject", "timeline", "head")
)


class NewCapture(NamedTuple):
    """One answer, about to be stored. `review` is the reason for which somebody accepted it in spite of the guard."""

    source: str
    observed_at: int
    known_at: int
    document_sha256: str
    parser_version: str
    run_id: int
    url: str | None = None
    review: str | None = None


class Judgement(NamedTuple):
    """The verdict of one capture, by its document and time."""

    document_sha256: str
    observed_at: int
    verdict: str
    reason: str | None


class Applied(NamedTuple):
    """What became of a capture.

    `verdict` is `accepted`, `held` or `refused`. `changes` counts the versions that begin, end or move; `others` are
    captures whose verdict this one changed.
    """

    capture_id: int | None
    verdict: str
    scope: str | None = None
    reason: str | None = None
    changes: int = 0
    others: tuple[Judgement, ...] = ()


Reread = Callable[[str, str | None], Reading]
"""How an archived document is read again, by its hash and its url: a held capture may be believed later."""

_T = TypeVar("_T")
_Opened = Callable[[Engine], AbstractContextManager[Connection]]
TRIES = 3
"""How often a transaction is tried whose connection was lost, or that the database asks to try again."""


class Store:
    """Writes captures into one database."""

    def __init__(self, engine: Engine, *, limits: Limits = LIMITS) -> None:
        self.engine = engine
        self.limits = limits

    # Runs

    def start_run(self, command: str, *, now: int, program_version: str) -> int:
        """A row for this call of the program; returns its number."""

        def work(connection: Connection) -> int:
            number = _next_id(connection, _RUN)
            connection.execute(
                insert(_RUN).values(id=number, command=command, started_at=now, program_version=program_version)
            )
            return number

        return self._unit(work)

    def end_run(self, run_id: int, *, now: int, exit_code: int, summary: Mapping[str, Any]) -> None:
        """Say how a run ended. A run without an end was killed."""
        values = {"ended_at": now, "exit_code": exit_code, "summary": json.dumps(summary, sort_keys=True)}
        self._unit(lambda connection: connection.execute(update(_RUN).where(_RUN.c.id == run_id).values(values)))

    # Captures

    def known(self, source: str, observed_at: int, document_sha256: str) -> Applied | None:
        """What became of this document at this time, where it is stored already."""
        found = self._unit(
            lambda connection: connection.execute(
                text(
                    "SELECT c.id, c.verdict, p.key, c.reason FROM capture c JOIN source s ON s.id = c.source_id"
                    " LEFT JOIN scope p ON p.id = c.scope_id"
                    " WHERE s.slug = :source AND c.observed_at = :at AND c.document_sha256 = :hash"
                ),
                {"source": source, "at": observed_at, "hash": document_sha256},
            ).first(),
            opened=reading_of,
        )
        return None if found is None else Applied(*found)

    def apply_unchanged(self, capture: NewCapture, reread: Reread) -> Applied | None:
        """Store a capture whose document is byte for byte that of the capture before; None where it is not.

        Nothing is parsed: the same bytes read by the same parser state the same.
        """
        return self._unit(lambda connection: self._apply_unchanged(connection, capture, reread))

    def _apply_unchanged(self, connection: Connection, capture: NewCapture, reread: Reread) -> Applied | None:
        twin = connection.execute(
            text(
                "SELECT c.scope_id, p.key, c.stated, c.rejected, c.unheard FROM capture c"
                " JOIN source s ON s.id = c.source_id JOIN scope p ON p.id = c.scope_id"
                " WHERE s.slug = :source AND c.document_sha256 = :hash"
                " AND c.parser_version = :version AND c.verdict = 'accepted' AND c.observed_at ="
                " (SELECT max(observed_at) FROM capture WHERE scope_id = c.scope_id AND verdict = 'accepted'"
                " AND observed_at < :at)"
            ),
            {
                "source": capture.source,
                "hash": capture.document_sha256,
                "version": capture.parser_version,
                "at": capture.observed_at,
            },
        ).first()
        if twin is None or _at_instant(connection, twin.scope_id, capture.observed_at) is not None:
            return None
        alone = Seen(capture.observed_at, frozenset(), (), twin.stated, twin.rejected)
        if capture.review is None and doubt_of(alone, Believed(None, frozenset(), 0), self.limits) is not None:
            return None
        counts = twin.stated, twin.rejected, twin.unheard
        number = _insert_capture(connection, capture, twin.scope_id, ACCEPTED, None, *counts)
        desk = _Desk(connection, twin.scope_id, capture, reread, self.limits)
        settle(connection, twin.scope_id, capture.observed_at, self.limits, desk)
        return desk.applied(number, twin.key)

    def refuse(self, capture: NewCapture, reason: str) -> Applied:
        """Note an answer that could not be read; it is archived and changes nothing."""
        return self._unit(
            lambda connection: Applied(
                _insert_capture(connection, capture, None, REFUSED, reason), REFUSED, None, reason
            )
        )

    def apply(self, capture: NewCapture, reading: Reading, reread: Reread, *, dry_run: bool = False) -> Applied:
        """Store one capture; or hold it, where the guard does not believe it and no review says otherwise."""

        def work(connection: Connection) -> Applied:
            applied = self._apply(connection, capture, reading, reread)
            if dry_run:
                connection.get_transaction().rollback()  # type: ignore[union-attr]
            return applied

        return self._unit(work)

    def _apply(self, connection: Connection, capture: NewCapture, reading: Reading, reread: Reread) -> Applied:
        scope_id = _scope_id(connection, capture.source, reading.scope)
        old = _at_instant(connection, scope_id, capture.observed_at)
        if old is not None and old.verdict == ACCEPTED:
            if old.document_sha256 == capture.document_sha256:  # stored by a try whose answer was lost
                return Applied(old.id, ACCEPTED, reading.scope)
            reason = f"another answer of the same instant is stored already ({old.document_sha256[:12]}…)"
            return Applied(None, REFUSED, reading.scope, reason)
        if old is not None:
            connection.execute(delete(_DRIFT).where(_DRIFT.c.capture_id == old.id))
            connection.execute(delete(_CAPTURE).where(_CAPTURE.c.id == old.id))
        unheard = Unheard.stored(reading.set_aside, {part.subject.key for part in reading.parts})
        counts = reading.stated, reading.rejected, unheard
        number = _insert_capture(connection, capture, scope_id, HELD, None, *counts)
        _insert_drift(connection, number, reading.warnings)
        desk = _Desk(connection, scope_id, capture, reread, self.limits, reading)
        settle(connection, scope_id, capture.observed_at, self.limits, desk)
        return desk.applied(number, reading.scope)

    def _unit(self, work: Callable[[Connection], _T], *, opened: _Opened = writing) -> _T:
        """One transaction, tried again from its start where the connection was lost."""
        for _ in range(TRIES - 1):
            try:
                with opened(self.engine) as connection:
                    return work(connection)
            except Interrupted:
                continue
        with opened(self.engine) as connection:
            return work(connection)

    def reject(self, capture_id: int, reason: str) -> None:
        """Refuse a held capture for good, for a reason that is kept."""
        with writing(self.engine) as connection:
            connection.execute(
                update(_CAPTURE)
                .where(_CAPTURE.c.id == capture_id)
                .values(verdict=REFUSED, review=reason, scope_id=None)
            )

    # Identity

    @property
    def is_stale(self) -> bool:
        """Whether facts have moved since the identities were last resolved, be it in a run that died."""
        query = select(_SCOPE.c.id).where(_SCOPE.c.is_stale).limit(1)
        return self._unit(lambda connection: connection.execute(query).first(), opened=reading_of) is not None

    def resolve(self, aliases: Sequence[identity.Alias]) -> identity.Resolution:
        """Bring the models, and whom each subject is taken for, up to what all sources state."""

        def work(connection: Connection) -> identity.Resolution:
            found = identity.resolve(_statements(connection), aliases)
            _write_resolution(connection, found)
            connection.execute(update(_SCOPE).where(_SCOPE.c.is_stale).values(is_stale=False))
            return found

        return self._unit(work)

    # Corrections

    def correct(self, scope_id: int, believed: Corrections, *, now: int, parser_version: str) -> int:
        """Supersede what a parser's fix reads otherwise: known time moves, valid time does not.

        `believed` has the versions that are no longer believed and those that are believed instead. Returns how many
        rows were superseded or added.
        """

        def work(connection: Connection) -> None:
            known = {key: subject.id for key, subject in subjects_of(connection, scope_id).items()}
            for kind, keys in believed.superseded.items():
                _superseded(connection, kind, keys, now)
            moves = Moves(voices=believed.voices, inserts=believed.inserts)
            _carry_out_inserts(connection, scope_id, moves, known, known_from=now)
            _reset_heads(connection, scope_id)
            connection.execute(
                update(_CAPTURE)
                .where(_CAPTURE.c.scope_id == scope_id, _CAPTURE.c.verdict == ACCEPTED)
                .values(parser_version=parser_version)
            )

        self._unit(work)
        return sum(map(len, believed.superseded.values())) + sum(map(len, believed.inserts.values()))


class _Desk:
    """Carries out the verdicts on the captures of one scope, inside one transaction."""

    def __init__(
        self,
        connection: Connection,
        scope_id: int,
        capture: NewCapture,
        reread: Reread,
        limits: Limits,
        reading: Reading | None = None,
    ) -> None:
        self.connection = connection
        self.scope_id = scope_id
        self.capture = capture
        self.limits = limits
        self._reread = reread
        self._readings = {} if reading is None else {capture.observed_at: reading}
        self._found: tuple[int, Reconciliation] | None = None
        self._changes = 0
        self._is_stale = False
        self._judgements: dict[int, Judgement] = {}

    def judge(self, capture: StoredCapture) -> Judged:
        found = self._reconciled(capture)
        doubt = None if capture.review is not None else doubt_of(found.seen, found.believed, self.limits)
        return Judged(doubt, found.seen.subjects)

    def accept(self, capture: StoredCapture, reason: str | None = None) -> None:
        found = self._reconciled(capture)
        _carry_out(self.connection, self.scope_id, found.moves, found.known)
        self._moved(found.moves)
        self._say(capture, ACCEPTED, reason)

    def hold(self, capture: StoredCapture, reason: str) -> None:
        self._say(capture, HELD, reason)

    def take_back(self, capture: StoredCapture) -> None:
        near = neighbours(self.connection, self.scope_id, capture.observed_at)
        moves = retract(self.connection, self.scope_id, capture.observed_at, near)
        _carry_out(self.connection, self.scope_id, moves, {})
        if near.after is None or near.passed_over:
            _reset_heads(self.connection, self.scope_id)
        self._moved(moves)
        self._say(capture, HELD, None)

    def applied(self, number: int, scope: str) -> Applied:
        """What became of the capture that was brought, and of others through it."""
        mine = self._judgements.pop(number, None)
        verdict, reason = (ACCEPTED, None) if mine is None else (mine.verdict, mine.reason)
        return Applied(number, verdict, scope, reason, self._changes, tuple(self._judgements.values()))

    def _reconciled(self, capture: StoredCapture) -> Reconciliation:
        if self._found is None or self._found[0] != capture.id:
            near = neighbours(self.connection, self.scope_id, capture.observed_at)
            found = reconcile(
                self.connection,
                self.scope_id,
                capture.observed_at,
                near,
                self._reading(capture),
                self.capture.parser_version,
            )
            self._found = capture.id, found
        return self._found[1]

    def _reading(self, capture: StoredCapture) -> Reading:
        if capture.observed_at not in self._readings:
            digest, url = self.connection.execute(
                select(_CAPTURE.c.document_sha256, _CAPTURE.c.url).where(_CAPTURE.c.id == capture.id)
            ).one()
            self._readings[capture.observed_at] = self._reread(digest, url)
        return self._readings[capture.observed_at]

    def _moved(self, moves: Moves) -> None:
        self._found = None
        self._changes += moves.count
        if moves.renamed and not self._is_stale:
            self.connection.execute(update(_SCOPE).where(_SCOPE.c.id == self.scope_id).values(is_stale=True))
            self._is_stale = True

    def _say(self, capture: StoredCapture, verdict: str, reason: str | None) -> None:
        self._found = None
        digest = self.connection.execute(
            update(_CAPTURE)
            .where(_CAPTURE.c.id == capture.id)
            .values(verdict=verdict, reason=reason, parser_version=self.capture.parser_version)
            .returning(_CAPTURE.c.document_sha256)
        ).scalar_one()
        self._judgements[capture.id] = Judgement(digest, capture.observed_at, verdict, reason)


class Corrections(NamedTuple):
    """The rows of one scope that a parser's fix reads otherwise, by kind: those to supersede, those to believe."""

    voices: dict[str, int]
    superseded: dict[int, list[tuple[int, int]]]
    inserts: dict[int, list[Insert]]


COPIED_AT_ONCE = 2_000
"""Rows in one step of a copy."""


def fill_from(origin: Connection, engine: Engine, *, check: Callable[[Connection], None]) -> dict[str, int]:
    """Every row of another database into one that has the schema and no captures; how many of each table.

    One transaction: `check` sees the copy before it counts, and what it raises takes everything back. Raises
    `UsageError` where there are captures or runs already.
    """
    precedence = schema.METADATA.tables["precedence"]
    counts: dict[str, int] = {}
    with writing(engine) as connection:
        for table in (_CAPTURE, _RUN):
            if connection.execute(select(func.count()).select_from(table)).scalar_one():
                raise UsageError(f"{engine.url.render_as_string()}: not empty; name a database without captures")
        connection.execute(delete(precedence))  # the migrations have filled it, perhaps otherwise than the origin's
        for table in schema.METADATA.sorted_tables:
            counts[table.name] = 0
            rows = origin.execute(select(table), execution_options={"stream_results": True})
            for some in rows.mappings().partitions(COPIED_AT_ONCE):
                connection.execute(insert(table), [dict(row) for row in some])
                counts[table.name] += len(some)
        check(connection)
    return counts


def _superseded(connection: Connection, kind: int, keys: Sequence[tuple[int, int]], now: int) -> None:
    if keys:
        table = TABLES[kind]
        connection.execute(
            update(table)
            .where(table.c.timeline_id == bindparam("line"), table.c.valid_from == bindparam("start"))
            .where(table.c.known_to == FOREVER)
            .values(known_to=now),
            [{"line": line, "start": start} for line, start in keys],
        )


def _next_id(connection: Connection, table: Any) -> int:
    """The next number of a table; safe, because only the holder of the writer's lock asks."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1


def _scope_id(connection: Connection, source: str, key: str) -> int:
    source_id = _source_id(connection, source)
    found = connection.execute(select(_SCOPE.c.id).where(_SCOPE.c.source_id == source_id, _SCOPE.c.key == key)).scalar()
    if found is None:
        found = _next_id(connection, _SCOPE)
        connection.execute(insert(_SCOPE).values(id=found, source_id=source_id, key=key, is_stale=False))
    return int(found)


def _source_id(connection: Connection, slug: str) -> int:
    found = connection.execute(select(_SOURCE.c.id).where(_SOURCE.c.slug == slug)).scalar()
    if found is None:
        found = _next_id(connection, _SOURCE)
        connection.execute(insert(_SOURCE).values(id=found, slug=slug))
    return int(found)


def _at_instant(connection: Connection, scope_id: int, at: int) -> Any:
    return connection.execute(
        select(_CAPTURE.c.id, _CAPTURE.c.verdict, _CAPTURE.c.document_sha256).where(
            _CAPTURE.c.scope_id == scope_id, _CAPTURE.c.observed_at == at
        )
    ).first()


def _insert_capture(
    connection: Connection,
    capture: NewCapture,
    scope_id: int | None,
    verdict: str,
    reason: str | None,
    stated: int = 0,
    rejected: int = 0,
    unheard: str | None = None,
) -> int:
    number = _next_id(connection, _CAPTURE)
    connection.execute(
        insert(_CAPTURE).values(
            id=number,
            source_id=_source_id(connection, capture.source),
            scope_id=scope_id,
            observed_at=capture.observed_at,
            known_at=capture.known_at,
            document_sha256=capture.document_sha256,
            parser_version=capture.parser_version,
            run_id=capture.run_id,
            verdict=verdict,
            reason=reason,
            review=capture.review,
            url=capture.url,
            stated=stated,
            rejected=rejected,
            unheard=unheard,
        )
    )
    return number


def _insert_drift(connection: Connection, capture_id: int, warnings: Iterable[Warning]) -> None:
    first = _next_id(connection, _DRIFT)
    rows = [
        {"id": first + n, "capture_id": capture_id, "code": w.code, "message": w.message, "place": w.where}
        for n, w in enumerate(warnings)
    ]
    if rows:
        connection.execute(insert(_DRIFT), rows)


def _carry_out(connection: Connection, scope_id: int, moves: Moves, subjects: Mapping[str, KnownSubject]) -> None:
    """Write the moves: what ends before what begins, so that no timeline ever has two open versions."""
    known = {key: subject.id for key, subject in subjects.items()}
    for kind, gone in moves.deleted.items():
        table = TABLES[kind]
        connection.execute(
            delete(table)
            .where(table.c.timeline_id == bindparam("line"), table.c.valid_from == bindparam("start"))
            .where(table.c.known_to == FOREVER),
            [{"line": line, "start": start} for line, start in gone],
        )
    for kind, splits in moves.splits.items():
        _copy(connection, kind, [split._asdict() for split in splits])
    for kind, shifts in moves.shortened.items():
        table = TABLES[kind]
        connection.execute(
            update(table)
            .where(table.c.timeline_id == bindparam("line"), table.c.valid_from == bindparam("start"))
            .where(table.c.known_to == FOREVER)
            .values(valid_to=bindparam("to")),
            [{"line": shift.timeline_id, "start": shift.start, "to": shift.to} for shift in shifts],
        )
    for kind, shifts in moves.extended.items():
        table = TABLES[kind]
        connection.execute(
            update(table)
            .where(table.c.timeline_id == bindparam("line"), table.c.valid_from == bindparam("start"))
            .where(table.c.known_to == FOREVER)
            .values(valid_from=bindparam("to")),
            [{"line": shift.timeline_id, "start": shift.start, "to": shift.to} for shift in shifts],
        )
    _carry_out_inserts(connection, scope_id, moves, known, known_from=0)
    _write_heads(connection, moves, known)


def _copy(connection: Connection, kind: int, splits: list[dict[str, int]]) -> None:
    """Let the statement of a version go on from `resume` to its old end; the version itself is shortened after.

    The copy is inserted closed and opened last, because the version that it continues may still be open.
    """
    table = TABLES[kind]
    names = ", ".join(("known_from", "known_to", "row_hash", *PAYLOAD[kind]))
    for split in splits:
        where = f"timeline_id = :timeline_id AND valid_from = :start AND known_to = {FOREVER}"
        connection.execute(text(f"UPDATE {table.name} SET valid_to = :resume WHERE {where}"), split)
        connection.execute(
            text(
                f"INSERT INTO {table.name} (timeline_id, valid_from, valid_to, {names})"
                f" SELECT timeline_id, :resume, :end, {names} FROM {table.name} WHERE {where}"
            ),
            split,
        )


def _carry_out_inserts(
    connection: Connection, scope_id: int, moves: Moves, known: dict[str, int], *, known_from: int
) -> None:
    new = [key for key in moves.voices if key not in known]
    if new:
        numbers = dict(zip(new, count(_next_id(connection, _SUBJECT)), strict=False))
        connection.execute(
            insert(_SUBJECT),
            [
                {"id": number, "scope_id": scope_id, "key": key, "voice": moves.voices[key]}
                for key, number in numbers.items()
            ],
        )
        known.update(numbers)
    next_line = _next_id(connection, _TIMELINE)
    lines: list[dict[str, Any]] = []
    versions: dict[int, list[tuple[Any, ...]]] = {}
    for kind, inserts in moves.inserts.items():
        made: dict[tuple[int, str], int] = {}
        for item in inserts:
            line = item.timeline_id
            if line is None:
                owner = known[item.subject_key], item.row.key
                line = made.get(owner)
                if line is None:
                    line = made[owner] = next_line
                    lines.append({"id": line, "subject_id": owner[0], "kind": kind, "key": item.row.key})
                    next_line += 1
            versions.setdefault(kind, []).append(
                (line, item.start, item.end, known_from, FOREVER, item.row.row_hash, *item.row.values)
            )
    if lines:
        connection.execute(insert(_TIMELINE), lines)
    for kind, rows_of_kind in versions.items():
        names = (*schema.VERSION_COLUMNS, *PAYLOAD[kind])
        connection.execute(insert(TABLES[kind]), [dict(zip(names, row, strict=True)) for row in rows_of_kind])


def _write_heads(connection: Connection, moves: Moves, known: Mapping[str, int]) -> None:
    if moves.wholes:
        connection.execute(
            update(_SUBJECT).where(_SUBJECT.c.id == bindparam("number")).values(fingerprint=bindparam("whole")),
            [{"number": known[key], "whole": whole} for key, whole in moves.wholes.items()],
        )
    if moves.absent:
        connection.execute(
            delete(_HEAD).where(_HEAD.c.subject_id == bindparam("subject"), _HEAD.c.group_name == bindparam("name")),
            [{"subject": known[key], "name": group} for key, group in moves.absent],
        )
    rows = [
        {"subject_id": known[key], "group_name": group, "fingerprint": mark}
        for (key, group), mark in moves.heads.items()
    ]
    if rows:
        connection.execute(
            text(
                "INSERT INTO head (subject_id, group_name, fingerprint) VALUES (:subject_id, :group_name, :fingerprint)"
                " ON CONFLICT (subject_id, group_name) DO UPDATE SET fingerprint = excluded.fingerprint"
            ),
            rows,
        )


def _reset_heads(connection: Connection, scope_id: int) -> None:
    """Say of a scope who is there, and of nothing that it is known: the next capture is compared with the versions."""
    scope = {"scope": scope_id}
    mine = "(SELECT id FROM subject WHERE scope_id = :scope)"
    connection.execute(text(f"DELETE FROM head WHERE subject_id IN {mine}"), scope)
    for group, kinds in KINDS_OF_GROUP.items():
        for kind in kinds:
            connection.execute(
                text(
                    "INSERT INTO head (subject_id, group_name, fingerprint) SELECT s.id, :group, 0 FROM subject s"
                    f" JOIN timeline l ON l.subject_id = s.id AND l.kind = {kind} JOIN {TABLES[kind].name} v"
                    f" ON v.timeline_id = l.id AND v.known_to = {FOREVER} AND v.valid_to = {FOREVER}"
                    " WHERE s.scope_id = :scope GROUP BY s.id ON CONFLICT (subject_id, group_name) DO NOTHING"
                ),
                scope | {"group": group},
            )
    there = "CASE WHEN id IN (SELECT subject_id FROM head) THEN 0 END"
    connection.execute(text(f"UPDATE subject SET fingerprint = {there} WHERE scope_id = :scope"), scope)


def _statements(connection: Connection) -> list[identity.Statement]:
    rows = connection.execute(
        text(
            "SELECT s.id, s.key, v.canonical_slug, v.variant, v.model_id, v.name, v.author, v.valid_from FROM subject s"
            f" JOIN timeline l ON l.subject_id = s.id AND l.kind = 0 JOIN fact_version v ON v.timeline_id = l.id"
            f" WHERE v.known_to = {FOREVER}"
        )
    )
    return [identity.Statement(*row) for row in rows]


def _write_resolution(connection: Connection, found: identity.Resolution) -> None:
    """Change only what differs: most runs resolve everybody as before."""
    old = {
        identity.Identity(row.canonical_slug, row.variant): row for row in connection.execute(select(_MODEL)).fetchall()
    }
    next_model = _next_id(connection, _MODEL)
    numbers: dict[identity.Identity, int] = {one: row.id for one, row in old.items()}
    fresh, changed = [], []
    for one, person in found.models.items():
        values = {"model_id": person.model_id, "name": person.name, "author": person.author}
        if one not in old:
            numbers[one] = next_model
            fresh.append({"id": next_model, **one._asdict(), **values})
            next_model += 1
        elif (old[one].model_id, old[one].name, old[one].author) != tuple(values.values()):
            changed.append({"number": old[one].id, **values})
    if fresh:
        connection.execute(insert(_MODEL), fresh)
    if changed:
        connection.execute(update(_MODEL).where(_MODEL.c.id == bindparam("number")), changed)
    targets = {subject: (numbers[one], by) for subject, (one, by) in found.subjects.items()}
    resolved = connection.execute(select(_SUBJECT.c.id, _SUBJECT.c.resolved_id, _SUBJECT.c.resolved_by)).fetchall()
    moved = [
        {"number": row.id, "resolved_id": target[0], "resolved_by": target[1]}
        for row in resolved
        if (target := targets.get(row.id, (None, None))) != tuple(row[1:])  # nobody, where its captures are held by now
    ]
    if moved:
        connection.execute(update(_SUBJECT).where(_SUBJECT.c.id == bindparam("number")), moved)
    gone = [row.id for one, row in old.items() if one not in found.models]
    if gone:
        connection.execute(delete(_MODEL).where(_MODEL.c.id.in_(gone)))
