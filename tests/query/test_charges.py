"""What one card of prices charges: exact sums, what stands in, what is refused, tiers and hours. Q05: never zero."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from price_frames import BASE, price, price_frame
from workloads import work

from catalog.costs.cost import workload_cost
from catalog.workload import Workload, read_hours, read_workload


def cost_of(workload: Workload, *rows: dict[str, Any]) -> dict[str, Any]:
    (found,) = workload_cost(price_frame(*rows), workload).to_dict("records")
    return found


# ---- exact amounts ---------------------------------------------------------------------------------------------


def test_tokens_are_charged_by_the_million_exactly() -> None:
    found = cost_of(work(input_tokens=2_000_000, output_tokens=400_000), *BASE)
    assert (found["cost_usd"], found["state"]) == (Decimal("6.5"), "exact")
    assert (found["usd.prompt"], found["usd.completion"]) == (Decimal("2.5"), Decimal(4))


def test_prices_of_sixteen_characters_and_huge_counts_lose_no_digit() -> None:
    found = cost_of(work(input_tokens=10**15 + 1), price("prompt", "0.01703012345678901234"))
    assert found["cost_usd"] == Decimal("17030123.45678902937012345678901234")


def test_cached_tokens_are_a_part_of_the_input_at_their_own_price() -> None:
    workload = read_workload(input_tokens="2M", output_tokens="400K", cached_tokens="50%")
    assert cost_of(workload, *BASE, price("input_cache_read", "0.125"))["cost_usd"] == Decimal("5.375")


def test_cache_writes_reasoning_and_audio_are_parts_at_their_own_prices() -> None:
    prices = [("input_cache_write", "2"), ("input_cache_write_1h", "3"), ("internal_reasoning", "20")]
    prices += [("audio", "5"), ("audio_output", "50")]
    workload = work(
        input_tokens=10_000_000,
        cache_write_tokens=1_000_000,
        cache_write_1h_tokens=2_000_000,
        audio_tokens=3_000_000,
        output_tokens=6_000_000,
        reasoning_tokens=1_000_000,
        audio_output_tokens=2_000_000,
    )
    expected = Decimal("1.25") * 4 + 2 + 6 + 15 + 10 * 3 + 20 + 100
    assert cost_of(workload, *BASE, *(price(*one) for one in prices))["cost_usd"] == expected


def test_images_requests_and_searches_are_charged_by_the_piece() -> None:
    pieces = [price("image", "0.01", unit="image"), price("image_output", "0.04", unit="image")]
    pieces += [price("request", "0.005", unit="request"), price("web_search", "0.014", unit="search")]
    found = cost_of(work(images=3, image_outputs=2, requests=10, web_searches=5), *pieces)
    assert found["cost_usd"] == Decimal("0.03") + Decimal("0.08") + Decimal("0.05") + Decimal("0.07")


def test_an_image_priced_by_the_token_needs_to_know_how_many_tokens_it_has() -> None:
    rows = (*BASE, price("image", "0.3"), price("image_output", "30"))
    assert "(say the tokens per image output)" in cost_of(work(image_outputs=2), *rows)["reason"]
    assert cost_of(work(image_outputs=2, tokens_per_image_output=1290), *rows)["cost_usd"] == Decimal("0.0774")
    assert cost_of(work(images=2, tokens_per_image=1000), *BASE)["cost_usd"] == Decimal("0.0025")


def test_an_image_without_a_price_is_not_charged_at_what_the_prompt_costs_by_the_piece() -> None:
    found = cost_of(work(images=2, tokens_per_image=1000), price("prompt", "0.01", unit="image"))
    assert (found["state"], found["cost_usd"]) == ("refused", None)
    assert found["reason"] == "prompt is priced per image, the workload counts it by mtok"


@pytest.mark.parametrize(
    ("stated", "is_charged"), [("0.0000143712574850299", False), ("0.00012", False), ("0.001", True)]
)
def test_the_price_of_a_token_is_not_that_of_a_picture(stated: str, is_charged: bool) -> None:
    """By the specification it is, and a picture would cost a thousandth of what is paid for it."""
    rows = (*BASE, price("image_output", stated, unit="image"))
    found = cost_of(work(input_tokens=50, image_outputs=2), *rows)
    doubt = "what is stated per output image looks like the price of a token"
    assert (found["state"] == "exact") is is_charged
    assert is_charged or found["reason"] == f"{doubt} (say the tokens per image output)"
    counted = cost_of(work(image_outputs=2, tokens_per_image_output=1290), *rows)
    assert counted["cost_usd"] == 2 * Decimal(stated) * (1 if is_charged else 1290)
    assert counted["note"] == (None if is_charged else f"{doubt}, and is charged as that")


@pytest.mark.parametrize(
    ("stated", "prompt", "is_charged"),
    [
        ("0.00000125", "1.25", False),  # of real answers since March 2026
        ("0.00000045", "0.2", False),
        ("0.00001", "10", False),
        ("0.0000258", "0.1", True),  # of those before
        ("0.00516", "1.25", True),
        ("0.01", "0", True),
    ],
)
def test_a_picture_that_is_read_costs_more_than_a_token_of_the_prompt(
    stated: str, prompt: str, is_charged: bool
) -> None:
    rows = (price("prompt", prompt), price("image", stated, unit="image"))
    found = cost_of(work(images=3), *rows)
    doubt = "what is stated per image looks like the price of a token"
    assert found["cost_usd"] == (3 * Decimal(stated) if is_charged else None)
    assert is_charged or found["reason"] == f"{doubt} (say the tokens per image)"
    counted = cost_of(work(images=3, tokens_per_image=258), *rows)
    assert counted["cost_usd"] == 3 * Decimal(stated) * (1 if is_charged else 258)
    assert counted["note"] == (None if is_charged else f"{doubt}, and is charged as that")


def test_each_card_of_many_tells_by_its_own_figures_whether_it_prices_pictures() -> None:
    figures = [("0.00000125", "1.25"), ("0.00516", "1.25"), ("0.0000003", "0.3"), ("0.0000258", "0.1")]
    rows = [
        {**row, "model": f"lab/{number}"}
        for number, (image, prompt) in enumerate(figures)
        for row in (price("prompt", prompt), price("image", image, unit="image"))
    ]
    pieces = workload_cost(price_frame(*rows), work(images=10)).set_index("model")
    assert pieces["state"].tolist() == ["refused", "exact", "refused", "exact"]
    assert pieces.loc[["lab/1", "lab/3"], "cost_usd"].tolist() == [Decimal("0.0516"), Decimal("0.000258")]
    counted = workload_cost(price_frame(*rows), work(images=10, tokens_per_image=100)).set_index("model")
    assert counted["cost_usd"].tolist() == [Decimal(one) for one in ("0.00125", "0.0516", "0.0003", "0.000258")]


def test_free_costs_nothing_and_says_so_by_an_exact_zero() -> None:
    found = cost_of(work(input_tokens=5), price("prompt", "0"))
    assert (found["cost_usd"], found["state"]) == (0, "exact")


# ---- what stands in, what is refused ---------------------------------------------------------------------------


def test_without_a_cache_price_cached_and_written_tokens_are_charged_as_prompt_and_that_is_noted() -> None:
    found = cost_of(work(input_tokens=2_000_000, cached_tokens=1_000_000, cache_write_tokens=500_000), *BASE)
    assert (found["cost_usd"], found["state"]) == (Decimal("2.5"), "exact")
    assert "no price is stated for input_cache_read: charged as prompt" in found["note"]
    assert "no price is stated for input_cache_write: charged as prompt" in found["note"]


def test_without_a_price_for_reasoning_it_is_charged_as_completion_and_that_is_noted() -> None:
    found = cost_of(work(output_tokens=1_000_000, reasoning_tokens=900_000), *BASE)
    assert (found["cost_usd"], found["note"]) == (
        10,
        "no price is stated for internal_reasoning: charged as completion",
    )


def test_q05_an_unknown_cache_price_gives_an_interval() -> None:
    """Q05: a price that is stated but cannot be read lies between nothing and the prompt's price."""
    found = cost_of(
        work(input_tokens=2_000_000, cached_tokens=1_000_000), *BASE, price("input_cache_read", None, state="unknown")
    )
    assert (found["cost_usd"], found["cost_usd_low"], found["cost_usd_high"]) == (None, Decimal("1.25"), Decimal("2.5"))
    assert found["state"] == "interval"
    assert found["usd.input_cache_read"] is None


