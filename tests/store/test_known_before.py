"""What was known before a capture came late, where the late one speaks through others: on both kinds of database."""

from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from catalogue import NOW, Catalogue
from listings import Said, at, listing

from catalog import Catalog

LATER = NOW + timedelta(days=1)
DEARER = Said(prices={"prompt": "0.000009", "completion": "0.000002"})
TWO = {"lab/two": Said()}


@pytest.fixture
def told_late(catalogue: Catalogue) -> Catalogue:
    """A price that the listing at 5 states is told after that of 10, which could not take the model's record."""
    catalogue.take(at(0), listing({"lab/one": Said(), **TWO}), known_at=NOW)
    catalogue.take(at(10), listing({"lab/one": Said(broken="price"), **TWO}), known_at=NOW)
    catalogue.take(at(5), listing({"lab/one": DEARER, **TWO}), known_at=LATER)
    return catalogue


def prompt(catalog: Catalog, **when: Any) -> Decimal:
    frame = catalog.prices("lab/one", **when)
    return frame.set_index("component")["usd"]["prompt"]


def test_a_late_price_is_not_known_before_it_came(told_late: Catalogue, tmp_path: Path) -> None:
    with Catalog(told_late.db) as catalog:
        for as_of in (at(6), at(10), at(99), None):
            assert prompt(catalog, as_of=as_of, known_at=NOW) == 1
            assert prompt(catalog, as_of=as_of) == 9
        assert len(catalog.changes(raw=True, known_at=NOW)) == 0
        assert catalog.changes(raw=True)["new"].tolist() == ["9"]
        with catalog.snapshot():
            assert prompt(catalog, known_at=NOW) == 1
            assert prompt(catalog) == 9
        assert catalog.explain("lab/one", "prompt", known_at=NOW)["value"].tolist()[0] == "1"
        for known_at, usd in ((NOW, "1"), (None, "9")):
            catalog.export(tmp_path / "out", tables=["prices"], known_at=known_at)
            told = csv.DictReader((tmp_path / "out" / "prices.csv").open(encoding="utf-8"))
            assert usd in {row["usd"] for row in told if row["model_id"] == "lab/one" and row["component"] == "prompt"}


def test_of_several_that_came_late_none_is_known_before_it_came(catalogue: Catalogue) -> None:
    for hour, said in ((0, Said()), (10, Said(broken="price")), (20, Said(broken="price"))):
        catalogue.take(at(hour), listing({"lab/one": said, **TWO}), known_at=NOW)
    for hour, usd in ((5, "0.000009"), (15, "0.000008"), (25, "0.000007")):
        said = Said(prices={"prompt": usd, "completion": "0.000002"})
        catalogue.take(at(hour), listing({"lab/one": said, **TWO}), known_at=LATER)
    with Catalog(catalogue.db) as catalog:
        hours = (4, 6, 12, 16, 22, 26)
        assert [prompt(catalog, as_of=at(hour), known_at=NOW) for hour in hours] == [1] * 6
        assert [prompt(catalog, as_of=at(hour)) for hour in hours] == [1, 9, 9, 8, 8, 7]


def test_what_is_asked_so_changes_nothing(told_late: Catalogue) -> None:
    digest = told_late.digest
    with Catalog(told_late.db) as catalog:
        prompt(catalog, known_at=NOW)
    assert told_late.digest == digest
    assert told_late.problems() == []
