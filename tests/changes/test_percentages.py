"""By how many per cent prices moved: what columns of whole numbers give is what decimals give one by one."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from catalog.change_log.percentages import percents_changed

amounts = st.one_of(
    st.decimals(0, 999, places=2), st.decimals(0, 1, places=12), st.decimals(0, 10**9, places=15), st.integers(0, 2000)
).map(lambda amount: f"{Decimal(amount):f}")
words = st.sampled_from([None, "-1", "variable", "", "461.168601842739", "461.168601842738", "0.000000000001"])


def plainly(old: str | None, new: str | None) -> Decimal | None:
    if not (old and new and old[0].isdigit() and new[0].isdigit()) or not Decimal(old):
        return None
    return ((Decimal(new) - Decimal(old)) / Decimal(old) * 100).quantize(Decimal("0.01"))


@given(st.lists(st.tuples(amounts | words, amounts | words), max_size=8))
def test_columns_of_amounts_give_what_decimals_give(pairs: list[tuple[str | None, str | None]]) -> None:
    old, new = (pd.Series([pair[side] for pair in pairs], dtype=object) for side in (0, 1))
    assert percents_changed(old, new).tolist() == [plainly(*pair) for pair in pairs]


def test_a_percentage_has_two_places_and_halves_go_to_the_even_neighbour() -> None:
    old = pd.Series(["1", "1", "3", "2", "0"], dtype=object)
    new = pd.Series(["1.00005", "1.00015", "2", "2", "1"], dtype=object)
    assert [None if one is None else str(one) for one in percents_changed(old, new)] == [
        "0.00", "0.02", "-33.33", "0.00", None,
    ]  # fmt: skip
