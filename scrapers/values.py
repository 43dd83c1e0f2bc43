"""Numbers, counts, ratings and spans of time as sources print them, read exactly or refused.

Every function takes the words that were read and returns a value or raises `ValueError` with those words. None of
them guesses: Unicode digits, underscores, exponents out of range, other currencies and look-alikes are refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from scrapers.figure import Figure

_NUMBER = re.compile(r"-?(?:[0-9]{1,40}(?:\.[0-9]{1,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")
_GROUPED = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,8}|[0-9]{1,24})?(?:\.[0-9]{1,24})?")

_DASHES = ("-", "--", "---", "–", "—", "―")
_SILENT = (
    "n/a", "na", "none", "null", "unknown", "not available", "tbd", "not disclosed", "undisclosed", "not rated",
    "no rating",
)  # fmt: skip
_BOTH = [text for words in _SILENT for dash in _DASHES for text in (f"{words} {dash}", f"{dash} {words}")]
BLANKS = frozenset(("", *_DASHES, *_SILENT, *_BOTH))
"""What a cell says, in lower case, when it says nothing: to those who see it, to those who listen, or to both."""


def exact_decimal(text: str) -> Decimal:
    """A plain number in ASCII digits, with a point and perhaps a small exponent.

    >>> exact_decimal("0.00000025"), exact_decimal("1E-07"), exact_decimal(".5")
    (Decimal('2.5E-7'), Decimal('1E-7'), Decimal('0.5'))
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"not a plain number: {text!r}")
    return Decimal(text)


def is_blank(text: str) -> bool:
    """Whether a cell is silent: empty, a dash, `N/A`.

    >>> is_blank(" — "), is_blank("0"), is_blank("Free")
    (True, False, False)
    """
    return len(text) < 40 and text.strip().lower() in BLANKS


def grouped_decimal(text: str) -> Decimal:
    """A number as people print it: a comma between thousands, a point before the fraction.

    The continental form is refused, because `1.000` would be a thousand there and one here.

    >>> grouped_decimal("1,000.50"), grouped_decimal(".5")
    (Decimal('1000.50'), Decimal('0.5'))
    >>> grouped_decimal("1.000,50")
    Traceback (most recent call last):
    ValueError: not a number with commas between thousands: '1.000,50'
    """
    if not text or text == "." or not _GROUPED.fullmatch(text):
        raise ValueError(f"not a number with commas between thousands: {text!r}")
    return Decimal(text.replace(",", ""))


_COUNTED_THINGS = re.compile(r" ?(?:[×x]|runs?|executions?|samples|times|trials)$", re.IGNORECASE)


MOST_COUNTED = 10**15
"""Nothing on a page is as many, and every store holds a number below it."""


@lru_cache(maxsize=1024)
def whole_number(text: str) -> int:
    """A count.

    >>> whole_number("1,204"), whole_number("60 runs")
    (1204, 60)
    """
    value = grouped_decimal(_COUNTED_THINGS.sub("", text.strip().lstrip("×")))
    if value != value.to_integral_value() or value.as_tuple().exponent == -3:  # `1.000` is a thousand to many
        raise ValueError(f"not a whole number: {text!r}")
    if value >= MOST_COUNTED:
        raise ValueError(f"more than anything is counted: {text!r}")
    return int(value)


_SPLIT = re.compile(r"(?<=[0-9]) (?=\.[0-9])")
"""Where a page sets a fraction apart, `96 .5%`, to write it smaller."""


@lru_cache(maxsize=1024)
def percent(text: str) -> Decimal:
    """A share from 0 to 100, its digits kept.

    >>> percent("98.0%"), percent("100 %"), percent("88.8")
    (Decimal('98.0'), Decimal('100'), Decimal('88.8'))
    """
    value = grouped_decimal(_SPLIT.sub("", text.strip()).removesuffix("%").removesuffix("/100").rstrip(" "))
    if value > 100:
        raise ValueError(f"more than 100 percent: {text!r}")
    return value


_ORDINAL = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)?(?: percentile)?%?", re.IGNORECASE)


def percentile(text: str) -> int:
    """A percentile from 0 to 100.

    >>> percentile("43rd"), percentile("46th percentile"), percentile("7")
    (43, 46, 7)
    """
    match = _ORDINAL.fullmatch(text.strip())
    if match is None or int(match[1]) > 100:
        raise ValueError(f"not a percentile: {text!r}")
    return int(match[1])


_STATED = r"(?<![0-9.,])([0-9]{1,3}(?:\.[0-9]{1,6})?)"
_OUT_OF = re.compile(_STATED + r" ?(?:out of|of|/) ?5(?:\.0)?\b(?!\.[0-9])")
_COUNTED = re.compile(_STATED + r" ?(?:stars?|dollar signs?|dollars?)\b")
_GLYPHS = re.compile(r"[★⭐]+[½⯨◐]?[☆✩]*|[☆✩]+|\$+|💲+|[●•]+◐?○*|○+|■+□*|▰+▱*|▮+▯*|█+░*|♥+♡*|⚡+|🟢+⚪*|🟡+⚪*|🌕+🌑*")
_WORTH = {**dict.fromkeys("★⭐$💲●•■▰▮█♥⚡🟢🟡🌕", 2), **dict.fromkeys("½⯨◐", 1)}
"""How many halves a glyph counts for."""
_ALL_DRAWN = frozenset(("★★★★★", "⭐⭐⭐⭐⭐", "$$$$$"))
"""All of five glyphs, of which the words beside say how many are lit."""

