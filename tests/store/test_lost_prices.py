"""A listing in which many models lose the prices that they had is held: the source calls them something else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

from catalogue import Catalogue
from listings import Said, at, listing

MANY = [f"author{number % 13}/model{number}" for number in range(60)]
LIST = {name: Said() for name in MANY}


def test_models_that_all_lose_their_prices_at_once_are_held(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing(LIST))
    digest = catalogue.digest
    routers = Said(prices={"prompt": "-1", "completion": "-1"})
    renamed = Said(prices={"input": "0.000001", "output": "0.000002"})
    for time, silent in ((1, routers), (2, renamed), (3, Said(prices={"completion": "0.000002"}))):
        outcome = catalogue.take(at(time), listing(LIST | dict.fromkeys(MANY[:21], silent)))
        assert (outcome.verdict, outcome.reason) == ("held", "21 of 60 models lost a price at once that had an amount")
    assert catalogue.digest == digest
    assert catalogue.take(at(4), listing(LIST | dict.fromkeys(MANY[:20], routers))).verdict == "accepted"


def test_prices_that_were_zero_or_of_whoever_is_gone_may_cease_at_once(catalogue: Catalogue) -> None:
    free = Said(prices={"prompt": "0", "completion": "0", "request": "0.01"})
    catalogue.take(at(0), listing(dict.fromkeys(MANY, free)))
    assert catalogue.take(at(1), listing(dict.fromkeys(MANY, Said(prices={})))).verdict == "accepted"


def test_a_capture_that_comes_late_shows_that_the_next_one_lost_its_prices(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    silent = listing(dict.fromkeys(MANY, Said(prices={})))
    history = {at(0): listing(LIST), at(1): silent, at(2): silent, at(3): listing(LIST)}
    found = []
    for order in permutations(history):
        one = new_catalogue()
        for time in order:
            one.take(time, history[time])
        assert one.problems() == []
        found.append((one.verdicts, one.digest))
    assert set(map(str, found)) == {str(found[0])}
    assert found[0][0] == ["accepted", "held", "held", "accepted"]
