"""Points in time: in the database whole microseconds since 1970 UTC, for people ISO 8601.

Intervals are half open, `[from, to)`. `FOREVER` stands for an end that has not come.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from catalog.errors import UsageError

FOREVER = 2**63 - 1
"""The end of an interval that is still open: later than every instant."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}(?:-?\d)?")
_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?:[T_ -]?(\d{2})[:-]?(\d{2})(?:[:-]?(\d{2}))?Z?)?(?!\d)")


def micros(moment: datetime) -> int:
    """The instant as whole microseconds. A time without a zone is refused: it could be anybody's."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment}")
    return (moment - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The instant as a `datetime` in UTC."""
    return _EPOCH + timedelta(microseconds=value)


def iso(value: int | datetime) -> str:
    """ISO 8601 in UTC with a `Z`, without microseconds where there are none.

    >>> iso(0)
    '1970-01-01T00:00:00Z'
    """
    at = moment(value) if isinstance(value, int) else value.astimezone(UTC)
    return at.replace(tzinfo=None).isoformat() + "Z"


def read_instant(text: str | date | datetime, *, end_of_day: bool = False) -> datetime:
    """A time as people write it: a date, or ISO 8601; UTC where no zone is given.

    A date alone is its first instant, or with `end_of_day` its last microsecond, which is what "as of this day" means.

    >>> read_instant("2026-05-01").isoformat()
    '2026-05-01T00:00:00+00:00'
    """
    if isinstance(text, datetime):
        return text if text.tzinfo else text.replace(tzinfo=UTC)
    if isinstance(text, date):
        text = text.isoformat()
    try:
        at = datetime.fromisoformat(text.strip())
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError, AttributeError, TypeError) as error:
        raise UsageError(f"not a time: {text!r}; write 2026-05-01 or 2026-05-01T14:30:00Z") from error
    return at + (timedelta(days=1) - _MICROSECOND) if end_of_day and is_day(text) else at


def read_end(text: str | date | datetime) -> int:
    """Where a half-open interval ends, in microseconds: a date with the end of its day, a time at that very instant.

    >>> moment(read_end("2026-05-01")).isoformat(), moment(read_end("2026-05-01T14:30Z")).isoformat()
    ('2026-05-02T00:00:00+00:00', '2026-05-01T14:30:00+00:00')
    """
    return micros(read_instant(text, end_of_day=True)) + is_day(text)


def is_day(text: str | date | datetime) -> bool:
    """Whether a date alone is meant, the whole day, and not an instant of it."""
    if isinstance(text, date):
        return not isinstance(text, datetime)
    return _DAY.fullmatch(text.strip()) is not None


def instant_in_name(name: str) -> datetime | None:
    """The time that a file's name begins with, or holds with its hours, such as `2026-03-03T201330Z_list.json`.

    A date alone in the middle of a name is part of a model's name and says nothing. None without a time.

    >>> instant_in_name("2026-03-03T201330Z_fb81a205.json.gz").isoformat()
    '2026-03-03T20:13:30+00:00'
    """
    for found in _NAME.finditer(name):
        day, hour, minute, second = found.groups()
        if hour is None and found.start() > 0:
            continue
        try:
            return datetime.fromisoformat(f"{day}T{hour or '00'}:{minute or '00'}:{second or '00'}+00:00")
        except ValueError:
            continue
    return None
