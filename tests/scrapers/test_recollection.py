"""A record that repeats is recognised, and the reading is what it would have been without any memory."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.api.recollection import Recollection
from scrapers.document import Document, Reading
from scrapers.errors import DocumentError
from scrapers.sources import openrouter_models

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "openrouter_models"
RECORDS: list[dict[str, Any]] = json.loads(sorted(SAMPLE.iterdir())[0].read_bytes())["data"][:12]


def told(body: bytes) -> object:
    """Everything that a reading says, its warnings, marks and places included; or the error."""
    try:
        reading: Reading = openrouter_models.parse(Document(body))
    except DocumentError as error:
        return type(error), str(error)
    parts = [(part.subject, part.group, repr(part.raw), part.fingerprint()) for part in reading.parts]
    return reading.scope, reading.stated, reading.rejected, reading.set_aside, parts, reading.records()


def odd(record: dict[str, Any], how: str) -> dict[str, Any]:
    """A record with something to note, to refuse, or to change."""
    return {
        "as it is": record,
        "new price": record | {"pricing": {"prompt": "0.5", "completion": "1"}},
        "new key": record | {"never_seen": [1]},
        "bad price": record | {"pricing": {"prompt": "NaN"}},
        "true for one": record | {"context_length": True},
        "one for true": record | {"context_length": 1},
        "no id": {key: value for key, value in record.items() if key != "id"},
    }[how]


HOW = ["as it is"] * 6 + ["new price", "new key", "bad price", "true for one", "one for true", "no id"]
listings = st.lists(st.tuples(st.sampled_from(range(len(RECORDS))), st.sampled_from(HOW)), max_size=14)
styles = st.sampled_from([{}, {"indent": 2, "sort_keys": True}, {"separators": (",", ":")}])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(listings, styles, st.sampled_from(["whole", "cut", "twice", "more"])), min_size=2, max_size=4)
)
def test_any_sequence_of_listings_reads_as_each_does_alone(history: list[tuple[Any, Any, str]]) -> None:
    bodies = []
    for chosen, style, damage in history:
        records = [odd(RECORDS[number], how) for number, how in chosen]
        body = json.dumps({"data": records} | ({"total_count": len(records)} if damage == "more" else {}), **style)
        body = body[: len(body) * 2 // 3] if damage == "cut" else body
        body = body[:-1] + ', "data": []}' if damage == "twice" else body
        bodies.append(body.encode())
    openrouter_models.forget()
    remembered = [told(body) for body in bodies]
    for body, before in zip(bodies, remembered, strict=True):
        openrouter_models.forget()
        assert told(body) == before


def test_a_record_that_repeats_is_the_same_object_and_one_that_changed_is_not() -> None:
    recollection = Recollection()
    first = recollection.value(json.dumps({"data": RECORDS}))
    changed = [*RECORDS[1:5], RECORDS[5] | {"name": "Other"}, *RECORDS[6:]]
    second = recollection.value(json.dumps({"data": changed}))
    assert first is not None
    assert second is not None
    assert [record["name"] for record in second["data"]] == [record["name"] for record in changed]
    same = [one is other for one, other in zip(second["data"], first["data"][1:], strict=True)]
    assert same == [True] * 4 + [False] + [True] * 6


def test_what_was_made_of_other_records_is_not_taken_for_what_was_made_of_these() -> None:
    text = json.dumps({"data": RECORDS[:2]})
    recollection = Recollection()
    for kept, recalled in ((False, ()), (True, ("one", "two"))):
        value = recollection.value(text)
        assert value is not None
        recollection.keep(value["data"] if kept else list(value["data"]), ("one", "two"))
        assert recollection.value(text) is not None
        assert recollection.recalled is not None
        assert recollection.recalled.made == recalled


@pytest.mark.parametrize(
    "text", ["", "[]", '{"data": []}', '{"data": [1]}', '{"data": [{}', '{"data": [{}], "data": 1}']
)
def test_what_is_no_plain_list_is_left_to_the_ordinary_decoder(text: str) -> None:
    assert Recollection().value(text) is None


@pytest.mark.reality
def test_real_captures_read_as_each_does_alone(shared: Path) -> None:
    bodies = [gzip.decompress(path.read_bytes()) for path in sorted((shared / "openrouter/history").iterdir())[::9]]
    openrouter_models.forget()
    remembered = [told(body) for body in bodies]
    for body, before in zip(bodies, remembered, strict=True):
        openrouter_models.forget()
        assert told(body) == before
