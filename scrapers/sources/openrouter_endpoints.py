"""One model's endpoints: `GET https://openrouter.ai/api/v1/models/{author}/{slug}/endpoints`.

What it does that one would not expect:
- The answer states the model's id and not its permanent slug; that stands in the endpoints' names, after the bar:
  `Relace | deepseek/deepseek-v4.1-flash-20260910`. One file may speak of several slugs while an id moves on.
- `pricing.discount` is a fraction of the endpoint, not a price; the prices beside it already include it.
- `tag` and `model_id` are absent before July 2025; percentiles are null without a key.
- `status` is 0 where all is well, else -1, -2, -3, -5 or -10.
- A bare list of endpoints is a fragment that somebody saved. It is read, with a warning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from scrapers.answer import opened
from scrapers.contract import (
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
from scrapers.document import Document, Part, Reading, Subject
from scrapers.errors import ForeignPage, LayoutDrift, TooFewRows
from scrapers.json_fields import (
    UNREAD,
    Field,
    Table,
    fraction,
    measurement,
    percent,
    small_integer,
    sort_into,
    text,
    tokens,
    words,
)  # fmt: skip
from scrapers.model_card import FIELD_PLACES, IDENTITY_WORDS, Identity, author_of, checked_id, examine_model, model_of
from scrapers.rate_card import examine, price_rows
from scrapers.records import Endpoint, Model, Price, Warning
from scrapers.source import Source

ANSWER = Shape(
    "",
    {
        "id": TEXT, "name": TEXT, "created": COUNT, "description": TEXT, "architecture": OBJECT, "endpoints": LIST,
    },
    required=frozenset({"id", "name", "created", "description", "architecture", "endpoints"}),
)  # fmt: skip
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
    words=("supported_parameters",),
)  # fmt: skip
_RANKS = ("p50", "p75", "p90", "p99")
PARTS: Mapping[str, Shape] = {
    "latency_last_30m": Shape("endpoints[].latency_last_30m.", dict.fromkeys(_RANKS, NUMBER_OR_NULL)),
    "throughput_last_30m": Shape("endpoints[].throughput_last_30m.", dict.fromkeys(_RANKS, NUMBER_OR_NULL)),
    "supports_tool_choice": Shape(
        "endpoints[].supports_tool_choice.", dict.fromkeys(("none", "auto", "required", "function"), TRUTH)
    ),
}
"""The objects inside an endpoint, and what each holds."""

STATUSES = frozenset({0, -1, -2, -3, -5, -10})
"""The status codes that are specified."""

_FIELDS: Table = {
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
_PART_FIELDS: Mapping[str, Table] = {
    word: {rank: Field(f"{field}_{rank}", measurement) for rank in _RANKS}
    for word, field in {"latency_last_30m": "latency_ms", "throughput_last_30m": "throughput_tps"}.items()
}


class Sound(NamedTuple):
    """An endpoint that can be taken: itself without prices, what its prices left over, its prices, its place."""

    record: dict[str, Any]
    beside: dict[str, Any]
    pricing: Any
    place: str

    @property
    def slug(self) -> str | None:
        """The permanent slug that the endpoint's name states after the bar."""
        return _slug_in(self.record.get("name"))


