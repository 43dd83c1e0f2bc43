"""Prices in a page's data: numbers without a sign, whose currency and unit stand in keys beside them, if at all.

The site prints dollars alone, so a number without a currency is in dollars. What it buys must be stated, or be seen by
all amounts of a list together: the cheapest prompt costs more than a tenth of a cent by the million tokens, and the
dearest less than that by the token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from scrapers.money import stated_unit
from scrapers.page.words import NATURAL_UNITS, component_of

CURRENCY_KEYS = ("currency", "pricecurrency", "currencycode")
_IN_DOLLARS = re.compile(r"^(?:USD?|(?:US ?)?\$|dollars?)(?!\w)\s*(?:/|per\b)?\s*", re.IGNORECASE)
UNIT_KEYS = ("unit", "units", "priceunit", "pricingunit", "billingunit", "per")
"""Keys in small letters, without what joins words."""

_LONGEST_KEY = 20
_NUMBER = re.compile(r"[0-9]{1,24}(?:\.[0-9]{1,40})?(?:[eE]-?[0-9]{1,2})?")
_DEAREST_TOKEN = Decimal("0.001")
"""Dollars. No token costs as much, and hardly a million of them costs less."""

_SURELY_A_TOKEN = Decimal("0.00001")
"""Dollars, of which a thousand tokens cost more as well."""

_PER = re.compile(
    r"(?:[_-]per|(?<=[a-z0-9])Per|^per)(?=.)(?i:[_-]?(?:1[_-]?)?(?P<scale>000000|000|m(?:illion)?|k|thousand)?"
    r"[_-]?(?P<token>tok(?:en)?s?)?)$"
)
_PER_PIECES_OF = re.compile(
    r"(?P<per>(?:[_-]|^)per[_-]?|(?:^p|(?<=[a-z0-9])P)er(?=[A-Z0-9]))(?P<scale>(?i:1[_-]?m|million|1[_-]?k|thousand))"
    r"(?P<what>[_-]?(?i:input|output|prompt|completion|cached[_-]?input))(?P<tokens>[_-]?(?i:tokens?))?$"
)
"""What a key has in an order of its own: `pricePerMillionInputTokens` for `inputPricePerMillionTokens`."""

_CENTS = re.compile(r"(?:^|[_-]|(?<=[a-z0-9])(?=[IUC]))(?:[iI]n[_-]?)?(?:(?i:usd?)[_-]?)?[cC]ents(?=$|[_-]per|Per)")
_PIECES = {"": "token", "k": "1K tokens", "thousand": "1K tokens", "000": "1K tokens"}


class Terms(NamedTuple):
    """What a record states of all its amounts: the currency and the unit, each empty where it states none."""

    currency: str = ""
    unit: str = ""


class Bare(NamedTuple):
    """A number in a list that is a price, and of which nothing says what it buys. `key` is its own key."""

    component: str
    key: str
    usd: Decimal
    is_text: bool

    @property
    def is_of_images(self) -> bool:
        """Whether it may be paid by the picture."""
        return self.component.startswith("image")


def unit_of_key(key: str) -> tuple[str, str]:
    """A key without the number of tokens that it ends in, and that number in words.

    >>> unit_of_key("inputPricePer1MTokens"), unit_of_key("output_per_mtok"), unit_of_key("pricePerToken")
    (('inputPrice', '1M tokens'), ('output', '1M tokens'), ('price', 'token'))
    >>> unit_of_key("pricePerRequest")
    ('pricePerRequest', '')
    >>> unit_of_key("pricePerMillionInputTokens"), unit_of_key("usd_per_1m_output_tokens")
    (('Input_price', '1M tokens'), ('output_usd', '1M tokens'))
    """
    if "er" in key and (turned := _PER_PIECES_OF.search(key)) is not None:
        key = f"{turned['what'].strip('_-')}_{key[: turned.start()]}_per_{turned['scale']}"
    match = _PER.search(key) if "er" in key else None
    if match is None or not (match["scale"] or match["token"]):
        return key, ""
    return key[: match.start()], _PIECES.get((match["scale"] or "").lower(), "1M tokens")


def without_cents(key: str) -> str | None:
    """A key that says that its amount is in cents without that; None for any other key.

    >>> without_cents("inputPriceCents"), without_cents("output_cents_per_mtok"), without_cents("cents")
    ('inputPrice', 'output_per_mtok', 'price')
    >>> without_cents("accuracyPercent"), without_cents("percents")
    (None, None)
    """
    plain = _CENTS.sub("", key) if "ents" in key else key
    return None if plain == key else plain or "price"


def dollars_of_cents(text: str) -> str:
    """An amount of cents in dollars. What is no bare number gets a word by which it is refused."""
    if not text:
        return text
    return f"{Decimal(text).scaleb(-2).normalize():f}" if _NUMBER.fullmatch(text) else f"{text} cents"


def terms_of(record: dict[str, Any], above: Terms) -> Terms:
    """The terms that a record states, else those of the one that it stands in. `tokens` only says what is counted.

    A unit that nobody knows, such as `cents`, stays, so that the amounts are refused with it.
    """
    by_key = {key.replace("_", "").lower(): one for key, one in record.items() if len(key) < _LONGEST_KEY}
    currency = next((str(by_key[key]) for key in CURRENCY_KEYS if by_key.get(key)), above.currency).upper()
    said = next((by_key[key] for key in UNIT_KEYS if isinstance(by_key.get(key), str)), "").replace("_", " ").strip()
    said = _IN_DOLLARS.sub("", said)
    if not said or said.lower() in ("token", "tokens"):
        return Terms(currency, above.unit)
    words = next((words for words in (said, f"per {said}") if stated_unit(words)), said)
    return Terms(currency, words.removeprefix("per ").removeprefix("/").strip())


def priced_text(text: str, terms: Terms, header: str) -> str:
    """An amount as a page would print it; what is no bare number stays as it is."""
    if _NUMBER.fullmatch(text) is None:
        return text
    plain = f"{Decimal(text):f}"
    if terms.currency not in ("", "USD", "$", "US$"):
        return f"{plain} {terms.currency}"
    has_unit = not terms.unit or component_of(header) in NATURAL_UNITS or stated_unit(header) is not None
    return f"${plain}" if has_unit else f"${plain} / {terms.unit}"


def bare_amount(header: str, key: str, stated: Any, text: str) -> Bare | None:
    """A price in dollars that nothing says the unit of, where `stated` became `text`; None for any other amount."""
    component = component_of(header)
    is_bare = text.startswith("$") and "/" not in text and not (isinstance(stated, str) and "$" in stated)
    if not is_bare or component in NATURAL_UNITS or stated_unit(header):
        return None
    return Bare(component or "", key, Decimal(text[1:]), isinstance(stated, str))


def unit_of_all(bare: Iterable[Bare]) -> str | None:
    """What the amounts of a list are for that state no unit: `token`, or nothing where they are by the million.

    None where nobody can tell. OpenRouter's own keys with texts below them are by the token, as they are there.
    """
    amounts = [one for one in bare if one.usd and not one.is_of_images]
    if all(one.usd >= _DEAREST_TOKEN for one in amounts):
        return ""
    as_there = {one.key for one in amounts if one.is_text} >= {"prompt", "completion"}
    is_small = all(one.usd < _DEAREST_TOKEN for one in amounts)
    if is_small and (as_there or min(one.usd for one in amounts) < _SURELY_A_TOKEN):
        return "token"
    return None
