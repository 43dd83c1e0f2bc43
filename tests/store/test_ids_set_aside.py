"""Of whom a record that was set aside may be, by the id that it bears: S08 for captures that come late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import permutations

import pytest
from catalogue import Catalogue
from listings import Said, at, listing
from reference import versions

from catalog import Catalog


def told(catalogue: Catalogue, captures: dict[datetime, bytes], order: Sequence[int]) -> Catalogue:
    """The catalogue, which took the captures in an order, accepts each, and has the versions of the reference."""
    for number in order:
        time = sorted(captures)[number]
        assert catalogue.take(time, captures[time]).verdict == "accepted"
    assert catalogue.versions == versions(captures)
    assert catalogue.problems() == []
    return catalogue


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_who_bore_an_id_until_a_late_capture_gave_it_another_one_is_gone_in_any_order(
    new_catalogue: Callable[[], Catalogue], order: tuple[int, ...]
) -> None:
    captures = {
        at(0): listing({"a/b": Said(slug="a/first"), "c/d": Said()}),
        at(12): listing({"a/z": Said(slug="a/first"), "c/d": Said()}),
        at(24): listing({"a/b": Said(slug="a/third", broken="price"), "c/d": Said()}),
    }
    told(new_catalogue(), captures, order)


@pytest.mark.parametrize("order", [range(6), (0, 2, 3, 4, 5, 1), (5, 4, 3, 2, 1, 0)])
def test_who_was_gone_before_its_records_were_set_aside_is_back_with_what_it_said_before(
    new_catalogue: Callable[[], Catalogue], order: Sequence[int]
) -> None:
    """A late capture is the last word of a model where all later ones have a record of nobody knows whom."""
    aside = listing({"a/b": Said(broken="id"), "c/d": Said()})
    captures = {
        at(0): listing({"a/b": Said(elo=1200), "c/d": Said()}),
        at(12): listing({"c/d": Said()}),
        **{at(24 * day): aside for day in range(1, 5)},
    }
    catalogue = new_catalogue()
    for number in order:
        time = sorted(captures)[number]
        assert catalogue.take(time, captures[time]).verdict == "accepted"
    captures[at(120)] = captures[at(0)]
    assert catalogue.take(at(120), captures[at(120)]).verdict == "accepted"
    assert catalogue.versions == versions(captures)
    assert catalogue.problems() == []


@pytest.mark.parametrize("order", list(permutations(range(4)))[::4])
def test_whose_id_another_model_bears_by_now_is_gone_though_nobody_knows_of_whom_another_record_was(
    new_catalogue: Callable[[], Catalogue], order: tuple[int, ...]
) -> None:
    """An id means one model at a time; of the others nothing is known, so that they stay."""
    dear = {"prompt": "0.000009", "completion": "0.000009"}
    unreadable = {"a/b": Said(slug="a/new", prices=dear), "z/z": Said(broken="id")}
    captures = {
        at(0): listing({"a/b": Said(slug="a/old"), "c/d": Said(), "e/f": Said()}),
        at(12): listing({"a/b": Said(slug="a/older"), "c/d": Said(), "e/f": Said()}),
        at(24): listing(unreadable | {"c/d": Said()}),
        at(48): listing(unreadable | {"c/d": Said()}),
    }
    catalogue = told(new_catalogue(), captures, order)
    with Catalog(catalogue.db) as asked:
        models = asked.models(columns=["canonical_slug", "prompt_usd"])
        assert dict(models["canonical_slug"]) == {"a/b": "a/new", "c/d": "c/d", "e/f": "e/f"}
        assert models.loc["a/b", "prompt_usd"] == 9
