"""Where a value comes from, down to the words in the document; and what the other sources say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, text

from catalog import asof
from catalog.errors import UsageError
from catalog.fact_words import extra_facts, is_truth
from catalog.instants import FOREVER, iso
from catalog.kinds import ENDPOINT, FACT, KINDS_OF_GROUP, PRICE, RATING, SCORE, STATISTIC
from catalog.questions import frames, names
from catalog.questions.frames import Moment
from catalog.questions.history import CONDITIONS
from catalog.questions.opened import Instant
from catalog.questions.runs_of_values import stands_since
from catalog.rows import rows_of
from catalog.version_tables import PAYLOAD, TABLES
from scrapers.api.contract import pointer
from scrapers.archive import Archive
from scrapers.document import Document, Group
from scrapers.errors import ArchiveError, DocumentError
from scrapers.figure import Figure
from scrapers.records import Record
from scrapers.source import all_sources

if TYPE_CHECKING:
    from catalog.questions.plain import Questions

COLUMNS = (
    "model",
    "field",
    "value",
    "answers",
    "source",
    "scope",
    "stated_since",
    "captured_at",
    "known_at",
    "url",
    "document_sha256",
    "place",
    "words",
    "parser_version",
    "run",
)

_GROUP_OF_KIND: dict[int, Group] = {kind: group for group, kinds in KINDS_OF_GROUP.items() for kind in kinds}


class _Said(NamedTuple):
    """One source's value, and the row of the version that says so."""

    source: str
    scope: str
    subject: str
    kind: int
    key: str
    field: str
    value: Any
    answers: bool
    capture: Any


def explain_field(
    catalog: Questions, archive: Path, model: str, field: str, *, as_of: Instant = None, known_at: Instant = None
) -> pd.DataFrame:
    """Every source's value of one field of one model with its lineage, the one that answers first.

    The place and the words are read from the archived document anew. Columns: `model`, `field`, `value`, `answers`
    (true for what the other commands give: one value, or one for each endpoint and condition), `source`, `scope`,
    `stated_since` (the capture that first said so), `captured_at` (the newest capture that still did); and of the
    former `known_at`, `url`, `document_sha256`, `place`, `words`, `parser_version`, `run`; index `voice`. As known
    before a correction of its source a value has no `parser_version`: it is not known any more which one had read it.
    Raises `UnknownModel`, and `UsageError` for a field that nobody states.
    """
    with catalog.asked(as_of, known_at) as (connection, moment):
        who = frames.people(connection, moment)
        number = (names.resolve_all(connection, model, who) or [0])[0]
        said = _said(connection, moment, number, field)
        if not said:
            stated = {_PREFIX[kind] + name for kind, name, *_ in _stated(connection, moment, number)}
            there = f"stated are {names.fields_near(field, stated)}" if stated else "nothing was stated of it by then"
            raise UsageError(f"nobody states {field!r} of {who[number].key}; {there}")
        first = [_first_said(connection, moment, one) for one in said]
        fixed = _fixed_since(connection, moment)
        rows = [_row(who[number].key, *both, Archive(archive), fixed) for both in zip(said, first, strict=True)]
    return pd.DataFrame(rows, columns=list(COLUMNS), index=pd.RangeIndex(len(rows), name="voice"))


def _said(connection: Connection, moment: Moment, number: int, field: str) -> list[_Said]:
    """What every source says of a field, the voice that answers first."""
    stated = list(_stated(connection, moment, number))
    speaking = _speaking(stated)
    found = []
    for kind, name, column, value, row in stated:
        is_named = field == name and not (kind == ENDPOINT and column in asof.FACT_FIELDS)
        is_named |= kind == PRICE and field in CONDITIONS and row.conditions is not None
        if not (is_named or field == _PREFIX[kind] + name):
            continue
        rounded = bool(getattr(row, asof.ROUNDED.get(column, ""), None))
        dated = getattr(row, "effective_from", None) is not None
        cut = column == "description" and str(value).endswith("...")
        order = (row.provider_is_named, dated, rounded or cut, *_voice(row)[:3], kind, row.line)
        found.append((order, _Said(row.source, row.scope, row.subject, kind, row.key, column, value, False, row)))
    told: set[Any] = set()
    said = []
    for _, one in sorted(found, key=lambda pair: pair[0]):
        if one.kind in _HEARD_WHOLE:
            answers = _voice(one.capture) == speaking.get(_part(one.kind, one.capture))
        else:
            answers = (thing := _thing(one)) not in told and not one.capture.is_outdated
            told |= {thing} if answers else set()
        said.append(one._replace(answers=answers))
    return said


