"""Whom a record of the list is about: what is an id, ids that share a slug, case, variant, and repetition."""

from __future__ import annotations

from typing import Any

import pytest
from small_listing import codes, model, only_model, read


@pytest.mark.parametrize(
    "model_id",
    ["orсhard/cyrillic", "orchard/pear\u200b", "orchard/ pear", "../../etc/passwd", "no-slash", "", "a/b/c",
     "orchard/pear\n", "ｏrchard/pear", "orchard/" + "x" * 300, None, 7],
)  # fmt: skip
def test_p14_an_id_that_is_none_sets_its_record_aside(model_id: Any) -> None:
    reading = read({**model(), "id": model_id}, model("orchard/good"))

    assert only_model(reading).model_id == "orchard/good"
    assert reading.rejected == 1


def test_a_record_whose_slug_is_none_is_set_aside_under_its_id_and_hides_no_other() -> None:
    reading = read(model(canonical_slug="no slug"), model("orchard/good"))

    assert only_model(reading).model_id == "orchard/good"
    assert reading.set_aside == {"id:orchard/pear"}


@pytest.mark.parametrize(
    "model_id, aside",
    [(" orchard/pear", {"id:orchard/pear"}), ("ｏrchard/pear\u200b", {"id:orchard/pear"}), ("orchard/pear@2", set()),
     ("no-slash", set()), (None, {""}), (7, {""})],
)  # fmt: skip
def test_p14_an_id_that_is_none_hides_the_model_that_it_may_mean_and_no_other(model_id: Any, aside: set[str]) -> None:
    assert read({**model(canonical_slug=None), "id": model_id}, model("orchard/good")).set_aside == aside


@pytest.mark.parametrize(
    "model_id, slug, aside",
    [
        (None, "orchard/p1", {"orchard/p1:standard", "id:orchard/p1"}),
        ("orсhard/cyrillic:free", "orchard/p1", {"orchard/p1:free", "id:orchard/p1:free"}),
        ("no-slash", "orchard/p1", {"orchard/p1:standard", "id:orchard/p1"}),
        (None, "no slug", {""}),
        (None, 7, {""}),
    ],
)
def test_a_record_without_an_id_that_can_be_read_hides_the_model_of_its_slug_and_no_other(
    model_id: Any, slug: Any, aside: set[str]
) -> None:
    assert read({**model(canonical_slug=slug), "id": model_id}, model("orchard/good")).set_aside == aside


def test_an_empty_slug_is_no_slug() -> None:
    reading = read(model(canonical_slug=""))

    assert (only_model(reading).canonical_slug, reading.parts[0].subject.key) == (None, "id:orchard/pear")
    assert "drift_value" in codes(reading)


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


def test_an_id_may_name_several_variants_at_once() -> None:
    row = only_model(read(model("orchard/pear:free:nitro")))

    assert (row.model_id, row.variant) == ("orchard/pear:free:nitro", "free:nitro")