def parse(document: Document) -> Reading:
    """One model's endpoints, their prices, and what the answer says of the model itself."""
    answer = opened(document)
    is_fragment = isinstance(answer.value, list)
    model = {} if is_fragment else _model(answer.value)
    endpoints = answer.value if is_fragment else model["endpoints"]
    inspector = Inspector()
    reading = Reading(scope="", parts=[], stated=len(endpoints), warnings=answer.warnings)
    if is_fragment:
        reading.warnings.append(Warning(code="fragment", message="a bare list of endpoints, without their model"))
    elif broken := answer.flaw({key: value for key, value in model.items() if key != "endpoints"}):
        raise LayoutDrift(f"what is said of the model cannot be kept: {broken}")
    sound: list[Sound] = []
    for number, record in enumerate(endpoints):
        place = f"/{number}" if is_fragment else f"/data/endpoints/{number}"
        try:
            if broken := answer.flaw(record):
                raise Rejected(broken)
            sound.append(_examined(record, place, inspector))
        except Rejected as reason:
            _set_aside(reading, place, str(reason))
    sound = _unique(sound, reading)
    if endpoints and not sound:
        raise LayoutDrift(f"not one of {len(endpoints)} endpoints can be taken; {reading.warnings[-1].message}")
    who = _whose(document.url, model, sound)
    reading.scope = who.key.removeprefix("id:")
    subject = Subject(who.key)
    if not is_fragment:
        facts = {key: value for key, value in model.items() if key not in _NOT_FACTS}
        _examine_facts(model, inspector)
        reading.parts.append(Part(subject, "facts", partial(_facts, facts, who), (facts, who)))
    described = [(one.record, one.beside) for one in sound]
    priced = [(one.record.get("provider_name"), one.record.get("tag"), one.slug, one.pricing) for one in sound]
    reading.parts.append(Part(subject, "endpoints", partial(_endpoints, sound, who), (who, described)))
    reading.parts.append(Part(subject, "prices", partial(_prices, sound, who), (who, priced)))
    reading.warnings += inspector.warnings()
    return reading


_NOT_FACTS = IDENTITY_WORDS | {"endpoints"}


def _model(answer: Any) -> dict[str, Any]:
    """The `data` of an answer: the model, with its endpoints."""
    model = answer.get("data")
    if isinstance(model, list):
        if not model:
            raise TooFewRows("the answer's `data` is an empty list, where a model with its endpoints should be")
        raise ForeignPage("a list of models, not one model's endpoints; read it as `openrouter_models`")
    if not isinstance(model, dict) or not ("endpoints" in model or "id" in model):
        raise ForeignPage(f"no model with endpoints: an answer with {', '.join(sorted(answer)[:5])}")
    if not isinstance(model.get("endpoints"), list):
        raise LayoutDrift(f"`data.endpoints` is no list: {str(model.get('endpoints'))[:80]}")
    return model


def _examine_facts(model: dict[str, Any], inspector: Inspector) -> None:
    try:
        inspector.inspect(ANSWER, model, "/data")
        examine_model(model, inspector, "/data")
    except Rejected as reason:
        raise LayoutDrift(f"what is said of the model cannot be kept: {reason}") from None


def _examined(record: Any, place: str, inspector: Inspector) -> Sound:
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
    return Sound({key: value for key, value in record.items() if key != "pricing"}, beside, pricing, place)


def _set_aside(reading: Reading, place: str, reason: str) -> None:
    reading.rejected += 1
    reading.warnings.append(Warning(code="rejected_record", message=reason, where=place))


_TOLD_APART_BY = ("provider_name", "tag", "name", "quantization")


def _unique(sound: Sequence[Sound], reading: Reading) -> list[Sound]:
    """The endpoints that can be told apart; a mere repetition counts once.

    A provider may serve a model twice, in two precisions or regions. Its tag tells them apart; where there is no tag,
    only a difference in name or precision does, and a list of indistinguishable endpoints is taken as it stands.
    """
    by_tag: defaultdict[tuple[Any, ...], list[Sound]] = defaultdict(list)
    for one in sound:
        record = one.record
        by_tag[tuple(str(record.get(word)) for word in _TOLD_APART_BY)].append(one)
    kept: set[str] = set()
    for (provider, tag, *_), same in by_tag.items():
        different: dict[str, Sound] = {}
        for one in same:
            if different.setdefault(repr((one.record, one.pricing)), one) is not one:
                message = f"an endpoint of {provider} is repeated word for word; it counts once"
                reading.warnings.append(Warning(code="repeated_record", message=message, where=one.place))
        if same[0].record.get("tag") is not None and len(different) > 1:
            for one in different.values():
                _set_aside(reading, one.place, f"{provider} {tag} stands here {len(different)} times and differs")
        else:
            kept.update(one.place for one in different.values())
    return [one for one in sound if one.place in kept]


