"""What is told of models that no list has any more is said to be so: pages and endpoints of before go on telling it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from called_program import Call
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog

GONE, STILL = "lab/one", "lab/two"


def endpoints_of(model: str) -> bytes:
    """The answer that has one endpoint of a model."""
    endpoint: dict[str, Any] = {
        "name": f"Cloud | {model}",
        "provider_name": "Cloud",
        "tag": "cloud",
        "context_length": 1000,
        "pricing": {"prompt": "0.000001", "completion": "0.000002"},
        "quantization": None,
        "max_completion_tokens": None,
        "max_prompt_tokens": None,
        "supported_parameters": [],
        "status": 0,
        "uptime_last_30m": 100,
    }
    described = {"id": model, "name": model, "created": 1_750_000_000, "description": "", "architecture": {}}
    return json.dumps({"data": {**described, "endpoints": [endpoint]}}).encode()


@pytest.fixture
def with_endpoints(new_catalogue: Callable[[], Catalogue]) -> Catalogue:
    """Two models with an endpoint each, of which one is on the list no more since its second day."""
    one = new_catalogue()
    one.take(at(0), listing({GONE: Said(), STILL: Said()}))
    for model in (GONE, STILL):
        assert one.take(at(1), endpoints_of(model)).verdict == "accepted"
    for hour in (24, 48):
        one.take(at(hour), listing({STILL: Said()}))
    return one


@pytest.mark.parametrize("words", ["prices", "endpoints", "cost --input 1M --output 1M", f"prices {GONE}"])
def test_a_command_says_whose_prices_and_endpoints_are_listed_no_more(
    with_endpoints: Catalogue, command: Call, words: str
) -> None:
    ran = command("--db", with_endpoints.db, *words.split())
    assert GONE in {row["model"] for row in csv.DictReader(io.StringIO(ran.out))}
    assert f"not listed at that time, told as last stated: 1 model ({GONE})\n" in ran.err
    before = command("--db", with_endpoints.db, *words.split(), "--as-of", "2026-03-01")
    assert (before.code, "not listed" in before.err) == (0, False)


def test_what_is_cut_off_is_not_spoken_of(with_endpoints: Catalogue, command: Call) -> None:
    dearer = command("--db", with_endpoints.db, "cost", "--input", "1M", "--output", "1M", STILL)
    assert "not listed" not in dearer.err


def test_ratings_of_models_that_are_listed_no_more_are_said_to_be_such(on_sample: Call, sample_home: Path) -> None:
    ran = on_sample("ratings")
    with Catalog(str(sample_home / "catalog.db")) as catalog:
        listed = set(catalog.models().index)
        gone = {row["model"] for row in csv.DictReader(io.StringIO(ran.out))} - listed
        assert set(catalog.unlisted([*gone, *listed])) == gone
    assert len(gone) == 7
    assert f"told as last stated: 7 models ({min(gone)}, " in ran.err
    assert on_sample("ratings", "google/gemini-2.5-pro").err == ""
