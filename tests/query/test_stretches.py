"""Cards over days: a price counts up to, and not on, the day on which it ends."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import numpy as np
from price_frames import price, price_frame
from workloads import work

from catalog.costs.demand import demand_of
from catalog.costs.priced_stretches import priced_stretches
from catalog.costs.usage import price_usage


def test_a_fee_that_ends_before_the_other_prices_is_charged_no_more() -> None:
    prices = price_frame(price("prompt", "1"), price("request", "0.5", unit="request"))
    first, end = np.array([0, 0]), np.array([10, 5])
    found = priced_stretches(prices, first, end, demand_of(work(input_tokens=1_000_000)), None)
    charged = zip(found.first.tolist(), found.end.tolist(), found.charged["cost_usd"], strict=True)
    assert list(charged) == [(0, 5, Decimal("1.5")), (5, 10, Decimal(1))]


def test_usage_at_the_moment_at_which_a_price_ended_has_no_price() -> None:
    history = price_frame(price("prompt", "1", valid_from="2026-05-01T00:00:00Z", valid_to="2026-05-03T00:00:00Z"))
    times = ["2026-05-01T00:00:00Z", "2026-05-02T23:59:59Z", "2026-05-03T00:00:00Z"]
    file = "date,model,input_tokens,output_tokens\n" + "".join(f"{time},M,1,0\n" for time in times)
    found = price_usage(StringIO(file), history, lambda *_: "lab/model")
    assert (found.priced["date"].tolist(), found.unpriced["date"].tolist()) == (times[:2], times[2:])
