"""Where a value comes from, down to the words in the document; and what the other sources say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, text

from catalog import asof
from catalog.errors import UsageError
from catalog.fact_words import extra_facts, is_truth
from catalog.instants import FOREVER, iso
from catalog.kinds import ENDPOINT, FACT, PRICE, RATING, SCORE, STATISTIC
from catalog.questions import frames, names
from catalog.questions.evidence import Said, evidence_of
from catalog.questions.frames import Moment
from catalog.questions.history import CONDITIONS
from catalog.questions.opened import Instant
from catalog.questions.runs_of_values import stands_since
from catalog.version_tables import PAYLOAD, TABLES
from scrapers.archive import Archive
from scrapers.figure import Figure

if TYPE_CHECKING:
    from catalog.questions.plain import Questions

COLUMNS = (
    "model", "field", "value", "answers", "source", "scope", "stated_since", "captured_at", "known_at", "url",
    "document_sha256", "place", "words", "parser_version", "run",
)  # fmt: skip


class _Stated(NamedTuple):
    """A value that a version states: under which name, in which column, or under which word of the source's own."""

    kind: int
    name: str
    column: str
    value: Any
    row: Any


def explain_field(
    catalog: Questions, archive: Path, model: str, field: str, *, as_of: Instant = None, known_at: Instant = None
) -> pd.DataFrame:
    """Every source's value of one field of one model with its lineage, the one that answers first.

    Returns one row a value, with an index named `voice` and the columns

    | column | meaning |
    |---|---|
    | `model`, `field`, `value` | of whom, which, and what is stated |
    | `answers` | true for what other questions answer: one value, or one for each endpoint and condition |
    | `source`, `scope` | who says so, and in which listing, page or answer |
    | `stated_since` | the capture that first said so (UTC); the columns from `known_at` on are of this one |
    | `captured_at` | the newest capture that still said so (UTC) |
    | `known_at` | when the catalogue was told (UTC) |
    | `url`, `document_sha256` | the address that was asked, and the archived answer |
    | `place`, `words` | where the document says so, read from the archive anew, and in which words |
    | `parser_version` | which parser read it; null as known before a correction of the source: no more known |
    | `run` | the run that stored the capture |

    Raises `UnknownModel`, and `UsageError` for a field that nobody states.
    """
    with catalog.asked(as_of, known_at) as (connection, moment):
        who = frames.people(connection, moment)
        number = (names.resolve_all(connection, model, who) or [0])[0]
        said = _said(connection, moment, number, field)
        if not said:
            stated = {_PREFIX[one.kind] + one.name for one in _stated(connection, moment, number)}
            there = f"stated are {names.fields_near(field, stated)}" if stated else "nothing was stated of it by then"
            raise UsageError(f"nobody states {field!r} of {who[number].key}; {there}")
        first = [_first_said(connection, moment, one) for one in said]
        fixed = _fixed_since(connection, moment)
        rows = [_row(who[number].key, *both, Archive(archive), fixed) for both in zip(said, first, strict=True)]
    return pd.DataFrame(rows, columns=list(COLUMNS), index=pd.RangeIndex(len(rows), name="voice"))


def _said(connection: Connection, moment: Moment, number: int, field: str) -> list[Said]:
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
        found.append((order, Said(row.source, row.scope, row.subject, kind, row.key, column, value, False, row)))
    told: set[Any] = set()
    said = []
    for _, one in sorted(found, key=lambda pair: pair[0]):
        if one.kind in _HEARD_WHOLE:
            answers = _voice(one.version) == speaking.get(_part(one.kind, one.version))
        else:
            answers = (thing := _thing(one)) not in told and not one.version.is_outdated
            told |= {thing} if answers else set()
        said.append(one._replace(answers=answers))
    return said


_HEARD_WHOLE = (PRICE, ENDPOINT, STATISTIC)
"""The kinds of which one voice answers everything: where it is silent about one of them, no other voice is asked."""


def _speaking(stated: Iterable[_Stated]) -> dict[Any, tuple[Any, ...]]:
    """The voice that gives the headline prices, that of the endpoints' prices, and that of the endpoints."""
    best: dict[Any, tuple[Any, ...]] = {}
    for one in stated:
        if one.kind in (PRICE, ENDPOINT) and (part := _part(one.kind, one.row)) is not None:
            best[part] = min(best.get(part, _voice(one.row)), _voice(one.row))
    return best


def _part(kind: int, row: Any) -> tuple[int, int] | None:
    """What one voice alone answers: the headline prices, the prices of the endpoints, or the endpoints.

    None for a price that answers no question: one that its source dates itself, or one of an outdated list.
    """
    if kind == PRICE:
        return None if row.effective_from is not None or row.is_outdated else (PRICE, row.provider_is_named)
    return ENDPOINT, 1


def _voice(row: Any) -> tuple[Any, ...]:
    """Who speaks, the lower the sooner believed."""
    return row.rank, -row.heard_at, row.scope, row.subject_id


def _thing(said: Said) -> tuple[Any, ...]:
    """What a value is of: of the voices that state the same thing the first one answers."""
    row = said.version
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


def _stated(connection: Connection, moment: Moment, number: int) -> Iterator[_Stated]:
    """Everything that is stated of a model at a moment."""
    for kind, (columns, name_column) in _NAMED.items():
        for row in _versions(connection, moment, kind, number):
            for column in columns:
                value = getattr(row, column)
                if value is None or (column == "state" and row.usd is not None):
                    continue
                name = column if name_column is None else getattr(row, name_column)
                if kind == RATING:
                    value = Figure(value)
                yield _Stated(kind, name, column, bool(value) if is_truth(kind, column) else value, row)
            for word, value in extra_facts(row.extra).items() if kind in (FACT, ENDPOINT) else ():
                yield _Stated(kind, word, word, value, row)


_HEARD = "o.verdict = 'accepted' AND o.known_at <= :known"
"""That a capture had arrived by the known time: what came later is no evidence of what was known then."""


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


def _first_said(connection: Connection, moment: Moment, said: Said) -> Any:
    """The capture that first said so, of those that had arrived."""
    row = said.version

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


def _row(model: str, said: Said, capture: Any, archive: Archive, fixed: Set[str]) -> tuple[Any, ...]:
    place, words = evidence_of(said, capture.document_sha256, capture.url, archive)
    return (
        model,
        _field_name(said),
        said.value,
        said.answers,
        said.source,
        said.scope,
        iso(capture.observed_at),
        iso(said.version.captured_at),
        iso(capture.known_at),
        capture.url,
        capture.document_sha256,
        place,
        words,
        None if said.source in fixed else capture.parser_version,
        capture.run_id,
    )


def _field_name(said: Said) -> str:
    """The field as `history` names it, with what tells it from others of its name."""
    row = said.version
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
