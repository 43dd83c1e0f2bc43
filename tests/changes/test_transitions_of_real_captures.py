"""The raw change log of real captures against a plain script over the files, and against the figures that are known."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from catalog.change_log.transitions import transitions
from catalog.database import reading
from catalog.instants import instant_in_name, micros
from catalog.questions.frames import Moment

pytestmark = pytest.mark.reality

HISTORIES = ("history", "history_all_modalities")
PER_TOKEN = {
    "prompt", "completion", "input_cache_read", "input_cache_write", "input_cache_write_1h", "internal_reasoning",
    "audio", "audio_output", "input_audio_cache", "image_token",
}  # fmt: skip


def raw(kept: Any, **asked: Any) -> pd.DataFrame:
    with reading(kept.engine) as connection:
        return transitions(connection, Moment(), **asked)


@cache
def whole_log(kept: Any) -> pd.DataFrame:
    return raw(kept)


class Listed(NamedTuple):
    """What is looked at of a record."""

    prices: dict[str, str]
    fields: dict[str, str]
    overrides: Any


@cache
def captures(shared: Path, history: str) -> list[tuple[pd.Timestamp, dict[str, Listed]]]:
    found = []
    for file in sorted((shared / "openrouter" / history).iterdir()):
        answer = json.loads(gzip.decompress(file.read_bytes()))
        records = {
            record["id"]: Listed(prices(record), plain_fields(record), record["pricing"].get("overrides") or None)
            for record in answer["data"]
        }
        found.append((pd.Timestamp(instant_in_name(file.name)), records))
    return found


def consecutive(shared: Path, history: str) -> Iterator[tuple[pd.Timestamp, dict[str, Listed], dict[str, Listed]]]:
    before: dict[str, Listed] | None = None
    for at, records in captures(shared, history):
        if before is not None:
            yield at, before, records
        before = records


def prices(record: dict[str, Any]) -> dict[str, str]:
    return {
        word: text for word, text in record["pricing"].items() if isinstance(text, str) and word != "discount" and text
    }


def amount(component: str, text: str) -> Decimal | str:
    if text == "-1":
        return "variable"
    return Decimal(text) * (1_000_000 if component in PER_TOKEN else 1)


def as_amount(text: Any) -> Decimal | str | None:
    return None if text is None else text if text == "variable" else Decimal(text)


def kind_of(old: Any, new: Any) -> str:
    return "gained" if old is None else "lost" if new is None else "changed"


def plain_fields(record: dict[str, Any]) -> dict[str, Any]:
    """Some fields as the source's record has them, by our names and as text."""
    part, top = record["architecture"], record["top_provider"]
    values = {
        "name": record["name"],
        "description": record["description"],
        "canonical_slug": record["canonical_slug"],
        "context_tokens": record["context_length"],
        "hugging_face_id": record["hugging_face_id"],
        "max_output_tokens": top["max_completion_tokens"],
        "is_moderated": json.dumps(top["is_moderated"]),
        "top_provider.context_length": top.get("context_length"),
        "architecture.modality": part["modality"],
        "tokenizer": part["tokenizer"],
        "instruct_type": part["instruct_type"],
        "knowledge_cutoff_on": record.get("knowledge_cutoff"),
        "expires_on": record.get("expiration_date"),
        "supported_parameters": json.dumps(record["supported_parameters"], separators=(",", ":")),
        "input_modalities": json.dumps(sorted(part["input_modalities"]), separators=(",", ":")),
        "links": json.dumps(record.get("links"), sort_keys=True, separators=(",", ":")),
    }
    return {word: str(value) for word, value in values.items() if value is not None and value != "null"}


@pytest.mark.parametrize("history", HISTORIES)
def test_models_come_and_go_as_in_the_files(real: Callable[[str], Any], shared: Path, history: str) -> None:
    expected = {
        (at, model_id, kind)
        for at, before, after in consecutive(shared, history)
        for kind, gone in (("added", after.keys() - before.keys()), ("removed", before.keys() - after.keys()))
        for model_id in gone
    }
    found = whole_log(real(history))
    found = found[found["field"].isna()]
    assert set(zip(found["observed_at"], found["model_id"], found["kind"], strict=True)) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("history", HISTORIES)
def test_prices_move_come_and_go_as_in_the_files(real: Callable[[str], Any], shared: Path, history: str) -> None:
    expected = set()
    for at, before, after in consecutive(shared, history):
        for model_id in before.keys() & after.keys():
            old, new = before[model_id].prices, after[model_id].prices
            for component in old.keys() | new.keys():
                was, now = (amount(component, card[component]) if component in card else None for card in (old, new))
                if was != now:
                    expected.add((at, model_id, kind_of(was, now), f"price.{component}", was, now))
    found = whole_log(real(history))
    found = found[found["field"].str.startswith("price.", na=False) & (found["field"] != "price.conditions")]
    columns = (found[name] for name in ("observed_at", "model_id", "kind", "field"))
    assert set(zip(*columns, map(as_amount, found["old"]), map(as_amount, found["new"]), strict=True)) == expected
    assert len(found) == len(expected) > 100