_RATING_WORDS = re.compile(
    r"\b(?:rating|rated|score|stars?|dollar signs?|for|in|of|speed|ability|cost|price|level|very|low|medium|moderate|"
    r"high|average|fast|slow|cheap|expensive|good|excellent|poor|value|is|current|selected|overall)\b|[:,;()\s]"
)


@lru_cache(maxsize=1024)
def rating(text: str) -> Figure:
    """A rating from 1 to 5: stars, dollar signs, or words. Several forms side by side must agree.

    A fraction must say of what it is one: `1.5` alone, under `Speed` or `Cost`, may be seconds or dollars.

    >>> [f"{rating(text)}" for text in ("★★★☆☆", "$$$$", "3 out of 5", "★★ Rated 2 of 5 stars", "★★★½ 3.5 / 5")]
    ['3', '4', '3', '2', '3.5']
    >>> rating("★★★ 2 out of 5")
    Traceback (most recent call last):
    ValueError: not one rating from 1 to 5: '★★★ 2 out of 5'
    """
    rest = text.replace("\ufe0f", "").lower()
    stated = [*_OUT_OF.findall(rest)]
    rest = _OUT_OF.sub(" ", rest)
    stated += _COUNTED.findall(rest)
    rest = _COUNTED.sub(" ", rest)
    runs = _GLYPHS.findall("".join(rest.split()))
    if stated:
        runs = [run for run in runs if run not in _ALL_DRAWN]
    rest = _RATING_WORDS.sub("", _GLYPHS.sub("", rest))
    if (number := rest.removesuffix(".0")) in ("1", "2", "3", "4", "5"):
        stated, rest = [*stated, number], ""
    figures = {Figure(number) for number in stated} | {Figure(Decimal(_halves(run)) / 2) for run in runs}
    if rest or ("$" in text and len(runs) > 1) or len(figures) != 1 or not 1 <= min(figures) <= 5:
        raise ValueError(f"not one rating from 1 to 5: {text!r}")
    return figures.pop()


def _halves(glyphs: str) -> int:
    return sum(_WORTH.get(glyph, 0) for glyph in glyphs)


def is_rating(text: str) -> bool:
    """Whether a text is a rating that can be read."""
    try:
        rating(text)
    except ValueError:
        return False
    return True


_YES = frozenset({"yes", "true", "✓", "✔", "✅", "☑", "●", "check", "checked", "on", "enabled", "y", "supported"})
_NO = frozenset(
    {"no", "false", "✗", "✘", "✖", "❌", "✕", "×", "○", "☐", "x", "cross", "off", "disabled", "n", "not supported"}
)


_SPOKEN = re.compile(r"(yes|no|true|false)\s*([✓✔✅☑●✗✘❌✕×○])|([✓✔✅☑●✗✘❌✕×○])\s*(yes|no|true|false)")
"""A word for those who listen beside the mark for those who look, on either side; the two must agree."""


@lru_cache(maxsize=1024)
def yes_or_no(text: str) -> bool:
    """A flag in words or as a mark.

    >>> yes_or_no("Yes"), yes_or_no("✗"), yes_or_no("No ✗"), yes_or_no("✓ Yes"), yes_or_no("No No")
    (True, False, False, True, False)
    """
    word = text.strip().replace("\ufe0f", "").lower()
    once, _, again = word.partition(" ")
    word = once if once == again else word
    if word in _YES:
        return True
    if word in _NO:
        return False
    if (spoken := _SPOKEN.fullmatch(word)) is not None:
        first, second = (part in _YES for part in spoken.groups() if part)
        if first == second:
            return first
    raise ValueError(f"neither yes nor no: {text!r}")


_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{2}(?:\.[0-9]{1,6})?)")
_SECONDS = re.compile(r"([0-9]{1,24}(?:\.[0-9]{1,24})?) ?s")
_MINUTES = re.compile(r"([0-9]{1,6}) ?m(?:in)? ([0-9]{1,24}(?:\.[0-9]{1,24})?) ?s")
_SPAN = re.compile(
    r"(?:(?P<h>[0-9.]+) ?(?:h|hr|hrs|hours?))?[ ,]*(?:(?P<m>[0-9.]+) ?(?:m|min|mins|minutes?))?[ ,]*"
    r"(?:(?P<s>[0-9.,]+) ?(?:s|sec|secs|seconds?))?[ ,]*(?:(?P<ms>[0-9.,]+) ?(?:ms|milliseconds?))?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def duration_seconds(text: str) -> Decimal:
    """A span of time, in seconds. The unit must be stated.

    >>> duration_seconds("1.25s"), duration_seconds("350 ms"), duration_seconds("2m 5s")
    (Decimal('1.25'), Decimal('0.35'), Decimal('125'))
    """
    words = text.strip()
    if match := _SECONDS.fullmatch(words):
        return Decimal(match[1])
    if match := _MINUTES.fullmatch(words):
        return Decimal(int(match[1]) * 60) + Decimal(match[2])
    if match := _CLOCK.fullmatch(words):
        hours, minutes, seconds = match.groups()
        if Decimal(seconds) >= 60 or (hours and int(minutes) >= 60):
            raise ValueError(f"not a duration by the clock: {text!r}")
        return Decimal(int(hours or 0) * 3600 + int(minutes) * 60) + Decimal(seconds)
    match = _SPAN.fullmatch(words)
    if match is None or not any(match.groupdict().values()):
        raise ValueError(f"not a duration with its unit: {text!r}")
    parts = {unit: grouped_decimal(number) for unit, number in match.groupdict().items() if number}
    total = sum(
        (parts[unit] * factor for unit, factor in (("h", 3600), ("m", 60), ("s", 1)) if unit in parts), Decimal(0)
    )
    return total + parts["ms"] / 1000 if "ms" in parts else total
