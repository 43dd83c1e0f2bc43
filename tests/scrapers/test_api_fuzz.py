"""Nearly seven thousand damaged answers end in records, warnings or a named error: P02, P17, P18, P20, P22."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from scrapers.document import Document
from scrapers.errors import DocumentError
from scrapers.records import Records
from scrapers.source import Source, all_sources

ROUNDS = 4_500
"""For each of the two sources."""

HOSTILE: list[Any] = [
    None, True, 0, -1, 2**63, 10**30, -0.5, 1e300, "", " ", "-1", "NaN", "1e999999999", "٣", "0.1\u202e", "a\u0000b",
    "\ud800", "orсhard/pear", "../../x", "<script>", [], {}, [[]], [None], {"": None}, {"a/b~c": [1]}, ["text", 7],
    "9" * 5_000, float("nan"), float("inf"),
]  # fmt: skip


def listing() -> dict[str, Any]:
    record = {
        "id": "orchard/pear", "canonical_slug": "orchard/pear-20260115", "name": "Pear", "description": "☃",
        "created": 1768435200, "context_length": 131072,
        "architecture": {"modality": "text->text", "input_modalities": ["text"], "output_modalities": ["text"]},
        "pricing": {"prompt": "0.1", "overrides": [{"min_prompt_tokens": 5, "prompt": "0.2"}], "discount": 0.5},
        "top_provider": {"context_length": None, "max_completion_tokens": 8192, "is_moderated": False},
        "supported_parameters": ["max_tokens"], "reasoning": {"mandatory": False},
        "benchmarks": {"artificial_analysis": {"coding_index": 63.2},
                       "design_arena": [{"arena": "models", "category": "svg", "elo": 1, "rank": 1, "win_rate": 5.5}]},
    }  # fmt: skip
    return {"data": [record, {**record, "id": "orchard/fig", "canonical_slug": "orchard/fig"}], "total_count": 2}


def endpoints() -> dict[str, Any]:
    one = {
        "name": "Ladder | orchard/pear-20260115", "provider_name": "Ladder", "tag": "ladder", "context_length": 5,
        "pricing": {"prompt": "0.1", "completion": "0", "discount": 0}, "status": 0, "uptime_last_30m": 99.5,
        "latency_last_30m": {"p50": 1, "p99": 2.5}, "supported_parameters": ["a"], "quantization": None,
    }  # fmt: skip
    return {"data": {"id": "orchard/pear", "created": 1768435200, "endpoints": [one, {**one, "tag": "other"}]}}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a value, with each of its keys."""
    children = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    for key, child in children:
        yield value, key
        if isinstance(child, (dict, list)):
            yield from places(child)


def damaged(answer: dict[str, Any], chance: random.Random) -> bytes:
    answer = json.loads(json.dumps(answer))  # each container its own
    for _ in range(chance.randint(0, 3)):
        container, key = chance.choice(list(places(answer)) or [({}, "")])
        match chance.randrange(4):
            case 0 if container:
                del container[key]
            case 1 if container and isinstance(container, dict):
                container["new key"] = container.pop(key)
            case _:
                container[key] = deepcopy(chance.choice(HOSTILE))
    body = bytearray(json.dumps(answer, ensure_ascii=chance.random() < 0.5).encode("utf-8", errors="surrogatepass"))
    match chance.randrange(6):
        case 0:
            del body[chance.randrange(len(body)) :]
        case 1:
            body[chance.randrange(len(body))] = chance.randrange(256)
        case 2:
            start = chance.randrange(len(body))
            body[start:start] = body[start : start + chance.randrange(200)]
    return bytes(body)


def assert_plausible(records: Records) -> None:
    json.dumps(records.as_dict(), allow_nan=False).encode()
    for model in records.models:
        assert model.context_tokens is None or 0 <= model.context_tokens < 2**53
        assert model.released_on is None or 2015 <= model.released_on.year < 2100
    for price in records.prices:
        assert (price.usd is not None) == (price.state in ("priced", "free"))
        assert price.usd is None or 0 <= price.usd < 10**12
    for endpoint in records.endpoints:
        assert endpoint.uptime_percent_30m is None or 0 <= endpoint.uptime_percent_30m <= 100


@pytest.mark.parametrize("slug, make", [("openrouter_models", listing), ("openrouter_endpoints", endpoints)])
def test_a_damaged_answer_ends_in_records_or_a_named_error(slug: str, make: Any) -> None:
    source: Source = all_sources()[slug]
    chance = random.Random(20260610)
    outcomes = {"records": 0, "refused": 0}

    for number in range(ROUNDS):
        body = damaged(make(), chance)
        try:
            assert_plausible(source.parse(Document(body=body)).records())
            outcomes["records"] += 1
        except DocumentError:
            outcomes["refused"] += 1
        except Exception as error:
            raise AssertionError(f"round {number}: {error!r} on {body!r}") from error

    assert min(outcomes.values()) > ROUNDS // 10, outcomes
