"""The list of models: what each part of an answer becomes, and what is set aside."""

from __future__ import annotations

import json
import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from scrapers.document import Document, Reading
from scrapers.errors import CutDocument, ForeignPage, LayoutDrift, TooFewRows
from scrapers.records import Model, Price
from scrapers.sources.openrouter_models import claims, parse

NAN = float("nan")


def model(model_id: str = "orchard/pear", **changed: Any) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": model_id,
        "canonical_slug": model_id.partition(":")[0] + "-20260115",
        "name": f"Orchard: {model_id}",
        "description": "A model.",
        "created": 1768435200,
        "context_length": 131072,
        "architecture": {
            "modality": "text->text",
            "input_modalities": ["text"],
            "output_modalities": ["text"],
            "tokenizer": "Other",
            "instruct_type": None,
        },
        "pricing": {"prompt": "0.00000025", "completion": "0.000001"},
        "top_provider": {"context_length": 131072, "max_completion_tokens": 8192, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": ["max_tokens"],
    }
    return record | changed


def read(*records: Any, url: str | None = None, **around: Any) -> Reading:
    return parse(Document(body=json.dumps({"data": list(records), **around}).encode(), url=url))


def only_model(reading: Reading) -> Model:
    (row,) = reading.records().models
    return row


def price(stated: Any) -> Price:
    """The row of a prompt price, stated beside an ordinary completion price."""
    rows = read(model(pricing={"prompt": stated, "completion": "0.000001"})).records().prices
    return next(row for row in rows if row.component == "prompt")


def codes(reading: Reading) -> set[str]:
    reading.records()
    return {warning.code for warning in reading.warnings}


@pytest.mark.parametrize(
    "stated, state, usd",
    [
        ("0.00000025", "priced", "0.25"),
        ("0", "free", "0"),
        ("0.0", "free", "0"),
        ("$0", "free", "0"),
        ("Free", "free", "0"),
        ("-1", "variable", None),
        ("", "unknown", None),
        ("-", "unknown", None),
        (None, "unknown", None),
    ],
)
def test_p09_priced_free_variable_and_unknown_are_four_states(stated: Any, state: str, usd: str | None) -> None:
    row = price(stated)

    assert (row.state, row.usd) == (state, None if usd is None else Decimal(usd))


def test_p09_a_price_that_is_absent_has_no_row() -> None:
    rows = read(model(pricing={"completion": "0.1"})).records().prices

    assert [row.component for row in rows] == ["completion"]


@pytest.mark.parametrize(
    "stated, usd",
    [
        ("1e-7", "0.1"),
        ("1E-07", "0.1"),
        (".0000005", "0.5"),
        ("0.00000008333333333333334", "0.08333333333333334"),
        ("0.00000001703012", "0.01703012"),
        ("0.00003", "30"),
    ],
)
def test_p10_a_token_price_is_exact_per_million_and_without_an_exponent(stated: str, usd: str) -> None:
    row = price(stated)

    assert str(row.usd) == usd
    assert row.unit == "mtok"


def test_p10_commas_are_thousands_where_a_point_follows() -> None:
    rows = read(model(pricing={"prompt": "0", "completion": "0", "request": "1,000.50"})).records().prices

    assert [str(row.usd) for row in rows if row.component == "request"] == ["1000.5"]


@pytest.mark.parametrize(
    "stated",
    ["1.000,50", "1,000", "NaN", "Infinity", "1e400", "1e999999999", "1_000", "٠.٥", "０.５", "−1", "0.5\u00a0",
     "0\u200f", "€0.5", "£0.5", "0.5 EUR", "$0.5", "-0.5", "-2", "0x10", "abc", "999999", "1e-60", True,
     ["0.5"], {"usd": "0.5"}, NAN],
)  # fmt: skip
def test_p02_p08_p10_p11_p14_a_price_that_is_none_sets_its_record_aside_and_no_other(stated: Any) -> None:
    reading = read(model("orchard/bad", pricing={"prompt": stated, "completion": "0.1"}), model("orchard/good"))

    assert only_model(reading).model_id == "orchard/good"
    assert (reading.stated, reading.rejected) == (2, 1)
    assert [warning.where for warning in reading.warnings if warning.code == "rejected_record"] == ["/data/0"]


def test_prices_in_another_currency_are_refused_by_name() -> None:
    reading = read(model(pricing={"prompt": "1", "completion": "1", "currency": "EUR"}), model("orchard/good"))

    assert any("EUR" in warning.message for warning in reading.warnings)
    assert reading.rejected == 1


