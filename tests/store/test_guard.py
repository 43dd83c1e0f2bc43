"""What a capture did not see is believed only when the rest of it is believable."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from catalogue import Catalogue
from hypothesis import given
from hypothesis import strategies as st
from listings import Said, at, listing
from reference import versions

from catalog.instants import FOREVER
from catalog.judging.guard import DAY, LIMITS, Believed, Move, Seen, doubt_of

MANY = [f"author{number % 13}/model{number}" for number in range(60)]
LIST = {name: Said() for name in MANY}


def opens(catalogue: Catalogue) -> set[str]:
    """The keys of the models that are there by the newest believed capture."""
    return {
        key.removesuffix(":standard")
        for (key,) in catalogue.ask(
            "SELECT s.key FROM subject s JOIN timeline l ON l.subject_id = s.id AND l.kind = 0"
            " JOIN fact_version v ON v.timeline_id = l.id WHERE v.valid_to = :forever",
            forever=FOREVER,
        )
    }


@pytest.mark.parametrize("cut", ["the first half", "the second half", "every other", "all but one"])
def test_p01_a_cut_list_is_held_and_closes_nothing(catalogue: Catalogue, cut: str) -> None:
    left = {
        "the first half": MANY[:30],
        "the second half": MANY[30:],
        "every other": MANY[::2],
        "all but one": MANY[:1],
    }
    catalogue.take(at(0), listing(LIST))
    digest = catalogue.digest
    outcome = catalogue.take(at(24), listing({name: Said(context=99) for name in left[cut]}))
    assert outcome.verdict == "held"
    assert "missing at once" in (outcome.reason or "")
    assert catalogue.digest == digest
    assert opens(catalogue) == set(MANY)


@given(st.sets(st.sampled_from(MANY)))
def test_p01_whatever_is_cut_out_only_few_may_be_missing_at_once(left: set[str]) -> None:
    before = Believed(0, frozenset(f"{name}:standard" for name in MANY))
    doubt = doubt_of(Seen(DAY, frozenset(f"{name}:standard" for name in left), stated=len(left)), before)
    missing = set(MANY) - left
    if len(missing) > max(LIMITS.missing_count, LIMITS.missing_share * len(MANY)):
        assert doubt is not None
        assert not doubt.missing  # no second cut list confirms it
    elif len(missing) <= 2:
        assert doubt is None


def test_p01_cut_lists_never_confirm_each_other(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing(LIST))
    half = listing({name: Said() for name in MANY[:30]})
    assert [catalogue.take(at(hour), half).verdict for hour in (24, 48, 72)] == ["held"] * 3
    assert opens(catalogue) == set(MANY)


def test_p01_a_cut_list_is_not_let_in_by_a_doubt_about_an_author(catalogue: Catalogue) -> None:
    crowd = {f"lab/model{number}": Said() for number in range(6)}
    catalogue.take(at(0), listing(LIST | crowd))
    catalogue.take(at(12), listing({name: Said() for name in MANY[:20]}))
    catalogue.take(at(24), listing(LIST | dict(list(crowd.items())[:2])))
    assert catalogue.verdicts == ["accepted", "held", "held"]
    assert opens(catalogue) == {*LIST, *crowd}


def test_an_authors_half_goes_when_a_second_capture_hours_later_says_the_same(catalogue: Catalogue) -> None:
    crowd = {f"lab/model{number}": Said() for number in range(6)}
    left = listing(LIST | dict(list(crowd.items())[:2]))
    catalogue.take(at(0), listing(LIST | crowd))
    assert catalogue.take(at(10), left).verdict == "held"
    assert catalogue.take(at(13), left).verdict == "held"  # too soon after the first
    assert opens(catalogue) == {*LIST, *crowd}
    assert catalogue.take(at(16), left).verdict == "accepted"
    assert catalogue.verdicts == ["accepted"] * 4
    assert opens(catalogue) == {*LIST, "lab/model0", "lab/model1"}
    sidecars = list(catalogue.archive.sidecars())
    assert [one.verdict for one in sidecars] == ["accepted"] * 4
    assert "confirmed by the capture of 2026-03-01T16:00:00Z" in (sidecars[1].reason or "")


@pytest.mark.parametrize("hours", [(120, 216), (216, 120), (166, 172), (172, 166)])
def test_a_capture_so_late_that_it_is_not_doubted_confirms_the_one_that_is(
    catalogue: Catalogue, hours: tuple[int, int]
) -> None:
    crowd = {f"lab/model{number}": Said() for number in range(6)}
    catalogue.take(at(0), listing(LIST | crowd))
    for hour in hours:
        catalogue.take(at(hour), listing(LIST | {"lab/model0": Said(context=hour)}))
    assert catalogue.verdicts == ["accepted"] * 3
    assert opens(catalogue) == {*LIST, "lab/model0"}
    assert catalogue.problems() == []


def test_an_authors_half_that_came_back_is_no_removal(catalogue: Catalogue) -> None:
    crowd = {f"lab/model{number}": Said() for number in range(6)}
    catalogue.take(at(0), listing(LIST | crowd))
    catalogue.take(at(10), listing(LIST | dict(list(crowd.items())[:2])))
    catalogue.take(at(20), listing(LIST | crowd))
    assert catalogue.verdicts == ["accepted", "held", "accepted"]
    assert opens(catalogue) == {*LIST, *crowd}


def test_a_late_capture_takes_a_confirmation_back(catalogue: Catalogue) -> None:
    crowd = {f"lab/model{number}": Said() for number in range(6)}
    left = listing(LIST | dict(list(crowd.items())[:2]))
    for hour, body in ((0, listing(LIST | crowd)), (10, left), (20, left)):
        catalogue.take(at(hour), body)
    assert catalogue.verdicts == ["accepted"] * 3
    catalogue.take(at(15), listing(LIST | crowd))  # they were there in between
    assert catalogue.verdicts == ["accepted", "held", "accepted", "held"]
    assert opens(catalogue) == {*LIST, *crowd}


@pytest.mark.parametrize("begins", [True, False])
def test_a_listing_that_begins_or_ceases_to_state_permanent_slugs_has_lost_nobody(
    catalogue: Catalogue, begins: bool
) -> None:
    for hour, states_slugs in ((0, not begins), (24, begins), (48, begins)):
        assert catalogue.take(at(hour), listing(LIST, states_slugs=states_slugs)).verdict == "accepted"
    assert opens(catalogue) == (set(MANY) if begins else {f"id:{name}" for name in MANY})


def test_a_record_set_aside_where_permanent_slugs_begin_says_nothing_of_its_id(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing(LIST, states_slugs=False))
    catalogue.take(at(24), listing(LIST | {MANY[0]: Said(broken="price")}))
    assert opens(catalogue) == {f"id:{MANY[0]}", *MANY[1:]}
    catalogue.take(at(48), listing(LIST))
    assert opens(catalogue) == set(MANY)
    assert catalogue.problems() == []


def test_a_late_capture_speaks_through_one_that_did_not_hear_everybody(new_catalogue: Callable[[], Catalogue]) -> None:
    names = MANY[:12]
    captures = {
        at(0): listing({name: Said() for name in names}, states_slugs=False),
        at(12): listing({name: Said(broken="id" if name == names[0] else None) for name in names[:5]}),
        at(24): listing({names[0]: Said()}, states_slugs=False),
    }
    found = []
    for order in (sorted(captures), sorted(captures, reverse=True)):
        one = new_catalogue()
        for time in order:
            one.take(time, captures[time])
        found.append((one.verdicts, one.digest))
    assert found[0] == found[1]
    assert found[0][0] == ["accepted", "accepted", "held"]


def test_a_late_capture_bears_on_the_one_after_one_that_did_not_hear_everybody(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    """The models that only the late one has go on through the second, which has a record of nobody knows whom."""
    captures = {
        at(0): listing(LIST),
        at(12): listing(LIST | {f"late{number}/model": Said() for number in range(12)}),
        at(24): listing(LIST | {MANY[0]: Said(broken="id")}),
        at(36): listing(LIST),
    }
    for last in (at(36), at(12)):
        one = new_catalogue()
        for time in [*(time for time in captures if time != last), last]:
            one.take(time, captures[time])
        assert one.verdicts == ["accepted", "accepted", "accepted", "held"]


@pytest.mark.parametrize("ceases", [True, False])
def test_a_record_set_aside_where_slugs_cease_or_an_id_moves_says_nothing_of_who_bore_its_id(
    catalogue: Catalogue, ceases: bool
) -> None:
    moved = None if ceases else "a/another"
    broken, sound = ({MANY[0]: Said(slug=moved, broken=one)} for one in ("price", None))
    catalogue.take(at(0), listing(LIST))
    catalogue.take(at(24), listing(LIST | broken, states_slugs=not ceases))
    others = {f"id:{name}" for name in MANY[1:]} if ceases else {*MANY[1:]}
    assert opens(catalogue) == {MANY[0], *others}
    assert catalogue.problems() == []
    catalogue.take(at(48), listing(LIST | sound, states_slugs=not ceases))
    assert opens(catalogue) == {f"id:{MANY[0]}" if ceases else "a/another", *others}
    assert catalogue.problems() == []


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_of_whom_a_record_set_aside_says_nothing_is_the_same_in_any_order(
    new_catalogue: Callable[[], Catalogue], order: tuple[int, ...]
) -> None:
    """S08: the id of the record is borne by one model, then by another, then by none that is read."""
    captures = {
        at(0): listing({"a/b": Said(slug="a/first"), "c/d": Said()}),
        at(12): listing({"a/b": Said(slug="a/second"), "a/e": Said(slug="a/first"), "c/d": Said()}),
        at(24): listing({"a/b": Said(slug="a/third", broken="price"), "c/d": Said()}),
        at(36): listing({"a/b": Said(slug="a/fourth", broken="price"), "c/d": Said(context=1)}),
    }
    catalogue = new_catalogue()
    for number in order:
        time = sorted(captures)[number]
        assert catalogue.take(time, captures[time]).verdict == "accepted"
    assert opens(catalogue) == {"a/second", "c/d"}
    assert catalogue.versions == versions(captures)
    assert catalogue.problems() == []


def test_a_late_capture_without_permanent_slugs_takes_nothing_back(catalogue: Catalogue) -> None:
    for hour, states_slugs in ((48, True), (0, False), (24, False)):
        catalogue.take(at(hour), listing(LIST, states_slugs=states_slugs))
    assert catalogue.verdicts == ["accepted"] * 3
    assert opens(catalogue) == set(MANY)
    assert catalogue.problems() == []


def test_ids_that_point_to_new_models_are_not_missing(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing(LIST))
    moved = {name: Said(slug=f"{name}-20260301") for name in MANY[:20]}
    assert catalogue.take(at(24), listing(LIST | moved)).verdict == "accepted"


def test_p01_a_cut_list_is_held_although_it_states_slugs_anew(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing(LIST, states_slugs=False))
    outcome = catalogue.take(at(24), listing({name: Said() for name in MANY[:30]}))
    assert outcome.reason == "30 of 60 models are missing at once"


def test_a_late_capture_takes_back_too_what_rests_on_a_confirmation(catalogue: Catalogue) -> None:
    crowd = {f"lab/model{number}": Said() for number in range(8)}
    whole, half = listing(LIST | crowd), listing(LIST | dict(list(crowd.items())[:4]))
    for hour, body in ((0, whole), (1, half), (2, half), (7, half)):
        catalogue.take(at(hour), body)
    assert catalogue.verdicts == ["accepted"] * 4
    catalogue.take(at(3), whole)  # the half of 7 o'clock no longer confirms that of 1, nor that which follows it
    assert catalogue.verdicts == ["accepted", "held", "held", "accepted", "held"]
    assert opens(catalogue) == {*LIST, *crowd}
    assert catalogue.problems() == []


def test_a_person_may_believe_what_the_guard_does_not(catalogue: Catalogue) -> None:
    half = listing({name: Said() for name in MANY[:30]})
    catalogue.take(at(0), listing(LIST))
    assert catalogue.take(at(24), half).verdict == "held"
    assert catalogue.take(at(24), half, review="the other half moved to another listing").verdict == "accepted"
    assert opens(catalogue) == set(MANY[:30])
    assert catalogue.ask("SELECT review FROM capture WHERE review IS NOT NULL") == [
        ("the other half moved to another listing",)
    ]


def test_p02_one_bad_price_sets_one_record_aside_and_stores_the_rest(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing(LIST))
    changed = {name: Said(context=64_000) for name in MANY} | {MANY[0]: Said(broken="price")}
    outcome = catalogue.take(at(1), listing(changed))
    assert outcome.verdict == "accepted"
    assert "rejected_record" in {warning.code for warning in outcome.warnings}
    assert catalogue.ask("SELECT rejected FROM capture ORDER BY observed_at") == [(0,), (1,)]
    assert opens(catalogue) == set(MANY)
    now = "SELECT count(*) FROM fact_version WHERE valid_to = :forever AND context_tokens = :size"
    assert catalogue.ask(now, forever=FOREVER, size=64_000) == [(59,)]
    assert catalogue.ask(now, forever=FOREVER, size=128_000) == [(1,)]
    assert catalogue.ask("SELECT count(*) FROM drift WHERE code = 'rejected_record'") == [(1,)]


def test_p02_a_record_set_aside_once_is_closed_when_the_next_capture_lacks_it(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing({"a/b": Said(), "c/d": Said()}))
    catalogue.take(at(1), listing({"a/b": Said(broken="price"), "c/d": Said()}))
    catalogue.take(at(2), listing({"c/d": Said()}))
    assert opens(catalogue) == {"c/d"}
    assert {v.valid_to for v in catalogue.versions if v.subject == "a/b:standard"} == {
        int(at(2).timestamp()) * 1_000_000
    }


def test_p03_many_bad_records_hold_the_whole_capture(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing(LIST))
    digest = catalogue.digest
    bad = {name: Said(broken="price") for name in MANY[:2]}
    outcome = catalogue.take(at(1), listing(LIST | bad))
    assert outcome.verdict == "held"
    assert outcome.reason == "2 of 60 records could not be read or believed"
    assert catalogue.digest == digest


@pytest.mark.parametrize(("prompt", "completion"), [("0.001", "0.002"), ("1", "2"), ("0.000000001", "0.000000002")])
def test_p13_another_unit_is_held(catalogue: Catalogue, prompt: str, completion: str) -> None:
    catalogue.take(at(0), listing(LIST))
    digest = catalogue.digest
    flipped = Said(prices={"prompt": prompt, "completion": completion})
    outcome = catalogue.take(at(1), listing(LIST | dict.fromkeys(MANY[:5], flipped)))
    assert outcome.verdict == "held"
    assert "another unit" in (outcome.reason or "")
    assert catalogue.digest == digest


PER_MILLION = Said(prices={"prompt": "1", "completion": "2"})


def test_p13_a_list_for_a_million_tokens_is_held_be_it_the_first_of_all(catalogue: Catalogue) -> None:
    first = catalogue.take(at(0), listing(dict.fromkeys(MANY, PER_MILLION)))
    assert (first.verdict, first.reason) == ("held", "60 of 60 records could not be read or believed")
    assert catalogue.take(at(1), listing(LIST)).verdict == "accepted"
    assert catalogue.take(at(2), listing(LIST | dict.fromkeys(MANY[:5], PER_MILLION))).verdict == "held"


@pytest.mark.parametrize(("prompt", "completion"), [("0.0000011", "0.0000022"), ("0.0000009", "0.0000018")])
def test_p13_a_third_of_all_prices_rising_or_falling_at_once_is_held(
    catalogue: Catalogue, prompt: str, completion: str
) -> None:
    catalogue.take(at(0), listing(LIST))
    moved = Said(prices={"prompt": prompt, "completion": completion})
    assert catalogue.take(at(1), listing(LIST | dict.fromkeys(MANY[:21], moved))).verdict == "held"
    assert catalogue.take(at(2), listing(LIST | dict.fromkeys(MANY[:9], moved))).verdict == "accepted"


def test_p13_a_price_that_becomes_free_is_no_change_of_unit() -> None:
    before = Believed(0, count_prices=lambda: 10)
    assert doubt_of(Seen(DAY, frozenset(), [Move(5, 0)] * 4), before) is None
    assert doubt_of(Seen(DAY, frozenset(), [Move(5, 5000)] * 4), before) is not None


@pytest.mark.parametrize(("prices", "is_held"), [(2, True), (5, True), (6, False), (60, False)])
def test_p13_of_an_answer_that_states_few_prices_two_are_enough_for_another_unit(prices: int, is_held: bool) -> None:
    before = Believed(0, count_prices=lambda: prices)
    assert (doubt_of(Seen(DAY, frozenset(), [Move(5, 5_000_000)] * 2), before) is not None) == is_held


@pytest.mark.parametrize(("factor", "is_held"), [(1_000_000, True), (1_000, False)])
def test_p13_three_prices_of_a_long_answer_are_another_unit_by_a_million_alone(factor: int, is_held: bool) -> None:
    for moves in ([Move(5, 5 * factor)] * 3, [Move(5 * factor, 5)] * 3):
        before = Believed(0, count_prices=lambda: 1_000)
        assert (doubt_of(Seen(DAY, frozenset(), moves), before) is not None) == is_held


def test_a_variant_that_goes_as_a_whole_is_a_change_of_the_listing() -> None:
    standard = frozenset(f"lab{n}/m{n}:standard" for n in range(40))
    batch = frozenset(f"lab{n}/m{n}:batch" for n in range(30))
    assert doubt_of(Seen(DAY, standard), Believed(0, standard | batch)) is None
    assert doubt_of(Seen(DAY, batch), Believed(0, standard | batch)) is not None


def test_a_capture_that_comes_late_and_is_held_changes_nothing(catalogue: Catalogue) -> None:
    """Those behind it are judged anew, and are believed as before."""
    dearer = Said(prices={"prompt": "0.000003", "completion": "0.000002"})
    catalogue.take(at(0), listing(LIST))
    catalogue.take(at(24), listing(LIST | {MANY[0]: dearer}))
    late = catalogue.take(at(1), listing(LIST | dict.fromkeys(MANY[:9], Said(broken="price"))))
    assert (late.verdict, late.changes) == ("held", 0)
