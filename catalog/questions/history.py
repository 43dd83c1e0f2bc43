"""How the fields of a model changed: every value, when a source stated it, and the document that says so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, text

from catalog.asof import FACT_FIELDS
from catalog.errors import UsageError
from catalog.kinds import ENDPOINT, FACT, PRICE, RATING, SCORE
from catalog.questions.frames import NOW, TRUTHS, Moment, Who, as_it_stood, fetch, indexed, typed
from catalog.questions.names import fields_near
from catalog.questions.told import as_told
from catalog.version_tables import PAYLOAD, TABLES

COLUMNS = (
    "model", "field", "value", "unit", "provider", "source", "valid_from", "valid_to", "document_sha256", "tag",
    "scope",
)  # fmt: skip


_IF, _RUN = " if ", " ("
_BESIDE = {"price.": _IF, "score.": _RUN}
"""What stands in a field's name between a price and its conditions, and before what tells a score's run from others."""
CONDITIONS = ("price.conditions", "conditions")
"""What the change log calls a rate card's conditions: all prices that have any."""


class Value(NamedTuple):
    """One value of one field over one interval of one source."""

    resolved_id: int
    field: str
    value: str | None
    unit: str | None
    provider: str | None
    source: str
    valid_from: int
    valid_to: int
    document_sha256: str
    tag: str | None
    scope: str

    @property
    def voice(self) -> tuple[str, ...]:
        """What else than its words tells a value of a field from others of the same time."""
        return self.source, self.scope, self.provider or "", self.tag or ""

    def is_called(self, name: str) -> bool:
        """Whether a name means this field: with or without its group, and a price's conditions or a score's run."""
        if name in CONDITIONS and self.field.startswith("price.") and _IF in self.field:
            return True
        stated = self.field
        for group, beside in _BESIDE.items():
            if stated.startswith(group) and beside not in name:
                stated = stated.partition(beside)[0]
        return name in (stated, stated.partition(".")[2], self.field, self.field.partition(".")[2])


def history_of(
    connection: Connection, moment: Moment, wanted: Sequence[int], who: Mapping[int, Who], field: str | None
) -> pd.DataFrame:
    """The history of some models; of one field, or of every price and whatever else ever changed.

    A price's name alone means its conditional prices too.

    `attrs["heard_until"]` has the time of the newest capture of each source and scope.
    """
    values = [*_facts(connection, moment, wanted, field), *_others(connection, moment, wanted)]
    if field is not None:
        values = [value for value in values if value.is_called(field)]
        if not values and field not in FACT_FIELDS:
            others = {value.field for value in _others(connection, moment, wanted)}
            if others or moment.known >= NOW:  # what was not known yet may be a field all the same
                stated = fields_near(field, {*others, *FACT_FIELDS})
                raise UsageError(f"no field {field!r} is stated of these models; there are {stated}")
    rows = [(who[value.resolved_id].key, *value[1:]) for value in _joined(values)]
    frame = typed(pd.DataFrame(rows, columns=list(COLUMNS)), but=("value",))
    frame = indexed(frame, ("model", "field", "source", "scope", "provider", "tag", "valid_from"), "change")
    frame = as_it_stood(frame, moment)
    frame.attrs["heard_until"] = _newest(connection, moment)
    return frame


def _joined(values: Iterable[Value]) -> Iterator[Value]:
    """Values of which one goes on where the other ends are one, though the model was known under another key before."""
    last: Value | None = None
    for value in sorted(values, key=lambda one: (*one[:2], one.voice, one.valid_from)):
        goes_on = last is not None and (*last[:4], last.voice) == (*value[:4], value.voice)
        if last is not None and goes_on and last.valid_to == value.valid_from:
            last = last._replace(valid_to=value.valid_to)
            continue
        if last is not None:
            yield last
        last = value
    if last is not None:
        yield last


def _newest(connection: Connection, moment: Moment) -> dict[tuple[str, str], pd.Timestamp]:
    """The newest capture of each scope that was accepted by then: until it the last values are known to have held."""
    found = connection.execute(
        text(
            "SELECT s.slug, p.key, max(c.observed_at) FROM capture c JOIN scope p ON p.id = c.scope_id"
            " JOIN source s ON s.id = p.source_id WHERE c.verdict = 'accepted' AND c.known_at <= :known"
            " AND c.observed_at <= :as_of GROUP BY s.slug, p.key"
        ),
        {"known": moment.known, "as_of": moment.as_of},
    )
    return {(source, scope): pd.Timestamp(at, unit="us", tz="UTC") for source, scope, at in found}


