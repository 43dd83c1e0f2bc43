"""Real answers: every leaf is found again in the records, nothing is set aside, and only the damaged file has drifted.

What is expected is worked out here from the JSON itself, by other means than the parser's.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scrapers.api.contract import Shape
from scrapers.api.endpoint_card import ENDPOINT, PARTS, STATUSES
from scrapers.api.model_card import (
    ALIAS_TARGET,
    ARCHITECTURE,
    DEFAULT_PARAMETERS,
    LINKS,
    MODALITIES,
    REASONING,
    TOP_PROVIDER,
)
from scrapers.api.rate_card import OVERRIDE, PRICING
from scrapers.api.score_card import ARTIFICIAL_ANALYSIS, BENCHMARKS, DESIGN_ARENA
from scrapers.document import Document, Reading
from scrapers.records import as_dict
from scrapers.source import source_of
from scrapers.sources import openrouter_endpoints, openrouter_models

pytestmark = pytest.mark.reality

PER_UNIT = {"image", "image_output", "request", "web_search"}
"""The components that are not priced by the token."""


def body_of(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def reading_of(path: Path) -> tuple[Any, Reading]:
    body = body_of(path)
    document = Document(body=body, name=path.name)
    return json.loads(body, parse_float=Decimal), source_of(document).parse(document)


def leaves(value: Any) -> Iterator[Any]:
    """Every text, number and truth value in a JSON value; null is no leaf."""
    if isinstance(value, dict):
        for child in value.values():
            yield from leaves(child)
    elif isinstance(value, (list, tuple)):
        for child in value:
            yield from leaves(child)
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        yield Decimal(str(value)).normalize()
    elif value is not None:
        yield value


def missing(stated: Any, kept: Any) -> Counter[Any]:
    """The leaves of `stated` that are not among those of `kept`, counted."""
    return Counter(leaves(stated)) - Counter(leaves(kept))


def prices_stated(pricing: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Component, conditions, state and amount of each price, worked out from the JSON."""
    cards: list[tuple[dict[str, Any], Any]] = [(pricing, None)]
    for override in pricing.get("overrides", []):
        cards.append((override, {word: value for word, value in override.items() if not isinstance(value, str)}))
    found = []
    for card, conditions in cards:
        for component, text in card.items():
            if isinstance(text, str):
                usd = Decimal(text) * (1 if component in PER_UNIT else 1_000_000)
                state = "variable" if usd < 0 else "priced" if usd else "free"
                found.append((component, conditions, state, None if usd < 0 else usd))
    return found


def prices_kept(rows: Any) -> list[tuple[Any, ...]]:
    return [(row.component, row.conditions, row.state, row.usd) for row in rows]


@pytest.mark.parametrize("folder, files, scope", [("history", 79, "text"), ("history_all_modalities", 48, "all")])
def test_every_listing_is_whole_and_no_leaf_of_it_is_lost(shared: Path, folder: str, files: int, scope: str) -> None:
    paths = sorted((shared / "openrouter" / folder).glob("*.json.gz"))
    assert len(paths) == files
    seen: set[str] = set()
    for path in paths:
        answer, reading = reading_of(path)
        assert (reading.scope, reading.rejected, reading.stated) == (scope, 0, len(answer["data"])), path.name
        assert not reading.warnings, path.name
        assert len({part.subject.key for part in reading.parts}) == len(answer["data"])
        parts = iter(reading.parts)
        for record, facts, prices, scores in zip(answer["data"], parts, parts, parts, strict=True):
            if (text := repr(record)) in seen:  # most records are those of the capture before
                continue
            seen.add(text)
            (model,) = facts.rows()
            described = {word: value for word, value in record.items() if word not in ("pricing", "benchmarks")}
            assert not missing(described, as_dict(model)), (path.name, record["id"])
            assert prices_kept(prices.rows()) == prices_stated(record["pricing"]), (path.name, record["id"])
            assert not missing(record.get("benchmarks"), [as_dict(row) for row in scores.rows()]), record["id"]
    assert len(seen) > 2_000


