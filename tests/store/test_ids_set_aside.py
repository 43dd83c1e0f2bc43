"""Of whom a record that was set aside may be, by the id that it bears: S08 for captures that come late."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from catalogue import Catalogue
from listings import Said, at, listing
from reference import versions


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_who_bore_an_id_until_a_late_capture_gave_it_another_one_is_gone_in_any_order(
    new_catalogue: Callable[[], Catalogue], order: tuple[int, ...]
) -> None:
    captures = {
        at(0): listing({"a/b": Said(slug="a/first"), "c/d": Said()}),
        at(12): listing({"a/z": Said(slug="a/first"), "c/d": Said()}),
        at(24): listing({"a/b": Said(slug="a/third", broken="price"), "c/d": Said()}),
    }
    catalogue = new_catalogue()
    for number in order:
        time = sorted(captures)[number]
        assert catalogue.take(time, captures[time]).verdict == "accepted"
    assert catalogue.versions == versions(captures)
    assert catalogue.problems() == []
