"""Prices as pages print them: an amount of US dollars, what it buys, and whether it is a price at all.

`$0`, `Free`, `—`, an empty cell and a cell that is not there are five things to a reader of prices: the first two are
free, the next two unknown, and the last makes no row. An amount in another currency, or in none, is refused.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from scrapers.values import exact_decimal, grouped_decimal, is_blank


class Amount(NamedTuple):
    """A price of one `unit` in US dollars. `state` is `priced`, `free`, `variable` or `unknown`; `usd` is null for
    the last two, `unit` where the words do not say it."""

    usd: Decimal | None
    unit: str | None
    state: str


_MILLION = ("m", "1m", "million", "1 million", "mtok", "1,000,000", "1000000")
_SCALES: dict[str, int] = dict.fromkeys(_MILLION, 10**6) | dict.fromkeys(("k", "1k", "thousand", "1,000", "1000"), 1000)
_SCALES |= {"1": 1, "10": 10, "100": 100}
_THINGS = {
    "token": "token",
    "tok": "token",
    "mtok": "token",
    "request": "request",
    "req": "request",
    "call": "request",
    "search": "search",
    "searche": "search",
    "web searche": "search",
    "web search": "search",
    "querie": "search",
    "query": "search",
    "image": "image",
    "img": "image",
    "input image": "image",
    "output image": "image",
    "input img": "image",
    "output img": "image",
    "second": "second",
    "sec": "second",
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "hr": "hour",
    "character": "character",
    "char": "character",
    "video": "video",
    "page": "page",
}
_KIND_OF_TOKENS = re.compile(
    r"(?:(?:cached?|read|write|hit|creation|input|output|prompt|completion|reasoning|thinking|text|image|audio|video) )"
    r"{1,4}"
    r"(?=tok(?:en)?s?$)"
)
"""What tokens are of, where they are counted alike: `cached input tokens`, `audio tokens`."""

_UNIT = re.compile(
    r"(?:/|per) ?(?P<scale>1,?000,?000|1,?000|1 ?million|1 ?[km]|10{0,2}(?= )|million|thousand|mtok|"
    r"[km])?(?![a-z]) ?(?P<thing>[a-z ]+)?"
    r"|(?:/|per) ?(?P<alone>[a-z ]+)",
    re.IGNORECASE,
)
_DOLLARS = re.compile(
    r"(?:US ?\$|USD ?\$?|\$) ?(?P<before>[0-9.]+e-[0-9]{1,2}\b|[0-9.,]+(?<!,))(?: ?(?:USD|(?:US )?dollars?)\b)?|"
    r"(?P<after>[0-9.,]+) ?(?:USD\b|US\$|(?:US )?dollars?\b)",
    re.IGNORECASE,
)
CURRENCIES = "USD|EUR|GBP|CAD|AUD|NZD|CNY|RMB|JPY|INR|CHF|SGD|HKD"
MONEY = (
    rf"(?:(?:(?:US|CA|AU|NZ|HK|NT|[ACRS]) ?)?[$€£¥₹] ?|(?:{CURRENCIES}) ?\$?)[0-9.][^\n]{{0,40}}|"
    rf"[0-9][0-9.,]* ?(?:(?:{CURRENCIES}|cents?|(?:US )?dollars?|euros?)\b|[¢€£¥₹]|US\$)[^\n]{{0,40}}"
)
"""What an amount looks like, in dollars or in what `amount` refuses: it may stand where prices do."""


_PLAIN = re.compile(r"\$([0-9]{1,24}(?:\.[0-9]{1,24})?)")
"""An amount as nearly every cell states it, with which no other form need be tried."""


_VARIABLE = re.compile(
    r"variable|varies|(?:-1|-\$1|\$-1|-1,?000,?000|-\$1,?000,?000|\$-1,?000,?000)(?:\.0+)?(?P<unit> ?(?:/|per) ?.*)?",
    re.IGNORECASE,
)
"""The price of a router: -1 for a token, which some pages multiply by a million."""

_SPLIT = re.compile(r"(?<=[0-9]) (?=\. ?[0-9])|(?<=[0-9 ]\.) (?=[0-9])|(?<=^\$) (?=[0-9])")
"""Where a page sets the cents apart, `$0 .4`, to write them smaller, or each part of an amount, `$ 0 . 4`."""

_CHANGE = re.compile(r"\s*\(?[↑↓▲▼△▽⬆⬇↗↘]\ufe0f? ?(?:[+−-]?[0-9.,]{1,9} ?%)?\)?")
"""What an amount says of itself since the last one: `$12 ↓ 20%`."""


_BEFORE = re.compile(
    r"(?:^|(?<=[\s(·|,;]))\(?(?:was|previously|formerly|down from|up from):? \$[0-9][0-9.,]*\)?$", re.IGNORECASE
)
"""What was to be paid before: `$12 was $15`."""

_LED = re.compile(r"^(?:price|cost|amount|current price)s?: ?(?=\$|US)", re.IGNORECASE)
"""What those who listen are told of an amount: `Price: $12`."""


class Unit(NamedTuple):
    """What an amount is for: `scale` pieces of `name`."""

    name: str
    scale: int


@lru_cache(maxsize=1024)
def stated_unit(text: str) -> Unit | None:
    """The unit in words such as `Price (per 1M tokens)`, or None where they state none that is known.

    >>> stated_unit("Price (per 1M tokens)"), stated_unit("/ 1K searches"), stated_unit("Price")
    (Unit(name='token', scale=1000000), Unit(name='search', scale=1000), None)
    """
    for match in _UNIT.finditer(" ".join(text.split())):
        scale = (match["scale"] or "").lower()
        thing = _KIND_OF_TOKENS.sub("", (match["thing"] or match["alone"] or "").strip().lower())
        if scale:
            name = _THINGS.get(thing, _THINGS.get(thing.removesuffix("s"))) if thing else "token"
            pieces = _SCALES.get(scale, _SCALES.get(scale.replace(" ", ""), 0))
        else:
            name, pieces = _THINGS.get(thing, _THINGS.get(thing.removesuffix("s"))), 1
        if name and pieces:
            return Unit(name, pieces)
    return None


def per_unit(usd: Decimal, unit: Unit) -> tuple[Decimal, str]:
    """The amount for one unit: tokens by the million, everything else by the piece; exact in any case."""
    shift = 1 - len(str(unit.scale)) + (6 if unit.name == "token" else 0)
    return (usd.scaleb(shift).normalize() if shift else usd), ("mtok" if unit.name == "token" else unit.name)


def states_dollars(header: str) -> bool:
    """Whether a header says that the bare numbers below it are US dollars: `Input ($/1M)`, `Cost (USD)`."""
    return "$" in header or "usd" in header.lower()


@lru_cache(maxsize=4096)
def amount(text: str, default: Unit | None = None, *, in_dollars: bool = False) -> Amount:
    """A price as a page prints it. `default` is the unit that the column's header states, `in_dollars` whether it
    states that its bare numbers are dollars.

    >>> amount("$0.25 / 1M tokens")
    Amount(usd=Decimal('0.25'), unit='mtok', state='priced')
    >>> amount("$35 / 1K searches")
    Amount(usd=Decimal('0.035'), unit='search', state='priced')
    >>> amount("Free"), amount("—")
    (Amount(usd=Decimal('0'), unit=None, state='free'), Amount(usd=None, unit=None, state='unknown'))
    >>> amount("$12 ↓ 20%"), amount("$12 / 1M tokens ▲")
    (Amount(usd=Decimal('12'), unit=None, state='priced'), Amount(usd=Decimal('12'), unit='mtok', state='priced'))
    >>> amount("€0.25")
    Traceback (most recent call last):
    ValueError: not an amount of US dollars: '€0.25'
    """
    if (plain := _PLAIN.fullmatch(text)) is not None:
        return _priced(Decimal(plain[1]), default)
    words = _SPLIT.sub("", " ".join(text.strip().split(" ")))
    fallback = None if default is None else per_unit(Decimal(0), default)[1]
    if is_blank(words):
        return Amount(None, fallback, "unknown")
    if (match := _VARIABLE.fullmatch(words)) is not None:
        unit = stated_unit(match["unit"]) if match["unit"] else default
        return Amount(None, None if unit is None else per_unit(Decimal(0), unit)[1], "variable")
    if words.lower() in ("free", "0", "0.0", "0.00"):
        return Amount(Decimal(0), fallback, "free")
    words = _LED.sub("", words) if ":" in words else words
    match = _DOLLARS.match(words) or (_DOLLARS.match(f"${words}") if in_dollars else None)
    if match is None:
        raise ValueError(f"not an amount of US dollars: {text!r}")
    figure = match["before"] or match["after"]
    usd = exact_decimal(figure) if "e" in figure.lower() else grouped_decimal(figure)
    rest = match.string[match.end() :].strip(" (),;.")
    if rest and not rest.isascii():
        rest = _CHANGE.sub("", rest).strip(" ()")
    if rest:
        rest = _BEFORE.sub("", rest).strip(" ()")
    unit = stated_unit(rest) if rest else default
    if rest and (unit is None or not _UNIT.fullmatch(rest)):
        raise ValueError(f"not a price whose unit is known: {text!r}")
    return _priced(usd, unit)


def _priced(usd: Decimal, unit: Unit | None) -> Amount:
    exact, name = (usd, None) if unit is None else per_unit(usd, unit)
    return Amount(exact, name, "priced") if exact else Amount(Decimal(0), name, "free")
