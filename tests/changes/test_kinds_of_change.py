"""What kind of change each transition is, on small histories that show one thing each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from catalog.change_log.changes import KINDS, market_changes
from catalog.database import reading
from catalog.errors import UsageError
from catalog.instants import micros, read_instant
from catalog.questions.frames import Moment

Record = Callable[..., dict[str, Any]]
DAYS = [f"2026-05-{day:02}T03:00:00Z" for day in range(1, 20)]


def changes(kept: Any, **asked: Any) -> pd.DataFrame:
    with reading(kept.engine) as connection:
        return market_changes(connection, asked.pop("moment", Moment()), **asked)


def told(kept: Any, **asked: Any) -> list[tuple[Any, ...]]:
    frame = changes(kept, **asked)
    return list(zip(frame["kind"], frame["model_id"], frame["field"], frame["old"], frame["new"], strict=True))


def days(*listings: Any) -> dict[str, Any]:
    return dict(zip(DAYS, listings, strict=False))


def priced(model: Record, *prompts: str, **other: Any) -> dict[str, Any]:
    return days(*([model(pricing={"prompt": prompt, "completion": "0.000002"}, **other)] for prompt in prompts))


def test_a_price_that_moves_is_told_with_its_percentage(kept: Any, model: Record) -> None:
    kept.take(priced(model, "0.000004", "0.000003"))
    assert told(kept) == [("price", "maker/one", "price.prompt", "4", "3")]
    row = changes(kept).iloc[0]
    assert (row["change_percent"], row["name"], row["observed_at"]) == (Decimal("-25.00"), "one", pd.Timestamp(DAYS[1]))


def test_a_price_written_otherwise_is_no_change(kept: Any, model: Record) -> None:
    kept.take(priced(model, "0.000001", "0.0000010"))
    assert told(kept) == []


def test_a_variable_price_that_becomes_a_number_has_no_percentage(kept: Any, model: Record) -> None:
    kept.take(priced(model, "-1", "0.000003"))
    assert told(kept) == [("price", "maker/one", "price.prompt", "variable", "3")]
    assert changes(kept)["change_percent"].tolist() == [None]


def test_a_model_never_seen_before_is_new(kept: Any, model: Record) -> None:
    kept.take(days([model()], [model(), model("two")]))
    assert told(kept) == [("new", "maker/two", None, None, None)]


def test_a_removal_is_told_when_a_second_capture_confirms_it(kept: Any, model: Record) -> None:
    both, one = [model(), model("two")], [model()]
    kept.take(days(both, one))
    assert told(kept) == []
    assert changes(kept).attrs["left_out"] == Counter(unconfirmed=1)
    kept.take({"2026-05-02T08:59:59Z": one})
    assert told(kept) == []
    kept.take({"2026-05-02T09:00:00Z": one})
    assert told(kept) == [("removed", "maker/two", None, None, None)]
    assert changes(kept)["observed_at"].tolist() == [pd.Timestamp(DAYS[1])]


def test_a_model_missing_from_one_capture_was_never_gone(kept: Any, model: Record) -> None:
    both, one = [model(), model("two")], [model()]
    kept.take(days(both, one, both))
    assert told(kept) == []
    assert changes(kept).attrs["left_out"] == Counter(flap=2)


def test_a_model_missing_from_two_captures_that_are_too_close_is_not_said_to_be_missing_from_one(
    kept: Any, model: Record
) -> None:
    both, one = [model(), model("two")], [model()]
    kept.take(days(both, one))
    kept.take({"2026-05-02T05:00:00Z": one})
    kept.take({"2026-05-03T03:00:00Z": both})
    found = changes(kept, kinds=["flap"])
    assert list(found["note"]) == ["back before two captures 6 hours apart had lacked it"] * 2


def test_a_confirmed_removal_and_a_return_are_both_told(kept: Any, model: Record) -> None:
    both, one = [model(), model("two")], [model()]
    kept.take(days(both, one, one, both))
    assert [kind for kind, *_ in told(kept)] == ["removed", "returned"]


def test_another_id_of_the_same_model_is_one_fact(kept: Any, model: Record) -> None:
    kept.take(days([model(), model("two")], [model(), {**model("two"), "id": "other/two"}]))
    assert told(kept) == [("fact", "other/two", "model_id", "maker/two", "other/two")]


def test_an_id_that_is_pointed_at_another_model_keeps_its_log(kept: Any, model: Record) -> None:
    other = model(canonical_slug="maker/one-20260401", pricing={"prompt": "0.000009", "completion": "0.000002"})
    kept.take(days([model()], [other]))
    assert told(kept) == [
        ("fact", "maker/one", "canonical_slug", "maker/one-20260101", "maker/one-20260401"),
        ("price", "maker/one", "price.prompt", "1", "9"),
    ]


def test_a_price_that_goes_back_within_days_is_a_flap_and_later_it_is_not(kept: Any, model: Record) -> None:
    kept.take(priced(model, "0.000001", "0.000002", "0.000002", "0.000001"))
    assert told(kept) == []
    assert changes(kept).attrs["left_out"] == Counter(flap=2)
    assert [old for *_, old, _ in told(kept, kinds=["flap"])] == ["1", "2"]
    kept.take({"2026-05-09T03:00:00Z": [model()], "2026-05-20T03:00:00Z": priced(model, "0.000002")[DAYS[0]]})
    assert told(kept) == [("price", "maker/one", "price.prompt", "1", "2")]


def test_of_a_value_that_swings_and_stays_the_last_move_is_told(kept: Any, model: Record) -> None:
    kept.take(priced(model, "0.000001", "0.000002", "0.000001", "0.000002"))
    assert told(kept) == [("price", "maker/one", "price.prompt", "1", "2")]
    assert changes(kept).attrs["left_out"] == Counter(flap=2)


def test_a_field_that_many_models_lose_at_once_is_the_sources_doing(kept: Any, model: Record) -> None:
    names = [f"m{number}" for number in range(20)]
    full = {"prompt": "0.000001", "completion": "0.000002", "request": "0.5"}
    less = {"prompt": "0.000001", "completion": "0.000002"}
    kept.take(days([model(n, pricing=full) for n in names], [model(n, pricing=less) for n in names[:5]] +
                   [model(n, pricing=full) for n in names[5:]]))  # fmt: skip
    assert told(kept) == []
    assert changes(kept).attrs["left_out"] == Counter(schema=5)


def test_a_field_that_few_models_lose_is_theirs(kept: Any, model: Record) -> None:
    names = [f"m{number}" for number in range(20)]
    full = {"prompt": "0.000001", "completion": "0.000002", "request": "0.5"}
    less = {"prompt": "0.000001", "completion": "0.000002"}
    kept.take(days([model(n, pricing=full) for n in names], [model(n, pricing=less) for n in names[:3]] +
                   [model(n, pricing=full) for n in names[3:]]))  # fmt: skip
    assert [kind for kind, *_ in told(kept)] == ["price"] * 3


PLAIN = {"prompt": "0.1", "completion": "0.1"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"pricing": {**PLAIN, "image": "0"}}, {"pricing": PLAIN}),
        ({"hugging_face_id": ""}, {"hugging_face_id": None}),
        ({"supported_parameters": ["tools", "stop"]}, {"supported_parameters": ["stop", "tools"]}),
    ],
)
def test_silence_in_other_words_is_no_change_of_the_market(kept: Any, model: Record, before: Any, after: Any) -> None:
    kept.take(days([model(**before)], [model(**after)]))
    assert told(kept) == []
    assert changes(kept).attrs["left_out"] == Counter(schema=1)


def test_a_price_of_zero_for_tokens_is_not_silence_in_other_words(kept: Any, model: Record) -> None:
    kept.take(days([model(pricing={"prompt": "0.1", "completion": "0"})], [model(pricing={"prompt": "0.1"})]))
    assert told(kept) == [("price", "maker/one", "price.completion", "0", None)]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("0.0000006000000000000001", "0.0000006", "schema"),
        ("8.333333333333334e-8", "0.0000000833333333333333", "schema"),
        ("0.0000000833333333333333", "0.0000000833333333", "price"),
        ("0.0000016", "0.0000016000000001", "price"),
        ("-1", "0.0000000833333333333333", "price"),
    ],
)
def test_a_price_that_a_float_was_made_of_on_the_way_never_moved(
    kept: Any, model: Record, before: str, after: str, kind: str
) -> None:
    """The digits stay as they were stated; what differs in the sixteenth is no price of anybody's."""
    kept.take(priced(model, before, after))
    assert changes(kept, kinds=[kind])["field"].tolist() == ["price.prompt"]
    assert len(changes(kept)) == (kind == "price")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("0.00516", "0.00000125", "schema"),
        ("0.0000258", "0.0000001", "schema"),
        ("0.00000125", "0.00516", "schema"),
        ("0.04", "0.02", "price"),
        ("0", "0.02", "price"),
    ],
)
def test_a_price_of_a_picture_that_becomes_that_of_a_token_fell_for_nobody(
    kept: Any, model: Record, before: str, after: str, kind: str
) -> None:
    kept.take(days(*([model(pricing={**PLAIN, "image": stated})] for stated in (before, after))))
    assert changes(kept, kinds=[kind])["field"].tolist() == ["price.image"]
    assert len(changes(kept)) == (kind == "price")


