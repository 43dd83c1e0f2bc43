"""A small market that moves from night to night, written down as the captures that a stand-in site serves.

Thirty-two models of four labs; prices move, models come and go, three models have endpoints and two have pages.
"""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

FIRST_NIGHT = datetime(2026, 3, 1, 3, 17, tzinfo=UTC)
PAGE = next((Path(__file__).resolve().parents[2] / "data" / "sample" / "benchable_page").glob("*.html"))
PAGE_SLUG, PAGE_CONTEXT = "deepseek/deepseek-v4-flash-20260423", "1,048,576 tokens"
SERVED, TOLD = ("lab0/model-0", "lab1/model-1", "lab2/model-2"), ("lab0/model-0", "lab3/model-3")


def night(number: int) -> datetime:
    """When the job runs in a night, from 0."""
    return FIRST_NIGHT + timedelta(days=number)


def slug_of(model: str) -> str:
    """A model's permanent slug, which is not its id."""
    return f"{model}-20260101"


def write_market(folder: Path, nights: int, *, seed: int = 0, models: int = 32) -> None:
    """Write the captures of so many nights, each an hour before the job runs."""
    dice = random.Random(seed)
    prices = {f"lab{n % 4}/model-{n}": Decimal("0.000001") + n * Decimal("0.0000001") for n in range(models)}
    for number in range(nights):
        if number:
            for model in dice.sample(sorted(prices), 2):
                prices[model] *= Decimal("1.25")
        if number % 5 == 4:
            prices[f"lab{number % 4}/model-{32 + number}"] = Decimal("0.000005")
        if number % 7 == 6:
            del prices[dice.choice([model for model in sorted(prices) if model not in (*SERVED, *TOLD)])]
        _write_night(folder, number, prices, dice)


def _write_night(folder: Path, number: int, prices: dict[str, Decimal], dice: random.Random) -> None:
    stamp = f"{night(number) - timedelta(hours=1):%Y-%m-%dT%H%M%SZ}"
    folder.mkdir(parents=True, exist_ok=True)
    listing = {"data": [record(model, price) for model, price in prices.items()]}
    (folder / f"{stamp}.json").write_text(json.dumps(listing))
    for model in SERVED[: 1 + number % 3]:
        answer = endpoints(model, prices[model], uptime=dice.randint(900, 1000) / 10)
        (folder / f"{stamp}_{model.replace('/', '_')}.json").write_text(json.dumps(answer))
    for model in TOLD if number % 3 == 0 else ():
        (folder / f"{stamp}_{slug_of(model).replace('/', '__')}.html").write_text(page(model, 100_000 + number))


def record(model: str, price: Decimal) -> dict[str, Any]:
    """What the list says of a model."""
    lab, _, name = model.partition("/")
    return {
        "id": model,
        "canonical_slug": slug_of(model),
        "hugging_face_id": None,
        "name": f"{lab.title()}: {name.title()}",
        "created": 1_750_000_000,
        "description": f"What {lab} says of {name}.",
        "context_length": 128_000,
        "architecture": {
            "modality": "text->text",
            "input_modalities": ["text"],
            "output_modalities": ["text"],
            "tokenizer": "Other",
            "instruct_type": None,
        },
        "pricing": {"prompt": f"{price:f}", "completion": f"{2 * price:f}"},
        "top_provider": {"context_length": 128_000, "max_completion_tokens": None, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": ["max_tokens", "temperature"],
    }


def endpoints(model: str, price: Decimal, *, uptime: float) -> dict[str, Any]:
    """What the interface says of who serves a model."""
    offer = {
        "name": f"Cloud | {model}",
        "model_id": model,
        "model_name": model,
        "context_length": 128_000,
        "pricing": {"prompt": f"{price:f}", "completion": f"{2 * price:f}", "discount": 0},
        "provider_name": "Cloud",
        "tag": "cloud",
        "quantization": "fp8",
        "max_completion_tokens": None,
        "max_prompt_tokens": None,
        "supported_parameters": ["max_tokens"],
        "status": 0,
        "uptime_last_30m": uptime,
        "supports_implicit_caching": False,
    }
    about = record(model, price)
    return {"data": {**{word: about[word] for word in ("id", "name", "created", "architecture")}, "endpoints": [offer]}}


def page(model: str, context: int) -> str:
    """A model's page, with a context that tells the nights apart."""
    text = PAGE.read_text(encoding="utf-8")
    assert PAGE_SLUG in text
    assert PAGE_CONTEXT in text
    return text.replace(PAGE_SLUG, slug_of(model)).replace(PAGE_CONTEXT, f"{context:,} tokens")
