"""An endpoint whose record could not be read is not gone: its capture says nothing of it, in whatever order it came."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from catalogue import Catalogue
from listings import at

from catalog.ingest import Incoming
from catalog.instants import FOREVER, micros
from scrapers.document import Document
from scrapers.source import all_sources

URL = "https://openrouter.ai/api/v1/models/orchard/pear/endpoints"
UNREADABLE = {"prompt": "NaN", "completion": "0.000002"}


def endpoint(provider: str | None, tag: str | None, prompt: str = "0.000001", **changed: Any) -> dict[str, Any]:
    said = {
        "name": f"{provider} | orchard/pear-20260101",
        "provider_name": provider,
        "tag": tag,
        "pricing": {"prompt": prompt, "completion": "0.000002"},
        "status": 0,
    }
    return {key: value for key, value in (said | changed).items() if value is not None}


def answer(*endpoints: dict[str, Any]) -> bytes:
    return json.dumps({"data": {"id": "orchard/pear", "name": "Pear", "endpoints": endpoints}}).encode()


FIRST, OTHER, BAD = endpoint("One", "one"), endpoint("Two", "two"), endpoint("One", "one", pricing=UNREADABLE)


def take(catalogue: Catalogue, *answers: tuple[int, bytes]) -> None:
    source = all_sources()["openrouter_endpoints"]
    for hour, body in answers:
        assert catalogue.ingest.take(Incoming(Document(body, url=URL), at(hour), source=source)).verdict == "accepted"


def lives(catalogue: Catalogue, key: str) -> list[tuple[int, int]]:
    """The validity of the versions of one endpoint, in hours; None for one that goes on."""
    hours = {micros(at(hour)): hour for hour in range(9)} | {FOREVER: None}
    found = [one for one in catalogue.versions if one.kind == 2 and one.key == key]
    return [(hours[one.valid_from], hours[one.valid_to]) for one in sorted(found, key=lambda one: one.valid_from)]


def test_p02_an_endpoint_that_could_not_be_read_goes_on(catalogue: Catalogue) -> None:
    take(catalogue, (0, answer(FIRST, OTHER)), (1, answer(BAD, OTHER)), (2, answer(FIRST, OTHER)))
    assert lives(catalogue, "One|one") == [(0, None)]
    assert catalogue.problems() == []


def test_p02_it_ends_with_the_first_answer_that_could_be_read_and_lacks_it(catalogue: Catalogue) -> None:
    take(catalogue, (0, answer(FIRST, OTHER)), (1, answer(BAD, OTHER)), (2, answer(BAD, OTHER)), (3, answer(OTHER)))
    assert (lives(catalogue, "One|one"), lives(catalogue, "Two|two")) == ([(0, 3)], [(0, None)])
    assert catalogue.problems() == []


def test_p02_an_unreadable_endpoint_of_one_provider_keeps_no_other_alive(catalogue: Catalogue) -> None:
    third = endpoint("Two", "two/fast")
    take(catalogue, (0, answer(FIRST, OTHER, third)), (1, answer(BAD, OTHER)))
    assert (lives(catalogue, "One|one"), lives(catalogue, "Two|two/fast")) == ([(0, None)], [(0, 1)])
    nobodys = endpoint(None, "one")
    take(catalogue, (2, answer(OTHER, nobodys)), (3, answer(OTHER)))
    assert lives(catalogue, "One|one") == [(0, 3)], "nobody knows whose a record is that names no provider"
    assert catalogue.problems() == []


@pytest.mark.parametrize(
    "answers",
    [
        (answer(FIRST, OTHER), answer(BAD, OTHER), answer(FIRST), answer(BAD, endpoint("Two", "two", "0.000007"))),
        (answer(OTHER), answer(BAD, OTHER), answer(endpoint("One", "one", "0.000003")), answer(OTHER)),
        (
            answer(endpoint("One", None), OTHER),
            answer(endpoint("One", None, pricing=UNREADABLE), OTHER),
            answer(OTHER, endpoint(None, "x")),
            answer(OTHER, endpoint("One", None, "0.000004")),
        ),
        (
            answer(FIRST, endpoint("One", "one/fast"), OTHER),
            answer(BAD, endpoint("One", "one/fast", "0.000005"), OTHER),
            answer(endpoint("One", "one/fast"), OTHER),
            answer(FIRST, OTHER),
        ),
    ],
    ids=["comes and goes", "changes unread", "without tags", "two of one provider"],
)
def test_p02_s08_any_order_gives_the_same_versions(
    new_catalogue: Callable[[], Catalogue], answers: tuple[bytes, ...]
) -> None:
    digests = set()
    for order in (*permutations(enumerate(answers)),)[::4]:
        catalogue = new_catalogue()
        take(catalogue, *order)
        assert catalogue.problems() == []
        digests.add(frozenset(catalogue.versions))
        catalogue.close()
    assert len(digests) == 1
