"""What the store must say, computed slowly from all captures at once: first the verdicts, then the versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from typing import NamedTuple

from catalogue import Version

from catalog.instants import FOREVER, micros
from catalog.judging.guard import LIMITS, Believed, Doubt, Limits, Move, Seen, doubt_of
from catalog.kinds import PRICE
from catalog.rows import rows_of
from catalog.version_tables import PAYLOAD
from scrapers.document import Document
from scrapers.records import Model
from scrapers.source import source_of

Rows = dict[tuple[str, int, str], tuple[int, int | None]]  # subject, kind, key: hash and price
Present = dict[str, str | None]  # who is there, each with the id that it bears


class Read(NamedTuple):
    """One capture, read. `aside` has the keys of the records set aside, empty where nobody knows whose one is.

    `ids` has the id of each subject that states one.
    """

    at: int
    subjects: frozenset[str]
    ids: Mapping[str, str]
    aside: frozenset[str]
    rows: Rows
    stated: int
    rejected: int

    def hears(self, key: str, model_id: str | None) -> bool:
        """Whether the capture says of a subject, which bore this id before, that it is there, or that it is not."""
        may_be = set() if model_id in self.ids.values() else {"", f"id:{model_id}"}
        return key in self.subjects or not ({key, *may_be} & self.aside)


def read(observed_at: datetime, body: bytes) -> Read:
    """A capture as its parser reads it."""
    document = Document(body)
    reading = source_of(document).parse(document)
    rows: Rows = {}
    pico = PAYLOAD[PRICE].index("pico_usd")
    for part in reading.parts:
        for row in rows_of(part.rows()):
            price = row.values[pico] if row.kind == PRICE else None
            rows[part.subject.key, row.kind, row.key] = (row.row_hash, price)
    subjects = frozenset(part.subject.key for part in reading.parts)
    aside = frozenset(reading.set_aside)
    models = [(part.subject.key, record) for part in reading.parts if part.group == "facts" for record in part.rows()]
    ids = {key: record.model_id for key, record in models if isinstance(record, Model) and record.model_id}
    return Read(micros(observed_at), subjects, ids, aside, rows, reading.stated, reading.rejected)


def believed(captures: Mapping[datetime, bytes], limits: Limits = LIMITS) -> dict[datetime, bool]:
    """Which captures are accepted: one walk in the order of valid time."""
    verdicts: dict[datetime, bool] = {}
    accepted: list[Read] = []
    waiting: list[tuple[datetime, Read]] = []

    def take(time: datetime, one: Read) -> bool:
        doubt, here = _judged(one, accepted, limits)
        if doubt is None or doubt.missing:
            mine = doubt.missing if doubt is not None else frozenset()
            for place, (_earlier, other) in enumerate(waiting):
                if other.at > one.at - limits.confirm_after_us:
                    break
                first, there = _judged(other, accepted, limits)
                if first is not None and first.missing and not (first.missing | mine) & (here | there):
                    verdicts[_earlier] = True
                    accepted.append(other)
                    again = [*waiting[place + 1 :], (time, one)]
                    waiting.clear()
                    for later in again:
                        verdicts[later[0]] = take(*later)
                    return verdicts[time]
        if doubt is None:
            accepted.append(one)
            waiting.clear()
            return True
        waiting.append((time, one))
        return False

    for time in sorted(captures):
        verdicts[time] = take(time, read(time, captures[time]))
    return verdicts


def _judged(one: Read, accepted: Sequence[Read], limits: Limits) -> tuple[Doubt | None, frozenset[str]]:
    """The guard's opinion of a capture after those accepted so far, and of whom it does not say that they are gone."""
    last: Rows = {}
    present: Present = {}
    for capture in accepted:
        last = {name: last[name] for name in last if not capture.hears(name[0], present.get(name[0]))} | capture.rows
        present = _after(present, capture)
    prices = sum(1 for name in last if name[1] == PRICE)
    before = Believed(accepted[-1].at if accepted else None, frozenset(present), lambda: prices)
    moves = []
    for name, (row_hash, price) in one.rows.items():
        old_hash, old = last.get(name, (row_hash, None))
        if row_hash != old_hash and None not in (old, price) and old != price:
            moves.append(Move(old, price))
    silenced = {
        key
        for key, kind, name in last
        if name in ("prompt||||", "completion||||") and kind == PRICE and key in one.subjects
        if (last[key, kind, name][1] or 0) > 0 and one.rows.get((key, kind, name), (0, None))[1] is None
    }
    unsaid = {key for key, model_id in present.items() if not one.hears(key, model_id) or model_id in one.ids.values()}
    here = one.subjects | unsaid
    seen = Seen(one.at, here, moves, one.stated, one.rejected, len(silenced))
    return doubt_of(seen, before, limits), here


def _after(present: Present, one: Read) -> Present:
    """Who is there after a capture, with the ids that they bear: those of whom it says nothing are those before it."""
    unsaid = {key: model_id for key, model_id in present.items() if not one.hears(key, model_id)}
    return unsaid | {key: one.ids.get(key) for key in one.subjects}


def versions(captures: Mapping[datetime, bytes]) -> set[Version]:
    """The run lengths of everything that the captures say; a record set aside is no statement of its model."""
    reads = [read(time, captures[time]) for time in sorted(captures)]
    before: list[Present] = list(accumulate(reads, _after, initial={}))
    names = {name for one in reads for name in one.rows}
    found = set()
    for name in names:
        heard = [one for one, there in zip(reads, before, strict=False) if one.hears(name[0], there.get(name[0]))]
        open_hash, since = None, 0
        for one, following in pairwise([*heard, None]):
            row_hash = one.rows[name][0] if name in one.rows else None
            if row_hash != open_hash:
                if open_hash is not None:
                    found.add(Version(*name, since, one.at, open_hash))
                open_hash, since = row_hash, one.at
            if following is None and open_hash is not None:
                found.add(Version(*name, since, FOREVER, open_hash))
    return found
