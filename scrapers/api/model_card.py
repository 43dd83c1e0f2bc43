"""What OpenRouter's API says of a model, apart from prices, endpoints and scores: who it is, and its facts.

The list of models and the answer for one model's endpoints describe a model in the same words; this file knows them.
A key that has a field of its own goes there. Everything else is kept in `extra` under the API's own word
(`links`, `architecture.modality`), null included, and so is a value that its field cannot take. Where an answer has no
lists of modalities, `architecture.modality` is what they are read from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from scrapers.api.contract import (
    COUNT,
    COUNT_OR_NULL,
    LIST,
    LIST_OR_NULL,
    NUMBER_OR_NULL,
    OBJECT,
    OBJECT_OR_NULL,
    TEXT,
    TEXT_OR_NULL,
    TRUTH,
    Inspector,
    Rejected,
    Shape,
)
from scrapers.api.json_fields import (
    UNREAD,
    Field,
    Reader,
    Table,
    anything,
    created_day,
    day,
    is_created_in_seconds,
    sorted_words,
    text,
    tokens,
    truth,
    words,
)
from scrapers.records import Model

MODALITIES = frozenset({"text", "image", "audio", "video", "file", "embeddings", "speech", "transcription", "rerank"})
"""The words that the source uses for what a model reads and writes."""

ARCHITECTURE = Shape(
    "architecture.",
    {
        "input_modalities": LIST,
        "output_modalities": LIST,
        "modality": TEXT_OR_NULL,
        "tokenizer": TEXT_OR_NULL,
        "instruct_type": TEXT_OR_NULL,
    },
    required=frozenset({"input_modalities", "output_modalities", "modality"}),
)
TOP_PROVIDER = Shape(
    "top_provider.",
    {"context_length": COUNT_OR_NULL, "max_completion_tokens": COUNT_OR_NULL, "is_moderated": TRUTH},
    required=frozenset({"is_moderated"}),
)
REASONING = Shape(
    "reasoning.",
    {
        "mandatory": TRUTH,
        "default_enabled": TRUTH,
        "default_effort": TEXT_OR_NULL,
        "supported_efforts": LIST_OR_NULL,
        "supports_max_tokens": TRUTH,
    },
    required=frozenset({"mandatory"}),
    words={"supported_efforts": TEXT_OR_NULL},
)
DEFAULT_PARAMETERS = Shape(
    "default_parameters.",
    dict.fromkeys(
        ("temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "repetition_penalty"),
        NUMBER_OR_NULL,
    ),
)
LINKS = Shape("links.", {"details": TEXT}, required=frozenset({"details"}))
ALIAS_TARGET = Shape("alias_target.", {"slug": TEXT, "name": TEXT}, required=frozenset({"slug", "name"}))
PER_REQUEST_LIMITS = Shape(
    "per_request_limits.", {"prompt_tokens": NUMBER_OR_NULL, "completion_tokens": NUMBER_OR_NULL}
)

PARTS: Mapping[str, Shape] = {
    "architecture": ARCHITECTURE,
    "top_provider": TOP_PROVIDER,
    "reasoning": REASONING,
    "default_parameters": DEFAULT_PARAMETERS,
    "links": LINKS,
    "alias_target": ALIAS_TARGET,
    "per_request_limits": PER_REQUEST_LIMITS,
}
"""The objects inside a model's record, and what each holds."""

MODEL_KEYS: Mapping[str, frozenset[type]] = {
    "id": TEXT,
    "canonical_slug": TEXT,
    "name": TEXT,
    "description": TEXT,
    "created": COUNT,
    "context_length": COUNT_OR_NULL,
    "hugging_face_id": TEXT_OR_NULL,
    "knowledge_cutoff": TEXT_OR_NULL,
    "expiration_date": TEXT_OR_NULL,
    "supported_parameters": LIST,
    "supported_voices": LIST_OR_NULL,
    "pricing": OBJECT,
    "benchmarks": OBJECT,
    "architecture": OBJECT,
    "top_provider": OBJECT,
    "reasoning": OBJECT,
    "links": OBJECT,
    "alias_target": OBJECT,
    "default_parameters": OBJECT_OR_NULL,
    "per_request_limits": OBJECT_OR_NULL,
}
"""Every key of a model's record, with its types."""