def test_a_prompt_that_costs_nothing_any_more_is_a_change(kept: Any, model: Record) -> None:
    kept.take(priced(model, "0.000001", "0"))
    assert told(kept) == [("price", "maker/one", "price.prompt", "1", "0")]


def test_a_variant_that_is_listed_or_not_as_a_whole_is_a_listing(kept: Any, model: Record) -> None:
    standard = [model(f"m{number}") for number in range(12)]
    batch = [model(f"m{number}:batch") for number in range(12)]
    kept.take(days(standard, standard + batch, standard, standard, standard + batch))
    assert told(kept) == []
    assert changes(kept).attrs["left_out"] == Counter(listing=36)


def test_a_few_of_a_variant_are_models_of_their_own(kept: Any, model: Record) -> None:
    standard = [model(f"m{number}") for number in range(12)]
    kept.take(days(standard, [*standard, model("m1:free"), model("m2:free")]))
    assert [kind for kind, *_ in told(kept)] == ["new", "new"]


WINDOW = {"utc_start": 1000, "utc_end": 100, "prompt": "0.000001", "completion": "0.000002"}


def by_the_clock(model: Record, *bases: str, window: Any = WINDOW) -> dict[str, Any]:
    cards = ({"prompt": base, "completion": "0.000002", "overrides": [window]} for base in bases)
    times = (f"2026-05-{day:02}T{hour}:00:00Z" for day in range(1, 9) for hour in ("03", "12"))
    return dict(zip(times, ([model(pricing=card)] for card in cards), strict=False))


