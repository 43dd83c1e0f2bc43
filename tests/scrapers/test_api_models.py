"""The facts and scores of a model in the list: what each word becomes, and what is kept under its own."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from small_listing import codes, model, only_model, read

from scrapers.document import Document
from scrapers.sources.openrouter_models import parse


def test_dates_are_utc_days_and_the_stated_second_is_kept() -> None:
    row = only_model(read(model(created=1768435199, knowledge_cutoff="2025-08-31", expiration_date="9999-01-01")))

    assert row.released_on == date(2026, 1, 14)
    assert row.extra["created"] == 1768435199
    assert (row.knowledge_cutoff_on, row.expires_on) == (date(2025, 8, 31), date(9999, 1, 1))


@pytest.mark.parametrize(
    "word, field, stated",
    [
        ("knowledge_cutoff", "knowledge_cutoff_on", "2025-Q3"),
        ("knowledge_cutoff", "knowledge_cutoff_on", "2024-10"),
        ("expiration_date", "expires_on", "2026-02-30"),
        ("context_length", "context_tokens", -1),
        ("context_length", "context_tokens", 2**63),
        ("created", "released_on", 1768435200000000),
    ],
)
def test_a_value_that_its_field_cannot_take_stays_under_its_own_word(word: str, field: str, stated: Any) -> None:
    reading = read(model(**{word: stated}))

    assert getattr(only_model(reading), field) is None
    assert only_model(reading).extra[word] == stated
    assert "drift_value" in codes(reading)


@pytest.mark.parametrize(
    "word, field, stated, read_as",
    [
        ("context_length", "context_tokens", "131072", 131072),
        ("context_length", "context_tokens", 131072.0, 131072),
        ("created", "released_on", 1768435200000, date(2026, 1, 15)),
        ("created", "released_on", "1768435200", date(2026, 1, 15)),
        ("created", "released_on", 1768435200.5, date(2026, 1, 15)),
        ("created", "released_on", "2026-01-14T23:30:00-01:00", date(2026, 1, 15)),
        ("created", "released_on", "2026-01-15", date(2026, 1, 15)),
        ("expiration_date", "expires_on", "2026-01-14T23:30:00-01:00", date(2026, 1, 15)),
        ("expiration_date", "expires_on", 1768435200, date(2026, 1, 15)),
        ("knowledge_cutoff", "knowledge_cutoff_on", "2026-01-15T00:00:00.000Z", date(2026, 1, 15)),
    ],
)
def test_p18_a_value_in_another_notation_is_read_where_it_can_mean_one_thing_alone(
    word: str, field: str, stated: Any, read_as: Any
) -> None:
    reading = read(model(**{word: stated}))

    assert getattr(only_model(reading), field) == read_as
    assert codes(reading) & {"drift_type", "drift_value"}
    assert field == "context_tokens" or only_model(reading).extra[word] == stated


@pytest.mark.parametrize("stated", ["128K", "131,072", "0131072", "١٣١٠٧٢", 131072.5, True, "2026-01-15T00:00:00"])
def test_p18_a_value_that_may_mean_several_things_is_not_read(stated: Any) -> None:
    for word in ("context_length", "created"):
        reading = read(model(**{word: stated}))
        row = only_model(reading)
        assert (row.context_tokens, row.released_on).count(None) == 1
        assert row.extra[word] == stated
        assert "drift_type" in codes(reading)


def test_zero_and_null_and_absent_are_kept_apart() -> None:
    zero = only_model(read(model(context_length=0, supported_voices=None, hugging_face_id="")))

    assert (zero.context_tokens, zero.context_is_rounded, zero.hugging_face_id) == (0, False, "")
    assert zero.extra["supported_voices"] is None
    assert "expiration_date" not in zero.extra
    assert only_model(read(model(context_length=None))).context_tokens is None


def test_p18_an_unknown_key_is_kept_and_told_once_however_many_records_have_it() -> None:
    reading = read(*(model(f"orchard/m{number}", carbon={"grams": number}) for number in range(30)))

    assert [row.extra["carbon"] for row in reading.records().models][:2] == [{"grams": 0}, {"grams": 1}]
    told = [warning for warning in reading.warnings if warning.code == "drift_unknown_key"]
    assert len(told) == 1
    assert "30 records" in told[0].message


SINCE_2026: dict[str, Any] = {
    "default_parameters": None, "expiration_date": None, "knowledge_cutoff": None,
    "links": {"details": "/api/v1/models/orchard/pear/endpoints"}, "supported_voices": None,
}  # fmt: skip
"""What every record has since some day of that year, and none before it."""


@pytest.mark.parametrize(
    "allowed",
    [
        {"reasoning": {"mandatory": False, "supported_efforts": ["high", None]}, **SINCE_2026},
        {"architecture": {"modality": None, "input_modalities": ["text"], "output_modalities": ["text"]}},
        {"description": ...},
    ],
)
def test_what_a_record_may_leave_out_or_state_as_null_is_no_drift(allowed: dict[str, Any]) -> None:
    record = {key: value for key, value in model(**allowed).items() if value is not ...}
    reading = read(record, {**record, "id": "orchard/plum", "canonical_slug": "orchard/plum", "created": -1})

    assert codes(reading) == {"drift_rows", "drift_value"}  # `drift_value` for the plum: each record was examined
    assert "drift_value" not in codes(read(record))
    assert only_model(read(record)).reasoning == allowed.get("reasoning")


def test_a_key_that_came_before_another_that_is_there_is_missing_and_one_that_came_later_is_not() -> None:
    def missing(*without: str) -> list[str]:
        record = {key: value for key, value in model(**SINCE_2026).items() if key not in without}
        return [one.message for one in read(record).warnings if one.code == "drift_missing_key"]

    assert missing() == missing("supported_voices") == missing(*SINCE_2026) == []
    assert missing("links", "expiration_date") == ["`expiration_date` is missing", "`links` is missing"]


def test_an_effort_that_is_no_word_is_drift_all_the_same() -> None:
    assert "drift_type" in codes(read(model(reasoning={"mandatory": False, "supported_efforts": ["high", 3]})))


@pytest.mark.parametrize(
    "stated, kept",
    [("0.5", 0.5), ("1.50", 1.5), ("1E+2", 100), ("12345678901234567890", 12345678901234567890),
     ("0.12345678901234567890123", "0.12345678901234567890123"), ("1.234567890123456789000", "1.234567890123456789")],
)  # fmt: skip
def test_a_number_under_its_own_word_loses_no_digit(stated: str, kept: Any) -> None:
    body = json.dumps({"data": [model(carbon={"grams": ["here"]})]}).replace('"here"', stated)

    assert parse(Document(body=body.encode())).records().as_dict()["models"][0]["carbon"] == {"grams": [kept]}


def test_an_unknown_key_that_is_called_like_a_column_is_not_lost() -> None:
    row = read(model(parameter_count=7_000_000_000, place="here")).records().as_dict()["models"][0]

    assert row["parameter_count"] is None
    assert row["stated.parameter_count"] == 7_000_000_000
    assert row["place"] == "here"


def test_p18_a_list_that_became_an_object_is_kept_and_is_drift() -> None:
    reading = read(model(supported_parameters={"temperature": True}, architecture=["text"], pricing=["1"]))
    row = only_model(reading)

    assert row.extra["stated.supported_parameters"] == {"temperature": True}
    assert (row.extra["architecture"], row.extra["pricing"]) == (["text"], ["1"])
    assert "drift_type" in codes(reading)


def test_p17_an_unforeseen_value_that_is_nested_too_deep_sets_its_record_aside() -> None:
    deep: Any = 1
    for _ in range(200):
        deep = [deep]
    for place in ({"new_key": deep}, {"pricing": {"prompt": "0", "new": deep}}, {"description": deep}):
        reading = read(model("orchard/bad", **place), model("orchard/good"))

        assert only_model(reading).model_id == "orchard/good"


def test_p14_a_name_with_invisible_characters_is_kept_as_it_stands_and_told() -> None:
    reading = read(model(name="Orchard: Pe\u202ear"))

    assert only_model(reading).name == "Orchard: Pe\u202ear"
    assert "invisible_characters" in codes(reading)


def test_scores_come_from_both_benchmarks_and_a_null_index_is_a_row_without_a_value() -> None:
    benchmarks = {
        "artificial_analysis": {"intelligence_index": 71.4, "coding_index": None},
        "design_arena": [{"arena": "models", "category": "website", "elo": 1385, "rank": 5, "win_rate": 62.5}],
    }
    rows = read(model(benchmarks=benchmarks)).records().benchmark_scores

    assert [(row.benchmark, row.index_value) for row in rows[:2]] == [
        ("artificial_analysis.intelligence_index", 71.4),
        ("artificial_analysis.coding_index", None),
    ]
    arena = rows[2]
    assert (arena.benchmark, arena.category, arena.elo, arena.rank) == (
        "design_arena.models.website",
        "website",
        1385.0,
        5,
    )
    assert (arena.win_rate_percent, arena.evidence, arena.extra) == (62.5, "api", {"arena": "models"})


@pytest.mark.parametrize(
    ("architecture", "inputs", "outputs"),
    [
        ({"modality": "text+image->text"}, ["image", "text"], ["text"]),
        ({"modality": "multimodal"}, None, None),
        ({"modality": "text+smell->text"}, None, None),
        ({"modality": None}, None, None),
        ({"modality": "text->text", "input_modalities": None, "output_modalities": None}, None, None),
        ({"modality": "text->text", "input_modalities": ["image"], "output_modalities": ["text"]}, ["image"], ["text"]),
    ],
)
def test_what_a_model_reads_and_writes_is_read_from_one_word_where_there_are_no_lists(
    architecture: dict[str, Any], inputs: list[str] | None, outputs: list[str] | None
) -> None:
    row = only_model(read(model(architecture=architecture)))
    assert (row.input_modalities, row.output_modalities) == (inputs, outputs)
    assert row.extra["architecture.modality"] == architecture["modality"]
    assert set(row.places or {}) <= {"input_modalities", "output_modalities"}
    assert set((row.places or {}).values()) <= {"/data/0/architecture/modality"}
