"""A listing of 500 models, read into records, against what Python needs to decompress and decode it at all.

The floor is `gzip.decompress` and `json.loads`: no check, no record. Above it stand the two things that the store asks
for: the parts of every model (checked against the contract, ready to be recognised), and all their rows. Each is read
twice over: cold, as the first document of its source, and warm, as one whose records all stood in the document before.
A history of captures lies between the two, near the warm end: nineteen records in twenty repeat. (Single words that
were read before, prices and ids, are remembered in both; see the caches of `rate_card` and `model_card`.)

The runs are interleaved, so that a busy machine is as unfair to one as to the other, and the processor's time is
measured, not the clock's; the fastest of each counts.
"""

from __future__ import annotations

import gc
import gzip
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapers.document import Document, Reading
from scrapers.sources import openrouter_models

MODELS = 500
ROUNDS = 40
AIM = 3.0
FLOOR = "gunzip and json.loads"
CAPTURES = Path(__file__).resolve().parents[1] / "../shared/openrouter/history_all_modalities"

FRUITS, ENDINGS = (
    ("appl", "cherr", "fig", "grap", "medlar", "pear", "plum", "quinc"),
    ("al", "e", "ed", "er", "ing", "s", "y"),
)
WORDS = [fruit + ending for fruit in FRUITS for ending in ENDINGS]
"""Descriptions are made of them, so that an answer is packed about as well as a real one, to a twelfth of its size."""


def record(number: int) -> dict[str, Any]:
    """A model about as large as the real ones: one in four with scores, one in ten with an override."""
    name = f"orchard/pear-{number}"
    pricing: dict[str, Any] = {
        "prompt": f"0.0000{number + 1:05}1",
        "completion": f"0.000{number + 1:05}1",
        "input_cache_read": "0.000000125",
    }
    stated: dict[str, Any] = {
        "id": name,
        "canonical_slug": f"{name}-20260115",
        "hugging_face_id": name,
        "name": f"Orchard: Pear {number}",
        "created": 1_768_435_200 + 86_400 * number,
        "description": " ".join(random.Random(number).choices(WORDS, k=60)),
        "context_length": 131_072,
        "architecture": {
            "modality": "text+image->text",
            "input_modalities": ["text", "image"],
            "output_modalities": ["text"],
            "tokenizer": "Other",
            "instruct_type": None,
        },
        "pricing": pricing,
        "top_provider": {"context_length": 131_072, "max_completion_tokens": 8_192, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": [f"parameter_{n}" for n in range(16)],
        "default_parameters": {"temperature": 0.7, "top_p": 0.95, "frequency_penalty": None},
        "supported_voices": None,
        "knowledge_cutoff": "2025-08-31",
        "expiration_date": None,
        "links": {"details": f"/api/v1/models/{name}-20260115/endpoints"},
    }
    if number % 10 == 0:
        pricing["overrides"] = [{"min_prompt_tokens": 200_000, "prompt": "0.0000025", "completion": "0.000015"}]
    if number % 4 == 0:
        arenas = [
            {"arena": "models", "category": f"category-{n}", "elo": 1_200 + n, "rank": n + 1, "win_rate": 51.25}
            for n in range(6)
        ]
        indices = {"intelligence_index": 61.5, "coding_index": 48.25, "agentic_index": None}
        stated["benchmarks"] = {"artificial_analysis": indices, "design_arena": arenas}
    return stated


def compare(title: str, packed: bytes) -> dict[str, float]:
    """Print how long each reading takes; the result is how many floors each costs."""

    def parts() -> Reading:
        return openrouter_models.parse(Document(body=gzip.decompress(packed)))

    ways: dict[str, Callable[[], object]] = {
        FLOOR: lambda: json.loads(gzip.decompress(packed)),
        "parts of every model, cold": parts,
        "parts of every model, warm": parts,
        "parts and all rows, cold": lambda: parts().records(),
        "parts and all rows, warm": lambda: parts().records(),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, run in ways.items():
            if name.endswith("cold"):
                openrouter_models.forget()
            elif name.endswith("warm"):
                parts()
            begun = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - begun)
    rows = parts().records()
    counts = f"{len(rows.models)} models, {len(rows.prices)} prices, {len(rows.benchmark_scores)} scores"
    print(f"{title}: {len(gzip.decompress(packed)) / 1e6:.2f} MB, {counts}")
    for name, seconds in best.items():
        print(f"  {name:<28} {seconds * 1e3:7.1f} ms   {seconds / best[FLOOR]:4.1f} x")
    return {name: seconds / best[FLOOR] for name, seconds in best.items()}


def main() -> None:
    packed = gzip.compress(json.dumps({"data": [record(number) for number in range(MODELS)]}).encode())
    gc.freeze()  # the imports are no part of either side
    answers = {"a made answer": packed}
    for path in sorted(CAPTURES.glob("*.json.gz"))[-1:]:
        answers["the newest real capture"] = path.read_bytes()
    for title, body in answers.items():
        ratios = compare(title, body)
        for name in ("parts and all rows, cold", "parts and all rows, warm"):
            verdict = "yes" if ratios[name] <= AIM else f"no, {ratios[name]:.1f}"
            print(f"  {name}, within {AIM:.0f} floors: {verdict}")


if __name__ == "__main__":
    main()