_HEARD_WHOLE = (PRICE, ENDPOINT, STATISTIC)
"""Of these one voice gives all: its silence about one of them is not made good by another."""


def _speaking(stated: Iterable[tuple[int, str, str, Any, Any]]) -> dict[Any, tuple[Any, ...]]:
    """The voice that gives the headline prices, that of the endpoints' prices, and that of the endpoints."""
    best: dict[Any, tuple[Any, ...]] = {}
    for kind, _, _, _, row in stated:
        if kind in (PRICE, ENDPOINT) and (part := _part(kind, row)) is not None:
            best[part] = min(best.get(part, _voice(row)), _voice(row))
    return best


def _part(kind: int, row: Any) -> tuple[int, int] | None:
    """What one voice gives all of; None for what answers no plain question: a price that its source dates itself, or
    that of a list where another one has the say."""
    if kind == PRICE:
        return None if row.effective_from is not None or row.is_outdated else (PRICE, row.provider_is_named)
    return ENDPOINT, 1


def _voice(row: Any) -> tuple[Any, ...]:
    """Who speaks, the lower the sooner believed."""
    return row.rank, -row.heard_at, row.scope, row.subject_id


def _thing(said: _Said) -> tuple[Any, ...]:
    """What a value is one of: of several voices that speak of the same thing the first one answers."""
    row = said.capture
    if said.kind == SCORE:
        return SCORE, row.benchmark, row.category, row.is_reasoning, row.strategy, row.is_free
    return said.kind, said.key, said.field


_PREFIX = {FACT: "", PRICE: "price.", RATING: "rating.", SCORE: "score.", ENDPOINT: "endpoint.", STATISTIC: "endpoint."}
_NAMED: dict[int, tuple[tuple[str, ...], str | None]] = {
    FACT: (asof.FACT_FIELDS, None),
    PRICE: (("usd", "state"), "component"),
    RATING: (("value",), "dimension"),
    SCORE: (("accuracy_percent", "elo", "index_value", "win_rate_percent", "percentile"), "benchmark"),
    ENDPOINT: (PAYLOAD[ENDPOINT], None),
    STATISTIC: (PAYLOAD[STATISTIC], None),
}


def _stated(connection: Connection, moment: Moment, number: int) -> Iterator[tuple[int, str, str, Any, Any]]:
    """Everything stated of a model: the kind, the name, the column or the source's own word, the value, the row."""
    for kind, (columns, name_column) in _NAMED.items():
        for row in _versions(connection, moment, kind, number):
            for column in columns:
                value = getattr(row, column)
                if value is None or (column == "state" and row.usd is not None):
                    continue
                name = column if name_column is None else getattr(row, name_column)
                if kind == RATING:
                    value = Figure(value)
                yield kind, name, column, bool(value) if is_truth(kind, column) else value, row
            for word, value in extra_facts(row.extra).items() if kind in (FACT, ENDPOINT) else ():
                yield kind, word, word, value, row


_HEARD = "o.verdict = 'accepted' AND o.known_at <= :known"
"""Of a capture, that it had arrived: the evidence of what was known is none that came later."""


