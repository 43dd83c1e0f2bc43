"""A date alone means the end of its day, so that what was seen on that day is part of the answer."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.instants import iso
from catalog.questions.frames import NOW
from catalog.questions.opened import moment_of


@pytest.mark.parametrize("day", ["2026-03-01", date(2026, 3, 1)])
def test_a_date_alone_is_the_last_moment_of_its_day_on_both_clocks(day: str | date) -> None:
    assert [iso(at) for at in moment_of(day, day)] == ["2026-03-01T23:59:59.999999Z"] * 2


def test_a_time_is_itself_and_none_is_now() -> None:
    assert iso(moment_of("2026-03-01T00:00:00Z", None).as_of) == "2026-03-01T00:00:00Z"
    assert moment_of(None, None) == (NOW, NOW)