_ID = re.compile(r"~?[A-Za-z0-9][A-Za-z0-9._+-]*/[A-Za-z0-9][A-Za-z0-9._+-]*(?::[A-Za-z0-9][A-Za-z0-9._-]*)*")
_LONGEST_ID = 200
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Identity(NamedTuple):
    """Who a record speaks of. `key` is what a `Subject` is known by."""

    key: str
    model_id: str | None
    canonical_slug: str | None
    variant: str
    author: str


def identity(record: Mapping[str, Any]) -> Identity:
    """Who the record speaks of.

    The permanent slug is absent from answers before July 2025; such a model is known by its id alone, as is one whose
    slug is empty.
    Raises `Rejected` for an id or a slug that is none: look-alike letters, blanks, control characters, paths.
    """
    model_id, slug = record.get("id"), record.get("canonical_slug")
    if type(model_id) is str and (slug is None or type(slug) is str):
        return _identity(model_id, slug)
    return _identity(checked_id("id", model_id), checked_id("canonical_slug", slug))


@lru_cache(maxsize=1 << 14)
def _identity(model_id: str, slug: str | None) -> Identity:
    checked_id("id", model_id)
    if slug:
        checked_id("canonical_slug", slug)
    variant = model_id.partition(":")[2] or "standard"
    key = f"{slug}:{variant}" if slug else f"id:{model_id}"
    return Identity(key, model_id, slug or None, variant, author_of(slug or model_id))


def checked_id(word: str, value: Any) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST_ID and _ID.fullmatch(value):
        return value
    raise Rejected(f"`{word}` is {ascii(value)[:80]}; it should be `author/name` or `author/name:variant` in ASCII")


def author_of(slug: str) -> str:
    """The lab: what stands before the slash, without the tilde of an alias (`~openai/gpt-latest`)."""
    return slug.partition("/")[0].removeprefix("~")


_FIELDS: Mapping[str, Field] = {
    "name": text("name"),
    "description": text("description"),
    "context_length": Field("context_tokens", tokens),
    "hugging_face_id": text("hugging_face_id"),
    "knowledge_cutoff": Field("knowledge_cutoff_on", day),
    "expiration_date": Field("expires_on", day),
    "supported_parameters": Field("supported_parameters", words),
    "reasoning": anything("reasoning"),
}
_PART_FIELDS: Mapping[str, Mapping[str, Field]] = {
    "architecture": {
        "input_modalities": Field("input_modalities", sorted_words),
        "output_modalities": Field("output_modalities", sorted_words),
        "tokenizer": text("tokenizer"),
        "instruct_type": text("instruct_type"),
    },
    "top_provider": {
        "max_completion_tokens": Field("max_output_tokens", tokens),
        "is_moderated": truth("is_moderated"),
    },
}
_TABLE = Table(_FIELDS)
_PART_TABLES = tuple((part, Table(fields, f"{part}.")) for part, fields in _PART_FIELDS.items())
VALUES: tuple[tuple[str, type, Reader], ...] = (
    ("canonical_slug", str, lambda value: value or UNREAD),
    ("context_length", int, tokens),
    ("created", int, lambda value: value if is_created_in_seconds(value) else UNREAD),
    ("knowledge_cutoff", str, day),
    ("expiration_date", str, day),
)
"""The words whose values are checked beyond their type: each with the type that its shape has let through."""

IDENTITY_WORDS = frozenset({"id", "canonical_slug"})
"""What `identity` reads; the rest of a record are its facts, prices and scores."""

FIELD_PLACES: Mapping[str, str] = MappingProxyType(
    {"model_id": "/id", "canonical_slug": "/canonical_slug", "released_on": "/created"}
    | {field.name: f"/{word}" for word, field in _FIELDS.items()}
    | {field.name: f"/{part}/{word}" for part, fields in _PART_FIELDS.items() for word, field in fields.items()}
)
"""Where a model's field stands below its record, as a JSON pointer."""


