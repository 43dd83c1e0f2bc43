"""The price, context and name of every model on any captured day are those of that day's file, and nothing else is.

The script beside each assertion knows nothing of records or of intervals: it reads the file.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from catalog import Catalog
from catalog.instants import instant_in_name

pytestmark = pytest.mark.reality

HISTORIES = ("history", "history_all_modalities")
PER_TOKEN = {
    "prompt", "completion", "input_cache_read", "input_cache_write", "input_cache_write_1h", "internal_reasoning",
    "audio", "audio_output", "input_audio_cache", "image_token",
}  # fmt: skip
SIX_HOURS = timedelta(hours=6)


def days(shared: Path, history: str, every: int = 1) -> Iterator[tuple[datetime, dict[str, dict[str, Any]]]]:
    for file in sorted((shared / "openrouter" / history).iterdir())[::every]:
        at = instant_in_name(file.name)
        assert at is not None
        answer = json.loads(gzip.decompress(file.read_bytes()))
        yield at, {record["id"]: record for record in answer["data"]}


def stated(card: dict[str, Any]) -> dict[str, tuple[str, Decimal | None]]:
    """A rate card's base prices: the state, and the amount for the unit of `records.md`."""
    found = {}
    for component, text in card.items():
        if component in ("overrides", "discount"):
            continue
        usd = Decimal(text)
        amount = usd * 1_000_000 if component in PER_TOKEN else usd
        state = "variable" if usd == -1 else "free" if usd == 0 else "priced"
        found[component] = (state, None if usd == -1 else amount)
    return found


def conditional(card: dict[str, Any]) -> list[tuple[int, str, Decimal]]:
    """The overrides' prices with the number of their override."""
    rows = []
    for number, override in enumerate(card.get("overrides") or (), start=1):
        for component, text in override.items():
            if component not in ("min_prompt_tokens", "utc_start", "utc_end"):
                factor = 1_000_000 if component in PER_TOKEN else 1
                rows.append((number, component, Decimal(text) * factor))
    return sorted(rows)


@pytest.mark.parametrize("history", HISTORIES)
def test_the_prices_of_any_model_on_any_day_are_those_of_the_file(
    real: Callable[[str], Catalog], shared: Path, history: str
) -> None:
    catalog = real(history)
    for at, records in days(shared, history, every=4):
        prices = catalog.prices(as_of=at)
        base = prices[prices["conditions"].isna()]
        found: dict[str, dict[str, Any]] = {model_id: {} for model_id in prices["model_id"]}
        for row in base.itertuples(index=False):
            found[row.model_id][row.component] = (row.state, row.usd)
        assert found == {name: stated(record["pricing"]) for name, record in records.items()}, at
        held = prices[prices["conditions"].notna()]
        overrides: dict[str, list[Any]] = {}
        for row in held.itertuples(index=False):
            overrides.setdefault(row.model_id, []).append((row.position, row.component, row.usd))
        expected = {name: conditional(record["pricing"]) for name, record in records.items()}
        assert {name: sorted(rows) for name, rows in overrides.items()} == {k: v for k, v in expected.items() if v}, at


@pytest.mark.parametrize("history", HISTORIES)
def test_the_models_of_any_day_are_those_of_the_file_and_those_that_it_alone_lacks(
    real: Callable[[str], Catalog], shared: Path, history: str
) -> None:
    catalog = real(history)
    gone: dict[tuple[str, str], datetime] = {}
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for number, (at, by_id) in enumerate(days(shared, history)):
        records = {(one["canonical_slug"], model_id.partition(":")[2]): one for model_id, one in by_id.items()}
        gone = {who: gone.get(who, at) for who in last if who not in records}
        last.update(records)
        if number % 4 != 2:  # a question takes long, and the other test asks on as many days
            continue
        missing = {who: since for who, since in gone.items() if at - since < SIX_HOURS}
        models = catalog.models(as_of=at)
        variants = models["variant"].replace("standard", "")
        found = dict(zip(zip(models["canonical_slug"], variants, strict=True), models.to_dict("records"), strict=True))
        assert set(found) == set(records) | set(missing), at
        for who, row in found.items():
            record, since = last[who], missing.get(who)
            assert (row["model_id"], row["name"]) == (record["id"], record["name"]), (at, who)
            assert (row["context_tokens"], row["context_is_rounded"]) == (record["context_length"], False), (at, who)
            assert row["released_on"] == datetime.fromtimestamp(record["created"], UTC).date(), (at, who)
            assert (None if pd.isna(row["missing_since"]) else row["missing_since"]) == since, (at, who)
