"""The list of models as a whole: what is one, which one it is, its parts, and what of it is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from patience import patience
from small_listing import codes, model, read

from scrapers.document import Document
from scrapers.errors import CutDocument, ForeignPage, LayoutDrift, TooFewRows
from scrapers.source import source_of
from scrapers.sources.openrouter_models import claims, parse


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

    reading = read(model(), edited, new_word, exponent)

    assert [row.model_id for row in reading.records().models] == [
        "orchard/pear",
        "orchard/new-word",
        "orchard/exponent",
    ]
    assert (reading.rejected, reading.set_aside) == (1, {"orchard/edited-20260115:standard", "id:orchard/edited"})


def test_where_most_prices_are_written_otherwise_a_new_word_makes_no_record_foreign() -> None:
    numbers = {"prompt": 5e-09, "completion": 0}
    touch = {**model()["architecture"], "input_modalities": ["text", "touch"]}
    reading = read(
        *(model(f"orchard/m{number}", pricing=numbers) for number in range(3)),
        model(pricing=numbers, architecture=touch),
        model("orchard/plum"),
    )

    assert (len(reading.statements), reading.rejected) == (5, 0)
    assert {"drift_word", "drift_notation"} <= codes(reading)


def test_the_text_listing_and_that_of_every_kind_are_two_scopes() -> None:
    painter = model("orchard/painter", architecture={**model()["architecture"], "output_modalities": ["image"]})
    texts = [model(f"orchard/m{number}") for number in range(60)]

    assert read(*texts).scope == "text"
    assert read(*texts[:10], painter).scope == "all"
    assert read(*texts, painter).scope == "text"
    assert "drift_scope" in codes(read(*texts, painter))


def test_what_a_model_writes_tells_the_scope_where_one_word_alone_says_it() -> None:
    painter = model("orchard/painter", architecture={"modality": "text->image"})
    texts = [model(f"orchard/m{number}", architecture={"modality": "text+image->text"}) for number in range(10)]

    assert read(*texts).scope == "text"
    assert read(*texts, painter).scope == "all"


@pytest.mark.parametrize(
    "query, scope",
    [
        ("", "text"),
        ("?output_modalities=all", "all"),
        ("?category=programming", "text?category=programming"),
        ("?sort=newest&output_modalities=all", "all"),
        ("?limit=1000&offset=0&output_modalities=all", "all"),
    ],
)
def test_the_address_says_which_listing_it_is(query: str, scope: str) -> None:
    assert read(model(), url=f"https://openrouter.ai/api/v1/models{query}").scope == scope


def test_the_list_of_embeddings_is_never_compared_with_that_of_texts() -> None:
    assert read(model(), url="https://openrouter.ai/api/v1/embeddings/models").scope == "embeddings"
    assert read(model(), url="https://mirror.example/openrouter/models/").scope == "text"


@pytest.mark.parametrize(
    "around",
    [
        {"total_count": 340},
        {"total_count": "340"},
        {"meta": {"total": 340}},
        {"links": {"next": "/api/v1/models?page=2"}},
        {"has_more": True},
        {"next_page_token": "aGVyZQ"},
        {"pagination": {"hasNextPage": True}},
        {"page": 1, "total_pages": 2},
        {"meta": {"pagination": {"page": 1, "total": 340}}},
        {"page": {"cursors": {"nextPageUrl": "/api/v1/models?page=2"}}},
    ],
)
def test_one_page_of_several_is_a_cut_document(around: dict[str, Any]) -> None:
    with pytest.raises(CutDocument):
        read(model(), **around)


def test_the_only_page_is_a_whole_list_whatever_it_says_of_others() -> None:
    around = {
        "total_count": 1,
        "has_more": False,
        "next_page_token": None,
        "links": {"next": None},
        "meta": {"next": "", "page": 1, "pages": 1},
    }
    assert len(read(model(), **around).records().models) == 1


def test_what_stands_around_the_list_is_told_and_not_said_to_be_kept() -> None:
    told = [one.message for one in read(model(), meta={}, links={"next": None, "prev": "/x"}).warnings]
    assert [one for one in told if one.startswith("`answer.")] == [
        "`answer.meta` is new (an object); it says nothing of a model, and stays in the archive",
        "`answer.links.prev` is new (text); it says nothing of a model, and stays in the archive",
    ]


def test_n27_a_list_of_nothing_is_refused() -> None:
    with pytest.raises(TooFewRows):
        read()


@pytest.mark.parametrize("names", [{}, {"name": ...}])
def test_a_list_of_one_record_many_times_is_no_listing(names: dict[str, Any]) -> None:
    assert len(read(*[model()] * 19).statements) == 1
    assert len(read(*[model(f"orchard/m{number % 10}") for number in range(20)]).statements) == 10
    with pytest.raises(TooFewRows, match="20 records of no more than 9 models"):
        read(*[model(f"orchard/m{number % 9}", **dict.fromkeys(names, f"{number}")) for number in range(20)])


def test_a_list_of_nothing_but_bad_records_is_refused() -> None:
    with pytest.raises(LayoutDrift, match="not one of 2"):
        read({"name": "no id"}, "no object")


@pytest.mark.parametrize("answer", [{"data": {"endpoints": []}}, {"models": []}, [1, 2], {"openapi": "3.1.0"}])
def test_another_answer_is_foreign(answer: Any) -> None:
    with pytest.raises(ForeignPage):
        parse(Document(body=json.dumps(answer).encode()))


@pytest.mark.parametrize(
    "said",
    [
        {"object": "model", "created": 1768435200, "owned_by": "orchard"},
        {"owned_by": "orchard", "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]}},
        {"name": "Pear", "context_window": 131072, "pricing": {"input": "0.00000025", "output": "0.000001"}},
        {"display_name": "Pear", "context_length": 131072, "pricing": {"hourly": 0, "input": 0.25, "output": 1}},
    ],
)
def test_another_sites_list_of_models_is_foreign_though_the_ids_are_the_same(said: dict[str, Any]) -> None:
    records = [{"id": f"orchard/pear-{number}", **said} for number in range(40)]
    for answer in ({"object": "list", "data": records}, records):
        with pytest.raises(ForeignPage, match="none of 40 has canonical_slug, "):
            parse(Document(json.dumps(answer).encode()))


def test_a_list_without_one_of_the_words_is_still_the_sources() -> None:
    for words in ({"pricing", "canonical_slug"}, {"canonical_slug", "top_provider", "per_request_limits"}):
        record = {word: value for word, value in model().items() if word not in words}
        assert read(record).statements


def test_a_listing_is_claimed_by_its_head_and_another_document_is_not() -> None:
    assert claims(Document(body=b'{"total_count": 3, "data": [{"id": "a/b"}]}'))
    assert claims(Document(body=json.dumps({"models": [model()]}).encode()))
    for error in (
        b'{"data": null, "error": {"code": 500}}',
        b'{"data": null}',
        b'{"message": "try later"}',
        b'{"status": 503, "title": "down"}',
        b'{"error": ""}',
    ):
        assert claims(Document(body=error))
    assert not claims(Document(body=b'{"data": {"id": "a/b", "endpoints": []}}'))
    assert not claims(Document(body=b"<html><title>data</title></html>"))
    assert not claims(Document(body=b'{"name": "a-package", "version": "1"}'))


def test_p20_an_answer_in_many_lines_after_a_byte_order_mark_is_no_page() -> None:
    records = [model(), model("orchard/fig")]
    body = json.dumps({"data": records, "description": "", "pricing": "", "endpoints": ""}, indent=1).encode()
    for document in (Document(body), Document(b"\xef\xbb\xbf" + body)):
        assert source_of(document).slug == "openrouter_models"


def test_fields_that_fewer_records_state_than_ever_are_drift() -> None:
    reading = read(*(model(f"orchard/m{number}", description="") for number in range(40)))

    assert [warning.code for warning in reading.warnings if "description" in warning.message] == ["drift_fill"]


def test_what_every_answer_with_a_count_states_is_expected_of_such_answers_alone() -> None:
    records = [model(f"orchard/m{number}", benchmarks={}, reasoning={"mandatory": False}) for number in range(40)]
    told = [
        {warning.message.split("`")[1] for warning in reading.warnings if warning.code == "drift_fill"}
        for reading in (read(*records), read(*records, total_count=40, links={"next": None}))
    ]
    assert told == [set(), {"links", "knowledge_cutoff", "benchmarks", "default_parameters", "hugging_face_id"}]


@pytest.mark.slow
def test_p19_a_hundred_thousand_records_are_read_in_time() -> None:
    one = json.dumps(model("orchard/m?"))
    body = f'{{"data": [{", ".join(one.replace("m?", f"m{number}") for number in range(100_000))}]}}'.encode()

    with patience():
        reading = parse(Document(body=body))

    assert reading.stated == 100_000
    assert len(reading.parts) == 300_000
