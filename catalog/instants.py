"""Points in time: in the database whole microseconds since 1970 UTC, for people ISO 8601.

Intervals are half open, `[from, to)`. `FOREVER` stands for an end that has not come.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from catalog.errors import UsageError

FOREVER = 2**63 - 1
"""The end of an interval that is still open: later than every instant."""

HOUR, DAY = 3_600_000_000, 86_400_000_000
"""Spans of time in microseconds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}(?:-?\d)?")
_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<mark>[-_.]?)(?P<month>\d{2})(?P=mark)(?P<day>\d{2})"
    r"(?:(?P<between>[Tt_ -]?)(?P<hour>\d{2})(?P<tick>[:._-]?)(?P<minute>\d{2})"
    r"(?:(?P=tick)(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?P<zone>[Zz]|\+\d{2}:?\d{2}|-\d{2}:\d{2})?)?(?!\d)"
)
_UNIX_TIME = re.compile(r"(\d{10})(\d{3})?")
_UNIX_TIMES = range(1_420_070_400, 4_102_444_800)  # of 2015 to 2099


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

    Dates may be written without marks, `20260303T201330Z.json`, and a name that is a Unix time is one. A date alone in
    the middle of a name may be part of a model's name and says nothing (see `day_in_name`). None without a time.

    >>> instant_in_name("2026-03-03T201330Z_fb81a205.json.gz").isoformat()
    '2026-03-03T20:13:30+00:00'
    """
    for found in _NAME.finditer(name):
        is_first = found.start() == 0
        is_timed = found["hour"] is not None and (
            is_first or bool(found["mark"]) or found["second"] is not None or found["between"] in ("T", "t")
        )
        if is_timed and (at := _instant(found)) is not None:
            return at
        if is_first and (at := _day(found)) is not None:
            return at
    unix = _UNIX_TIME.fullmatch(name.partition(".")[0])
    if unix is not None and int(unix[1]) in _UNIX_TIMES:
        return _EPOCH + timedelta(seconds=int(unix[1]), milliseconds=int(unix[2] or 0))
    return None


def day_in_name(name: str) -> datetime | None:
    """The one day that a name holds anywhere, such as `models-2026-03-03.json`; None where it is not one alone."""
    days = {at for found in _NAME.finditer(name) if (at := _day(found)) is not None}
    return days.pop() if len(days) == 1 else None


def _day(found: re.Match[str]) -> datetime | None:
    try:
        return datetime(int(found["year"]), int(found["month"]), int(found["day"]), tzinfo=UTC)
    except ValueError:
        return None


def _instant(found: re.Match[str]) -> datetime | None:
    day = f"{found['year']}-{found['month']}-{found['day']}"
    fraction = (found["fraction"] or "0")[:6]
    zone = (found["zone"] or "Z").upper()
    try:
        at = datetime.fromisoformat(
            f"{day}T{found['hour']}:{found['minute']}:{found['second'] or '00'}.{fraction:0<6}{zone}"
        )
    except ValueError:
        return None
    return at.astimezone(UTC)
