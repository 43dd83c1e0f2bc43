"""Prices that hold at some hours, on some days or for a tier of service alone, wherever the page says so."""

from __future__ import annotations

from typing import Any

import pytest
from small_page import ENDPOINT, html_of
from test_price_tiers import table

from scrapers.document import Document
from scrapers.page.prices import priced_thing
from scrapers.sources.benchable_page import parse

NIGHT = {"utc_start": 1630, "utc_end": 30}


@pytest.mark.parametrize(
    ("label", "component", "conditions"),
    [
        ("Prompt (16:30-00:30 UTC)", "prompt", NIGHT),
        ("Prompt (UTC 16:30–00:30)", "prompt", NIGHT),
        ("Input Price, from 16:30 UTC to 00:30 UTC", "prompt", NIGHT),
        ("Output (off-peak, 16:30–00:30 UTC)", "completion", NIGHT),
        ("Output (off-peak hours 16:30–00:30 UTC)", "completion", NIGHT),
        ("Input Cache Read – between 16:30 and 00:30 GMT", "input_cache_read", NIGHT),
        ("Prompt (0:00-24:00 UTC)", "prompt", {"utc_start": 0, "utc_end": 2400}),
        ("Prompt (batch)", "prompt", {"service_tier": "batch"}),
        ("Batch API Input", "prompt", {"service_tier": "batch"}),
        ("Flex output tokens", "completion", {"service_tier": "flex"}),
        ("Completion (Priority tier)", "completion", {"service_tier": "priority"}),
        ("Batch Input (> 200K)", "prompt", {"service_tier": "batch", "min_prompt_tokens": 200_000}),
        ("Prompt (batch, prompts > 200K)", "prompt", {"service_tier": "batch", "min_prompt_tokens": 200_000}),
        ("Prompt (batch; 16:30–00:30 UTC)", "prompt", {"service_tier": "batch", **NIGHT}),
        ("Prompt (weekends)", "prompt", {"weekdays": ["sat", "sun"]}),
        ("Prompt (on weekdays only)", "prompt", {"weekdays": ["mon", "tue", "wed", "thu", "fri"]}),
        ("Prompt (Fri–Mon)", "prompt", {"weekdays": ["mon", "fri", "sat", "sun"]}),
        ("Prompt (Sundays and Tuesdays)", "prompt", {"weekdays": ["tue", "sun"]}),
        ("Prompt (standard)", "prompt", None),
        ("Standard Output", "completion", None),
        ("Prompt (standard tier, ≤ 200K)", "prompt", None),
    ],
)
def test_a_label_may_say_when_and_for_whom_a_price_is(
    label: str, component: str, conditions: dict[str, Any] | None
) -> None:
    assert priced_thing(label) == (component, conditions)


@pytest.mark.parametrize(
    "label",
    [
        "Prompt (off-peak)",
        "Prompt (16:30-00:30)",
        "Prompt (16:30-00:30 CET)",
        "Prompt (25:30-00:30 UTC)",
        "Prompt (16:75-00:30 UTC)",
        "Prompt (batch, students)",
        "Prompt (moon days)",
    ],
)
def test_what_is_not_understood_as_a_whole_stays_in_the_name(label: str) -> None:
    component, conditions = priced_thing(label)
    assert component.startswith("prompt_")
    assert conditions is None


def test_what_begins_with_a_tier_and_is_no_known_component_keeps_its_name() -> None:
    assert priced_thing("Batch Video") == ("batch_video", None)
    assert priced_thing("Priority Support") == ("priority_support", None)


@pytest.mark.parametrize(
    "prices",
    [
        table(("Feature", "Price (per 1M tokens)"), ("Prompt", "$3"), ("Prompt (batch)", "$1.5")),
        table(("Feature", "Price (per 1M tokens)", "Batch"), ("Prompt", "$3", "$1.5")),
        table(("Feature", "Price", "Batch price"), ("Prompt", "$3", "$1.5")),
        table(("Feature", "Tier", "Price"), ("Prompt", "standard", "$3"), ("Prompt", "batch", "$1.5")),
        table(("Feature", "Price"), ("Prompt", "$3<br>$1.5 (batch)")),
    ],
)
def test_a_column_or_a_cell_may_say_it_too(prices: str) -> None:
    page = html_of("", "", "", ENDPOINT, "")
    before, _, rest = page.partition("<h2>Current Pricing</h2>")
    body = f"{before}<h2>Current Pricing</h2>{prices}{rest[rest.index('<h2>Available') :]}"
    records = parse(Document(body=body.encode())).records()
    stated = [p for p in records.prices if p.provider is None and p.component == "prompt"]
    assert [(str(price.usd), price.conditions) for price in stated] == [("3", None), ("1.5", {"service_tier": "batch"})]
    assert [price.position for price in stated] == [0, 1]
    assert records.warnings == []
