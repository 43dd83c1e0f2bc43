"""S08: of two answers of one instant the same one counts, whichever came first."""

from __future__ import annotations

import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog.store.captures import rank_of

MORE = listing({"a/b": Said(), "c/d": Said(), "e/f": Said()})
LESS = listing({"a/b": Said(context=1), "c/d": Said()})
BROKEN = listing({"a/b": Said(), "c/d": Said(), "e/f": Said(), "g/h": Said(broken="price")})


@pytest.mark.parametrize("other", [LESS, BROKEN], ids=["says less", "has a record that cannot be read"])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_answer_counts_of_which_more_can_be_read(catalogue: Catalogue, other: bytes, is_first: bool) -> None:
    """S08."""
    for body in (MORE, other) if is_first else (other, MORE):
        catalogue.take(at(0), body)
    with_all = [(one.verdict, one.sha256) for one in catalogue.archive.sidecars()]
    assert sorted(verdict for verdict, _ in with_all) == ["accepted", "refused"]
    assert catalogue.ask("SELECT stated, rejected FROM capture WHERE verdict = 'accepted'") == [(3, 0)]
    assert catalogue.problems() == []


def test_a_person_s_word_goes_before_what_can_be_read_and_that_before_how_much_is_said() -> None:
    ranks = [
        rank_of("believed by me", 1, 9, "f"),
        rank_of(None, 1, 0, "f"),
        rank_of(None, 9, 1, "a"),
        rank_of(None, 8, 1, "a"),
        rank_of(None, 8, 1, "b"),
    ]
    assert ranks == sorted(ranks)