def _versions(connection: Connection, moment: Moment, kind: int, number: int) -> list[Any]:
    columns = ", ".join(f"v.{name}" for name in PAYLOAD[kind] if name != "rank")
    provider = "CASE WHEN v.provider IS NULL THEN 0 ELSE 1 END" if kind in (PRICE, ENDPOINT) else "0"
    score_rank = ", v.rank AS score_rank" if kind == SCORE else ""
    sql = (
        f"WITH {asof.SPOKEN}, {asof.LAST_LIST} SELECT k.source, k.scope, u.key AS subject, k.subject_id, k.rank,"
        f" k.heard_at, CASE WHEN {asof.IS_OUTDATED} THEN 1 ELSE 0 END AS is_outdated, l.id AS line,"
        f" l.key, {columns}{score_rank}, {provider} AS provider_is_named, v.valid_from, v.known_to, u.scope_id,"
        " (SELECT max(o.observed_at) FROM capture o"
        f" WHERE o.scope_id = u.scope_id AND {_HEARD} AND o.observed_at < v.valid_to"
        " AND o.observed_at <= k.heard_at) AS captured_at"
        f" {asof.stated_in(kind, 'listed_at' if kind == FACT else 'stated_at')} {asof.OF_LAST_LIST}"
        " JOIN subject u ON u.id = k.subject_id WHERE k.resolved_id = :number"
    )
    return list(connection.execute(text(sql), {"as_of": moment.as_of, "known": moment.known, "number": number}))


def _first_said(connection: Connection, moment: Moment, said: _Said) -> Any:
    """The capture that first said so, of those that had arrived."""
    row = said.capture

    def value_in(version: Any) -> Any:
        if said.kind == PRICE:
            return version.usd, version.state, version.unit
        if said.field in PAYLOAD[said.kind]:
            return getattr(version, said.field)
        return extra_facts(version.extra).get(said.field)

    since = stands_since(connection, moment, said.kind, row.line, row.valid_from, value_in)
    sql = (
        "SELECT o.observed_at, o.known_at, o.url, o.document_sha256, o.parser_version, o.run_id FROM capture o"
        f" WHERE o.scope_id = :scope AND {_HEARD} AND o.observed_at >= :since ORDER BY o.observed_at LIMIT 1"
    )
    asked = {"scope": row.scope_id, "known": moment.known, "since": since}
    return connection.execute(text(sql), asked).one()


def _fixed_since(connection: Connection, moment: Moment) -> frozenset[str]:
    """The sources whose parser was fixed after what was known: their captures name the parser of the fix since."""
    if moment.known == frames.NOW:
        return frozenset()
    fixed = " UNION ".join(
        f"SELECT timeline_id FROM {table.name}"
        f" WHERE known_from > :known OR (known_to > :known AND known_to < {FOREVER})"
        for table in TABLES
    )
    sql = (
        f"SELECT DISTINCT s.slug FROM ({fixed}) AS f JOIN timeline l ON l.id = f.timeline_id"
        " JOIN subject u ON u.id = l.subject_id JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id"
    )
    return frozenset(connection.execute(text(sql), {"known": moment.known}).scalars())


def _row(model: str, said: _Said, capture: Any, archive: Archive, fixed: Set[str]) -> tuple[Any, ...]:
    place, words = _in_document(said, capture, archive)
    return (
        model,
        _field_name(said),
        said.value,
        said.answers,
        said.source,
        said.scope,
        iso(capture.observed_at),
        iso(said.capture.captured_at),
        iso(capture.known_at),
        capture.url,
        capture.document_sha256,
        place,
        words,
        None if said.source in fixed else capture.parser_version,
        capture.run_id,
    )


def _is_corrected(said: _Said) -> bool:
    """Whether a parser's fix has superseded the reading."""
    return bool(said.capture.known_to != FOREVER)


def _field_name(said: _Said) -> str:
    """The field as `history` names it, with what tells it from others of its name."""
    row = said.capture
    if said.kind == PRICE:
        at = f" at {row.provider}" + (f" ({row.tag})" if row.tag else "") if row.provider else ""
        held = f" if {row.conditions}" if row.conditions else ""
        return f"price.{row.component}{at}{held}" + (f" from {row.effective_from}" if row.effective_from else "")
    if said.kind == SCORE:
        run = {None: "", True: "reasoning", False: "no reasoning"}[
            None if row.is_reasoning is None else bool(row.is_reasoning)
        ]
        told = ", ".join(word for word in (row.category, run, row.strategy) if word)
        return f"score.{row.benchmark}" + (f" ({told})" if told else "")
    if said.kind == RATING:
        return f"rating.{said.key}"
    if said.kind in (ENDPOINT, STATISTIC):
        return f"endpoint.{said.field} at {said.key.replace('|', ' (')})"
    return said.field


