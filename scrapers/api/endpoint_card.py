"""What OpenRouter's API says of one endpoint, apart from its prices: shape, checks and row.

A key that has a field of its own goes there. Everything else is kept in `extra` under the API's own word, and so is a
value that its field cannot take.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from scrapers.api.contract import (
    COUNT,
    COUNT_OR_NULL,
    LIST,
    NUMBER_OR_NULL,
    OBJECT,
    OBJECT_OR_NULL,
    TEXT,
    TEXT_OR_NULL,
    TRUTH,
    Inspector,
    Rejected,
    Shape,
)  # fmt: skip
from scrapers.api.json_fields import (
    UNREAD,
    Field,
    Table,
    fraction,
    measurement,
    percent,
    small_integer,
    text,
    tokens,
    words,
)  # fmt: skip
from scrapers.api.model_card import Identity, checked_id
from scrapers.api.rate_card import examine
from scrapers.records import Endpoint

ENDPOINT = Shape(
    "endpoints[].",
    {
        "name": TEXT, "model_id": TEXT, "model_name": TEXT, "provider_name": TEXT, "tag": TEXT,
        "quantization": TEXT_OR_NULL, "context_length": COUNT, "max_prompt_tokens": COUNT_OR_NULL,
        "max_completion_tokens": COUNT_OR_NULL, "supported_parameters": LIST, "pricing": OBJECT, "status": COUNT,
        "uptime_last_5m": NUMBER_OR_NULL, "uptime_last_30m": NUMBER_OR_NULL, "uptime_last_1d": NUMBER_OR_NULL,
        "latency_last_30m": OBJECT_OR_NULL, "throughput_last_30m": OBJECT_OR_NULL,
        "supports_implicit_caching": TRUTH, "supports_tool_choice": OBJECT, "supports_voice_cloning": TRUTH,
        "supports_multiple_audio_references": TRUTH, "supports_image_reference": TRUTH,
    },
    required=frozenset(
        {
            "name", "provider_name", "quantization", "context_length", "max_prompt_tokens", "max_completion_tokens",
            "supported_parameters", "pricing",
        }
    ),
    words={"supported_parameters": TEXT},
    came=(
        "tag", "uptime_last_30m", "model_id", "model_name", "supports_implicit_caching", "uptime_last_5m",
        "uptime_last_1d", "latency_last_30m", "throughput_last_30m", "supports_voice_cloning",
    ),
)  # fmt: skip
_RANKS = ("p50", "p75", "p90", "p99")
PARTS: Mapping[str, Shape] = {
    word: Shape(f"endpoints[].{word}.", dict.fromkeys(_RANKS, NUMBER_OR_NULL), required=frozenset(_RANKS))
    for word in ("latency_last_30m", "throughput_last_30m")
} | {
    "supports_tool_choice": Shape(
        "endpoints[].supports_tool_choice.", dict.fromkeys(("none", "auto", "required", "function"), TRUTH)
    ),
}
"""The objects inside an endpoint, and what each holds."""

STATUSES = frozenset({0, -1, -2, -3, -5, -10})
"""The status codes that are specified."""

_FIELDS: Mapping[str, Field] = {
    "provider_name": text("provider"),
    "name": text("endpoint_name"),
    "tag": text("tag"),
    "quantization": text("quantization"),
    "context_length": Field("context_tokens", tokens),
    "max_prompt_tokens": Field("max_prompt_tokens", tokens),
    "max_completion_tokens": Field("max_output_tokens", tokens),
    "supported_parameters": Field("supported_parameters", words),
    "status": Field("status", small_integer),
    "uptime_last_5m": Field("uptime_percent_5m", percent),
    "uptime_last_30m": Field("uptime_percent_30m", percent),
    "uptime_last_1d": Field("uptime_percent_1d", percent),
    "pricing.discount": Field("discount", fraction),
}
_PART_FIELDS: Mapping[str, Mapping[str, Field]] = {
    word: {rank: Field(f"{field}_{rank}", measurement) for rank in _RANKS}
    for word, field in {"latency_last_30m": "latency_ms", "throughput_last_30m": "throughput_tps"}.items()
}
_TABLE = Table(_FIELDS)
_PART_TABLES = tuple((part, Table(fields, f"{part}.")) for part, fields in _PART_FIELDS.items())
ENDPOINT_PLACES: Mapping[str, str] = MappingProxyType(
    {field.name: "/" + word.replace(".", "/") for word, field in _FIELDS.items()}
    | {field.name: f"/{part}/{rank}" for part, fields in _PART_FIELDS.items() for rank, field in fields.items()}
)
"""Where an endpoint's field stands below its record, as a JSON pointer."""