def model_of(record: Mapping[str, Any], who: Identity, beside: Mapping[str, Any], place: str) -> Model:
    """The facts of one model, made of its record without identity, prices and scores.

    `beside` is what its prices and scores left over, under its own words.
    """
    stated: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    _TABLE.sort(record, stated, extra)
    for part, table in _PART_TABLES:
        if type(inside := extra.get(part)) is dict:
            del extra[part]
            table.sort(inside, stated, extra)
    if (released := created_day(record.get("created"))) is not UNREAD:
        stated["released_on"] = released
    for word, name in _DAYS:
        if word in extra and (read := created_day(extra[word])) is not UNREAD:
            stated[name] = read
    if (arrow := extra.get("architecture.modality")) is not None and _BOTH_SIDES.isdisjoint(stated):
        sides = modalities_in(arrow)
        stated.update(sides)
        stated["places"] = dict.fromkeys(sides, f"{place}/architecture/modality")
    if beside:
        extra.update(beside)
    return Model(
        model_id=who.model_id,
        canonical_slug=who.canonical_slug,
        variant=who.variant,
        author=who.author,
        context_is_rounded=None if stated.get("context_tokens") is None else False,
        extra=extra,
        place=place,
        **stated,
    )


_DAYS = (("knowledge_cutoff", "knowledge_cutoff_on"), ("expiration_date", "expires_on"))
"""Words of days that are left over where they state an instant; that has a day, and stays as it is stated."""

_BOTH_SIDES = frozenset({"input_modalities", "output_modalities"})
_ARROW = re.compile(r"([a-z]+(?:\+[a-z]+)*)->([a-z]+(?:\+[a-z]+)*)")


def modalities_in(arrow: Any) -> dict[str, list[str]]:
    """What a model reads and writes in one word, as answers before March 2025 state it; nothing where that is unknown.

    >>> modalities_in("text+image->text"), modalities_in("multimodal")
    ({'input_modalities': ['image', 'text'], 'output_modalities': ['text']}, {})
    """
    match = _ARROW.fullmatch(arrow) if type(arrow) is str else None
    sides = [sorted(set(side.split("+"))) for side in match.groups()] if match else []
    if not sides or not MODALITIES.issuperset(sides[0] + sides[1]):
        return {}
    return {"input_modalities": sides[0], "output_modalities": sides[1]}


def examine_model(record: Mapping[str, Any], inspector: Inspector, where: str) -> bool:
    """Hold the objects inside a model's record against their shapes, and its values against what they can be.

    Returns whether every modality is a word that is known. Raises `Rejected` for a value that cannot be kept.
    """
    inspector.inspect_parts(PARTS, record, where)
    for word, kind, reader in VALUES:
        value = record.get(word)
        if type(value) is kind and reader(value) is UNREAD:
            inspector.note("drift_value", word, f"is {value!r}; kept as it stands", f"{where}/{word}")
    name = record.get("name")
    if type(name) is str and not name.isascii() and INVISIBLE.search(name):
        inspector.note("invisible_characters", "name", f"is {ascii(name)[:80]}; kept as it stands", f"{where}/name")
    return _examine_modalities(record.get("architecture"), inspector, where)


def _examine_modalities(architecture: Any, inspector: Inspector, where: str) -> bool:
    all_known = True
    if type(architecture) is dict:
        for word in ("input_modalities", "output_modalities"):
            stated = architecture.get(word)
            if type(stated) is not list or _are_known(stated):
                continue
            place = f"{where}/architecture/{word}"
            if words(stated) is UNREAD:
                inspector.note("drift_type", f"architecture.{word}", "holds something else than text", place)
                inspector.refuse_deep(stated, f"architecture.{word}")
                continue
            all_known = False
            for new in sorted(set(stated) - MODALITIES):
                inspector.note("drift_word", f"architecture.{word}", f"says {new!r}, a new word", place)
    return all_known


def _are_known(stated: list[Any]) -> bool:
    try:
        return MODALITIES.issuperset(stated)
    except TypeError:  # something in it is no word at all: a list, an object
        return False