def _rows(connection: Connection, moment: Moment, kind: int, wanted: Sequence[int]) -> Iterator[tuple[Any, str]]:
    columns = ", ".join(f"v.{name}" for name in PAYLOAD[kind])
    models = ", ".join(map(str, wanted)) or "NULL"
    sql = (
        f"SELECT u.resolved_id, l.id AS line, s.slug AS source_slug, p.key AS scope, u.scope_id, {columns},"
        f" v.valid_from, v.valid_to, v.row_hash FROM {TABLES[kind].name} v JOIN timeline l ON l.id = v.timeline_id"
        " JOIN subject u ON u.id = l.subject_id JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id"
        f" WHERE v.known_from <= :known AND v.known_to > :known AND u.resolved_id IN ({models})"
        " ORDER BY u.resolved_id, s.slug, l.id, v.valid_from"
    )
    rows = as_told(connection, moment, fetch(connection, sql, moment), ("resolved_id", "source_slug", "line"))
    documents = _documents(connection, set(rows["scope_id"]))
    plain: Iterable[Any] = rows.astype(object).where(rows.notna(), None).itertuples(index=False)
    for row in plain:
        yield row, documents[row.scope_id, row.valid_from]


def _documents(connection: Connection, scopes: Iterable[int]) -> dict[tuple[int, int], str]:
    """The document of each accepted capture of some scopes, by scope and instant."""
    found = connection.execute(
        text(
            "SELECT scope_id, observed_at, document_sha256 FROM capture WHERE verdict = 'accepted'"
            f" AND scope_id IN ({', '.join(map(str, scopes)) or 'NULL'})"
        )
    )
    return {(scope, at): digest for scope, at, digest in found}


def _facts(connection: Connection, moment: Moment, wanted: Sequence[int], field: str | None) -> Iterator[Value]:
    """Facts field by field: consecutive versions of one value are one row; a model that came back did not change."""
    open_runs: dict[tuple[int, str], Value] = {}
    done: list[Value] = []
    moved: set[tuple[int, str, str]] = set()
    for row, document in _rows(connection, moment, FACT, wanted):
        for name in FACT_FIELDS:
            value = getattr(row, name)
            key, fresh = (row.line, name), _fact(row, document, name, value)
            old = open_runs.get(key)
            if old is not None and old.value == fresh.value and old.valid_to == fresh.valid_from:
                open_runs[key] = old._replace(valid_to=fresh.valid_to)
                continue
            if old is not None:
                done.append(old)
                if old.value != fresh.value:
                    moved.add((fresh.resolved_id, name, fresh.source))
            open_runs[key] = fresh
    for run in (*done, *open_runs.values()):
        has_moved = (run.resolved_id, run.field, run.source) in moved
        told = run.field == field or (field is None and has_moved and run.field not in ("description", "extra"))
        if told and (run.value is not None or has_moved):
            yield run


def _fact(row: Any, document: str, name: str, value: Any) -> Value:
    said = value if value is None or name not in TRUTHS else json.dumps(bool(value))  # SQLite keeps a truth as 0 or 1
    return _said(row, document, name, _text(said))


def _others(connection: Connection, moment: Moment, wanted: Sequence[int]) -> Iterator[Value]:
    for row, document in _rows(connection, moment, PRICE, wanted):
        amount = row.usd if row.state in ("priced", "free") else row.state
        field = f"price.{row.component}" + (f"{_IF}{row.conditions}" if row.conditions else "")
        if row.effective_from:
            field += f" from {row.effective_from}"
        yield _said(row, document, field, amount, row.unit, (row.provider, row.tag))
    for row, document in _rows(connection, moment, RATING, wanted):
        yield _said(row, document, f"rating.{row.dimension}", _text(row.value))
    for row, document in _rows(connection, moment, SCORE, wanted):
        for measure in ("accuracy_percent", "elo", "index_value", "win_rate_percent"):
            if getattr(row, measure) is not None:
                field = f"score.{row.benchmark}{_run_of(row)}"
                yield _said(row, document, field, _text(getattr(row, measure)), measure)
                break
    for row, document in _rows(connection, moment, ENDPOINT, wanted):
        for name in ("context_tokens", "max_output_tokens", "quantization"):
            yield _said(row, document, f"endpoint.{name}", _text(getattr(row, name)), endpoint=(row.provider, row.tag))


def _run_of(score: Any) -> str:
    """What tells a run of a benchmark from another one of the same time."""
    reasoning = None if score.is_reasoning is None else "reasoning" if score.is_reasoning else "no reasoning"
    told = [word for word in (reasoning, score.strategy, "free" if score.is_free else None) if word]
    return f"{_RUN}{', '.join(told)})" if told else ""


def _said(
    row: Any,
    document: str,
    field: str,
    value: str | None,
    unit: str | None = None,
    endpoint: tuple[str | None, str | None] = (None, None),
) -> Value:
    provider, tag = endpoint
    return Value(
        row.resolved_id,
        field,
        value,
        unit,
        provider,
        row.source_slug,
        row.valid_from,
        row.valid_to,
        document,
        tag,
        row.scope,
    )


def _text(value: Any) -> str | None:
    """A value as text; a score of 1052 is kept as the number 1052.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value)
