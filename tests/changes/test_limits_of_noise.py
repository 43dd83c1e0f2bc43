"""Where noise ends: the last change that is none of the market's, and the first that is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from catalog.change_log.changes import market_changes
from catalog.database import reading
from catalog.instants import micros, read_instant
from catalog.questions.frames import Moment

Record = Callable[..., dict[str, Any]]
FULL = {"prompt": "0.000001", "completion": "0.000002", "request": "0.5"}
LESS = {"prompt": "0.000001", "completion": "0.000002"}


def kinds(kept: Any, **clocks: int) -> list[str]:
    """The kinds of change of the market that are told."""
    with reading(kept.engine) as connection:
        return market_changes(connection, Moment(**clocks))["kind"].tolist()


@pytest.mark.parametrize(("back", "told"), [("2026-05-05T03:00:00Z", []), ("2026-05-05T03:00:01Z", ["price"] * 2)])
def test_a_price_that_goes_back_after_three_days_never_moved_and_after_more_it_did(
    kept: Any, model: Record, back: str, told: list[str]
) -> None:
    moved = model(pricing={"prompt": "0.000002", "completion": "0.000002"})
    kept.take({"2026-05-01T03:00:00Z": [model()], "2026-05-02T03:00:00Z": [moved], back: [model()]})
    assert kinds(kept) == told


@pytest.mark.parametrize(("of", "lost", "told"), [(25, 5, 0), (26, 5, 5), (4, 4, 4)])
def test_a_field_that_five_and_a_fifth_of_all_models_lose_is_the_sources_doing(
    kept: Any, model: Record, of: int, lost: int, told: int
) -> None:
    names = [f"m{number}" for number in range(of)]
    kept.take(
        {
            "2026-05-01T03:00:00Z": [model(name, pricing=FULL) for name in names],
            "2026-05-02T03:00:00Z": [
                model(name, pricing=LESS if number < lost else FULL) for number, name in enumerate(names)
            ],
        }
    )
    assert len(kinds(kept)) == told


@pytest.mark.parametrize(
    ("before", "came", "day", "told"),
    [
        (0, 5, "02", 0),  # the whole of a variant
        (0, 4, "02", 4),
        (3, 10, "02", 0),  # a part of it, but a large one
        (3, 9, "02", 9),
        (3, 10, "08", 0),  # between captures that are a week apart
        (3, 10, "09", 10),
    ],
)
def test_ids_of_a_variant_that_come_together_are_a_change_of_the_listing(
    kept: Any, model: Record, before: int, came: int, day: str, told: int
) -> None:
    standard = [model(f"m{number}") for number in range(15)]
    batch = [model(f"m{number}:batch") for number in range(before + came)]
    kept.take({"2026-05-01T03:00:00Z": standard + batch[:before], f"2026-05-{day}T03:00:00Z": standard + batch})
    assert kinds(kept) == ["new"] * told


def test_a_change_is_told_from_its_capture_on_and_known_from_its_arrival_on(kept: Any, model: Record) -> None:
    seen, came = (micros(read_instant(time)) for time in ("2026-05-02T03:00:00Z", "2026-05-09T00:00:00Z"))
    kept.take({"2026-05-01T03:00:00Z": [model()]}, known_at="2026-05-01T03:00:00Z")
    kept.take({"2026-05-02T03:00:00Z": [model(), model("two")]}, known_at="2026-05-09T00:00:00Z")
    assert [kinds(kept, as_of=at) for at in (seen - 1, seen)] == [[], ["new"]]
    assert [kinds(kept, known=at) for at in (came - 1, came)] == [[], ["new"]]


def test_the_listing_of_every_kind_is_a_second_witness_six_hours_later_and_not_before(kept: Any, model: Record) -> None:
    picture = model("picture", architecture={**model()["architecture"], "output_modalities": ["image"]})
    kept.take({"2026-05-01T03:00:00Z": [model(), model("two")], "2026-05-02T03:00:00Z": [model()]})
    kept.take({"2026-05-02T08:59:59Z": [model(), picture]})
    assert kinds(kept) == []
    kept.take({"2026-05-02T09:00:00Z": [model(), picture]})
    assert kinds(kept) == ["removed"]