def _whose(url: str | None, model: Mapping[str, Any], sound: Sequence[Sound]) -> Identity:
    """The model that the endpoints serve: as the answer states it, else its address, else its endpoints."""
    ids = {one.record["model_id"] for one in sound if "model_id" in one.record}
    slugs = {slug for one in sound if (slug := one.slug)}
    slug = slugs.pop() if len(slugs) == 1 else None
    try:
        if "id" in model:
            model_id: str | None = checked_id("id", model["id"])
        elif asked := _model_in(url):
            model_id = checked_id("address", asked)
        else:
            model_id = ids.pop() if len(ids) == 1 else None
    except Rejected as reason:
        raise LayoutDrift(f"whose endpoints these are cannot be read: {reason}") from None
    name = model_id or slug
    if name is None:
        raise LayoutDrift("whose endpoints these are is not said: no `id`, no address, no one slug in their names")
    return Identity(f"id:{name}", model_id, slug, name.partition(":")[2] or "standard", author_of(slug or name))


def _model_in(url: str | None) -> str | None:
    found = _ENDPOINTS_PATH.search(unquote(urlsplit(url).path)) if url else None
    return found.group(1) if found else None


def _slug_in(name: Any) -> str | None:
    """The permanent slug in an endpoint's name.

    >>> _slug_in("Relace | deepseek/deepseek-v4.1-flash-20260910")
    'deepseek/deepseek-v4.1-flash-20260910'
    """
    if not isinstance(name, str) or " | " not in name:
        return None
    try:
        return checked_id("slug", name.rpartition(" | ")[2].strip())
    except Rejected:
        return None


def _facts(facts: dict[str, Any], who: Identity) -> Sequence[Model]:
    return [model_of(facts, who, {}, "/data")]


def _endpoints(sound: Sequence[Sound], who: Identity) -> Sequence[Endpoint]:
    return [_endpoint(one, who) for one in sound]


def _endpoint(one: Sound, who: Identity) -> Endpoint:
    stated: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    record = {**one.record, **one.beside}
    record.pop("model_id", None)
    sort_into(stated, extra, record, _FIELDS)
    for part, fields in _PART_FIELDS.items():
        if type(one.record.get(part)) is dict:
            sort_into(stated, extra, extra.pop(part), fields, f"{part}.")
        elif one.record.get(part, extra) is None:
            del extra[part]
    return Endpoint(
        canonical_slug=one.slug,
        model_id=one.record.get("model_id", who.model_id),
        context_is_rounded=None if stated.get("context_tokens") is None else False,
        extra=extra,
        place=one.place,
        **stated,
    )


def _prices(sound: Sequence[Sound], who: Identity) -> Sequence[Price]:
    rows: list[Price] = []
    for one in sound:
        if type(one.pricing) is dict:
            tag = one.record.get("tag")
            rows += price_rows(
                one.pricing,
                one.slug,
                one.record.get("model_id", who.model_id),
                f"{one.place}/pricing",
                provider=one.record["provider_name"],
                tag=tag if isinstance(tag, str) else None,
            )
    return rows


_ENDPOINTS_PATH = re.compile(r"/models/([^/]+/[^/]+)/endpoints/?$")
_LOOKS_LIKE_ENDPOINTS = re.compile(rb'"data"\s*:\s*\{|"endpoints"\s*:\s*\[')


def claims(document: Document) -> bool:
    """Whether this is an object with an object called `data`, or a bare list of endpoints, judged by its head."""
    body = document.body[:16_384].removeprefix(b"\xef\xbb\xbf").lstrip()
    if body.startswith(b"["):
        return b'"provider_name"' in body and b'"pricing"' in body
    return body.startswith(b"{") and (
        _model_in(document.url) is not None or _LOOKS_LIKE_ENDPOINTS.search(body[:4096]) is not None
    )


SOURCE = Source(
    slug="openrouter_endpoints",
    title="OpenRouter's endpoints of one model",
    base_url="https://openrouter.ai",
    path="/api/v1/models/{model}/endpoints",
    version="1",
    parse=parse,
    claims=claims,
    field_places=FIELD_PLACES,
)
