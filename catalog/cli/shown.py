"""One value, and one column's name, as scripts and as people read them."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from scrapers.figure import Figure

DASH = "—"
_TOKENS = ("context_tokens", "max_output_tokens", "max_prompt_tokens", "parameter_count")
_COUNTED = ("_tokens", "requests", "images", "image_outputs", "web_searches")
"""What a workload counts, shown to the last one."""
_HEADINGS = {
    "model_id": "model",
    "prompt_usd": "prompt $/M",
    "completion_usd": "completion $/M",
    "usd": "USD",
    "unit": "per",
    "cost_usd": "cost $",
    "blended_usd": "blended $/M",
    "context_tokens": "context",
    "max_output_tokens": "max output",
    "max_prompt_tokens": "max prompt",
    "parameter_count": "params",
    "input_modalities": "input",
    "output_modalities": "output",
    "uptime_percent_30m": "uptime %",
    "latency_ms_p50": "latency ms",
    "throughput_tps_p50": "tokens/s",
    "accuracy_percent": "accuracy %",
    "win_rate_percent": "win %",
    "index_value": "index",
    "duration_s": "seconds",
    "valid_from": "since",
    "valid_to": "until",
    "stated_since": "since",
    "observed_at": "when",
    "document_sha256": "document",
}
"""Headings for a person where the name of the column is not short or does not say the unit."""

_UNITS = {"mtok": "M tokens"}
OF_MEASURES = frozenset((
    "tokens", "of 5", "percent", "percentile", "index", "Elo", "rank", "accuracy_percent", "elo", "index_value",
    "win_rate_percent",
))  # fmt: skip
"""Units of measures that are no prices: nothing is paid per unit of them."""
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


def plain(value: Any) -> Any:
    """One value as `json` writes it: exact numbers as text, times as ISO 8601, bytes as hex, None for the unknown."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if value is None or (value != value) is True or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, Figure):
        return value.number
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float) and math.isinf(value):
        return str(value)  # JSON has no word for it
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


@cache
def _units() -> dict[str, str]:
    from scrapers.records import LISTS, fields_of

    units = {f.name: f.unit for record in LISTS.values() for f in fields_of(record) if f.unit}
    short = {"percent": "%", "USD": "$"}
    return {name: short.get(unit, unit) for name, unit in units.items() if unit not in ("date", "tokens", "parameters")}


def heading(name: str) -> str:
    """A column's name with its unit, for a person.

    >>> heading("prompt_usd"), heading("uptime_percent_5m"), heading("released_on")
    ('prompt $/M', 'uptime 5m %', 'released')
    >>> heading("elo")
    'elo'
    """
    if name in _HEADINGS:
        return _HEADINGS[name]
    unit = _units().get(name, "")
    unit = "" if unit.lower() == name else unit
    words = f"{name}_"
    for ending in ("_tokens", "_usd", "_percent", "_ms", "_tps", "_s", "_on"):
        words = words.replace(f"{ending}_", "_") if unit or ending in ("_on", "_tokens") else words
    return f"{words.strip('_').replace('_', ' ')} {unit}".strip()


def is_paid_per(unit: Any) -> bool:
    """Whether a unit is what a price is per, rather than what something is measured in, or a price's whole unit."""
    return isinstance(unit, str) and unit not in OF_MEASURES and not unit.startswith("USD")


def shown(value: Any, column: str = "") -> str:
    """One value for a person: a dash for unknown, K and M for counts of tokens, lists joined.

    An amount of more than 20 digits is cut after twelve and ends with `…`; no price that a source states is that long.
    Zeros at the end of an amount only show how its price was written and are left out; those of a score stay.

    >>> shown(Decimal("2.300"), "cost_usd"), shown(Decimal("10.0"), "usd"), shown(Decimal("98.0"), "accuracy_percent")
    ('2.3', '10', '98.0')
    >>> shown(Decimal(1200000), "input_tokens"), shown(1200000, "context_tokens")
    ('1,200,000', '1.2M')
    """
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > 20:
        return f"{value:.12g}…"
    if isinstance(value, Decimal) and column.endswith(_COUNTED):
        return f"{value:,f}"
    if isinstance(value, Decimal) and "usd" in column:
        return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    value = f"{value:f}" if isinstance(value, Figure) and value % 1 else plain(value)
    if value is None:
        return DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or DASH
    if column in ("old", "new") and isinstance(value, str) and value.startswith('[{"'):
        return _shown_rate_card(value)
    if isinstance(value, dict):
        from catalog.comparing.compare import conditions_text

        return conditions_text(value) if column == "conditions" else json.dumps(value, ensure_ascii=False)
    if column in _TOKENS and isinstance(value, int):
        return short_count(value)
    if column in ("speed", "ability") and isinstance(value, int):
        return "★" * value
    if column == "cost" and isinstance(value, int):
        return "$" * value
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, str):
        return _shown_text(value, column)
    return str(value)


def on_one_line(text: str) -> str:
    """A text as a cell has it: a blank for each sign that would end the line, move the cursor or tell a terminal what
    to do.

    >>> on_one_line("one\\ntwo \\x1b[31mred")
    'one two  [31mred'
    """
    return "".join(c if c.isprintable() else " " for c in text)


def _shown_rate_card(text: str) -> str:
    """The conditional prices of a rate card, each condition with its amounts, as people read them.

    A text that is none stays as it is.

    >>> _shown_rate_card('[{"completion":"9","min_prompt_tokens":272000,"prompt":"2"}]')
    'prompt > 272,000 tokens: completion 9, prompt 2'
    >>> _shown_rate_card('[{"One"}](https://example.org) reads')
    '[{"One"}](https://example.org) reads'
    """
    from catalog.comparing.compare import conditions_text

    try:
        cards = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not all(isinstance(card, dict) for card in cards):
        return text
    told = []
    for card in cards:
        amounts = {name: value for name, value in card.items() if isinstance(value, str) and _AMOUNT.fullmatch(value)}
        conditions = conditions_text({name: value for name, value in card.items() if name not in amounts})
        told.append(f"{conditions}: {', '.join(f'{name} {value}' for name, value in amounts.items())}")
    return "; ".join(told)


def _shown_text(value: str, column: str) -> str:
    if column == "document_sha256":
        return value[:12]
    if column == "unit":
        return _UNITS.get(value, value.replace("per mtok", "per M tokens"))
    if _INSTANT.fullmatch(value):
        return value[:16].replace("T", " ").removesuffix(" 00:00")
    return value


def short_age(hours: float) -> str:
    """A length of time in the largest unit of which it has at least two.

    >>> short_age(0.5), short_age(47.0), short_age(4081.6), short_age(-9600.0)
    ('30 min', '47 h', '170 d', '-400 d')
    """
    if abs(hours) < 2:
        return f"{hours * 60:.0f} min"
    return f"{hours:.0f} h" if abs(hours) < 48 else f"{hours / 24:.0f} d"


def short_size(count: int) -> str:
    """A number of bytes in the units of disks, which are decimal.

    >>> short_size(512), short_size(6_332_416), short_size(2_100_000_000)
    ('512 B', '6.3 MB', '2.1 GB')
    """
    size, unit = float(count), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"


def short_count(value: int) -> str:
    """A count in K, M, B or T, decimal, as the sites print it.

    >>> short_count(65000), short_count(1048576), short_count(512)
    ('65K', '1.05M', '512')
    """
    for size, letter in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if value >= size:
            number = value / size
            digits = f"{number:.2f}" if number < 10 and letter != "K" else f"{number:.0f}"
            return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + letter
    return str(value)