def test_a_base_price_that_follows_the_clock_never_moved(kept: Any, model: Record) -> None:
    kept.take(by_the_clock(model, "0.000004", "0.000001", "0.000004", "0.000001"))
    assert told(kept) == []
    assert changes(kept).attrs["left_out"] == Counter(time_of_day=3)


def test_a_base_price_beside_the_clock_is_a_change(kept: Any, model: Record) -> None:
    kept.take(by_the_clock(model, "0.000004", "0.000001", "0.000005"))
    assert told(kept) == [("price", "maker/one", "price.prompt", "1", "5")]


def test_a_rate_card_that_moves_with_its_base_is_a_change(kept: Any, model: Record) -> None:
    first = by_the_clock(model, "0.000004")
    other = by_the_clock(model, "0.000004", "0.000003", window={**WINDOW, "prompt": "0.000003"})
    kept.take({**other, **first})
    assert sorted(field for _, _, field, *_ in told(kept)) == ["price.conditions", "price.prompt"]


@pytest.mark.parametrize("window", [{"prompt": "0.000001"}, WINDOW], ids=["alone", "within a window"])
def test_a_threshold_is_no_clock(kept: Any, model: Record, window: Any) -> None:
    kept.take(by_the_clock(model, "0.000004", "0.000001", window={"min_prompt_tokens": 9, **window}))
    assert [kind for kind, *_ in told(kept)] == ["price"]


def test_two_listings_tell_a_change_once(kept: Any, model: Record) -> None:
    picture = model("picture", architecture={**model()["architecture"], "output_modalities": ["image"]})
    before, after = model(), model(pricing={"prompt": "0.000003", "completion": "0.000002"})
    kept.take({"2026-05-01T03:00:00Z": [before], "2026-05-02T03:00:00Z": [after], "2026-05-03T03:00:00Z": [after]})
    kept.take(
        {
            "2026-05-01T05:00:00Z": [before, picture],
            "2026-05-02T05:00:00Z": [after, picture],
            "2026-05-03T05:00:00Z": [after, picture, model("two")],
        }
    )
    kept.take({"2026-05-04T03:00:00Z": [after, model("two")]})
    assert told(kept) == [("price", "maker/one", "price.prompt", "1", "3"), ("new", "maker/two", None, None, None)]
    assert changes(kept)["scope"].tolist() == ["text", "all"]


