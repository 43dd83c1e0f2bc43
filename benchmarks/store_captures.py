"""Captures to measure with: the real ones beside the checkout or the sample's, and made-up ones of any number."""

from __future__ import annotations

import gzip
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from catalog.instants import instant_in_name

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT / "../shared/openrouter/history"
SAMPLE = ROOT / "data" / "sample" / "openrouter_models"
MODELS = 500
CHANGED = 0.01

Capture = tuple[datetime, bytes]


def captures(kind: str) -> list[Capture]:
    """Times and gzip bodies, oldest first: `real`, or a number of made-up ones."""
    return real() if kind == "real" else made_up(int(kind))


def real() -> list[Capture]:
    """The real captures, or the sample's where those are missing."""
    folder = REAL if REAL.is_dir() else SAMPLE
    found = []
    for path in sorted(folder.iterdir()):
        body = path.read_bytes()
        observed_at = instant_in_name(path.name)
        assert observed_at is not None
        found.append((observed_at, body if path.suffix == ".gz" else gzip.compress(body, mtime=0)))
    return found


def made_up(count: int) -> list[Capture]:
    """Listings of 500 models, hours apart; in each, one model in a hundred changes its price or its context."""
    chance = random.Random(count)
    models = [_record(number) for number in range(MODELS)]
    found = []
    for hour in range(count):
        for record in chance.sample(models, int(MODELS * CHANGED)):
            if chance.random() < 0.5:
                record["pricing"]["prompt"] = f"0.{chance.randrange(10**6):09}"
            else:
                record["context_length"] = chance.randrange(1, 1000) * 1000
        body = json.dumps({"data": models}).encode()
        found.append((datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour), gzip.compress(body, 6, mtime=0)))
    return found


def _record(number: int) -> dict[str, Any]:
    slug = f"author{number % 60}/model-{number}"
    return {
        "id": slug,
        "canonical_slug": slug,
        "hugging_face_id": slug,
        "name": f"Author{number % 60}: Model {number}",
        "created": 1_700_000_000 + number,
        "description": f"Model {number} reads and writes. " * 15,
        "context_length": 128_000,
        "architecture": {
            "modality": "text+image->text",
            "input_modalities": ["text", "image"],
            "output_modalities": ["text"],
            "tokenizer": "Other",
            "instruct_type": None,
        },
        "pricing": {"prompt": "0.000001", "completion": "0.000004", "input_cache_read": "0.0000001"},
        "top_provider": {"context_length": 128_000, "max_completion_tokens": 8_192, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": [f"parameter_{n}" for n in range(12)],
    }
