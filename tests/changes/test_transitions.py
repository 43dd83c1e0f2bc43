"""The raw change log on small histories: ids that move, late captures, and both clocks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.change_log.collected import COLUMNS
from catalog.change_log.transitions import transitions
from catalog.database import reading
from catalog.instants import micros, read_instant
from catalog.questions.frames import Moment

Record = Callable[..., dict[str, Any]]


def raw(kept: Any, moment: Moment | None = None, **asked: Any) -> pd.DataFrame:
    with reading(kept.engine) as connection:
        return transitions(connection, moment or Moment(), **asked)


def told(kept: Any, moment: Moment | None = None) -> list[list[Any]]:
    return raw(kept, moment)[["model_id", "kind", "field", "old", "new"]].to_numpy().tolist()


def days(*listings: Any) -> dict[str, Any]:
    return {f"2026-05-{day:02}": listing for day, listing in enumerate(listings, start=1)}


def test_an_id_that_moves_to_another_model_is_compared_across_both(kept: Any, model: Record) -> None:
    other = model(canonical_slug="maker/one-20260401", pricing={"prompt": "0.000001", "completion": "0.000005"})
    kept.take(days([model()], [other], [other]))
    assert told(kept) == [
        ["maker/one", "changed", "canonical_slug", "maker/one-20260101", "maker/one-20260401"],
        ["maker/one", "changed", "price.completion", "2", "5"],
    ]


def test_an_id_that_moves_while_a_record_cannot_be_read_is_compared_across_both(kept: Any, model: Record) -> None:
    """The record may be of the model that had the id and has another now; the id is whose it is stated to be."""
    other = model(canonical_slug="maker/one-20260401", pricing={"prompt": "0.000001", "completion": "0.000005"})
    third = model(canonical_slug="maker/one-20260601", pricing={"prompt": "0.000001", "completion": "0.000007"})
    broken: Any = None
    by = {**model(), "id": "maker/two", "canonical_slug": "maker/two"}
    kept.take(
        days([by, model()], [by, other, broken], [by, other, broken], [by, broken], [by, third, broken], [by, third])
    )
    moves = [
        ["maker/one", "changed", "canonical_slug", "maker/one-20260101", "maker/one-20260401"],
        ["maker/one", "changed", "price.completion", "2", "5"],
        ["maker/one", "changed", "canonical_slug", "maker/one-20260401", "maker/one-20260601"],
        ["maker/one", "changed", "price.completion", "5", "7"],
    ]
    assert told(kept) == moves
    later = raw(kept, since=micros(read_instant("2026-05-04")))
    assert later[["model_id", "kind", "field", "old", "new"]].to_numpy().tolist() == moves[2:]


def test_who_had_an_id_that_moved_while_a_record_could_not_be_read_has_it_again_once_that_is_stated(
    kept: Any, model: Record
) -> None:
    other = model(canonical_slug="maker/one-20260401", pricing={"prompt": "0.000001", "completion": "0.000005"})
    broken: Any = None
    kept.take(days([model()], [other, broken], [model(), broken], [{**model(), "id": "maker/old"}, other]))
    assert told(kept) == [
        ["maker/one", "changed", "canonical_slug", "maker/one-20260101", "maker/one-20260401"],
        ["maker/one", "changed", "price.completion", "2", "5"],
        ["maker/one", "changed", "canonical_slug", "maker/one-20260401", "maker/one-20260101"],
        ["maker/one", "changed", "price.completion", "5", "2"],
        ["maker/old", "added", None, None, None],
        ["maker/one", "changed", "canonical_slug", "maker/one-20260101", "maker/one-20260401"],
        ["maker/one", "changed", "price.completion", "2", "5"],
    ]


def test_an_id_stays_with_the_model_that_it_was_pointed_to_while_neither_record_can_be_read(
    kept: Any, model: Record
) -> None:
    broken = {"prompt": "NaN", "completion": "0.000002"}
    moved = {"canonical_slug": "maker/one-20260401"}
    by, other = model("two"), model(**moved, pricing={"prompt": "0.000001", "completion": "0.000005"})
    old = {**model(), "id": "maker/old"}
    neither = [by, {**old, "pricing": broken}, model(**moved, pricing=broken)]
    kept.take(days([by, model()], [by, {**old, "pricing": broken}, other], neither, [by, old, other]))
    assert told(kept) == [
        ["maker/one", "changed", "canonical_slug", "maker/one-20260101", "maker/one-20260401"],
        ["maker/one", "changed", "price.completion", "2", "5"],
        ["maker/old", "added", None, None, None],
    ]


def test_a_model_that_changes_its_id_goes_and_comes(kept: Any, model: Record) -> None:
    kept.take(days([model()], [{**model(), "id": "other/one"}]))
    assert told(kept) == [["maker/one", "removed", None, None, None], ["other/one", "added", None, None, None]]


def test_an_id_that_two_models_bear_in_turn_and_one_keeps_its_prices_apart(kept: Any, model: Record) -> None:
    """The first model goes on under another id, with the same prices: its statements are cut where the id changed."""
    successor = model(canonical_slug="maker/one-20260401", pricing={"prompt": "0.000001", "completion": "0.000005"})
    kept.take(days([model()], [{**model(), "id": "maker/old"}, successor]))
    assert told(kept) == [
        ["maker/old", "added", None, None, None],
        ["maker/one", "changed", "canonical_slug", "maker/one-20260101", "maker/one-20260401"],
        ["maker/one", "changed", "price.completion", "2", "5"],
    ]
    whole = raw(kept)
    pd.testing.assert_frame_equal(raw(kept, since=micros(read_instant("2026-05-02"))), whole)


def test_an_id_that_another_bears_for_a_while_has_no_prices_in_between(kept: Any, model: Record) -> None:
    """The slug's statements stay the same while it is another id's: they are cut where it goes and where it returns."""
    own, other = {**model(), "id": "maker/a"}, {**model(), "id": "maker/b"}
    apart = {**other, "canonical_slug": "maker/b-20260101"}
    kept.take(days([own, apart], [other], [own]))
    assert told(kept) == [
        ["maker/a", "removed", None, None, None],
        ["maker/b", "changed", "canonical_slug", "maker/b-20260101", "maker/one-20260101"],
        ["maker/a", "added", None, None, None],
        ["maker/b", "removed", None, None, None],
    ]


def test_null_is_silence_and_an_empty_text_is_not(kept: Any, model: Record) -> None:
    kept.take(days(*([model(hugging_face_id=said)] for said in (None, "a/b", "", None))))
    assert [row[1:] for row in told(kept)] == [
        ["gained", "hugging_face_id", None, "a/b"],
        ["changed", "hugging_face_id", "a/b", ""],
        ["lost", "hugging_face_id", "", None],
    ]


def test_a_list_of_nothing_is_stated_and_no_silence(kept: Any, model: Record) -> None:
    kept.take(days(*([model(supported_parameters=said)] for said in (["tools"], [], None))))
    assert [row[1:] for row in told(kept)] == [
        ["changed", "supported_parameters", '["tools"]', "[]"],
        ["lost", "supported_parameters", "[]", None],
    ]


def test_a_key_of_its_own_is_told_under_the_sources_word(kept: Any, model: Record) -> None:
    kept.take(days([model()], [model(shiny={"b": 1, "a": [True, None]})], [model(shiny=None)]))
    assert [row[1:] for row in told(kept)] == [
        ["gained", "shiny", None, '{"a":[true,null],"b":1}'],
        ["lost", "shiny", '{"a":[true,null],"b":1}', None],
    ]


def test_prices_are_compared_as_numbers_and_unknown_ones_are_silence(kept: Any, model: Record) -> None:
    cards = [{"prompt": said, "completion": "1e-6"} for said in ("0.000001", "0.0000010", "1E-06", "-1", "", "0")]
    kept.take(days(*([model(pricing=card)] for card in cards)))
    assert [row[1:] for row in told(kept)] == [
        ["changed", "price.prompt", "1", "variable"],
        ["lost", "price.prompt", "variable", None],
        ["gained", "price.prompt", None, "0"],
    ]


def test_the_conditional_prices_of_a_rate_card_are_one_field(kept: Any, model: Record) -> None:
    def card(*overrides: Any) -> list[dict[str, Any]]:
        return [model(pricing={"prompt": "0.000001", "completion": "0.000002", "overrides": list(overrides)})]

    long, longer = ({"min_prompt_tokens": n, "prompt": "0.000004", "completion": "0.000008"} for n in (1000, 2000))
    kept.take(days(card(), card(long), card(long, longer), card(longer, long), card()))
    short, other = (f'{{"completion":"8","min_prompt_tokens":{n},"prompt":"4"}}' for n in (1000, 2000))
    assert [row[1:] for row in told(kept)] == [
        ["gained", "price.conditions", None, f"[{short}]"],
        ["changed", "price.conditions", f"[{short}]", f"[{short},{other}]"],
        ["changed", "price.conditions", f"[{short},{other}]", f"[{other},{short}]"],
        ["lost", "price.conditions", f"[{other},{short}]", None],
    ]


def test_a_late_capture_is_between_its_neighbours_once_it_is_known(kept: Any, model: Record) -> None:
    kept.take({"2026-05-01": [model()], "2026-05-03": [model()]}, known_at="2026-05-03")
    kept.take({"2026-05-02": [model(context_length=5)]}, known_at="2026-05-09")
    assert told(kept, Moment(known=micros(read_instant("2026-05-08")))) == []
    assert [row[3:] for row in told(kept)] == [["128000", "5"], ["5", "128000"]]
    assert [row[3:] for row in told(kept, Moment(as_of=micros(read_instant("2026-05-02"))))] == [["128000", "5"]]


def test_an_empty_catalogue_has_an_empty_log_of_the_same_columns(kept: Any) -> None:
    assert list(raw(kept).columns) == list(COLUMNS)
    assert raw(kept).empty


_listing = st.dictionaries(
    st.sampled_from("abc"),
    st.tuples(
        st.sampled_from(["1", "2", "-1", None]), st.sampled_from([10, 20]), st.sampled_from(["x", "y", "shared"])
    ),
    min_size=1,
)


@settings(max_examples=25, deadline=None)
@given(listings=st.lists(_listing, min_size=1, max_size=5), arrivals=st.permutations(range(5)), known=st.integers(0, 4))
def test_the_log_as_it_was_known_is_the_log_of_what_had_arrived(
    model: Record, kept_in: Callable[[Path], Any], listings: list[Any], arrivals: list[int], known: int
) -> None:
    """Against a plain comparison of the listings that had arrived, in the order of their times.

    Some ids share one permanent slug for a while.
    """

    def slug_of(name: str, slug: str) -> str:
        return "maker/shared" if slug == "shared" else f"maker/{name}-{slug}"

    def record(name: str, said: tuple[str | None, int, str]) -> dict[str, Any]:
        price, context, slug = said
        pricing = {"prompt": "0.000001", "completion": "0.000002", **({"request": price} if price else {})}
        return model(name, pricing=pricing, context_length=context, canonical_slug=slug_of(name, slug))

    order = [day for day in arrivals if day < len(listings)]
    with TemporaryDirectory() as folder:
        kept = kept_in(Path(folder))
        for place, day in enumerate(order):
            answer = [record(name, said) for name, said in listings[day].items()]
            kept.take({f"2026-05-0{day + 1}": answer}, known_at=f"2026-06-0{place + 1}")
        found = raw(kept, Moment(known=micros(read_instant(f"2026-06-0{known + 1}"))))
        kept.engine.dispose()

    expected = []
    arrived = sorted(order[: known + 1])
    for before, after in pairwise(arrived):
        old, new = listings[before], listings[after]
        at = pd.Timestamp(f"2026-05-0{after + 1}", tz="UTC")
        for name in sorted(old.keys() | new.keys()):
            if name not in old or name not in new:
                expected.append((at, f"maker/{name}", "added" if name in new else "removed", None, None, None))
                continue
            for field, place in (("canonical_slug", 2), ("context_tokens", 1), ("price.request", 0)):
                was, now = ("variable" if said[name][place] == "-1" else said[name][place] for said in (old, new))
                if was != now:
                    kind = "gained" if was is None else "lost" if now is None else "changed"
                    texts = (
                        None if one is None else slug_of(name, str(one)) if place == 2 else str(one)
                        for one in (was, now)
                    )
                    expected.append((at, f"maker/{name}", kind, field, *texts))
    columns = ("observed_at", "model_id", "kind", "field", "old", "new")
    assert list(zip(*(found[name] for name in columns), strict=True)) == expected
