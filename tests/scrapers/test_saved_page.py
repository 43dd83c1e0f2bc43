"""The real page that lies beside the checkout comes out complete."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scrapers.document import Document, Reading
from scrapers.records import Records
from scrapers.sources.benchable_page import SOURCE

PAGE = Path(__file__).resolve().parents[2] / "../shared/pages/gemini-3.1-flash-image-preview.txt"
SLUG = "google/gemini-3.1-flash-image-preview-20260226"

pytestmark = [
    pytest.mark.reality,
    pytest.mark.skipif(not PAGE.exists(), reason="the saved page does not lie beside this checkout"),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return SOURCE.parse(Document(PAGE.read_bytes(), name=PAGE.name))


@pytest.fixture(scope="module")
def records(reading: Reading) -> Records:
    return reading.records()


def test_nothing_is_set_aside_and_the_scope_is_the_slug(reading: Reading, records: Records) -> None:
    assert (reading.scope, reading.rejected, records.warnings) == (SLUG, 0, [])


def test_the_subject_has_the_facts_of_its_own_row(records: Records) -> None:
    subject = records.models[0]
    assert subject.is_subject
    assert (subject.canonical_slug, subject.author, subject.released_on) == (SLUG, "google", date(2026, 2, 26))
    assert (subject.context_tokens, subject.context_is_rounded) == (65_000, True)
    assert subject.input_modalities == subject.output_modalities == ["image", "text"]
    assert subject.name == "Google: Nano Banana 2 (Gemini 3.1 Flash Image Preview)"
    assert subject.description is not None
    assert subject.description.startswith("Gemini 3.1 Flash Image Preview, a.k.a.")


def test_headline_and_endpoint_prices_are_rows_of_their_own(records: Records) -> None:
    assert [(price.provider, price.component, price.usd, price.unit, price.state) for price in records.prices] == [
        (None, "prompt", Decimal("0.25"), "mtok", "priced"),
        (None, "completion", Decimal("1.5"), "mtok", "priced"),
        ("Google AI Studio", "prompt", Decimal("0.25"), "mtok", "priced"),
        ("Google AI Studio", "completion", Decimal("1.5"), "mtok", "priced"),
    ]


def test_the_endpoint_keeps_the_pipe_of_its_name(records: Records) -> None:
    (endpoint,) = records.endpoints
    assert (endpoint.provider, endpoint.endpoint_name) == ("Google AI Studio", f"Google AI Studio | {SLUG}")
    assert (endpoint.context_tokens, endpoint.context_is_rounded) == (65_000, True)


def test_the_summary_states_exactly_eight_scores(records: Records) -> None:
    assert {score.benchmark: str(score.accuracy_percent) for score in records.benchmark_scores} == {
        "Coding": "98.0",
        "Reasoning": "100.0",
        "Hallucinations": "98.0",
        "Email Classification": "98.0",
        "Instruction Following": "77.0",
        "General Knowledge": "98.5",
        "Ethics": "99.0",
        "Mathematics": "88.8",
    }
    assert all(score.evidence == "prose" and score.evidence_text for score in records.benchmark_scores)
    assert len(records.benchmark_scores) == 8


def test_ratings_come_from_stars_and_from_the_summary(records: Records) -> None:
    own = {rating.dimension: rating.value for rating in records.ratings if rating.canonical_slug == SLUG}
    assert own == {
        "speed": 2,
        "ability": 5,
        "cost": 5,
        "speed_percentile": 43,
        "price_percentile": 37,
        "success_rate_percent": 99,
    }
    banana = {r.dimension: r.value for r in records.ratings if r.name == "Google: Nano Banana (Gemini 2.5 Flash Image)"}
    assert banana == {"speed": None, "ability": None, "cost": 4}


def test_thirty_one_models_are_listed_ten_of_them_unavailable(records: Records) -> None:
    assert len(records.models) == 31
    assert sum(model.is_available is False for model in records.models) == 10
    assert [model.is_subject for model in records.models] == [True] + [False] * 30
    assert not any("Unavailable" in (model.name or "") for model in records.models)
    assert all(model.author == "google" and model.released_on for model in records.models)


def test_sizes_tell_an_estimate_from_a_statement(records: Records) -> None:
    sizes = {m.name: (m.parameter_count, m.parameter_count_is_approximate) for m in records.models if m.parameter_count}
    assert sizes["Google: Gemini 1.5 Flash"] == (500 * 10**9, True)
    assert sizes["Google: Gemini 1.5 Pro"] == (10**12, True)
    assert sizes["Google: Gemma 3n 4B"] == (4 * 10**9, False)
    assert len(sizes) == 10


def test_the_voice_of_the_page_is_first_for_its_subject_alone(reading: Reading) -> None:
    assert {part.subject.key for part in reading.parts if part.subject.voice == 1} == {f"{SLUG}:standard"}
    assert sum(part.subject.voice == 2 and part.group == "facts" for part in reading.parts) == 30
