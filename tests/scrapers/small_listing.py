"""Records in the shape of `GET /api/v1/models`, and what is read of a list of them."""

from __future__ import annotations

import json
from typing import Any

from scrapers.document import Document, Reading
from scrapers.records import Model
from scrapers.sources.openrouter_models import parse


def model(model_id: str = "orchard/pear", **changed: Any) -> dict[str, Any]:
    """One record as it should be, but for what a test changes."""
    record: dict[str, Any] = {
        "id": model_id,
        "canonical_slug": model_id.partition(":")[0] + "-20260115",
        "name": f"Orchard: {model_id}",
        "description": "A model.",
        "created": 1768435200,
        "context_length": 131072,
        "architecture": {
            "modality": "text->text",
            "input_modalities": ["text"],
            "output_modalities": ["text"],
            "tokenizer": "Other",
            "instruct_type": None,
        },
        "pricing": {"prompt": "0.00000025", "completion": "0.000001"},
        "top_provider": {"context_length": 131072, "max_completion_tokens": 8192, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": ["max_tokens"],
    }
    return record | changed


def read(*records: Any, url: str | None = None, **around: Any) -> Reading:
    """What is read of a list of these, with other words of the answer around it."""
    return parse(Document(body=json.dumps({"data": list(records), **around}).encode(), url=url))


def only_model(reading: Reading) -> Model:
    """The row of the one model that was read."""
    (row,) = reading.records().models
    return row


def codes(reading: Reading) -> set[str]:
    """What was warned of, up to the last record."""
    reading.records()
    return {warning.code for warning in reading.warnings}
