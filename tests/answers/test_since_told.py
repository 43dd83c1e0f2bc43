"""Since when something had been told: no capture that had not arrived by then begins it, and none is its evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

import pytest
from catalogue import Catalogue
from listings import Said, at, listing
from rated_page import rated_page

from catalog import Catalog
from catalog.instants import iso, micros
from catalog.runs.ingest import Incoming
from scrapers.document import Document
from scrapers.source import all_sources

KNOWN, LATER = at(1000), at(2000)
ENDPOINTS = "https://openrouter.ai/api/v1/models/acme/one/endpoints"
HOURS = ((0, 1, KNOWN), (10, 2, LATER), (20, 1, KNOWN), (30, 1, LATER), (40, 3, LATER), (50, 3, KNOWN))
"""When it was seen, the way it was, and when that became known."""


def documents(way: int) -> dict[str, Document]:
    """What each source says of one model in one of three ways."""
    said = {"name": "Acme", "provider_name": "Acme", "tag": "acme", "quantization": f"fp{8 * way}"}
    served = {**said, "pricing": {"prompt": "0.000001", "completion": "0.000002"}, "status": 0}
    rated = rated_page("It is fast.", f"| Acme: One | Jan 1, 2026 | {'★' * way} | ★★ | $ |")
    return {
        "openrouter_models": Document(
            listing({"acme/one": Said(slug="acme/one-1", elo=1000 + way, context=1000 * way)})
        ),
        "openrouter_endpoints": Document(
            json.dumps({"data": {"id": "acme/one", "name": "One", "endpoints": [served]}}).encode(), url=ENDPOINTS
        ),
        "benchable_page": Document(rated),
    }


@pytest.fixture
def heard_late(new_catalogue: Callable[[], Catalogue]) -> Catalogue:
    """A catalogue that heard of some captures later than of those after them."""
    one = new_catalogue()
    for hour, way, known_at in HOURS:
        for slug, document in documents(way).items():
            incoming = Incoming(document, at(hour), source=all_sources()[slug], known_at=known_at)
            assert one.ingest.take(incoming).verdict == "accepted"
    one.ingest.finish()
    return one


@pytest.mark.parametrize(
    ("hour", "known_at", "since"),
    [(5, KNOWN, 0), (25, KNOWN, 0), (25, None, 20), (45, KNOWN, 0), (45, None, 40), (60, KNOWN, 50), (60, None, 40)],
)
def test_what_is_told_of_a_time_began_with_a_capture_that_was_known(
    heard_late: Catalogue, hour: int, known_at: datetime | None, since: int
) -> None:
    with Catalog(heard_late.db) as catalog:
        when = {"as_of": at(hour), "known_at": known_at}
        ratings = catalog.ratings("acme/one", **when)
        for frame in (
            catalog.endpoints("acme/one", **when),
            catalog.benchmarks("acme/one", **when),
            ratings[ratings["dimension"] == "speed"],
        ):
            assert list(frame["valid_from"]) == [at(since)]
        (named, *_) = catalog.conflicts(**when).to_dict("records")
        assert (named["field"], named["source"], named["stated_since"]) == ("name", "openrouter_models", at(since))


def test_the_evidence_of_what_was_known_is_a_capture_that_had_arrived(heard_late: Catalogue) -> None:
    for hour in (5, 25, 45, 60):
        with Catalog(heard_late.db, data_dir=heard_late.archive.root.parent) as catalog:
            (found,) = catalog.explain("acme/one", "context_tokens", as_of=at(hour), known_at=KNOWN).to_dict("records")
        way = 3 if hour == 60 else 1
        assert found["value"] == 1000 * way
        assert found["document_sha256"] == hashlib.sha256(documents(way)["openrouter_models"].body).hexdigest()
        assert found["known_at"] == iso(micros(KNOWN))
        heard = [at(seen) for seen, _, known_at in HOURS if seen <= hour and known_at == KNOWN]
        assert found["captured_at"] == iso(micros(max(heard)))
