"""Whom a word means at a moment: an id that moves to another model, a name that another model bears from now on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog


def priced(prompt: str, slug: str) -> Said:
    return Said(prices={"prompt": prompt, "completion": "0.000002"}, slug=slug)


@pytest.mark.parametrize("slugs", [("lab/a-2025", "lab/b-2026"), ("lab/b-2025", "lab/a-2026")])
def test_an_id_that_was_pointed_elsewhere_means_at_once_whom_the_newest_list_says(
    new_catalogue: Callable[[], Catalogue], slugs: tuple[str, str]
) -> None:
    before, after = slugs
    one = new_catalogue()
    one.take(at(0), listing({"lab/m": priced("0.000001", before)}))
    one.take(at(24), listing({"lab/m": priced("0.000003", after)}))
    one.close()
    with Catalog(one.db) as catalog:
        for hour, slug, usd in ((0, before, 1), (24, after, 3)):
            told = catalog.prices("lab/m", as_of=at(hour))
            assert told.loc[told["component"] == "prompt", ["canonical_slug", "usd"]].values.tolist() == [[slug, usd]]
        assert catalog.models().loc["lab/m", "canonical_slug"] == after
        assert catalog.models(columns=["missing_since"]).loc[f"{before}:standard"].notna().all()


def test_a_name_means_the_model_that_is_listed_before_one_that_is_gone(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    one = new_catalogue()
    gone = listing({"lab/m-a": priced("0.000001", "lab/m-a-2025")}).replace(b"Lab: M-A", b"Lab: M")
    here = listing({"lab/m-b": priced("0.000003", "lab/m-b-2026")}).replace(b"Lab: M-B", b"Lab: M")
    for hour, body in ((0, gone), (24, here), (48, here)):
        one.take(at(hour), body)
    one.close()
    with Catalog(one.db) as catalog:
        assert set(catalog.prices("Lab: M")["model_id"]) == {"lab/m-b"}
        assert set(catalog.prices("Lab: M", as_of=at(0))["model_id"]) == {"lab/m-a"}
