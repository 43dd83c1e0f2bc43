"""When a second capture confirms that an author's models are gone, and when it does not."""

from __future__ import annotations

from catalogue import Catalogue
from listings import Said, at, listing

CROWD = {f"author{number}/model": Said() for number in range(130)}
ONE, OTHER = ({f"{lab}/model{number}": Said() for number in range(6)} for lab in ("lab", "mill"))


def test_a_capture_that_lacks_a_second_author_as_well_confirms_nothing(catalogue: Catalogue) -> None:
    catalogue.take(at(0), listing(CROWD | ONE | OTHER))
    catalogue.take(at(10), listing(CROWD | OTHER))
    assert catalogue.take(at(20), listing(CROWD)).verdict == "held"
    assert catalogue.verdicts == ["accepted", "held", "held"]
    assert catalogue.take(at(30), listing(CROWD)).verdict == "accepted"  # it lacks the same as the one before
    assert catalogue.verdicts == ["accepted", "held", "accepted", "accepted"]


def test_models_that_were_there_in_between_are_not_gone_though_a_late_capture_has_all_judged_anew(
    catalogue: Catalogue,
) -> None:
    """The one in between set a record aside, so that the walk goes on behind it."""
    broken = {"author0/model": Said(broken="price")}
    for hour, said in ((0, CROWD | ONE), (10, CROWD), (13, CROWD | ONE | broken), (30, CROWD), (5, CROWD | ONE)):
        catalogue.take(at(hour), listing(said))
    assert catalogue.verdicts == ["accepted", "accepted", "held", "accepted", "held"]
    assert catalogue.problems() == []


def test_a_cut_list_is_no_witness(catalogue: Catalogue) -> None:
    for hour, said in ((0, CROWD | ONE), (10, CROWD), (20, dict(list(CROWD.items())[:60]))):
        catalogue.take(at(hour), listing(said))
    assert catalogue.verdicts == ["accepted", "held", "held"]
