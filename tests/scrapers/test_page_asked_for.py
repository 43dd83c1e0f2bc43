"""A page that comes at the address of another model: it counts for its own, and says so."""

from __future__ import annotations

import pytest
from page_facts import orchard
from page_rendering import renderings

from scrapers.document import Document
from scrapers.sources.benchable_page import SOURCE

PAGE = renderings(orchard())["table"].encode()
OWN = orchard().slug


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        (OWN, False),
        (OWN.rpartition("-")[0], False),
        ("orchard/quince-20260102", True),
        ("elsewhere/pear", True),
        ("~orchard/latest", False),
    ],
)
def test_a_page_of_another_model_than_was_asked_for_says_so(asked: str, is_told: bool) -> None:
    reading = SOURCE.parse(Document(PAGE, url=f"https://benchable.ai/models/{asked}"))
    assert reading.scope == OWN
    told = [one.message for one in reading.warnings if one.code == "conflicting_slug"]
    assert told == ([f"the page is about {OWN}, and {asked} was asked for"] if is_told else [])