def _in_document(said: _Said, capture: Any, archive: Archive) -> tuple[str | None, str | None]:
    """The place of a value in its document and the words there, from the archive; or why they cannot be had."""
    source = all_sources()[said.source]
    try:
        document = Document(archive.body(said.source, capture.document_sha256), url=capture.url)
        stated = source.parse(document).statements.get(said.subject)
    except (ArchiveError, DocumentError) as error:
        return None, f"the document cannot be read again: {error}"
    group = _GROUP_OF_KIND[said.kind]
    parts = stated.parts if stated is not None else ()
    records = [row for part in parts if part.group == group for row in part.rows()]
    record = _record_of(records, said)
    if record is None:
        when = f"it was corrected at {iso(said.capture.known_to)}"
        mended = when if _is_corrected(said) else "`catalog replay` corrects it"
        return None, f"the parser of today does not read this value; {mended}"
    places = getattr(record, "places", None) or {}
    below = {FACT: source.field_places, ENDPOINT: source.endpoint_places, STATISTIC: source.endpoint_places}
    within = below.get(said.kind, {}).get(said.field)
    if within is None and said.kind in (FACT, ENDPOINT) and said.field not in PAYLOAD[said.kind]:
        within = _own_place(document, record, said.field)
    place = places.get(said.field) or record.place + (within or "")
    quoted = source.quote(document, place) if source.quote is not None else None
    return place, quoted or _words(document, place, record) or _around(document, str(said.value))


def _own_place(document: Document, record: Record, word: str) -> str | None:
    """Where a value stands below its record that has the source's own word, `links` or `architecture.modality`."""
    outer, _, inner = word.removeprefix("stated.").partition(".")
    for steps in ((word.removeprefix("stated."),), (outer, inner)):
        place = "".join(f"/{pointer(step)}" for step in steps)
        if _words(document, record.place + place, record) is not None:
            return place
    return None


def _record_of(records: list[Record], said: _Said) -> Record | None:
    """The record whose row has the timeline's key; numbering of equal keys included."""
    keys: list[tuple[int, str, Record]] = []
    for record in records:
        keys += [(row.kind, row.key, record) for row in rows_of([record])]
    seen: dict[tuple[int, str], int] = {}
    for kind, key, record in keys:
        seen[kind, key] = seen.get((kind, key), 0) + 1
        numbered = key if seen[kind, key] == 1 else f"{key}#{seen[kind, key]}"
        if kind == said.kind and numbered == said.key:
            return record
    return None


def _around(document: Document, value: str) -> str | None:
    """Where a document says a value word for word, with what stands around it: for what has no place of its own."""
    text_of = document.body.decode("utf-8", errors="replace")
    at = text_of.find(value)
    return None if at < 0 else "… " + " ".join(text_of[max(0, at - 40) : at + len(value) + 40].split()) + " …"


class _Fraction(float):
    """A fraction that knows its digits: `0.00000025` and not `2.5e-07`."""

    def __new__(cls, digits: str) -> _Fraction:
        made = super().__new__(cls, digits)
        made.digits = digits
        return made

    digits: str


def _words(document: Document, place: str, record: Record) -> str | None:
    evidence = getattr(record, "evidence_text", None)
    if evidence:
        return str(evidence)
    if not place.startswith("/"):
        return None
    value: Any = json.loads(document.body.decode("utf-8-sig", errors="replace"), parse_float=_Fraction)
    for step in place.lstrip("/").split("/"):
        step = step.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return value.digits if isinstance(value, _Fraction) else json.dumps(value, ensure_ascii=False)
