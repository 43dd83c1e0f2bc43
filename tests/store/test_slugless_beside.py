"""Records of one listing are never one model, though none of them states a permanent slug."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations, permutations

import pytest
from catalogue import Catalogue
from hypothesis import given
from hypothesis import strategies as st
from listings import Said, at, listing

from catalog import Catalog
from catalog.identity import Statement, resolve

DEAR = {"prompt": "0.000003", "completion": "0.000004"}
OTHERS = {f"other/m{number}": Said() for number in range(3)}


def stated(subject: int, *, listing: str | None = None, begin: int = 0, end: int = 9, **said: str) -> Statement:
    """What a subject states, under the key that a reader gives it."""
    slug = said.get("slug")
    return Statement(
        subject,
        f"{listing}/{slug or 'id:' + said['model_id']}",
        slug,
        "standard",
        said["model_id"],
        said.get("name"),
        "lab",
        begin,
        valid_to=end,
        listing=listing,
    )


words = st.sampled_from(["lab/a", "lab/b", "lab/c"])
names = st.sampled_from(["A", "B", "C"])
times = st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] != pair[1]).map(sorted)


@st.composite
def lists(draw: st.DrawFn) -> list[Statement]:
    """Two lists of models over time and another source; an id or a slug means one subject, as readers see to.

    Two subjects may bear one id at once, where a record that nobody could read may have been the one's.
    """
    found = []
    numbers: dict[tuple[str | None, str], int] = {}
    for listed in draw(st.lists(st.sampled_from(["text", "text", "text", "all", None]), max_size=8)):
        said = {"model_id": draw(words), "name": draw(names)}
        if draw(st.booleans()):
            said["slug"] = draw(words)
        begin, end = draw(times)
        key = said.get("slug") or f"id:{said['model_id']}"
        number = numbers.setdefault((listed, key), len(numbers))
        one = stated(number, listing=listed, begin=begin, end=end, **said)
        if not any(_are_at_once(one, other) for other in found if one.subject_id == other.subject_id):
            found.append(one)
    return found


def _are_at_once(one: Statement, other: Statement) -> bool:
    return one.valid_from < other.valid_to and other.valid_from < one.valid_to


@given(lists(), st.randoms(use_true_random=False))
def test_no_two_of_one_list_are_one_model_at_one_time(said: list[Statement], chance: random.Random) -> None:
    found = resolve(said)
    for one, other in combinations((each for each in said if each.listing), 2):
        if one.listing == other.listing and _are_at_once(one, other):
            assert found.subjects[one.subject_id][0] != found.subjects[other.subject_id][0]
    shuffled = list(said)
    chance.shuffle(shuffled)
    assert resolve(shuffled) == found


HISTORY = {
    at(0): listing({"lab/pear": Said(), "lab/plum": Said(prices=DEAR)} | OTHERS, states_slugs=False),
    at(24): listing({"lab/pear": Said(slug="lab/plum"), "lab/new": Said(slug="lab/pear", prices=DEAR)} | OTHERS),
    at(48): listing({"lab/pear": Said(prices=DEAR), "lab/plum": Said()} | OTHERS, states_slugs=False),
}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_both_of_two_ids_are_listed_though_one_is_the_words_of_the_slug_of_the_other(
    new_catalogue: Callable[[], Catalogue], order: tuple[int, ...]
) -> None:
    catalogue = new_catalogue()
    for number in order:
        time = sorted(HISTORY)[number]
        assert catalogue.take(time, HISTORY[time]).verdict == "accepted"
    with Catalog(catalogue.db) as asked:
        for time, prices in ((0, ("1", "3")), (48, ("3", "1"))):
            models = asked.models(as_of=at(time), columns=["prompt_usd"])
            assert (str(models.loc["lab/pear", "prompt_usd"]), str(models.loc["lab/plum", "prompt_usd"])) == prices
    assert catalogue.problems() == []
