"""A listing of 500 models, read into records, against what Python needs to decompress and decode it at all.

The floor is `gzip.decompress` and `json.loads`: no check, no record. Above it stand the two things that the store asks
for: the parts of every model (checked against the contract, ready to be recognised), and all their rows. The runs are
interleaved, so that a busy machine is as unfair to one as to the other; the fastest of each counts.
"""

from __future__ import annotations

import gc
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapers.document import Document
from scrapers.sources.openrouter_models import parse

MODELS = 500
ROUNDS = 40
AIM = 3.0
CAPTURES = Path(__file__).resolve().parents[1] / "../shared/openrouter/history_all_modalities"


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
        "description": "A model that grows in the orchard. " * 12,
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


def compare(title: str, packed: bytes) -> float:
    """Print how long each reading takes; the result is how many floors all rows cost."""
    ways: dict[str, Callable[[], object]] = {
        "gunzip and json.loads": lambda: json.loads(gzip.decompress(packed)),
        "parts of every model": lambda: parse(Document(body=gzip.decompress(packed))),
        "parts and all rows": lambda: parse(Document(body=gzip.decompress(packed))).records(),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, run in ways.items():
            begun = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - begun)
    floor = best["gunzip and json.loads"]
    rows = parse(Document(body=gzip.decompress(packed))).records()
    counts = f"{len(rows.models)} models, {len(rows.prices)} prices, {len(rows.benchmark_scores)} scores"
    print(f"{title}: {len(gzip.decompress(packed)) / 1e6:.2f} MB, {counts}")
    for name, seconds in best.items():
        print(f"  {name:<24} {seconds * 1e3:7.1f} ms   {seconds / floor:4.1f} x")
    return best["parts and all rows"] / floor


def main() -> None:
    packed = gzip.compress(json.dumps({"data": [record(number) for number in range(MODELS)]}).encode())
    gc.freeze()  # the imports are no part of either side
    ratio = compare("a made answer", packed)
    for path in sorted(CAPTURES.glob("*.json.gz"))[-1:]:
        compare("the newest real capture", path.read_bytes())
    print(f"all rows of the made answer within {AIM:.0f} floors: {'yes' if ratio <= AIM else f'no, {ratio:.1f}'}")


if __name__ == "__main__":
    main()