def test_what_another_listing_denied_at_the_very_instant_is_told_by_both(kept: Any, model: Record) -> None:
    picture = model("picture", architecture={**model()["architecture"], "output_modalities": ["image"]})
    before, after = model(), model(pricing={"prompt": "0.000003", "completion": "0.000002"})
    kept.take(days([before], [after], [after]))
    kept.take(days([before, picture], [before, picture], [after, picture]))
    assert told(kept) == [("price", "maker/one", "price.prompt", "1", "3")] * 2
    assert changes(kept)["scope"].tolist() == ["text", "all"]


def test_a_listing_that_lost_a_model_last_shows_it_no_more(kept: Any, model: Record) -> None:
    picture = model("picture", architecture={**model()["architecture"], "output_modalities": ["image"]})
    both, one = [model(), model("two")], [model()]
    kept.take(days(both, one, one, both))
    kept.take({"2026-05-01T05:00:00Z": [*both, picture], "2026-05-03T05:00:00Z": [*one, picture]})
    assert [(kind, who) for kind, who, *_ in told(kept)] == [("removed", "maker/two"), ("returned", "maker/two")]


def test_what_another_listing_shows_at_the_very_instant_is_neither_gone_nor_back(kept: Any, model: Record) -> None:
    picture = model("picture", architecture={**model()["architecture"], "output_modalities": ["image"]})
    both, one = [model(), model("two")], [model()]
    kept.take(days(both, one, one, both))
    kept.take(days([*both, picture], [*both, picture]))
    assert told(kept) == []
    assert changes(kept).attrs["left_out"] == Counter(listing=2)


def test_what_another_listing_began_to_show_when_this_one_had_it_not_yet_is_of_the_listing(
    kept: Any, model: Record
) -> None:
    """At the same instant one showed it and one did not: so it came to this one apart, and was no news by then."""
    picture = model("picture", architecture={**model()["architecture"], "output_modalities": ["image"]})
    kept.take(days([model()], [model()], [model(), model("two")]))
    kept.take(days([model(), picture], [model(), model("two"), picture]))
    assert told(kept) == [("new", "maker/two", None, None, None)]
    assert changes(kept).attrs["left_out"] == Counter(listing=1)


def test_the_listing_of_every_kind_confirms_what_the_other_one_lost_last(kept: Any, model: Record) -> None:
    picture = model("picture", architecture={**model()["architecture"], "output_modalities": ["image"]})
    kept.take(days([model(), model("two")], [model()]))
    kept.take({"2026-05-04T03:00:00Z": [model(), picture]})
    assert told(kept) == [("removed", "maker/two", None, None, None)]


def test_what_is_left_out_can_be_asked_for_and_an_unknown_kind_is_named(kept: Any, model: Record) -> None:
    kept.take(priced(model, "0.000001", "0.000002", "0.000001"))
    assert [kind for kind, *_ in told(kept, kinds=KINDS)] == ["flap", "flap"]
    assert changes(kept, kinds=KINDS).attrs["left_out"] == Counter()
    assert changes(kept, kinds=["new"]).attrs["left_out"] == Counter(flap=2)
    with pytest.raises(UsageError, match="no kind of change: prices; there are new, removed"):
        changes(kept, kinds=["prices"])


def test_a_window_and_a_model_are_cut_out_of_the_whole(kept: Any, model: Record) -> None:
    moved = {"prompt": "0.000003", "completion": "0.000002"}
    both = [model(), model("two")]
    kept.take(days(both, [model(pricing=moved), model("two")], [model(pricing=moved), model("two", pricing=moved)]))
    since = micros(read_instant(DAYS[2]))
    assert [who for _, who, *_ in told(kept, since=since)] == ["maker/two"]
    assert [who for _, who, *_ in told(kept, until=since)] == ["maker/one"]
    assert [who for _, who, *_ in told(kept, models=["maker/one-20260101"])] == ["maker/one"]


def test_the_log_of_an_empty_catalogue_has_its_columns(kept: Any) -> None:
    frame = changes(kept)
    assert (len(frame), frame.index.name, frame.attrs["left_out"]) == (0, "change", Counter())
    assert list(frame.columns[:7]) == ["observed_at", "source", "model_id", "kind", "field", "old", "new"]
