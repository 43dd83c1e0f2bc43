"""Every value is traced to its words: source, time, document, place, and what stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog
from catalog.errors import UsageError
from catalog.instants import iso, micros
from catalog.questions.explain import explain_field
from catalog.questions.plain import MODEL_COLUMNS
from catalog.rows import canonical_json
from scrapers.source import all_sources

NOT_STATED = {"prompt_usd", "completion_usd", "speed", "ability", "cost", "source", "first_seen", "missing_since",
              "variant", "is_subject", "context_is_rounded", "parameter_count_is_approximate"}  # fmt: skip
MODEL = "deepseek/deepseek-v4-flash"
PICTURES = "google/gemini-3.1-flash-image-preview"


@pytest.fixture(scope="module")
def archive(sample_home: Path) -> Path:
    return sample_home / "raw"


def explained(catalog: Catalog, archive: Path, model: str, field: str) -> list[dict[str, Any]]:
    frame: pd.DataFrame = explain_field(catalog, archive, model, field)
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


FACTS = [name for name in MODEL_COLUMNS if name not in NOT_STATED]


@pytest.mark.parametrize("model", [MODEL, PICTURES])
def test_every_fact_that_is_answered_can_be_explained_and_the_first_voice_is_the_answer(
    catalog: Catalog, archive: Path, model: str
) -> None:
    row = catalog.models().loc[model]
    for field in FACTS:
        if row[field] is None or row[field] is pd.NA or row[field] != row[field]:
            continue
        voices = explained(catalog, archive, model, field)
        assert [voice["answers"] for voice in voices] == [True] + [False] * (len(voices) - 1)
        for voice in voices:
            assert voice["place"], (field, voice)
            assert voice["words"], (field, voice)
            assert re.fullmatch(r"[0-9a-f]{64}", voice["document_sha256"])
            assert voice["parser_version"] == all_sources()[voice["source"]].version
            assert voice["run"] >= 1
            assert voice["stated_since"] <= voice["captured_at"]


@pytest.mark.parametrize("model", [MODEL, PICTURES, "google/gemini-2.5-pro"])
def test_the_prices_that_are_said_to_answer_are_those_that_are_answered(
    catalog: Catalog, archive: Path, model: str
) -> None:
    """One for each endpoint and condition; those that a page dates, and a page's own endpoints, are other voices."""
    prices = catalog.prices(model)
    for component in sorted(set(catalog.prices(model, all_sources=True)["component"])):
        voices = explained(catalog, archive, model, component)
        told = prices.loc[prices["component"] == component, ["usd", "source", "scope"]].values.tolist()
        found = [[Decimal(one["value"]), one["source"], one["scope"]] for one in voices if one["answers"]]
        assert sorted(map(str, found)) == sorted(map(str, told)), component


def test_every_endpoint_answers_for_itself(catalog: Catalog, archive: Path) -> None:
    voices = explained(catalog, archive, MODEL, "quantization")
    answering = [one["value"] for one in voices if one["answers"]]
    assert sorted(answering) == sorted(catalog.endpoints(MODEL)["quantization"])


@pytest.mark.parametrize("model", [MODEL, PICTURES])
def test_every_field_of_the_change_log_can_be_explained_under_its_name_there(
    catalog: Catalog, archive: Path, model: str
) -> None:
    log = catalog.changes(raw=True)
    fields = set(log.loc[log["model_id"] == model, "field"].dropna()) - {"endpoint"}
    for field in sorted(fields | {"links", "architecture.modality", "endpoint.context_tokens"}):
        [first, *_] = explained(catalog, archive, model, field)
        assert first["place"], field
        assert first["words"], field


def test_the_conditions_of_the_change_log_are_explained_by_each_price_that_has_any(
    catalog: Catalog, archive: Path
) -> None:
    found = explained(catalog, archive, "google/gemini-3.1-pro-preview", "price.conditions")
    prompt = explained(catalog, archive, "google/gemini-3.1-pro-preview", "price.prompt")
    assert [row for row in prompt if " if " in row["field"]] == [row for row in found if "prompt if" in row["field"]]
    assert all(" if " in row["field"] and "/overrides/" in row["place"] for row in found)


def test_a_value_under_the_sources_own_word_stands_at_its_pointer(catalog: Catalog, archive: Path) -> None:
    for word, place in (("architecture.modality", "architecture/modality"), ("links", "links")):
        [first, *_] = explained(catalog, archive, MODEL, word)
        assert re.fullmatch(f"/data/[0-9]+/{place}", first["place"])
        words = json.loads(first["words"])
        assert first["value"] == (words if isinstance(words, str) else canonical_json(words))