@pytest.mark.parametrize(
    ("rows", "needed", "reason"),
    [
        ([price("completion", "1")], {"input_tokens": 1}, "no price is stated for prompt"),
        ([price("prompt", "1")], {"output_tokens": 1}, "no price is stated for completion"),
        ([price("prompt", None)], {"input_tokens": 1}, "the price of prompt is unknown"),
        ([price("prompt", None, state="variable")], {"input_tokens": 1}, "the price of prompt is variable"),
        ([price("prompt", "1", unit="minute")], {"input_tokens": 1}, "priced per minute"),
        ([price("prompt", "1", unit=None)], {"input_tokens": 1}, "what prompt is priced per is not stated"),
        ([price("prompt", "-1")], {"input_tokens": 1}, "the price of prompt is unknown"),
        ([*BASE], {"web_searches": 1}, "no price is stated for web_search"),
        ([*BASE], {"images": 1}, "no price is stated for image"),
        ([*BASE], {"input_tokens": 2, "audio_tokens": 1}, "no price is stated for audio"),
        ([*BASE, price("request", None, unit="request")], {"input_tokens": 1}, "the price of request is unknown"),
        (
            [*BASE, price("input_cache_write", None, state="unknown")],
            {"input_tokens": 2, "cache_write_tokens": 1},
            "the price of input_cache_write is unknown",
        ),
        ([*BASE, price("prompt", "9")], {"input_tokens": 1}, "two different prices are stated for prompt"),
        (
            [price("prompt", None, state="variable")],
            {"input_tokens": 1, "cached_tokens": 1},
            "the price of prompt is variable",
        ),
    ],
)
def test_q05_what_has_no_price_is_refused_with_the_reason_and_is_never_zero(
    rows: list[dict[str, Any]], needed: dict[str, int], reason: str
) -> None:
    """Q05: a missing, unknown or variable price is no amount at all."""
    found = cost_of(work(**needed), *rows)
    assert found["state"] == "refused"
    assert reason in found["reason"]
    assert (found["cost_usd"], found["cost_usd_low"], found["cost_usd_high"]) == (None, None, None)


