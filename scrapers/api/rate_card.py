"""A pricing object of OpenRouter's API as `Price` rows: base prices, then the overrides in their order.

    {"prompt": "0.00000125", "completion": "0.00001", "web_search": "0.014",
     "overrides": [{"min_prompt_tokens": 200000, "prompt": "0.0000025"}]}

Prices are texts of plain decimals, for one token, request, image or search. Token prices are given per million here.
`"-1"` is the price of a router: whatever the model costs that it picks. A rate card is recorded as it is stated: that
a base price follows the clock where an override does is for the change log to tell from a change of price.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from functools import lru_cache
from typing import Any, NamedTuple

from scrapers.api.contract import NUMBER, TEXT, Inspector, Rejected, Shape, pointer
from scrapers.records import Price, blank
from scrapers.values import exact_decimal

UNITS: dict[str, str] = {
    "prompt": "mtok",
    "completion": "mtok",
    "input_cache_read": "mtok",
    "input_cache_write": "mtok",
    "input_cache_write_1h": "mtok",
    "internal_reasoning": "mtok",
    "audio": "mtok",
    "audio_output": "mtok",
    "input_audio_cache": "mtok",
    "image_token": "mtok",
    "image": "image",
    "image_output": "image",
    "request": "request",
    "web_search": "search",
}
"""The components, and what one unit of each is. A token price is for a million tokens."""

CONDITIONS = frozenset({"min_prompt_tokens", "utc_start", "utc_end"})
"""What an override may depend on. Any other key that holds no price is taken for a condition too, and is drift."""

NO_PRICES = frozenset({"discount", "overrides"})
"""Keys of a pricing object that are no component."""

PRICING = Shape(
    "pricing.",
    {**dict.fromkeys(UNITS, TEXT), "discount": NUMBER, "overrides": frozenset({list})},
    required=frozenset({"prompt", "completion"}),
)
OVERRIDE = Shape("pricing.overrides[].", {**dict.fromkeys(UNITS, TEXT), **dict.fromkeys(CONDITIONS, NUMBER)})

DEAREST = Decimal(100_000)
"""No token, request, image or search costs as many dollars."""

FINEST = -40
"""The smallest exponent of a price that is still one."""

_PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{0,29}[1-9])?|-1")
"""How the source writes a price: no exponent, no sign, no zero too many."""

_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
"""Thousands by commas. Only with a point after them: `1,000` alone is one to half of the world."""

_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, Overflow])


class Amount(NamedTuple):
    """A price as it is stated and per million, and whether it is written as the source writes prices."""

    state: str
    usd: Decimal | None
    usd_per_million: Decimal | None
    is_plain: bool


UNKNOWN = Amount("unknown", None, None, is_plain=True)
VARIABLE = Amount("variable", None, None, is_plain=True)
FREE = Amount("free", Decimal(0), Decimal(0), is_plain=True)


@lru_cache(maxsize=1 << 16)
def amount(text: str) -> Amount:
    """A price in the source's words.

    >>> amount("0.00000025").usd_per_million, amount("0").state, amount("-1").state, amount("").state
    (Decimal('0.25'), 'free', 'variable', 'unknown')

    Raises `ValueError` for what is no price in dollars: other currencies, Unicode digits, `NaN`, `1.000,50`.
    """
    if text == "":
        return UNKNOWN
    is_plain = _PLAIN.fullmatch(text) is not None
    usd = Decimal(text) if is_plain else _irregular(text)
    if usd is None:
        return UNKNOWN._replace(is_plain=False)
    if usd == -1:
        return VARIABLE._replace(is_plain=is_plain)
    if usd == 0:
        return FREE._replace(is_plain=is_plain)
    if not 0 < usd < DEAREST or int(usd.as_tuple().exponent) < FINEST:
        raise ValueError(f"out of the range of prices: {text[:60]!r}")
    return Amount("priced", _without_noise(usd), _without_noise(usd.scaleb(6, _EXACT)), is_plain)


def _irregular(text: str) -> Decimal | None:
    """A price in a notation that the source does not use, where it can be read with certainty."""
    words = text.strip(" \t\r\n")
    if words in ("", "-", "–", "—"):
        return None
    if words.casefold() == "free":
        return Decimal(0)
    if words.startswith("$"):
        if exact_decimal(words[1:]) == 0:
            return Decimal(0)
        raise ValueError(f"a price for people, and for what unit is not said: {text[:60]!r}")
    return exact_decimal(words.replace(",", "") if _GROUPED.fullmatch(words) else words)


def _without_noise(value: Decimal) -> Decimal:
    """The same number without trailing zeros, and without an exponent above zero."""
    value = value.normalize(_EXACT)
    return value.quantize(Decimal(1), context=_EXACT) if int(value.as_tuple().exponent) > 0 else value


def amount_of(value: Any) -> Amount:
    """A price in whatever JSON type it comes. Raises `ValueError` for what is none."""
    if type(value) is str:
        return amount(value)
    if value is None:
        return UNKNOWN
    if type(value) is int or type(value) is Decimal:
        return amount(str(value))._replace(is_plain=False)
    raise ValueError(f"not a price: {str(value)[:60]!r}")


class Examined(NamedTuple):
    """What an examination found: whether every price is written as usual, and what is no price (under its own word)."""

    is_usual: bool
    beside: dict[str, Any]


def examine(pricing: dict[str, Any], inspector: Inspector, where: str) -> Examined:
    """Hold a pricing object against its shape; every price in it can be read afterwards.

    Raises `Rejected` where a price cannot be read, or is in another currency.
    """
    inspector.inspect(PRICING, pricing, where)
    currency = pricing.get("currency", "USD")
    if str(currency).upper() != "USD":
        raise Rejected(f"prices in {str(currency)[:20]!r}; only US dollars are read")
    is_usual = _examine_prices(pricing, PRICING, inspector, where)
    beside = beside_prices(pricing)
    overrides = pricing.get("overrides")
    if not isinstance(overrides, list):
        return Examined(is_usual, beside)
    for number, override in enumerate(overrides):
        place = f"{where}/overrides/{number}"
        if isinstance(override, dict):
            inspector.inspect(OVERRIDE, override, place)
            is_usual &= _examine_prices(override, OVERRIDE, inspector, place)
        else:
            inspector.note("drift_type", "pricing.overrides[]", "is no object", place)
            inspector.refuse_deep(override, "pricing.overrides[]")
    return Examined(is_usual, beside)


def beside_prices(pricing: dict[str, Any]) -> dict[str, Any]:
    """What a pricing object holds that makes no row, under its own word: what is no price, and all the overrides where
    one of them states no price.
    """
    if pricing.keys() <= UNITS.keys():
        return {}
    beside = {f"pricing.{word}": value for word, value in pricing.items() if not _is_component(word, value)}
    overrides = pricing.get("overrides")
    if isinstance(overrides, list) and all(map(_has_a_price, overrides)):
        del beside["pricing.overrides"]
    return beside


def _has_a_price(override: Any) -> bool:
    return isinstance(override, dict) and any(_is_component(word, value) for word, value in override.items())


def _examine_prices(prices: dict[str, Any], shape: Shape, inspector: Inspector, where: str) -> bool:
    is_usual = True
    for component, value in prices.items():
        if component not in UNITS:
            continue
        try:
            read = amount(value) if type(value) is str else amount_of(value)
        except ValueError as error:
            raise Rejected(f"{shape.name}{component}: {error}") from None
        if not read.is_plain:
            is_usual = False
            inspector.note(
                "drift_notation",
                shape.name + component,
                f"is written {_as_written(value)}; prices are texts of plain decimals",
                f"{where}/{component}",
            )
    return is_usual


def _as_written(value: Any) -> str:
    return repr(value) if isinstance(value, str) else f"as a number, {value}"


def _is_component(word: str, value: Any) -> bool:
    """Whether a key of a pricing object or an override names a price: a known one, or an unknown one like a price."""
    if word in UNITS:
        return True
    if word in NO_PRICES or word in CONDITIONS or not isinstance(value, str):
        return False
    try:
        exact_decimal(value)
        return amount(value).state != "unknown"
    except ValueError:
        return False


def price_rows(
    pricing: dict[str, Any],
    canonical_slug: str | None,
    model_id: str | None,
    place: str,
    provider: str | None = None,
    tag: str | None = None,
) -> list[Price]:
    """The rows of one rate card: base prices at position 0, the overrides from 1 on."""
    rows: list[Price] = []
    cards: list[tuple[dict[str, Any], dict[str, Any] | None, str]] = [(pricing, None, place)]
    overrides = pricing.get("overrides")
    if isinstance(overrides, list):
        cards += [
            (override, _conditions(override), f"{place}/overrides/{number}")
            for number, override in enumerate(overrides)
            if isinstance(override, dict)
        ]

    for position, (card, conditions, card_place) in enumerate(cards):
        for component, value in card.items():
            unit = UNITS.get(component)
            if unit is None and not _is_component(component, value):
                continue
            read = amount(value) if type(value) is str else amount_of(value)
            row = blank(Price)
            row.canonical_slug = canonical_slug
            row.model_id = model_id
            row.provider = provider
            row.tag = tag
            row.component = component
            row.usd = read.usd_per_million if unit == "mtok" else read.usd
            row.unit = unit
            row.conditions = conditions
            row.state = read.state
            row.effective_from = None
            row.position = position
            row.place = f"{card_place}/{component if unit else pointer(component)}"
            rows.append(row)
    return rows


def _conditions(override: dict[str, Any]) -> dict[str, Any]:
    return {word: _whole(value) for word, value in override.items() if not _is_component(word, value)}


def _whole(value: Any) -> Any:
    """A clock number or a threshold that came as `1000.0` is 1000."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