def test_a_bare_list_of_models_is_read_as_the_answer_that_it_was_taken_from() -> None:
    records = [model(), model("orchard/fig", pricing={"prompt": "NaN"}), model("orchard/plum", context_length=None)]
    body = json.dumps(records, indent=1).encode()
    assert claims(Document(body))
    bare, whole = parse(Document(body)), read(*records)
    assert bare.records().as_dict() | {"warnings": []} == whole.records().as_dict() | {"warnings": []}
    assert (bare.scope, bare.stated, bare.rejected, bare.set_aside) == ("text", 3, 1, whole.set_aside)
    assert [part.fingerprint() for part in bare.parts] == [part.fingerprint() for part in whole.parts]
    assert [warning.where for warning in bare.warnings if warning.code == "rejected_record"] == ["/1"]
    assert [row.place for row in bare.records().models] == ["/0", "/2"]
    assert codes(bare) - codes(whole) == {"bare_list"}


@pytest.mark.parametrize("body", [b'[{"name": "nobody"}]', b"[1, 2]", b'["orchard/pear"]'])
def test_a_bare_list_of_anything_else_is_a_foreign_page(body: bytes) -> None:
    assert not claims(Document(body))
    with pytest.raises(ForeignPage):
        parse(Document(body))


def test_p18_a_price_that_came_as_a_number_is_read_exactly_and_is_drift() -> None:
    reading = read(model(pricing={"prompt": 2.5e-07, "completion": 0.000001}))

    assert [str(row.usd) for row in reading.records().prices] == ["0.25", "1"]
    assert {"drift_type", "drift_notation"} <= codes(reading)
    assert reading.rejected == 0


def test_every_component_has_its_unit_and_an_unknown_one_keeps_its_name() -> None:
    stated = {
        "prompt": "1", "image": "0.01", "image_output": "0.02", "image_token": "0.00001", "request": "0.018",
        "web_search": "0.014", "audio": "0.000001", "per_smile": "0.5",
    }  # fmt: skip
    rows = {row.component: (row.unit, str(row.usd)) for row in read(model(pricing=stated)).records().prices}

    assert rows == {
        "prompt": ("mtok", "1000000"),
        "image": ("image", "0.01"),
        "image_output": ("image", "0.02"),
        "image_token": ("mtok", "10"),
        "request": ("request", "0.018"),
        "web_search": ("search", "0.014"),
        "audio": ("mtok", "1"),
        "per_smile": (None, "0.5"),
    }


def test_overrides_are_rows_with_conditions_in_their_order_and_may_wrap_midnight() -> None:
    overrides = [
        {"min_prompt_tokens": 200000, "prompt": "0.0000005"},
        {"utc_start": 1000.0, "utc_end": 100, "prompt": "0.0000001", "completion": "-1"},
    ]
    rows = read(model(pricing={"prompt": "0.00000025", "completion": "0.000001", "overrides": overrides})).records()

    conditional = [(row.position, row.component, row.conditions, row.state) for row in rows.prices if row.conditions]
    assert conditional == [
        (1, "prompt", {"min_prompt_tokens": 200000}, "priced"),
        (2, "prompt", {"utc_start": 1000, "utc_end": 100}, "priced"),
        (2, "completion", {"utc_start": 1000, "utc_end": 100}, "variable"),
    ]


def test_a_condition_that_nobody_knows_is_kept_as_one_and_is_drift() -> None:
    overrides = [{"service_tier": "priority", "weekdays": ["sat"], "prompt": "0.0000005"}]
    reading = read(model(pricing={"prompt": "0", "completion": "0", "overrides": overrides}))

    assert reading.records().prices[-1].conditions == {"service_tier": "priority", "weekdays": ["sat"]}
    assert "drift_unknown_key" in codes(reading)


def test_a_discount_is_no_price() -> None:
    records = read(model(pricing={"prompt": "0.1", "completion": "0.1", "discount": 0.25})).records()

    assert {row.component for row in records.prices} == {"prompt", "completion"}
    assert records.models[0].extra["pricing.discount"] == Decimal("0.25")


def test_a_price_says_where_it_stands() -> None:
    reading = read(model(), model("orchard/b", pricing={"prompt": "0", "overrides": [{"utc_start": 0, "prompt": "1"}]}))

    assert [row.place for row in reading.records().prices] == [
        "/data/0/pricing/prompt",
        "/data/0/pricing/completion",
        "/data/1/pricing/prompt",
        "/data/1/pricing/overrides/0/prompt",
    ]


def test_dates_are_utc_days_and_the_stated_second_is_kept() -> None:
    row = only_model(read(model(created=1768435199, knowledge_cutoff="2025-08-31", expiration_date="9999-01-01")))

    assert row.released_on == date(2026, 1, 14)
    assert row.extra["created"] == 1768435199
    assert (row.knowledge_cutoff_on, row.expires_on) == (date(2025, 8, 31), date(9999, 1, 1))