def test_every_answer_about_endpoints_is_whole_and_no_leaf_of_it_is_lost(shared: Path) -> None:
    paths = sorted((shared / "openrouter" / "endpoints").glob("*.json"))
    assert len(paths) == 5
    for path in paths:
        answer, reading = reading_of(path)
        model = {"endpoints": answer} if isinstance(answer, list) else answer["data"]
        records = reading.records()
        facts = {word: value for word, value in model.items() if word != "endpoints"}
        assert not missing(facts, [as_dict(row) for row in records.models]), path.name
        assert reading.rejected == 0
        assert {warning.code for warning in records.warnings} <= {"fragment"}
        assert ("partial" in path.name) == bool(records.warnings)
        for stated, row in zip(model["endpoints"], records.endpoints, strict=True):
            kept = as_dict(row)
            pricing = stated.pop("pricing")
            assert Decimal(kept["discount"]) == pricing.pop("discount")
            assert not missing(stated, kept), path.name
            of_this = [price for price in records.prices if price.place.startswith(f"{row.place}/")]
            assert prices_kept(of_this) == prices_stated(pricing)
            assert {(price.provider, price.tag) for price in of_this} == {(row.provider, row.tag)}


def test_the_file_into_which_somebody_put_rows_has_drifted_and_none_of_them_is_taken(shared: Path) -> None:
    (path,) = (shared / "openrouter" / "damaged").glob("*.json.gz")
    answer, reading = reading_of(path)
    by_hand = {
        record["id"] for record in answer["data"] if record["architecture"]["output_modalities"] == ["embedding"]
    }

    assert len(by_hand) == 25
    assert reading.scope == "text"
    assert reading.rejected == 25 > 0.02 * reading.stated
    assert by_hand.isdisjoint(row.model_id for row in reading.records().models)
    assert {warning.code for warning in reading.warnings} == {"rejected_record", "drift_word", "drift_notation"}


@cache
def schemas(folder: Path) -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    (path,) = folder.glob("*.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), Loader=loader)["components"]["schemas"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "schema, shape",
    [
        ("Model", openrouter_models.RECORD),
        ("ModelArchitecture", ARCHITECTURE),
        ("TopProviderInfo", TOP_PROVIDER),
        ("ModelReasoning", REASONING),
        ("DefaultParameters", DEFAULT_PARAMETERS),
        ("ModelLinks", LINKS),
        ("ModelAliasTarget", ALIAS_TARGET),
        ("ModelBenchmarks", BENCHMARKS),
        ("AABenchmarkEntry", ARTIFICIAL_ANALYSIS),
        ("DABenchmarkEntry", DESIGN_ARENA),
        ("PublicPricing", PRICING),
        ("PricingOverride", OVERRIDE),
        ("PublicEndpoint", ENDPOINT),
        ("ListEndpointsResponse", openrouter_endpoints.ANSWER),
        ("PercentileStats", PARTS["latency_last_30m"]),
        ("ModelsListResponse", openrouter_models.ENVELOPE),
    ],
)
def test_every_field_of_the_specification_is_known_to_the_contract(shared: Path, schema: str, shape: Shape) -> None:
    every = schemas(shared / "openrouter" / "openapi")
    specified = every[schema]

    assert specified["properties"]
    assert set(specified["properties"]) <= set(shape.keys)
    assert shape.required <= set(specified.get("required", ()))
    for key, kinds in shape.words.items():
        member = specified["properties"][key]["items"]
        member = every[member["$ref"].rpartition("/")[2]] if "$ref" in member else member
        assert "null" not in member["type"] or type(None) in kinds


def test_the_status_codes_and_modalities_of_the_specification_are_known(shared: Path) -> None:
    specified = schemas(shared / "openrouter" / "openapi")

    assert set(specified["EndpointStatus"]["enum"]) == STATUSES
    for modality in ("InputModality", "OutputModality"):
        assert set(specified[modality]["enum"]) <= MODALITIES
