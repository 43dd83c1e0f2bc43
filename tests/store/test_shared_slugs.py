"""Ids of one listing that share a permanent slug and variant: what each says is kept, and told apart, in any order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import permutations

from catalogue import Catalogue
from listings import Said, at, listing

from catalog import Catalog

SLUG = "lab/pear-20260101"
DEAR = {"prompt": "0.000003", "completion": "0.000004"}
OLD, NEW, ALIAS = Said(slug=SLUG), Said(slug=SLUG, prices=DEAR), Said(slug=SLUG, context=64_000)
OTHERS = {f"other/m{number}": Said() for number in range(3)}

HISTORY: dict[datetime, bytes] = {
    at(0): listing({"lab/old": OLD} | OTHERS),
    at(24): listing({"~lab/latest": ALIAS, "lab/old": OLD, "lab/pear": NEW} | OTHERS),
    at(48): listing({"lab/pear": NEW, "~lab/latest": ALIAS, "lab/old": OLD} | OTHERS),
    at(72): listing({"~lab/latest": ALIAS, "lab/pear": NEW} | OTHERS),
}


def answers(catalogue: Catalogue) -> tuple[object, ...]:
    """What is told of the ids at the capture in which all three stand, and of the changes between all captures."""
    day = at(48)
    with Catalog(catalogue.db) as asked:
        models = asked.models(as_of=day, columns=["context_tokens", "prompt_usd", "canonical_slug"])
        raw = asked.changes(raw=True)
        history = asked.price_history(["lab/pear"], as_of=day)
        return (
            {key: tuple(map(str, row)) for key, row in zip(models.index, models.to_numpy().tolist(), strict=True)},
            raw[["observed_at", "model_id", "kind"]].astype(str).to_numpy().tolist(),
            raw["field"].notna().any(),
            sorted(str(usd) for usd in history["usd"]),
            asked.resolve(SLUG, as_of=day).key,
        )


def test_each_id_has_its_own_row_and_prices_and_the_transitions_are_those_of_the_ids(catalogue: Catalogue) -> None:
    for time, body in HISTORY.items():
        assert catalogue.take(time, body).verdict == "accepted"
    models, raw, is_more_told, history, meant = answers(catalogue)

    assert isinstance(models, dict)
    assert {key: models[key] for key in ("lab/old", "lab/pear", "~lab/latest")} == {
        "lab/old": ("128000", "1", SLUG),
        "lab/pear": ("128000", "3", SLUG),
        "~lab/latest": ("64000", "1", SLUG),
    }
    assert len(models) == 6
    assert raw == [
        ["2026-03-02 00:00:00+00:00", "lab/pear", "added"],
        ["2026-03-02 00:00:00+00:00", "~lab/latest", "added"],
        ["2026-03-04 00:00:00+00:00", "lab/old", "removed"],
    ]
    assert not is_more_told
    assert history == ["3", "4"]
    assert meant == "lab/old"
    assert catalogue.problems() == []


def test_the_order_in_which_they_came_changes_neither_the_digest_nor_an_answer(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    found = []
    for order in list(permutations(HISTORY))[::5]:
        one = new_catalogue()
        for time in order:
            one.take(time, HISTORY[time])
        found.append((one.digest, answers(one)))
    assert all(each == found[0] for each in found)


def test_an_id_that_is_known_by_itself_is_not_the_model_whose_permanent_slug_has_the_same_words(
    new_catalogue: Callable[[], Catalogue],
) -> None:
    history = {
        at(0): listing({"lab/pear": Said(slug="lab/pear"), "lab/plum": Said(slug="lab/plum")} | OTHERS),
        # the id `lab/pear` means the plum from now on, which keeps its own id, and the pear has another one
        at(24): listing(
            {
                "lab/pear": Said(slug="lab/plum", prices=DEAR),
                "lab/plum": Said(slug="lab/plum"),
                "lab/old-pear": Said(slug="lab/pear", context=64_000),
            }
            | OTHERS
        ),
    }
    found = []
    for order in (sorted(history), sorted(history, reverse=True)):
        one = new_catalogue()
        for time in order:
            assert one.take(time, history[time]).verdict == "accepted"
        with Catalog(one.db) as asked:
            models = asked.models(as_of=at(24), columns=["context_tokens", "prompt_usd", "canonical_slug"])
            found.append(models.map(str).T.to_dict("list"))
    assert found[0] == found[1]
    assert {key: found[0].get(key) for key in ("lab/old-pear", "lab/pear", "lab/plum")} == {
        "lab/old-pear": ["64000", "1", "lab/pear"],
        "lab/pear": ["128000", "3", "lab/plum"],
        "lab/plum": ["128000", "1", "lab/plum"],
    }