class EndpointCard(NamedTuple):
    """An endpoint that can be taken: itself without prices, what its prices left over, its prices, its place."""

    record: dict[str, Any]
    beside: dict[str, Any]
    pricing: Any
    place: str

    @property
    def whose(self) -> str | None:
        """The permanent slug that the endpoint's name states after the bar, the variant behind it where one is."""
        return slug_in(self.record.get("name"))

    @property
    def slug(self) -> str | None:
        """The permanent slug alone: variants share it."""
        return None if (whose := self.whose) is None else whose.partition(":")[0]


def examine_endpoint(record: Any, place: str, inspector: Inspector) -> EndpointCard:
    """Hold an endpoint against its shape. Raises `Rejected` where it cannot be taken."""
    if not isinstance(record, dict):
        raise Rejected(f"no object but {str(record)[:80]!r}")
    if not isinstance(record.get("provider_name"), str) or not record["provider_name"].strip():
        raise Rejected(f"an endpoint of nobody: `provider_name` is {record.get('provider_name')!r}")
    if "model_id" in record:
        checked_id("model_id", record["model_id"])
    inspector.inspect(ENDPOINT, record, place)
    inspector.inspect_parts(PARTS, record, place)
    for word, field in _FIELDS.items():
        value = record.get(word)
        kind = type(value)
        if kind in (int, Decimal) and kind in ENDPOINT.keys[word] and field.reader(value) is UNREAD:
            inspector.note("drift_value", f"endpoints[].{word}", f"is {value}; kept as it stands", f"{place}/{word}")
    status = record.get("status", 0)
    if type(status) is int and status not in STATUSES:
        inspector.note("drift_word", "endpoints[].status", f"is {status}, a new code", f"{place}/status")
    pricing = record.get("pricing")
    beside: dict[str, Any] = {}
    if type(pricing) is dict:
        beside = examine(pricing, inspector, f"{place}/pricing").beside
    elif "pricing" in record:
        beside = {"pricing": pricing}
    if fraction(beside.get("pricing.discount")) is UNREAD:
        stated = beside["pricing.discount"]
        inspector.note("drift_value", "pricing.discount", f"is {stated}, no fraction", f"{place}/pricing/discount")
    return EndpointCard({key: value for key, value in record.items() if key != "pricing"}, beside, pricing, place)


def slug_in(name: Any) -> str | None:
    """The permanent slug in an endpoint's name, with the variant behind it.

    >>> slug_in("Relace | deepseek/deepseek-v4.1-flash-20260910"), slug_in("Venice | qwen/qwq-32b:free")
    ('deepseek/deepseek-v4.1-flash-20260910', 'qwen/qwq-32b:free')
    """
    if not isinstance(name, str) or " | " not in name:
        return None
    try:
        return checked_id("slug", name.rpartition(" | ")[2].strip())
    except Rejected:
        return None


def endpoint_row(card: EndpointCard, who: Identity) -> Endpoint:
    """The facts and measurements of one endpoint of a model."""
    stated: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    record = {**card.record, **card.beside}
    record.pop("model_id", None)
    _TABLE.sort(record, stated, extra)
    for part, table in _PART_TABLES:
        if type(card.record.get(part)) is dict:
            table.sort(extra.pop(part), stated, extra)
        elif card.record.get(part, extra) is None:
            del extra[part]
    return Endpoint(
        canonical_slug=card.slug,
        model_id=card.record.get("model_id", who.model_id),
        context_is_rounded=None if stated.get("context_tokens") is None else False,
        extra=extra,
        place=card.place,
        **stated,
    )
