"""The guard at its limits: what is still believed, and the first that is not any more."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog.judging.guard import DAY, Believed, Doubt, Move, Seen, doubt_of


def after_missing(gone: Iterable[str], of: Iterable[str], *, microseconds: int = DAY) -> Doubt | None:
    """What is thought of a capture, so long after the one before, that lacks some of whom that had."""
    before = frozenset(of)
    return doubt_of(Seen(microseconds, before - frozenset(gone)), Believed(0, before))


def after_moving(moves: list[Move], *, of: int) -> Doubt | None:
    """What is thought of a capture of so many prices in which some have moved."""
    return doubt_of(Seen(DAY, frozenset(), moves), Believed(0, count_prices=lambda: of))


def loners(count: int) -> list[str]:
    """Models each of an author of its own."""
    return [f"author{number}/model:standard" for number in range(count)]


@pytest.mark.parametrize(("rejected", "of", "is_held"), [(1, 1, False), (2, 99, True), (2, 100, False), (3, 100, True)])
def test_two_records_set_aside_and_more_than_one_in_fifty_hold_an_answer(rejected: int, of: int, is_held: bool) -> None:
    doubt = doubt_of(Seen(DAY, frozenset(), stated=of, rejected=rejected), Believed())
    assert (doubt is not None) == is_held


@pytest.mark.parametrize(("gone", "of", "is_held"), [(5, 20, False), (6, 20, True), (6, 60, False), (7, 60, True)])
def test_five_or_a_tenth_may_be_missing_and_no_more(gone: int, of: int, is_held: bool) -> None:
    assert (after_missing(loners(gone), loners(of)) is not None) == is_held


@pytest.mark.parametrize(
    ("days", "gone", "is_held"), [(7, 10, False), (7, 11, True), (27, 15, False), (27, 16, True), (400, 100, False)]
)
def test_the_share_that_may_be_missing_grows_only_after_a_week(days: int, gone: int, is_held: bool) -> None:
    assert (after_missing(loners(gone), loners(100), microseconds=days * DAY) is not None) == is_held


@pytest.mark.parametrize(("size", "gone", "is_held"), [(4, 4, False), (5, 3, True), (5, 2, False), (6, 3, True)])
def test_half_of_an_author_of_five_may_not_be_missing(size: int, gone: int, is_held: bool) -> None:
    lab = [f"lab/model{number}:standard" for number in range(size)]
    doubt = after_missing(lab[:gone], [*lab, *loners(40)])
    assert (doubt is not None and doubt.missing == frozenset(lab[:gone])) == is_held


@pytest.mark.parametrize(("microseconds", "is_held"), [(7 * DAY, True), (7 * DAY + 1, False)])
def test_after_more_than_a_week_an_author_may_have_taken_away_half(microseconds: int, is_held: bool) -> None:
    lab = [f"lab/model{number}:standard" for number in range(5)]
    assert (after_missing(lab[:3], [*lab, *loners(40)], microseconds=microseconds) is not None) == is_held


@pytest.mark.parametrize(("listed", "gone", "is_held"), [(5, 5, False), (4, 4, True), (10, 8, False), (10, 7, True)])
def test_a_variant_went_as_a_whole_where_five_and_four_fifths_of_it_are_gone(
    listed: int, gone: int, is_held: bool
) -> None:
    batch = [f"lab/model{number}:batch" for number in range(listed)]
    assert (after_missing(batch[:gone], [*batch, "lab/model:standard", *loners(9)]) is not None) == is_held


@pytest.mark.parametrize(("moved", "of", "is_held"), [(10, 12, False), (11, 12, True), (11, 33, False), (11, 32, True)])
def test_more_than_ten_prices_and_a_third_of_all_may_not_move_at_once(moved: int, of: int, is_held: bool) -> None:
    assert (after_moving([Move(10, 11)] * moved, of=of) is not None) == is_held


@pytest.mark.parametrize(
    ("silenced", "of", "is_held"), [(10, 12, False), (11, 12, True), (11, 33, False), (11, 32, True)]
)
def test_more_than_ten_models_and_a_third_of_all_may_not_lose_a_price_at_once(
    silenced: int, of: int, is_held: bool
) -> None:
    models = frozenset(loners(of))
    assert (doubt_of(Seen(DAY, models, silenced=silenced), Believed(0, models)) is not None) == is_held


@pytest.mark.parametrize(("flips", "of", "is_held"), [(2, 100, False), (3, 100, True), (3, 150, False), (3, 149, True)])
def test_three_prices_and_more_than_one_in_fifty_are_another_unit(flips: int, of: int, is_held: bool) -> None:
    assert (after_moving([Move(10, 10_000)] * flips, of=of) is not None) == is_held


@pytest.mark.parametrize(
    ("ratio", "is_held"), [(949, False), (951, True), (1_049, True), (1_051, False), (10**6, True)]
)
@pytest.mark.parametrize("rises", [True, False])
def test_a_factor_near_a_thousand_or_a_million_either_way_is_another_unit(
    ratio: int, is_held: bool, rises: bool
) -> None:
    move = Move(10, 10 * ratio) if rises else Move(10 * ratio, 10)
    assert (after_moving([move] * 3, of=100) is not None) == is_held


def test_of_a_late_capture_as_many_prices_may_move_as_there_were_then_and_not_as_there_ever_were(
    catalogue: Catalogue,
) -> None:
    """Of 80 prices 26 are less than a third and 28 are more, however often they moved before."""
    base = {f"author{number}/model": Said() for number in range(40)}

    def moved(models: int, usd: str) -> bytes:
        prices = {"prompt": usd, "completion": usd}
        return listing(base | {f"author{number}/model": Said(prices=prices) for number in range(models)})

    for hour in range(5):
        assert catalogue.take(at(hour), moved(13, f"0.0000{hour + 11}")).verdict == "accepted"
    assert catalogue.take(at(20), moved(13, "0.000015")).verdict == "accepted"
    assert catalogue.take(at(10), moved(13, "0.000016")).verdict == "accepted"
    assert catalogue.take(at(11), moved(14, "0.000017")).verdict == "held"
