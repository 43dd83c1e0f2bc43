"""Small answers in the shape of `GET /api/v1/models`, made from what a test wants them to state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

START = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """What a listing says of one model."""

    prices: Mapping[str, str] = field(default_factory=lambda: {"prompt": "0.000001", "completion": "0.000002"})
    context: int | None = 128_000
    elo: int | None = None
    broken: Literal["price", "id"] | None = None  # a record that cannot be taken, by a bad price or with a bad id
    slug: str | None = None  # the permanent slug, where it is not the id without its variant
    writes: tuple[str, ...] = ("text",)


def at(hours: float) -> datetime:
    """So many hours after the start of every history."""
    return START + timedelta(hours=hours)


def listing(models: Mapping[str, Said], *, states_slugs: bool = True) -> bytes:
    """The answer's bytes; without permanent slugs it is one of those before July 2025."""
    records = [_record(model_id, said) for model_id, said in models.items()]
    if not states_slugs:
        records = [{word: value for word, value in one.items() if word != "canonical_slug"} for one in records]
    return json.dumps({"data": records}).encode()


def _record(model_id: str, said: Said) -> dict[str, Any]:
    slug, _, _variant = model_id.partition(":")
    author, _, name = slug.partition("/")
    record: dict[str, Any] = {
        "id": model_id,
        "canonical_slug": said.slug or slug,
        "hugging_face_id": None,
        "name": f"{author.title()}: {name.title()}",
        "created": 1_750_000_000,
        "description": f"What {author} says of {name}.",
        "context_length": said.context,
        "architecture": {
            "modality": "text->text",
            "input_modalities": ["text"],
            "output_modalities": list(said.writes),
            "tokenizer": "Other",
            "instruct_type": None,
        },
        "pricing": dict(said.prices),
        "top_provider": {"context_length": said.context, "max_completion_tokens": None, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": ["max_tokens", "temperature"],
    }
    if said.elo is not None:
        record["benchmarks"] = {
            "design_arena": [{"arena": "models", "category": "code", "elo": said.elo, "win_rate": 50.5, "rank": 3}]
        }
    if said.broken == "price":
        record["pricing"]["prompt"] = "NaN"
    if said.broken == "id":
        record["id"] = record["canonical_slug"] = None  # nobody can tell whose it is
    return record
