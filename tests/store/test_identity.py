"""Who is who does not depend on who spoke first, and never on likeness."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from catalogue import Catalogue
from hypothesis import given
from hypothesis import strategies as st
from listings import Said, at, listing

from catalog.aliases import Alias, read_aliases
from catalog.errors import UsageError
from catalog.identity import UNRESOLVED, Identity, Statement, resolve
from catalog.instants import FOREVER

words = st.sampled_from([None, "a/one", "a/two", "b/one"])
statements = st.lists(
    st.builds(
        Statement,
        subject_id=st.integers(1, 6),
        key=st.just(""),
        canonical_slug=words,
        variant=st.sampled_from(["standard", "free"]),
        model_id=words,
        name=st.sampled_from([None, "One", "Two"]),
        author=st.sampled_from([None, "a", "b"]),
        valid_from=st.integers(0, 5),
    ),
    max_size=12,
    unique_by=lambda said: (said.subject_id, said.valid_from),
).map(lambda found: [said._replace(key=f"key{said.subject_id}") for said in found])


@given(statements, st.randoms(use_true_random=False))
def test_the_order_of_the_statements_does_not_matter(found: list[Statement], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert resolve(shuffled) == resolve(found)


def said(subject: int, **what: object) -> Statement:
    empty = Statement(subject, f"key{subject}", None, "standard", None, None, None, 0)
    return empty._replace(**what)  # type: ignore[arg-type]


LISTED = said(1, canonical_slug="lab/m-2026", model_id="lab/m", name="Lab: M", author="lab")


def test_a_page_that_states_the_id_alone_speaks_of_the_listed_model() -> None:
    found = resolve([said(2, model_id="lab/m"), LISTED]).subjects
    assert found[2] == (Identity("lab/m-2026", "standard"), "id")


def test_an_exact_name_of_the_same_author_is_enough() -> None:
    assert resolve([said(2, name="Lab: M", author="lab"), LISTED]).subjects[2][1] == "name"


def test_the_name_of_another_author_or_a_like_name_is_not() -> None:
    for other in (said(2, name="Lab: M", author="rival"), said(2, name="Lab: M ", author="lab")):
        assert resolve([LISTED, other]).subjects[2][1] == UNRESOLVED


def test_a_name_that_two_models_bear_says_nothing() -> None:
    twin = said(3, canonical_slug="lab/m-2025", name="Lab: M", author="lab")
    assert resolve([LISTED, twin, said(2, name="Lab: M", author="lab")]).subjects[2][1] == UNRESOLVED


def test_an_id_means_the_model_that_bore_it_last() -> None:
    moved = said(3, canonical_slug="lab/m-2027", model_id="lab/m", valid_from=5)
    assert resolve([moved, LISTED, said(2, model_id="lab/m")]).subjects[2][0] == Identity("lab/m-2027", "standard")


def test_an_id_means_whom_it_was_pointed_to_when_it_was_said_last() -> None:
    """Ids stood alone before July 2025; whoever bore one first after that is who it was said of."""
    first = LISTED._replace(valid_from=3, valid_to=6)
    moved = said(3, canonical_slug="lab/m-2027", model_id="lab/m", valid_from=6)
    meant = {"first": Identity("lab/m-2026", "standard"), "second": Identity("lab/m-2027", "standard")}
    for begin, end, whom in ((0, 3, "first"), (4, 6, "first"), (4, 7, "second"), (0, FOREVER, "second")):
        alone = said(2, model_id="lab/m", valid_from=begin, valid_to=end)
        assert resolve([moved, first, alone]).subjects[2] == (meant[whom], "id")


def test_a_model_that_goes_moves_whom_its_id_meant_whatever_came_first(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    """That it was last listed before its id was pointed to another model may be told by a capture that adds nothing."""
    other, draws = {"lab/o": Said()}, {"lab/draws": Said(writes=("image",))}
    captures = [
        (at(0), listing({"lab/x": Said(slug="lab/x-1"), **draws})),
        (at(10), listing({"lab/x": Said(slug="lab/x-2"), **draws})),
        (at(1), listing({"lab/x": Said(), **other}, states_slugs=False)),
        (at(5), listing(other, states_slugs=False)),
    ]
    for order in permutations(captures):
        catalogue = new_catalogue()
        for capture in order:
            catalogue.take(*capture)
        meant = "SELECT m.canonical_slug FROM subject u JOIN model m ON m.id = u.resolved_id WHERE u.key = 'id:lab/x'"
        assert catalogue.ask(meant) == [("lab/x-1",)]


def test_who_is_listed_beside_a_model_is_not_that_model() -> None:
    """A record without a slug, whose id was borne by a model that the same list states under another id."""
    before = LISTED._replace(listing="text", valid_to=2)
    renamed = LISTED._replace(listing="text", model_id="lab/n", valid_from=2)
    alone = said(2, key="id:lab/m", model_id="lab/m", name="Lab: Other", listing="text", valid_from=2)
    found = resolve([before, renamed, alone]).subjects
    assert found[2] == (Identity("lab/m", "standard"), UNRESOLVED)
    elsewhere = alone._replace(listing=None)
    assert resolve([before, renamed, elsewhere]).subjects[2] == (Identity("lab/m-2026", "standard"), "id")


def test_an_alias_comes_before_everything_else() -> None:
    alias = Alias("Model M", "lab/m-2026", "standard")
    assert resolve([LISTED, said(2, name="Model M")], [alias]).subjects[2] == (
        Identity("lab/m-2026", "standard"),
        "alias",
    )


def test_a_line_of_aliases_counts_from_the_next_run_on_and_no_longer_than_it_is_there(catalogue: Catalogue) -> None:
    body = listing({"lab/a": Said(), "lab/b": Said()}, states_slugs=False)
    meant = (
        "SELECT m.canonical_slug, resolved_by FROM subject u JOIN model m ON m.id = resolved_id WHERE key = 'id:lab/a'"
    )
    catalogue.take(at(0), body)
    for aliases, whom in (([Alias("lab/a", "lab/b", "standard")], ("lab/b", "alias")), ([], ("lab/a", UNRESOLVED))):
        catalogue.reopen()
        catalogue.ingest.aliases = aliases
        assert catalogue.take(at(0), body).verdict == "known"
        assert catalogue.ask(meant) == [whom]


def test_p16_variants_of_one_slug_are_models_of_their_own() -> None:
    free = said(2, canonical_slug="lab/m-2026", variant="free", model_id="lab/m:free", name="Lab: M (free)")
    assert set(resolve([LISTED, free]).models) == {Identity("lab/m-2026", "standard"), Identity("lab/m-2026", "free")}


def test_an_id_whose_slug_another_id_stands_for_is_a_model_of_its_own_and_no_name_is_doubtful_for_it() -> None:
    alias = said(
        3, canonical_slug="lab/m-2026", model_id="~lab/latest", name="Lab: M", author="lab", is_known_by_id=True
    )
    found = resolve([alias, LISTED, said(2, name="Lab: M", author="lab"), said(4, model_id="~lab/latest")]).subjects
    own = Identity("~lab/latest", "standard")
    assert found == {
        1: (Identity("lab/m-2026", "standard"), "slug"),
        2: (Identity("lab/m-2026", "standard"), "name"),
        3: (own, UNRESOLVED),
        4: (own, "id"),
    }


def test_aliases_may_begin_with_the_mark_that_spreadsheets_write(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_bytes(b"\xef\xbb\xbfalias,canonical_slug,variant\r\nOne,lab/one,\r\n")
    assert read_aliases(file) == [Alias("One", "lab/one", "standard")]


def test_aliases_that_cannot_be_read_are_refused_by_the_name_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "aliases.csv"
    file.write_bytes(b"alias,canonical_slug,variant\n\xff\xfe,lab/one,\n")
    with pytest.raises(UsageError, match=r"aliases\.csv: cannot be read as CSV in UTF-8"):
        read_aliases(file)
