"""Records as rows: the values that a version table keeps, the key of their timeline, and the hash of the whole.

A row's values are plain (`str`, `int`, `float`, `bool`, `date`, `None`); lists and objects are JSON text in one
canonical form, money is its exact digits. Equal statements give equal rows, whatever the order of keys in the answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache, partial
from hashlib import blake2b
from json.encoder import encode_basestring_ascii
from operator import attrgetter
from typing import Any, NamedTuple

from catalog.kinds import (
    ENDPOINT,
    ENDPOINT_COLUMNS,
    FACT,
    FACT_COLUMNS,
    PRICE,
    RATING,
    SCORE,
    STATISTIC,
    STATISTIC_COLUMNS,
)
from scrapers.document import Group, Part, Reading, Statement
from scrapers.errors import UnreadableDocument
from scrapers.figure import Figure
from scrapers.records import BenchmarkScore, Endpoint, Model, Price, Rating, Record, plain_value

PICO = Decimal(10) ** 12
_LARGEST = 2**63 - 1


class Row(NamedTuple):
    """One statement, ready to be compared and stored."""

    kind: int
    key: str
    values: tuple[Any, ...]
    row_hash: int


@dataclass(slots=True)
class Prepared(Reading):
    """A reading whose rows are made, by subject and group. It can travel between processes; its records cannot."""

    made: dict[tuple[str, Group], list[Row]] = field(default_factory=dict)


def prepared(reading: Reading) -> Prepared:
    """A reading with all of its rows. Raises `UnreadableDocument` for text that no database takes."""
    groups: dict[tuple[str, Group], list[Part]] = {}
    for part in reading.parts:
        groups.setdefault((part.subject.key, part.group), []).append(part)
    made = {whose: rows_of(record for part in parts for record in part.rows()) for whose, parts in groups.items()}
    statements = {
        key: Statement(
            said.subject, [Part(part.subject, part.group, _no_records, mark=part.fingerprint()) for part in said.parts]
        )
        for key, said in reading.statements.items()
    }
    unread = reading.set_aside, reading.unread, reading.unread_lines
    return Prepared(reading.scope, statements, reading.stated, reading.rejected, *unread, reading.warnings, made)


def rows_in(reading: Reading, key: str, group: Group, parts: Iterable[Part]) -> list[Row]:
    """The rows of one group of one subject, given its parts in the reading."""
    if isinstance(reading, Prepared):
        return reading.made[key, group]
    return rows_of(record for part in parts for record in part.rows())


def _no_records() -> Sequence[Record]:
    raise LookupError("a prepared reading has rows and no records")


def rows_of(records: Iterable[Record]) -> list[Row]:
    """The rows of one group of one subject. Two statements of the same key are told apart by a number.

    Raises `UnreadableDocument` for text that no database takes.
    """
    rows: list[Row] = []
    seen: dict[tuple[int, str], int] = {}
    for record in records:
        for row in _ROWS[type(record)](record):
            of = row.kind, row.key
            number = seen[of] = seen.get(of, 0) + 1
            rows.append(row if number == 1 else row._replace(key=f"{row.key}#{number}"))
    return rows


def _row(kind: int, key: str, values: tuple[Any, ...]) -> Row:
    return Row(kind, key, values, row_hash(kind, values))


_AS_JSON: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "null",
    str: encode_basestring_ascii,
    int: int.__repr__,
    float: float.__repr__,
    bool: lambda one: "1" if one else "0",
    date: lambda one: f'"{one.isoformat()}"',
}
"""The values of a row in JSON. A truth counts as a number, which it is to some databases."""
_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=partial(plain_value, number=True)
)


_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def row_hash(kind: int, values: Sequence[Any]) -> int:
    """Eight bytes of BLAKE2b over the values in canonical JSON, as a signed integer that any database holds.

    A rating that is whole counts as a number and not as its digits: so it was stored before there were fractions, and
    neither its hash nor the digest of a catalogue is another one for being kept otherwise.
    """
    if kind == RATING:
        values = [int(one) if place == _RATED and one and one.isdecimal() else one for place, one in enumerate(values)]
    text = f"[{','.join([_AS_JSON.get(type(one), json.dumps)(one) for one in values])}]"
    if ("\\u0000" in text or "\\ud" in text) and any(isinstance(one, str) and _NO_TEXT.search(one) for one in values):
        raise UnreadableDocument("a NUL, or half a character, stands in a value; no database takes it")
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def canonical_json(value: Any) -> str | None:
    """JSON text in one form: sorted keys, no spaces, exact numbers; None for nothing."""
    if value is None:
        return None
    if type(value) is list and _TEXTS.issuperset(map(type, value)):
        return _words(tuple(value))
    return _CANONICAL.encode(value)


_TEXTS = frozenset({str})


@lru_cache(maxsize=1 << 12)
def _words(words: tuple[str, ...]) -> str:
    """A list of words, of which the same few stand in hundreds of records: modalities, parameters."""
    return _CANONICAL.encode(words)


def pico(usd: Decimal | None) -> tuple[int | None, bool | None]:
    """A price in whole 1e-12 USD, and whether that is exact; nothing where it is unknown or too large."""
    if usd is None:
        return None, None
    scaled = usd * PICO
    whole = int(scaled.to_integral_value(ROUND_HALF_EVEN))
    return (whole, whole == scaled) if abs(whole) <= _LARGEST else (None, False)


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _measure(value: float | None) -> float | None:
    return None if value is None else float(value)  # a measurement, never money


_Values = tuple[Any, ...]


def _reader(names: Sequence[str]) -> Callable[[Any], _Values]:
    """What makes the values of some columns of a record, as the columns keep them."""
    read = attrgetter(*names)
    as_json = [(place, name == "extra") for place, name in enumerate(names) if name in _JSON_COLUMNS]

    def values(record: Any) -> _Values:
        found = list(read(record))
        for place, is_extra in as_json:
            value = found[place]
            # a list of nothing, of a model without parameters, is stated and no silence
            found[place] = None if is_extra and not value else canonical_json(value)
        return tuple(found)

    return values


_JSON_COLUMNS = frozenset(
    ("input_modalities", "output_modalities", "supported_parameters", "supported_features", "reasoning", "extra")
)
_fact_values, _endpoint_values = _reader(FACT_COLUMNS), _reader(ENDPOINT_COLUMNS)


def _model_rows(model: Model) -> list[Row]:
    return [_row(FACT, "", _fact_values(model))]


def _endpoint_rows(endpoint: Endpoint) -> list[Row]:
    key = f"{endpoint.provider or ''}|{endpoint.tag or endpoint.endpoint_name or ''}"
    measured = tuple(
        getattr(endpoint, name) if name == "status" else _measure(getattr(endpoint, name)) for name in STATISTIC_COLUMNS
    )
    rows = [_row(ENDPOINT, key, _endpoint_values(endpoint))]
    if any(value is not None for value in measured):
        rows.append(_row(STATISTIC, key, measured))
    return rows


MAIN_PRICES = ("prompt||||", "completion||||")
"""The keys of the two prices that every model has: its own ones, without a condition or a date."""


def _price_rows(price: Price) -> list[Row]:
    return [
        _price_row(
            price.provider,
            price.tag,
            price.component,
            _digits(price.usd),
            price.unit,
            canonical_json(price.conditions),
            price.state,
            price.effective_from,
            price.position,
        )
    ]


@lru_cache(maxsize=1 << 14)
def _price_row(
    provider: str | None,
    tag: str | None,
    component: str,
    usd: str | None,
    unit: str | None,
    conditions: str | None,
    state: str,
    day: date | None,
    position: int,
) -> Row:
    """The row of a price, of which nineteen in twenty stand in other captures too, or are those of other models."""
    key = "|".join((component, provider or "", tag or "", conditions or "", str(day) if day else ""))
    whole, exact = pico(None if usd is None else Decimal(usd))
    return _row(PRICE, key, (provider, tag, component, usd, whole, exact, unit, conditions, state, day, position))


def _score_rows(score: BenchmarkScore) -> list[Row]:
    key = "|".join(
        str(part) if part is not None else ""
        for part in (score.benchmark, score.category, score.is_reasoning, score.strategy, score.is_free)
    )
    values = (
        score.benchmark,
        score.category,
        score.is_reasoning,
        score.strategy,
        score.is_free,
        score.executions,
        _digits(score.accuracy_percent),
        _measure(score.elo),
        score.rank,
        _measure(score.win_rate_percent),
        _measure(score.index_value),
        _digits(score.cost_usd),
        _digits(score.duration_s),
        score.percentile,
        score.evidence,
        score.evidence_text,
        canonical_json(score.extra or None),
    )
    return [_row(SCORE, key, values)]


_RATED = 2
"""The place of the value among those of a rating."""


def _rating_rows(rating: Rating) -> list[Row]:
    value = None if rating.value is None else f"{Figure(rating.value):f}"
    return [_row(RATING, rating.dimension, (rating.name, rating.dimension, value, rating.evidence_text))]


_ROWS: dict[type, Callable[[Any], list[Row]]] = {
    Model: _model_rows,
    Endpoint: _endpoint_rows,
    Price: _price_rows,
    BenchmarkScore: _score_rows,
    Rating: _rating_rows,
}
