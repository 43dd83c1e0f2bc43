"""The bundled sample is what its README says, and every file of it is read without a complaint."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from catalog.database import open_engine
from catalog.instants import micros
from catalog.migrate import ensure_schema
from catalog.runs.ingest import Incoming, Ingest
from catalog.store import Store
from scrapers.archive import Archive
from scrapers.document import Document
from scrapers.source import source_of

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
FILES = sorted(path for folder in SAMPLE.iterdir() if folder.is_dir() for path in folder.iterdir())


def captured_at(path: Path) -> datetime:
    """The time at the head of a file's name."""
    return datetime.strptime(path.name[:18], "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def listings() -> list[tuple[datetime, dict[str, dict[str, Any]]]]:
    """The captures of the model list, oldest first, by model id."""
    return [
        (captured_at(path), {model["id"]: model for model in json.loads(path.read_text(encoding="utf-8"))["data"]})
        for path in sorted((SAMPLE / "openrouter_models").iterdir())
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_is_known_by_its_content_and_read_without_a_warning(path: Path) -> None:
    document = Document(body=path.read_bytes(), name=path.name, observed_at=captured_at(path))
    source = source_of(document)
    assert source.slug == path.parent.name
    reading = source.parse(document)
    records = reading.records()
    assert records.warnings == []
    assert reading.rejected == 0
    assert records.models
    assert records.prices


@pytest.mark.parametrize("order", ["oldest first", "newest first"])
def test_the_guard_believes_every_capture(tmp_path: Path, order: str) -> None:
    engine = open_engine(str(tmp_path / "catalog.db"))
    ensure_schema(engine)
    store = Store(engine)
    now = datetime(2026, 8, 1, tzinfo=UTC)
    run_id = store.start_run("import", now=micros(now), program_version="test")
    ingest = Ingest(store, Archive(tmp_path / "raw"), run_id=run_id, now=lambda: now)
    verdicts = {}
    for path in sorted(FILES, key=captured_at, reverse=order == "newest first"):
        document = Document(body=path.read_bytes(), name=path.name, observed_at=captured_at(path))
        outcome = ingest.take(Incoming(document, captured_at(path)))
        verdicts[path.name] = (outcome.verdict, outcome.reason)
    ingest.finish()
    engine.dispose()
    assert verdicts == {path.name: ("accepted", None) for path in FILES}


def test_the_sample_stays_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < 1_500_000


def test_the_listings_are_of_thirty_models_and_more_over_half_a_year(listings: Any) -> None:
    times = [at for at, _ in listings]
    assert len(times) >= 5
    assert times[-1] - times[0] > timedelta(days=183)
    assert all(len(models) >= 32 for _, models in listings)


def test_prices_move_between_every_two_of_the_listings_but_for_two_of_one_night(listings: Any) -> None:
    still = []
    for (_, before), (at, after) in pairwise(listings):
        shared = before.keys() & after.keys()
        if all(before[one]["pricing"] == after[one]["pricing"] for one in shared):
            still.append(at)
    assert len(still) <= 1


def test_models_arrive_leave_for_good_and_leave_and_return(listings: Any) -> None:
    present = {one: [one in models for _, models in listings] for _, models in listings for one in models}
    arrived = {one for one, there in present.items() if not there[0] and there[-1]}
    left = {one for one, there in present.items() if there[0] and not any(there[-2:])}
    assert "deepseek/deepseek-v4-flash" in arrived
    assert "google/gemma-2-9b-it" in left

    away = [at for at, models in listings[3:7] if "deepcogito/cogito-v2.1-671b" not in models]
    assert present["deepcogito/cogito-v2.1-671b"][3:7] == [True, False, False, True]
    assert away[1] - away[0] >= timedelta(hours=6)


def test_no_listing_is_missing_so_many_models_that_it_looks_cut(listings: Any) -> None:
    for (_, before), (at, after) in pairwise(listings):
        missing = before.keys() - after.keys()
        assert len(missing) <= max(5, len(before) // 10), at
        for author in {one.split("/")[0] for one in missing}:
            theirs = [one for one in before if one.startswith(f"{author}/")]
            gone = [one for one in missing if one.startswith(f"{author}/")]
            assert len(theirs) < 5 or len(gone) * 2 < len(theirs), (at, author)


def test_every_kind_of_price_is_there(listings: Any) -> None:
    cards = {one: model["pricing"] for _, models in listings for one, model in models.items()}
    assert cards["openrouter/auto"]["prompt"] == "-1"
    assert cards["google/gemma-3-27b-it:free"]["prompt"] == "0"
    assert any(
        model["pricing"]["prompt"] == "0" and ":free" not in one
        for _, models in listings
        for one, model in models.items()
    )
    assert any("input_cache_read" in card for card in cards.values())
    last = listings[-1][1]
    assert last["google/gemini-2.5-pro"]["pricing"]["overrides"][0]["min_prompt_tokens"] == 200_000
    assert any(model.get("benchmarks") for model in last.values())


def test_contexts_change_too(listings: Any) -> None:
    contexts = [models["google/gemini-3.1-flash-image-preview"]["context_length"] for _, models in listings[2:]]
    assert sorted(set(contexts)) == [65_536, 131_072]


def test_an_endpoint_is_quietly_served_at_lower_precision() -> None:
    first, second = sorted((SAMPLE / "openrouter_endpoints").glob("*_deepseek_deepseek-v4-flash.json"))
    precision = [
        {endpoint["tag"]: endpoint["quantization"] for endpoint in json.loads(path.read_text())["data"]["endpoints"]}
        for path in (first, second)
    ]
    assert (precision[0]["gmicloud"], precision[1]["gmicloud"]) == ("fp8", "fp4")


def test_the_readme_names_what_is_illustrative() -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "## What is real" in text
    assert "## What is illustrative" in text
    assert all(folder.name in text for folder in SAMPLE.iterdir() if folder.is_dir())