@pytest.mark.parametrize("history", HISTORIES)
def test_facts_change_as_in_the_files(real: Callable[[str], Any], shared: Path, history: str) -> None:
    expected = set()
    asked = set()
    for at, before, after in consecutive(shared, history):
        for model_id in before.keys() & after.keys():
            old, new = before[model_id].fields, after[model_id].fields
            asked |= old.keys() | new.keys()
            for field in old.keys() | new.keys():
                was, now = old.get(field), new.get(field)
                if was != now:
                    expected.add((at, model_id, kind_of(was, now), field, was, now))
    found = whole_log(real(history))
    found = found[found["field"].isin(asked)]
    columns = (found[name] for name in ("observed_at", "model_id", "kind", "field", "old", "new"))
    assert set(zip(*columns, strict=True)) == expected
    assert len(found) == len(expected) > 500


@pytest.mark.parametrize("history", HISTORIES)
def test_rate_cards_with_conditions_change_as_in_the_files(
    real: Callable[[str], Any], shared: Path, history: str
) -> None:
    expected = set()
    for at, before, after in consecutive(shared, history):
        for model_id in before.keys() & after.keys():
            old, new = before[model_id].overrides, after[model_id].overrides
            if old != new:
                expected.add((at, model_id, kind_of(old, new)))
    found = whole_log(real(history))
    found = found[found["field"] == "price.conditions"]
    assert set(zip(found["observed_at"], found["model_id"], found["kind"], strict=True)) == expected


def test_the_figures_that_are_known_of_the_text_history_come_out(real: Callable[[str], Any], shared: Path) -> None:
    found = whole_log(real("history"))
    moves = found[(found["kind"] == "changed") & found["field"].notna()]
    assert moves["field"][moves["field"].str.startswith("price.")].value_counts().to_dict() == {
        "price.prompt": 259,
        "price.completion": 257,
        "price.input_cache_read": 94,
        "price.web_search": 19,
        "price.input_cache_write": 15,
        "price.image": 12,
        "price.internal_reasoning": 11,
        "price.audio": 1,
    }
    occasions = moves[moves["field"].isin(["price.prompt", "price.completion"])]
    assert len(occasions.drop_duplicates(["observed_at", "model_id"])) == 294
    counts = moves["field"].value_counts()
    assert [int(counts[field]) for field in ("context_tokens", "name", "description")] == [158, 11, 322]
    lost = found.loc[found["kind"] == "lost", "field"].value_counts()
    assert [int(lost[f"price.{part}"]) for part in ("request", "image", "internal_reasoning", "web_search")] == [
        265, 255, 254, 233,
    ]  # fmt: skip

    seen: set[str] = set()
    came: Counter[str] = Counter()
    for at, records in captures(shared, "history"):
        for model_id in found.loc[(found["observed_at"] == at) & (found["kind"] == "added"), "model_id"]:
            came["returned" if model_id in seen else "new"] += 1
        seen |= records.keys()
    assert came == {"new": 190, "returned": 3}
    assert int((found["kind"] == "removed").sum()) == 194


@pytest.mark.parametrize("history", HISTORIES)
def test_a_window_shows_what_the_whole_log_shows_of_it(real: Callable[[str], Any], history: str) -> None:
    whole = whole_log(real(history))
    instants = sorted(whole["observed_at"].unique())
    for first, last in ((3, 9), (20, 21), (10, 40), (-2, None)):
        since, until = instants[first], None if last is None else instants[last]
        inside = whole["observed_at"] >= since
        if until is not None:
            inside &= whole["observed_at"] < until
        asked = {"since": micros(since), "until": None if until is None else micros(until)}
        found = raw(real(history), **asked)
        pd.testing.assert_frame_equal(found, whole[inside].reset_index(drop=True).rename_axis("transition"))


@pytest.mark.parametrize("model_id", ["openrouter/auto", "deepseek/deepseek-v3.2", "qwen/qwen3-max"])
def test_one_model_shows_what_the_whole_log_shows_of_it(real: Callable[[str], Any], model_id: str) -> None:
    whole = whole_log(real("history"))
    found = raw(real("history"), models=[model_id])
    expected = whole[whole["model_id"] == model_id].reset_index(drop=True).rename_axis("transition")
    pd.testing.assert_frame_equal(found, expected)
    assert len(found)