def test_a_truth_is_explained_as_one(catalog: Catalog, archive: Path) -> None:
    [first, *_] = explained(catalog, archive, MODEL, "is_moderated")
    assert first["value"] is json.loads(first["words"])


def test_the_words_of_an_answer_are_those_at_its_pointer(catalog: Catalog, archive: Path) -> None:
    [first, *_] = explained(catalog, archive, MODEL, "prompt")
    assert (first["source"], first["place"]) == ("openrouter_models", "/data/0/pricing/prompt")
    assert Decimal(json.loads(first["words"])) * 1_000_000 == Decimal(first["value"])


def test_the_words_of_a_number_are_its_digits(new_catalogue: Callable[[], Catalogue]) -> None:
    one = new_catalogue()
    one.take(at(0), listing({"lab/one": Said()}).replace(b'"0.000001"', b"0.00000100"))
    one.close()
    with Catalog(one.db) as opened:
        (said,) = explained(opened, one.archive.root, "lab/one", "prompt")
    assert (said["value"], said["words"]) == ("1", "0.00000100")


def test_the_words_of_a_page_are_those_of_its_cell(catalog: Catalog, archive: Path) -> None:
    pages = [
        (MODEL, "prompt", "Current Pricing / row 1 / Price (per 1M tokens)", "$0.0983"),
        (MODEL, "context_tokens", "Key Specifications / Context Length", "1,048,576 tokens"),
        (MODEL, "released_on", "Key Specifications / Released", "Apr 24, 2026"),
        (PICTURES, "context_tokens", "Other Models by google / row 1 / Context", "65K"),
    ]
    for model, field, place, words in pages:
        voices = [one for one in explained(catalog, archive, model, field) if one["source"] == "benchable_page"]
        assert (voices[0]["place"], voices[0]["words"]) == (place, words)


def test_a_score_that_only_a_sentence_states_shows_the_sentence(catalog: Catalog, archive: Path) -> None:
    [voice] = explained(catalog, archive, PICTURES, "Email Classification")
    assert "98" in voice["words"]
    assert len(voice["words"].split()) > 5


def test_prices_say_whose_they_are(catalog: Catalog, archive: Path) -> None:
    voices = [(one["source"], one["field"]) for one in explained(catalog, archive, MODEL, "completion")]
    assert voices[0] == ("openrouter_models", "price.completion")
    assert ("openrouter_endpoints", "price.completion at DeepInfra (deepinfra/fp8)") in voices
    assert len(set(voices)) == len(voices)


def test_a_measurement_of_an_endpoint_shows_its_own_words(catalog: Catalog, archive: Path) -> None:
    voices = explained(catalog, archive, MODEL, "latency_ms_p50")
    assert voices
    for voice in voices:
        assert voice["place"].endswith("/latency_last_30m/p50")
        assert float(voice["words"]) == float(voice["value"])


def test_a_document_that_is_gone_is_said_to_be(catalog: Catalog, tmp_path: Path) -> None:
    [first, *_] = explained(catalog, tmp_path / "empty", MODEL, "prompt")
    assert first["place"] is None
    assert "cannot be read again" in first["words"]


def test_a_field_that_nobody_states_is_answered_with_those_that_are(catalog: Catalog, archive: Path) -> None:
    with pytest.raises(UsageError, match=r"nobody states 'colour'.*price\.prompt"):
        explained(catalog, archive, MODEL, "colour")


def test_a_value_is_stated_since_it_stands_and_not_since_another_field_of_its_group_moved(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    """What is first said is what `history` says: in its document, at its place there."""
    one = new_catalogue()
    text, both = ("text",), ("image", "text")
    for hour, writes, context in ((0, text, 9_000), (1, text, 8_000), (2, both, 8_000), (3, both, 8_000)):
        one.take(at(hour), listing({"acme/one": Said(writes=writes, context=context)}))
    with Catalog(one.db, data_dir=one.archive.root.parent) as catalog:
        (found,) = catalog.explain("acme/one", "context_tokens").to_dict("records")
        began = catalog.history("acme/one", field="context_tokens").iloc[-1]
    assert (found["stated_since"], began["valid_from"]) == (iso(micros(at(1))), at(1))
    assert found["document_sha256"] == began["document_sha256"]
    assert (found["words"], found["captured_at"]) == ("8000", iso(micros(at(3))))