def test_a_component_that_is_not_needed_may_have_any_price() -> None:
    assert cost_of(work(input_tokens=1_000_000), *BASE, price("image", None, state="variable"))["cost_usd"] == Decimal(
        "1.25"
    )


def test_an_undecided_override_gives_an_interval_over_both_prices() -> None:
    flex = price("prompt", "0.5", conditions={"service_tier": "flex"}, position=1)
    found = cost_of(work(input_tokens=1_000_000), *BASE, flex)
    assert (found["cost_usd_low"], found["cost_usd_high"]) == (Decimal("0.5"), Decimal("1.25"))
    assert "service_tier flex" in found["reason"]


# ---- tiers and hours -------------------------------------------------------------------------------------------

TIER = price("prompt", "2.5", conditions={"min_prompt_tokens": 200_000}, position=1)


@pytest.mark.parametrize(
    ("tokens", "requests", "usd"),
    [(200_000, 1, "0.25"), (200_001, 1, "0.5000025"), (2_000_000, 10, "2.5"), (2_000_001, 10, "5.0000025")],
)
def test_the_length_of_one_request_decides_the_tier(tokens: int, requests: int, usd: str) -> None:
    assert cost_of(work(input_tokens=tokens, requests=requests), *BASE, TIER)["cost_usd"] == Decimal(usd)


def test_cached_tokens_count_for_the_length_of_the_prompt() -> None:
    found = cost_of(work(input_tokens=200_001, cached_tokens=200_001), *BASE, TIER)
    assert found["cost_usd"] == Decimal("0.5000025")


NIGHT = price("prompt", "0.25", conditions={"utc_start": 2200, "utc_end": 600}, position=1)


def test_a_price_of_hours_without_work_is_not_needed() -> None:
    varies = price("prompt", None, conditions={"utc_start": 2200, "utc_end": 600}, position=1, state="variable")
    by_day, at_night = (work(input_tokens=1_000_000, hours=read_hours(hours)) for hours in ("9-17", "21-23"))
    assert cost_of(by_day, *BASE, varies)["cost_usd"] == Decimal("1.25")
    assert cost_of(at_night, *BASE, varies)["state"] == "refused"