@pytest.mark.parametrize(
    "word, field, stated",
    [
        ("knowledge_cutoff", "knowledge_cutoff_on", "2025-Q3"),
        ("expiration_date", "expires_on", "2026-02-30"),
        ("context_length", "context_tokens", -1),
        ("context_length", "context_tokens", 2**63),
        ("created", "released_on", 1768435200000),
    ],
)
def test_a_value_that_its_field_cannot_take_stays_under_its_own_word(word: str, field: str, stated: Any) -> None:
    reading = read(model(**{word: stated}))

    assert getattr(only_model(reading), field) is None
    assert only_model(reading).extra[word] == stated
    assert "drift_value" in codes(reading)


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


@pytest.mark.parametrize(
    "allowed",
    [
        {"reasoning": {"mandatory": False, "supported_efforts": ["high", None]}},
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


@pytest.mark.parametrize(
    "model_id",
    ["orсhard/cyrillic", "orchard/pear\u200b", "orchard/ pear", "../../etc/passwd", "no-slash", "", "a/b/c",
     "orchard/pear\n", "ｏrchard/pear", "orchard/" + "x" * 300, None, 7],
)  # fmt: skip
def test_p14_an_id_that_is_none_sets_its_record_aside(model_id: Any) -> None:
    reading = read({**model(), "id": model_id}, model("orchard/good"))

    assert only_model(reading).model_id == "orchard/good"
    assert reading.rejected == 1


def test_p14_a_name_with_invisible_characters_is_kept_as_it_stands_and_told() -> None:
    reading = read(model(name="Orchard: Pe\u202ear"))

    assert only_model(reading).name == "Orchard: Pe\u202ear"
    assert "invisible_characters" in codes(reading)


def test_p15_a_repetition_counts_once_and_a_contradiction_not_at_all() -> None:
    reading = read(model(), model(), model("orchard/x", context_length=1), model("orchard/x", context_length=2))

    assert only_model(reading).model_id == "orchard/pear"
    assert (reading.stated, reading.rejected) == (4, 2)
    assert "repeated_record" in codes(reading)


@pytest.mark.parametrize(
    "ids, slug, by_slug",
    [
        (("orchard/a", "orchard/b"), "orchard/s", "orchard/a"),
        (("orchard/new", "orchard/old", "~orchard/latest"), "orchard/old", "orchard/old"),
        (("~orchard/latest", "orchard/z"), "orchard/s", "orchard/z"),
        (("orchard/b:free", "orchard/a:free"), "orchard/s", "orchard/a:free"),
    ],
)
def test_of_several_ids_with_one_slug_and_variant_one_is_known_by_the_slug_and_the_others_by_their_ids(
    ids: tuple[str, ...], slug: str, by_slug: str
) -> None:
    for order in (ids, ids[::-1]):
        reading = read(*(model(one, canonical_slug=slug, context_length=len(one)) for one in order), model())
        known = {part.subject.model_id: part.subject.key for part in reading.parts if part.group == "facts"}
        rows = reading.records().models

        variant = by_slug.partition(":")[2] or "standard"
        assert known.pop("orchard/pear") == "orchard/pear-20260115:standard"
        assert known == {one: f"{slug}:{variant}" if one == by_slug else f"id:{one}" for one in ids}
        assert [(row.model_id, row.canonical_slug, row.context_tokens) for row in rows[:-1]] == [
            (one, slug, len(one)) for one in order
        ]
        assert (reading.rejected, reading.set_aside) == (0, set())
        assert [one.message for one in reading.warnings if one.code == "shared_slug"] == [
            f"{one} has the permanent slug and variant of another id; it is known by its own"
            for one in order
            if one != by_slug
        ]


def test_a_record_set_aside_keeps_its_slug_from_another_id_and_its_id_from_its_slug() -> None:
    broken = {"canonical_slug": "orchard/s", "pricing": {"prompt": "NaN", "completion": "0"}}
    sound = {"canonical_slug": "orchard/s"}

    first = read(model("orchard/a", **broken), model("orchard/b", **sound))
    assert first.set_aside == {"orchard/s:standard", "id:orchard/a"}
    assert {part.subject.key for part in first.parts} == {"id:orchard/b"}
    second = read(model("orchard/a", **sound), model("orchard/b", **broken))
    assert second.set_aside == {"id:orchard/b"}
    assert {part.subject.key for part in second.parts} == {"orchard/s:standard"}


def test_p16_case_and_variant_make_different_subjects() -> None:
    reading = read(model("orchard/pear"), model("Orchard/Pear"), model("orchard/pear:free"))

    assert [part.subject.key for part in reading.parts if part.group == "facts"] == [
        "orchard/pear-20260115:standard",
        "Orchard/Pear-20260115:standard",
        "orchard/pear-20260115:free",
    ]
    assert [row.variant for row in reading.records().models] == ["standard", "standard", "free"]


def test_without_a_permanent_slug_the_id_is_the_subject() -> None:
    record = model("orchard/pear:free")
    del record["canonical_slug"]
    reading = read(record)

    assert {part.subject.key for part in reading.parts} == {"id:orchard/pear:free"}
    assert "drift_missing_key" in codes(reading)


def test_every_model_has_all_three_parts_and_an_empty_one_has_no_rows() -> None:
    reading = read(model(pricing={}), model("orchard/b"))

    assert [part.group for part in reading.parts] == ["facts", "prices", "scores"] * 2
    assert list(reading.parts[1].rows()) == []
    assert list(reading.parts[2].rows()) == []


def test_parts_of_equal_raw_have_equal_rows_and_a_price_touches_no_fact() -> None:
    before = read(model()).parts
    after = read(model(pricing={"prompt": "1", "completion": "1"})).parts

    assert [repr(one.raw) == repr(two.raw) for one, two in zip(before, after, strict=True)] == [True, False, True]
    assert [list(part.rows()) for part in before] == [list(part.rows()) for part in read(model()).parts]


def test_a_record_that_departs_from_the_contract_twice_is_not_of_this_source() -> None:
    embedding = {**model()["architecture"], "output_modalities": ["embedding"]}
    edited = model("orchard/edited", architecture=embedding, pricing={"prompt": "5e-09", "completion": "0"})
    new_word = model("orchard/new-word", architecture=embedding)
    exponent = model("orchard/exponent", pricing={"prompt": "5e-09", "completion": "0"})

    reading = read(edited, new_word, exponent)

    assert [row.model_id for row in reading.records().models] == ["orchard/new-word", "orchard/exponent"]
    assert reading.rejected == 1


def test_the_text_listing_and_that_of_every_kind_are_two_scopes() -> None:
    painter = model("orchard/painter", architecture={**model()["architecture"], "output_modalities": ["image"]})
    texts = [model(f"orchard/m{number}") for number in range(60)]

    assert read(*texts).scope == "text"
    assert read(*texts[:10], painter).scope == "all"
    assert read(*texts, painter).scope == "text"
    assert "drift_scope" in codes(read(*texts, painter))


@pytest.mark.parametrize(
    "query, scope",
    [("", "text"), ("?output_modalities=all", "all"), ("?category=programming", "text?category=programming")],
)
def test_the_address_says_which_listing_it_is(query: str, scope: str) -> None:
    assert read(model(), url=f"https://openrouter.ai/api/v1/models{query}").scope == scope


@pytest.mark.parametrize("around", [{"total_count": 340}, {"links": {"next": "/api/v1/models?page=2"}}])
def test_one_page_of_several_is_a_cut_document(around: dict[str, Any]) -> None:
    with pytest.raises(CutDocument):
        read(model(), **around)


def test_n27_a_list_of_nothing_is_refused() -> None:
    with pytest.raises(TooFewRows):
        read()


def test_a_list_of_nothing_but_bad_records_is_refused() -> None:
    with pytest.raises(LayoutDrift, match="not one of 2"):
        read({"name": "no id"}, "no object")


@pytest.mark.parametrize("answer", [{"data": {"endpoints": []}}, {"models": []}, [1, 2], {"openapi": "3.1.0"}])
def test_another_answer_is_foreign(answer: Any) -> None:
    with pytest.raises(ForeignPage):
        parse(Document(body=json.dumps(answer).encode()))


def test_a_listing_is_claimed_by_its_head_and_another_document_is_not() -> None:
    assert claims(Document(body=b'{"total_count": 3, "data": [{"id": "a/b"}]}'))
    assert not claims(Document(body=b'{"data": {"id": "a/b", "endpoints": []}}'))
    assert not claims(Document(body=b"<html><title>data</title></html>"))
    assert not claims(Document(body=b'{"name": "a-package", "version": "1"}'))


def test_fields_that_fewer_records_state_than_ever_are_drift() -> None:
    reading = read(*(model(f"orchard/m{number}", description="") for number in range(40)))

    assert [warning.code for warning in reading.warnings if "description" in warning.message] == ["drift_fill"]


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


@pytest.mark.slow
def test_p19_a_hundred_thousand_records_are_read_in_time() -> None:
    body = json.dumps({"data": [model(f"orchard/m{number}") for number in range(100_000)]}).encode()
    begun = time.process_time()

    reading = parse(Document(body=body))

    assert reading.stated == 100_000
    assert len(reading.parts) == 300_000
    assert time.process_time() - begun < 30


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
