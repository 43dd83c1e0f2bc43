"""How a JSON value becomes a field: exactly, or not at all.

A reader takes a value as `strict_json` decodes it and returns what its field holds, `None` for null, or `UNREAD` where
the field cannot take the value. What is unread is not lost: it stays in `extra`, under its own word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from scrapers.api.contract import TEXT
from scrapers.records import BenchmarkScore, Endpoint, Model, fields_of

Reader = Callable[[Any], Any]


class Field(NamedTuple):
    """A field that a word of the source goes to. A value whose type is in `as_it_is` needs no reading."""

    name: str
    reader: Reader
    as_it_is: frozenset[type] = frozenset({type(None)})


UNREAD: Final = object()

MOST_TOKENS = 10**15
"""No context, prompt or completion has as many tokens, and every store holds the number."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(_DATE.pattern + r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_FIRST_CREATED = 1_420_070_400  # 2015-01-01: no model of these lists is older
_LAST_CREATED = 4_102_444_800  # 2100-01-01
_MOST_MEASURED = 1e12


def text(name: str) -> Field:
    """A field that holds text as it stands."""
    return Field(name, _unreadable, frozenset({str, type(None)}))


def truth(name: str) -> Field:
    """A field that is true or false."""
    return Field(name, _unreadable, frozenset({bool, type(None)}))


def anything(name: str) -> Field:
    """A field that holds whatever JSON value is stated."""
    return Field(name, lambda value: value)


def _unreadable(_: Any) -> Any:
    return UNREAD


def whole(value: Any) -> int | None:
    """A whole number in whatever JSON type it comes, `131072`, `131072.0` or `"131072"`; None for anything else."""
    if type(value) is int:
        return value
    if type(value) is Decimal:
        return int(value) if value == value.to_integral_value() else None
    return int(value) if type(value) is str and _WHOLE.fullmatch(value) else None


def tokens(value: Any) -> Any:
    """A number of tokens; 0 is one (media models), -1 is none."""
    if value is None:
        return None
    read = value if type(value) is int else whole(value)
    return read if read is not None and 0 <= read <= MOST_TOKENS else UNREAD


def small_integer(value: Any) -> Any:
    if value is None:
        return None
    read = whole(value)
    return read if read is not None and -1000 < read < 1000 else UNREAD


def binary_float(value: Any) -> float | None:
    """A JSON number as the binary float nearest to it; None for anything else, and beyond all floats."""
    if type(value) is Decimal or type(value) is int:
        try:
            return float(value)
        except OverflowError:
            return None
    return None


def measurement(value: Any) -> Any:
    """A measured number, never below zero, as a binary float."""
    if value is None:
        return None
    read = binary_float(value)
    return read if read is not None and 0 <= read < _MOST_MEASURED else UNREAD


def percent(value: Any) -> Any:
    read = measurement(value)
    return read if read is None or read is UNREAD or read <= 100 else UNREAD


def fraction(value: Any) -> Any:
    """A share between 0 and 1, as its exact digits."""
    if (type(value) is Decimal or type(value) is int) and 0 <= value <= 1:
        return format(Decimal(value), "f")
    return None if value is None else UNREAD


def words(value: Any) -> Any:
    """A list of texts."""
    return value if value is None or (type(value) is list and TEXT.issuperset(map(type, value))) else UNREAD


def sorted_words(value: Any) -> Any:
    read = words(value)
    return sorted(read) if type(read) is list else read


def day(value: Any) -> Any:
    """A date in the form `2026-03-31`."""
    if value is None:
        return None
    return _day_of(value) if type(value) is str else UNREAD


@lru_cache(maxsize=4096)
def _day_of(stated: str) -> Any:
    try:
        return date.fromisoformat(stated) if _DATE.fullmatch(stated) else UNREAD
    except ValueError:
        return UNREAD


def created_day(value: Any) -> Any:
    """The UTC day of a Unix time in seconds, of the years in which a model can have been listed.

    So is that of one in milliseconds, which in seconds would be in none of these years, and of an instant in ISO 8601.
    """
    if value is None:
        return None
    if (seconds := int(value) if type(value) in (int, Decimal) else whole(value)) is None:
        return _day_of_instant(value) if type(value) is str else UNREAD
    if not is_created_in_seconds(seconds):
        seconds //= 1000
    return _day_numbered(_EPOCH_DAY + seconds // 86_400) if is_created_in_seconds(seconds) else UNREAD


def is_created_in_seconds(value: int) -> bool:
    """Whether a number is a Unix time as the source states it, in seconds."""
    return _FIRST_CREATED <= value < _LAST_CREATED


def _day_of_instant(stated: str) -> Any:
    if not _INSTANT.fullmatch(stated):
        return _day_of(stated)
    try:
        return datetime.fromisoformat(stated).astimezone(UTC).date()
    except (ValueError, OverflowError):
        return UNREAD


_day_numbered = lru_cache(maxsize=4096)(date.fromordinal)


class Table:
    """The source's words, and the field of each. Other words keep their own, behind `prefix`."""

    def __init__(self, fields: Mapping[str, Field], prefix: str = "") -> None:
        self.fields = fields
        self._prefix = prefix
        self._sorted = lru_cache(maxsize=1024)(self._sort)

    def sort(self, record: Mapping[str, Any], stated: dict[str, Any], extra: dict[str, Any]) -> None:
        """Put each value of a record into its field of `stated`, or into `extra` under its own word."""
        known, own_words = self._sorted(tuple(record))
        unread = []
        for word, (name, reader, as_it_is) in known:
            value = record[word]
            if type(value) in as_it_is:
                stated[name] = value
            elif (read := reader(value)) is not UNREAD:
                stated[name] = read
            else:
                unread.append(word)
        if unread:
            own_words = [
                (word, own_word(self._prefix + word)) for word in record if word in unread or word not in self.fields
            ]
        for word, own in own_words:
            extra[own] = record[word]

    def _sort(self, words: tuple[str, ...]) -> tuple[list[tuple[str, Field]], list[tuple[str, str]]]:
        """The words of one kind of record: those that have a field, and those that have none beside their own names."""
        known = [(word, self.fields[word]) for word in words if word in self.fields]
        return known, [(word, own_word(self._prefix + word)) for word in words if word not in self.fields]


_COLUMNS = frozenset(column.name for record in (Model, Endpoint, BenchmarkScore) for column in fields_of(record))


def own_word(word: str) -> str:
    """The name of a value in `extra`: the source's own word, told apart from a column of the same name.

    >>> own_word("links"), own_word("parameter_count")
    ('links', 'stated.parameter_count')
    """
    return f"stated.{word}" if word in _COLUMNS else word
