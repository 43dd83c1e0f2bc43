"""The words that a workload is read from."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from catalog.errors import UsageError
from catalog.workload import read_workload


@pytest.mark.parametrize(
    "words",
    [
        {"input_tokens": "-1"},
        {"input_tokens": "many"},
        {"input_tokens": "1e19"},
        {"input_tokens": 0.5},
        {"input_tokens": "10", "cached_tokens": "101%"},
        {"input_tokens": "10", "cached_tokens": "50%", "cache_write_tokens": "60%"},
        {"output_tokens": "10", "reasoning_tokens": "11"},
        {"requests": "0"},
        {"requests": "1.5"},
        {"requests": "50%"},
        {"hours": "25"},
        {"hours": "9-9"},
        {"hours": "x"},
        {"hours": [1] * 23},
        {"hours": [0] * 24},
        {"hours": "9", "at": time(9)},
        {"at": "25:00"},
        {"at": 9},
        {"at": time(9, tzinfo=ZoneInfo("Europe/Berlin"))},
        {"input_tokens": Decimal("NaN")},
    ],
)
def test_what_is_no_workload_is_refused(words: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        read_workload(**words)


def test_human_sizes_and_shares_are_read_exactly() -> None:
    workload = read_workload(input_tokens="1.5M", output_tokens="400K", reasoning_tokens="12.5%", requests="3")
    assert (workload.input_tokens, workload.reasoning_tokens) == (1_500_000, 50_000)
    assert workload.prompt_tokens == 500_000
    assert read_workload(input_tokens="1", requests="3").prompt_tokens == Fraction(1, 3)
