"""A listing in which many models lose the prices that they had is held: the source calls them something else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
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
    for order in list(permutations(history))[::4]:
        one = new_catalogue()
        for time in order:
            one.take(time, history[time])
        assert one.problems() == []
        found.append((one.verdicts, one.digest))
    assert set(map(str, found)) == {str(found[0])}
    assert found[0][0] == ["accepted", "held", "held", "accepted"]


@pytest.mark.parametrize("states_slugs", [True, False])
def test_p13_prices_are_compared_though_every_model_has_another_key(
    new_catalogue: Callable[[], Catalogue], states_slugs: bool
) -> None:
    """Permanent slugs begin or cease with a listing, or are other ones, and its ids are the same."""

    def said(prices: dict[str, str]) -> bytes:
        return listing(dict.fromkeys(MANY, Said(prices)), states_slugs=not states_slugs)

    usual = {"prompt": "0.000001", "completion": "0.000002"}
    history = {
        at(0): listing(LIST, states_slugs=states_slugs),
        at(1): said({"prompt": "0.001", "completion": "0.002"}),
        at(2): said({"prompt": "-1", "completion": "-1"}),
        at(3): said(usual | {"prompt": "0.0000012"}),
        at(4): said(usual),
    }
    found = []
    some = list(permutations([at(hour) for hour in range(4)]))[::7]
    for order in (*some, tuple(history)):
        one = new_catalogue()
        for time in order:
            one.take(time, history[time])
        assert one.problems() == []
        found.append((one.verdicts, one.digest))
    assert found[-1][0] == ["accepted", "held", "held", "held", "accepted"]
    assert found[0][0] == ["accepted", "held", "held", "held"]
    assert set(map(str, found[:-1])) == {str(found[0])}
    reasons = [reason for (reason,) in one.ask("SELECT reason FROM capture ORDER BY observed_at")]
    assert reasons[1:4] == [
        "120 prices moved by a factor near a thousand or a million: another unit?",
        "60 of 60 models lost a price at once that had an amount",
        "60 of 120 prices moved at once",
    ]
