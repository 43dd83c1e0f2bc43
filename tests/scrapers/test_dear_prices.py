"""P13: prices for a million tokens where the source states them for one, which no answer before can give away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from small_listing import model, read

from scrapers.document import Document, Reading
from scrapers.sources import openrouter_endpoints

USUAL = {"prompt": "0.00000025", "completion": "0.000001"}
PER_MILLION = {"prompt": "0.25", "completion": "1"}
TEXT: dict[str, Any] = model()["architecture"]
SPOKEN: dict[str, Any] = {
    "modality": "audio->transcription",
    "input_modalities": ["audio"],
    "output_modalities": ["transcription"],
    "tokenizer": "Other",
    "instruct_type": None,
}
BY_ARROW = {"modality": "text+image->text", "tokenizer": "Other", "instruct_type": None}


def dear(reading: Reading) -> list[tuple[str | None, str]]:
    """Where it is warned of a price that is too dear, and how."""
    return [(one.where, one.message) for one in reading.warnings if one.code == "drift_unit"]


@pytest.mark.parametrize("pricing", [PER_MILLION, {"prompt": "0.01", "completion": "0"}, {"prompt": 0.25}])
@pytest.mark.parametrize("architecture", [TEXT, BY_ARROW], ids=["lists", "arrow"])
def test_p13_it_is_warned_of_a_model_of_text_that_asks_a_fortune_for_a_token(
    pricing: dict[str, Any], architecture: dict[str, Any]
) -> None:
    for _ in range(2):  # a record that is known from the answer before is looked at again
        reading = read(model("orchard/pear", pricing=pricing, architecture=architecture), model("orchard/plum"))

        ((where, message),) = dear(reading)
        assert where == "/data/0/pricing/prompt"
        assert f"is {pricing['prompt']} USD for one token of text" in message
        assert (len(reading.records().models), reading.rejected) == (2, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"pricing": {"prompt": "0.36", "completion": "0"}, "architecture": SPOKEN},  # an hour of speech
        {"pricing": {"prompt": "0.0006", "completion": "0.00999"}},
        {"pricing": {"prompt": "0.0000001", "completion": "-1", "request": "0.02", "web_search": "5", "image": "0.3"}},
        {"pricing": {}},
        {"pricing": None},
        {"pricing": PER_MILLION, "architecture": None},
    ],
)
def test_p13_what_may_cost_so_much_is_no_matter(changed: dict[str, Any]) -> None:
    assert dear(read(model("orchard/pear", **changed), model("orchard/plum"))) == []


@pytest.mark.parametrize(("dears", "others", "rejected"), [(11, 9, 11), (10, 10, 0), (19, 0, 0), (20, 0, 20)])
def test_p13_where_most_models_ask_a_fortune_the_guard_hears_of_it(dears: int, others: int, rejected: int) -> None:
    of_a_million = [model(f"orchard/pear-{number}", pricing=PER_MILLION) for number in range(dears)]
    reading = read(*of_a_million, *(model(f"orchard/plum-{number}") for number in range(others)))

    assert reading.rejected == rejected
    assert len(reading.records().models) == dears + others  # all are there for whoever accepts the listing


@pytest.mark.parametrize(("architecture", "warned"), [(TEXT, ["/data/endpoints/1/pricing/prompt"]), (SPOKEN, [])])
def test_p13_it_is_warned_of_an_endpoint_that_asks_a_fortune(architecture: dict[str, Any], warned: list[str]) -> None:
    names = [
        {"provider_name": f"Ladder {n}", "tag": f"ladder-{n}", "name": f"Ladder {n} | orchard/pear-2026"} for n in "01"
    ]
    endpoints = [{**name, "pricing": pricing} for name, pricing in zip(names, (USUAL, PER_MILLION), strict=True)]
    data = {"id": "orchard/pear", "name": "Orchard: Pear", "architecture": architecture, "endpoints": endpoints}
    reading = openrouter_endpoints.parse(Document(body=json.dumps({"data": data}).encode()))

    assert [where for where, _ in dear(reading)] == warned
    assert len(reading.records().endpoints) == 2