def test_without_hours_a_workload_is_spread_evenly_over_the_day() -> None:
    found = cost_of(work(input_tokens=3_000_000), *BASE, NIGHT)
    assert found["cost_usd"] == Decimal("2.75")  # 8 h at 0.25 and 16 h at 1.25


@pytest.mark.parametrize(
    ("hours", "usd"), [("22-6", "0.25"), ("9-17", "1.25"), ("21,22", "0.75"), ("21:3,22:1", "1"), ("5-7", "0.75")]
)
def test_the_hours_of_the_work_weigh_the_windows(hours: str, usd: str) -> None:
    assert cost_of(work(input_tokens=1_000_000, hours=read_hours(hours)), *BASE, NIGHT)["cost_usd"] == Decimal(usd)


def test_a_window_that_splits_an_hour_is_weighed_by_the_minute() -> None:
    half = price("prompt", "0.25", conditions={"utc_start": 915, "utc_end": 930}, position=1)
    assert cost_of(work(input_tokens=1_000_000, hours=read_hours("9")), *BASE, half)["cost_usd"] == 1


@pytest.mark.parametrize(
    ("at", "usd"),
    [
        ("21:59", "1.25"), ("22:00", "0.25"), ("05:59", "0.25"), ("06:00", "1.25"),
        ("23:59+02:00", "1.25"), ("00:00+02:00", "0.25"), ("22:00-08:00", "1.25"), ("06:00Z", "1.25"),
    ],
)  # fmt: skip
def test_one_time_of_day_takes_its_own_price_wherever_its_clock_stands(at: str, usd: str) -> None:
    assert cost_of(read_workload(input_tokens="1M", at=at), *BASE, NIGHT)["cost_usd"] == Decimal(usd)


def test_shares_that_never_end_and_a_sum_that_does_are_no_rounded_cost() -> None:
    window = {"utc_start": 0, "utc_end": 800}
    thirds = (price(name, "0", conditions=window, position=1) for name in ("prompt", "completion"))
    base = price("prompt", "1"), price("completion", "2")
    found = cost_of(work(input_tokens=1_000_000, output_tokens=1_000_000), *base, *thirds)
    assert found["cost_usd"] == 2


@pytest.mark.parametrize(
    ("overridden", "at", "usd"),
    [
        ({"prompt": "1.25"}, "23:00", "1.25"),  # the base is the window's price: captured by night
        ({"prompt": "1.25"}, "12:00", None),
        ({"prompt": "1.25"}, None, None),
        ({"prompt": "1.25", "completion": "10"}, "12:00", None),
        ({"prompt": "1.25", "completion": "5"}, "12:00", "1.25"),  # the base is not the window's: it holds by day
        ({"completion": "10"}, "12:00", "1.25"),
    ],
)
def test_the_base_price_of_a_card_that_was_captured_within_a_window_holds_there_alone(
    overridden: dict[str, str], at: str | None, usd: str | None
) -> None:
    window = {"utc_start": 2200, "utc_end": 600}
    night = (price(name, stated, conditions=window, position=1) for name, stated in overridden.items())
    found = cost_of(read_workload(input_tokens="1M", **{} if at is None else {"at": at}), *BASE, *night)
    assert found["cost_usd"] == (usd and Decimal(usd))
    assert usd or found["reason"] == "the price of prompt is that of a window; what holds outside of it is not stated"


def test_what_another_window_states_is_known_wherever_the_base_price_was_captured() -> None:
    day = price("prompt", "4", conditions={"utc_start": 600, "utc_end": 2200}, position=2)
    same = price("prompt", "1.25", conditions={"utc_start": 2200, "utc_end": 600}, position=1)
    assert cost_of(work(input_tokens=3_000_000), *BASE, same, day)["cost_usd"] == Decimal("9.25")


def test_a_share_of_the_day_that_never_ends_is_rounded_to_forty_digits() -> None:
    third = price("prompt", "0", conditions={"utc_start": 0, "utc_end": 800}, position=1)
    assert (
        str(cost_of(work(input_tokens=1_000_000), *BASE, third)["cost_usd"])
        == "0.8333333333333333333333333333333333333333"
    )
