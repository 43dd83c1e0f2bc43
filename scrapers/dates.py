"""Days as sources print them, read where they can be one day only."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)}
_MONTH_NUMBERS |= {name: number for number, name in enumerate(_MONTH_NAMES, 1)} | {"sept": 9}
_ISO_DATE = re.compile(r"([0-9]{4})([-/])([0-9]{2})\2([0-9]{2})")
_ISO_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)"
    r" ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_WEEKDAY = re.compile(r"\A(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? ", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"\A(?:released|listed|added|created|launched|changed|updated|effective|since|from|on|release date|date)\b:? ?"
    r"(?:on |from )?",
    re.IGNORECASE,
)
"""What may stand before a day for those who listen: `Released on`."""

_LONGEST = 120
"""Characters of a day with all that may stand beside it."""

_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?: ?(?:st|nd|rd|th))?,? ([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?: ?(?:st|nd|rd|th))?(?: of)?[ -]([A-Za-z]{3,9})\.?(?:,? |-)([0-9]{4})")
_SLASHED = re.compile(r"([0-9]{1,2})([./])([0-9]{1,2})\2([0-9]{4})")

_RELATIVE = re.compile(
    r"\s*[(·|,–—-]*\s*\b(?:(?:(?:about|around|over|almost|nearly) )?(?:an?|[0-9]{1,3}) ?"
    r"(?:s|sec|second|m|min|minute|h|hr|hour|d|day|w|wk|week|mo|month|y|yr|year)s? ago|"
    r"yesterday|today|last (?:week|month|year))\b\)?\s*[·|,–—-]*\s*",
    re.IGNORECASE,
)
"""How long ago a day was, which pages print beside it: `Feb 14, 2026 (9 months ago)`."""

_BADGE = re.compile(
    r"(?:[\s(\[·|–—-]|(?<=[0-9]))(?:current|latest|now|new|initial|launch|active)[)\]!]*$", re.IGNORECASE
)
"""What a badge behind a day says of it: `May 05, 2026 Current`, `Apr 27, 2026 (launch)`."""

_CLOCK = re.compile(
    r",? (?:at )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[ \u202f]?[AP]\.?M\.?)?(?: ?(?:UTC|GMT))?$", re.IGNORECASE
)
"""The time of a day; one without a zone is taken as it stands."""


@lru_cache(maxsize=4096)
def calendar_date(text: str) -> date:
    """A day in the forms that say which number is the month; of a time with its zone, the day in UTC.

    `02/26/2026` and `26.02.2026` can be one day only; `02/03/2026` can be two, and is refused.

    >>> calendar_date("Oct 07, 2025"), calendar_date("2026-02-26"), calendar_date("26 February 2026")
    (datetime.date(2025, 10, 7), datetime.date(2026, 2, 26), datetime.date(2026, 2, 26))
    >>> calendar_date("2026-02-26T23:30:00-08:00")
    datetime.date(2026, 2, 27)
    """
    words = text.strip().replace(" ,", ",")
    if not words[:1].isdigit():
        words = _WEEKDAY.sub("", _INTRODUCED.sub("", words, count=1), count=1)
    try:
        if len(words) > _LONGEST:
            raise ValueError
        if match := _MONTH_FIRST.fullmatch(words):
            day = _day_of(match[3], match[1], match[2])
        elif match := _ISO_DATE.fullmatch(words):
            day = _day_of(match[1], match[3], match[4])
        elif match := _DAY_FIRST.fullmatch(words):
            day = _day_of(match[3], match[2], match[1])
        elif match := _ISO_TIME.fullmatch(words):
            day = _day_in_utc(*match.groups())
        elif match := _SLASHED.fullmatch(words):
            day = _day_of_slashes(match[1], match[3], match[4])
        elif (match := _RELATIVE.search(words)) and (match.start() == 0 or match.end() == len(words)):
            return calendar_date(f"{words[: match.start()]}{words[match.end() :]}".strip(" ()"))
        elif badge := _BADGE.search(words):
            return calendar_date(words[: badge.start()].rstrip(" ([·|–—-"))
        elif clock := _CLOCK.search(words):
            return calendar_date(words[: clock.start()])
        else:
            raise ValueError
    except (ValueError, OverflowError):
        raise ValueError(f"not a date: {text!r}") from None
    if not 1990 <= day.year <= 2199:
        raise ValueError(f"not a date: {text!r}")
    return day


def is_date(text: str) -> bool:
    """Whether a text is a day that can be read."""
    try:
        calendar_date(text)
    except ValueError:
        return False
    return True


def _day_of(year: str, month: str, day: str) -> date:
    return date(int(year), int(month) if month.isdecimal() else _MONTH_NUMBERS.get(month.lower(), 0), int(day))


def _day_in_utc(day: str, clock: str, zone: str | None) -> date:
    """The day of a time; one without a zone is taken as it stands."""
    time = datetime.fromisoformat(f"{day}T{clock}")
    if zone is not None and zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        time = time - offset if zone[0] == "+" else time + offset
    return time.date()


def _day_of_slashes(first: str, second: str, year: str) -> date:
    """The one day that two numbers can mean, the month being either of them."""
    readings = {
        (month, day) for month, day in ((int(first), int(second)), (int(second), int(first))) if 1 <= month <= 12
    }
    if len(readings) != 1:
        raise ValueError
    return date(int(year), *readings.pop())
