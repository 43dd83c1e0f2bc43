"""One model's endpoints: their facts, their prices, and whose they are."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from scrapers.document import Document, Reading
from scrapers.errors import CutDocument, DocumentError, ForeignPage, LayoutDrift, TooFewRows
from scrapers.sources.openrouter_endpoints import claims, parse

ADDRESS = "https://openrouter.ai/api/v1/models/orchard/pear/endpoints"


def endpoint(provider: str = "Ladder", **changed: Any) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "name": f"{provider} | orchard/pear-20260115",
        "model_id": "orchard/pear",
        "model_name": "Orchard: Pear",
        "context_length": 131072,
        "pricing": {"prompt": "0.0000002", "completion": "0.0000008", "discount": 0},
        "provider_name": provider,
        "tag": provider.lower(),
        "quantization": "fp8",
        "max_completion_tokens": None,
        "max_prompt_tokens": None,
        "supported_parameters": ["max_tokens"],
        "status": 0,
        "uptime_last_30m": 99.5,
    }
    return stated | changed


def answer(*endpoints: Any, **changed: Any) -> dict[str, Any]:
    architecture = {
        "tokenizer": "Other",
        "instruct_type": None,
        "modality": "text->text",
        "input_modalities": ["text"],
        "output_modalities": ["text"],
    }
    model = {
        "id": "orchard/pear",
        "name": "Orchard: Pear",
        "created": 1768435200,
        "description": "A model.",
        "architecture": architecture,
        "endpoints": list(endpoints),
    }
    return {"data": {key: value for key, value in (model | changed).items() if value is not ...}}


def read(stated: Any, url: str | None = None) -> Reading:
    return parse(Document(body=json.dumps(stated).encode(), url=url))


def test_the_scope_is_the_model_and_all_parts_are_its_own() -> None:
    reading = read(answer(endpoint()))

    assert reading.scope == "orchard/pear"
    assert {part.subject for part in reading.parts} == {("orchard/pear-20260115:standard", 1, "orchard/pear")}
    assert [part.group for part in reading.parts] == ["facts", "endpoints", "prices"]


def test_the_permanent_slug_stands_in_the_endpoints_name() -> None:
    records = read(answer(endpoint())).records()

    slugs = {row.canonical_slug for row in [*records.models, *records.endpoints, *records.prices]}
    assert slugs == {"orchard/pear-20260115"}


def test_endpoints_whose_names_agree_on_no_slug_are_of_the_id_alone() -> None:
    unlike = endpoint("Basket", name="Basket | orchard/pear-20260301")
    for stated in (answer(endpoint(), unlike), answer(endpoint(name="Ladder")), answer()):
        assert {part.subject.key for part in read(stated).parts} == {"id:orchard/pear"}


def test_the_endpoints_of_an_alias_are_not_those_of_the_model_that_it_means_today() -> None:
    reading = read(answer(endpoint(model_id="~orchard/pear-latest"), id="~orchard/pear-latest"))
    records = reading.records()

    assert {part.subject.key for part in reading.parts} == {"id:~orchard/pear-latest"}
    assert (records.models[0].canonical_slug, records.models[0].author) == (None, "orchard")
    assert records.endpoints[0].canonical_slug == "orchard/pear-20260115"


def test_a_variant_behind_the_slug_is_no_part_of_it() -> None:
    free = [endpoint(name=f"{name} | orchard/pear-20260115:free", model_id="orchard/pear:free") for name in "AB"]
    reading = read(answer(*free, id="orchard/pear:free"))
    records = reading.records()

    slugs = {row.canonical_slug for row in [*records.models, *records.endpoints, *records.prices]}
    assert (slugs, records.models[0].variant) == ({"orchard/pear-20260115"}, "free")
    fragment = [{word: value for word, value in one.items() if word != "model_id"} for one in free]
    assert read(fragment).scope == "orchard/pear-20260115:free"


def test_percentiles_uptime_and_discount_have_fields_of_their_own() -> None:
    stated = endpoint(
        latency_last_30m={"p50": 812, "p75": 1045.5, "p90": 1800, "p99": 4012.25},
        throughput_last_30m={"p50": 61, "p75": 48, "p90": 30, "p99": 12},
        uptime_last_5m=100,
        uptime_last_30m=99.97101372895202,
        uptime_last_1d=None,
        pricing={"prompt": "0.1", "completion": "0.1", "discount": 0.25},
        status=-2,
    )
    (row,) = read(answer(stated)).records().endpoints

    assert (row.latency_ms_p50, row.latency_ms_p75, row.latency_ms_p90, row.latency_ms_p99) == (
        812,
        1045.5,
        1800,
        4012.25,
    )
    assert (row.throughput_tps_p50, row.throughput_tps_p99) == (61, 12)
    assert (row.uptime_percent_5m, row.uptime_percent_30m, row.uptime_percent_1d) == (100, 99.97101372895202, None)
    assert (row.discount, row.status) == ("0.25", -2)


def test_what_has_no_field_is_kept_under_its_own_word() -> None:
    choice = {"none": True, "auto": True, "required": False, "function": False}
    (row,) = (
        read(answer(endpoint(supports_tool_choice=choice, region="eu", latency_last_30m={"p95": 9})))
        .records()
        .endpoints
    )

    assert row.extra == {
        "model_name": "Orchard: Pear",
        "supports_tool_choice": choice,
        "region": "eu",
        "latency_last_30m.p95": 9,
    }


def test_prices_name_provider_tag_and_place() -> None:
    rows = read(answer(endpoint(), endpoint("Basket", tag="basket/fp4"))).records().prices

    assert [(row.provider, row.tag, row.component, str(row.usd), row.place) for row in rows] == [
        ("Ladder", "ladder", "prompt", "0.2", "/data/endpoints/0/pricing/prompt"),
        ("Ladder", "ladder", "completion", "0.8", "/data/endpoints/0/pricing/completion"),
        ("Basket", "basket/fp4", "prompt", "0.2", "/data/endpoints/1/pricing/prompt"),
        ("Basket", "basket/fp4", "completion", "0.8", "/data/endpoints/1/pricing/completion"),
    ]


def test_a_change_of_price_leaves_facts_and_endpoints_as_they_were() -> None:
    before = read(answer(endpoint())).parts
    after = read(answer(endpoint(pricing={"prompt": "1", "completion": "1", "discount": 0}))).parts

    assert [repr(one.raw) == repr(two.raw) for one, two in zip(before, after, strict=True)] == [True, True, False]


def test_a_model_without_endpoints_is_an_answer() -> None:
    reading = read(answer())

    assert (reading.stated, reading.records().endpoints) == (0, [])
    assert [row.model_id for row in reading.records().models] == ["orchard/pear"]


def test_a_fragment_is_read_with_a_warning_and_tells_whose_it_is() -> None:
    fragment = [{key: value for key, value in endpoint().items() if key not in ("model_id", "tag")}]
    reading = read(fragment)

    assert reading.scope == "orchard/pear-20260115"
    assert reading.warnings[0].code == "fragment"
    assert [(row.model_id, row.provider) for row in reading.records().endpoints] == [(None, "Ladder")]
    assert read(fragment, url=ADDRESS).scope == "orchard/pear"


def test_the_address_says_whose_endpoints_they_are_where_the_answer_does_not() -> None:
    assert read(answer(endpoint(), id=...), url=ADDRESS.replace("pear", "pear%3Afree")).scope == "orchard/pear:free"


@pytest.mark.parametrize("asked", ["plum", "pear-2", "pear:free", "Pear"])
def test_an_answer_that_is_of_another_model_than_was_asked_for_is_refused(asked: str) -> None:
    with pytest.raises(ForeignPage, match=f"orchard/{asked}' was asked for"):
        read(answer(endpoint()), url=ADDRESS.replace("pear", asked))


@pytest.mark.parametrize("asked", ["pear", "pear-20260115", "pear-20260301"])
def test_an_answer_is_of_the_model_that_was_asked_for_by_its_id_or_by_its_permanent_slug(asked: str) -> None:
    moving = endpoint("Trellis", name="Trellis | orchard/pear-20260301")  # while the id moves on there are two slugs
    assert read(answer(endpoint(), moving), url=ADDRESS.replace("pear", asked)).scope == "orchard/pear"


def test_an_endpoint_of_another_id_of_the_author_is_noted() -> None:
    reading = read(answer(endpoint(), endpoint("Trellis", model_id="orchard/pear-next")))
    assert len(reading.records().endpoints) == 2
    assert [one.where for one in reading.warnings] == ["/data/endpoints/1/model_id"]


def test_an_answer_without_endpoints_of_another_author_than_was_asked_for_is_refused() -> None:
    with pytest.raises(ForeignPage, match="'ladder/pear' was asked for"):
        read(answer(), url=ADDRESS.replace("orchard/pear", "ladder/pear"))


def test_an_answer_without_endpoints_and_that_of_an_alias_may_be_asked_for_by_other_names() -> None:
    assert read(answer(), url=ADDRESS.replace("pear", "pear-20260115")).scope == "orchard/pear"
    assert read(answer(endpoint()), url=ADDRESS.replace("orchard/pear", "~orchard/latest")).scope == "orchard/pear"


def test_endpoints_of_nobody_in_particular_are_refused() -> None:
    with pytest.raises(LayoutDrift, match="whose"):
        read([endpoint(name="Ladder", model_id="a/b"), endpoint("Basket", name="Basket", model_id="c/d")])


def test_endpoints_that_no_tag_tells_apart_are_read_alike_in_whatever_order_they_stand() -> None:
    dear = {"prompt": "0.0000009", "completion": "0.000001"}
    alike = [
        {word: value for word, value in endpoint(**changed).items() if word != "tag"}
        for changed in ({}, {"context_length": 8192}, {"quantization": "fp4"}, {"pricing": dear})
    ]
    basket = endpoint("Basket")
    read_in_order = [
        [part.fingerprint() for part in read(answer(*some, basket, *others)).parts]
        for some, others in ((alike[:2], alike[2:]), (alike[::-1][:2], alike[::-1][2:]))
    ]
    assert read_in_order[0] == read_in_order[1]


@pytest.mark.parametrize(
    "bad",
    [
        "no object",
        {},
        {"provider_name": None},
        endpoint(pricing={"prompt": "£1"}),
        endpoint(model_id="../etc"),
        endpoint(model_id="meadow/plum"),
    ],
)
def test_p02_one_bad_endpoint_is_set_aside_and_the_others_are_read(bad: Any) -> None:
    reading = read(answer(bad, endpoint("Basket")))

    assert [row.provider for row in reading.records().endpoints] == ["Basket"]
    assert (reading.stated, reading.rejected) == (2, 1)


def test_p15_a_repeated_endpoint_counts_once_and_a_contradiction_not_at_all() -> None:
    reading = read(answer(endpoint(), endpoint(), endpoint("Basket"), endpoint("Basket", context_length=1)))

    assert [row.provider for row in reading.records().endpoints] == ["Ladder"]
    assert reading.rejected == 2


def test_endpoints_of_one_provider_are_told_apart_by_tag() -> None:
    reading = read(answer(endpoint(tag="ladder/fp8"), endpoint(tag="ladder/fp4", quantization="fp4")))

    assert [row.tag for row in reading.records().endpoints] == ["ladder/fp8", "ladder/fp4"]


@pytest.mark.parametrize(
    "word, value, field",
    [
        ("uptime_last_30m", 101, "uptime_percent_30m"),
        ("uptime_last_30m", -1, "uptime_percent_30m"),
        ("context_length", -5, "context_tokens"),
        ("context_length", "128K", "context_tokens"),
        ("status", 10**12, "status"),
    ],
)
def test_a_value_out_of_range_stays_under_its_own_word(word: str, value: Any, field: str) -> None:
    reading = read(answer(endpoint(**{word: value})))
    (row,) = reading.records().endpoints

    assert getattr(row, field) is None
    assert row.extra["stated.status" if word == "status" else word] == value
    assert any(warning.code.startswith("drift_") for warning in reading.warnings)


def test_a_discount_that_is_no_fraction_is_kept_as_it_stands() -> None:
    (row,) = read(answer(endpoint(pricing={"prompt": "1", "completion": "1", "discount": 1.5}))).records().endpoints

    assert row.discount is None
    assert row.extra["pricing.discount"] == Decimal("1.5")


@pytest.mark.parametrize(
    "stated, error",
    [
        ({"data": [{"id": "orchard/pear"}]}, ForeignPage),
        ({"data": []}, TooFewRows),
        ({"data": {"endpoints": []}}, TooFewRows),
        ({"data": {"name": "x"}}, ForeignPage),
        ({"data": {"id": "orchard/pear", "endpoints": {"a": 1}}}, LayoutDrift),
        ({"data": {"id": "orсhard/pear", "endpoints": []}}, LayoutDrift),
        ({"data": {"id": "orchard/pear", "endpoints": ["x", "y"]}}, LayoutDrift),
        ({"models": 1}, ForeignPage),
        (answer(endpoint()) | {"has_more": True}, CutDocument),
    ],
)
def test_what_is_not_one_models_endpoints_is_refused_by_name(stated: Any, error: type[DocumentError]) -> None:
    with pytest.raises(error):
        read(stated)


def test_endpoints_are_claimed_by_their_head() -> None:
    assert claims(Document(body=json.dumps(answer(endpoint())).encode()))
    assert claims(Document(body=json.dumps([endpoint()]).encode()))
    assert not claims(Document(body=b'{"data": [{"id": "orchard/pear"}]}'))
    assert not claims(Document(body=b"[1, 2, 3]"))


def test_one_endpoint_many_times_is_no_answer_and_a_few_repetitions_count_once() -> None:
    assert len(read(answer(endpoint(), endpoint("Trellis"), endpoint())).records().endpoints) == 2
    with pytest.raises(TooFewRows, match="4 endpoints, of which 3 repeat another"):
        read(answer(*[endpoint()] * 4))
