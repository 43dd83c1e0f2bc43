"""Ratings that the data or the specifications of a page state of its own model."""

from __future__ import annotations

from typing import Any

import pytest
from test_page_data import of_data

from scrapers.records import Records


def ratings(records: Records) -> dict[str, str]:
    return {one.dimension: f"{one.value}" for one in records.ratings if one.name == "Acme: One"}


STARS = {"speed": "4", "ability": "5", "cost": "2"}


@pytest.mark.parametrize(
    "stated",
    [
        {"speed": 4, "ability": 5, "cost": 2},
        {"ratings": {"speed": 4, "ability": "★★★★★", "cost": "$$"}},
        {"speedStars": 4, "abilityStars": 5, "costLevel": 2},
        {"speed_rating": 4, "ability_rating": 5, "cost_rating": 2},
    ],
)
def test_data_may_rate_the_model(stated: dict[str, Any]) -> None:
    records = of_data(stated)
    assert (ratings(records), records.warnings) == (STARS, [])


@pytest.mark.parametrize(
    "stated",
    [
        {"performance": {"speed_percentile": 43, "price_percentile": 37, "success_rate_percent": 99.5}},
        {"speedPercentile": 43, "pricePercentile": 37, "successRate": 0.995},
        {"percentiles": {"speed": 43, "price": 37}, "successRate": "99.5%"},
        {"performanceSummary": {"percentiles": {"speed": 43, "price": 37}, "successRate": 99.5, "speed": 2}},
    ],
)
def test_data_may_rank_the_model(stated: dict[str, Any]) -> None:
    records = of_data(stated)
    assert ratings(records) == {"speed_percentile": "43", "price_percentile": "37", "success_rate_percent": "99.5"}
    assert records.warnings == []


@pytest.mark.parametrize("stated", [{"successRate": 1}, {"speed": 87}, {"speedPercentile": 0.43}, {"cost": 0}])
def test_a_figure_that_may_mean_something_else_is_no_rating(stated: dict[str, Any]) -> None:
    records = of_data(stated)
    assert (ratings(records), {one.code for one in records.warnings}) == ({}, {"unread_value"})


def test_the_model_s_row_in_the_list_speaks_first() -> None:
    row = {"name": "Acme: One", "released": "2025-01-02", "context": "8K", "speed": 3, "ability": None, "cost": 2}
    records = of_data({"speed": 4, "ability": 5, "cost": 2}, otherModels=[row])
    assert len(records.ratings) == 3
    assert ratings(records) == {"speed": "3", "ability": "None", "cost": "2"}
    assert [one.code for one in records.warnings] == ["disagreement"]
