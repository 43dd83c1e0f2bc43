"""Charts of prices that a script draws, in the forms that libraries want: a history of prices, whatever they call it.

new Chart(ctx, {data: {labels: ["2026-01-31"], datasets: [{label: "Prompt", data: [0.5]}]}})
chart.setOption({xAxis: {data: ["2026-01-31"]}, series: [{name: "Prompt", data: [0.5]}]})
new ApexCharts(box, {series: [{name: "Prompt", data: [["2026-01-31", 0.5]]}]})
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from scrapers.outline import Section
from scrapers.page.words import component_of

_DAYS = ("data", "categories")
_AXES = ("xAxis", "xaxis")
_DEAREST = 1000
"""Dollars that no price of a chart exceeds, unlike a count."""

_EARLIEST = 10**9
"""Seconds that a day is said in."""

_FIGURE = re.compile(r"\$?([0-9]{1,20}(?:\.[0-9]{1,20})?)")
SAYS_PRICES = re.compile(r"pric(?:e|ing)|[\"'` ]\$(?!\{)", re.IGNORECASE)
OF_OTHERS = re.compile(
    r"spen(?:d|t)|usage|tokens (?:per|by|a|processed)|(?:data-|-)tokens|processed|requests|latency|throughput|activity|"
    r"visitors|traffic|adoption|uptime|events?\b|analytics|metrics",
    re.IGNORECASE,
)
"""What a chart says that shows no prices, though its series are called like what is paid for: `Tokens per day`."""


def history_of_chart(value: Any) -> dict[str, Any] | None:
    """The days and the prices of a chart whose series are called like what is paid for; None for any other value."""
    if not isinstance(value, dict):
        return None
    whole = value
    if isinstance(inner := value.get("data"), dict) and "datasets" in inner:
        value = inner
    series = value.get("datasets") or value.get("series")
    if not isinstance(series, list) or not series or not all(isinstance(one, dict) for one in series):
        return None
    named = {str(one.get("label") or one.get("name")): one.get("data") for one in series}
    if not all(component_of(name) and isinstance(points, list) for name, points in named.items()):
        return None
    amounts = [one[-1] if isinstance(one, list) and one else one for points in named.values() for one in points]
    if any(isinstance(one, (int, Decimal)) and one > _DEAREST for one in amounts) or OF_OTHERS.search(str(whole)):
        return None
    days = _days(value)
    return dict(named) if days is None else {"labels": days} | named


def is_history(section: Section) -> bool:
    """Whether data are the history of prices, and no counts by day: `{"date": "2026-01-31", "prompt": 1200}`."""
    rows = (row for table in section.tables for row in table.rows)
    figures = (figure[1] for row in rows for cell in row if (figure := _FIGURE.fullmatch(cell.text)))
    return section.topic == "history" and not any(_DEAREST < Decimal(text) < _EARLIEST for text in figures)


def _days(value: dict[str, Any]) -> list[Any] | None:
    if isinstance(labels := value.get("labels"), list):
        return labels
    axes = (value.get(name) for name in _AXES)
    axis: Any = next((one[0] if isinstance(one, list) and one else one for one in axes if one), None)
    held = (axis.get(name) for name in _DAYS) if isinstance(axis, dict) else ()
    return next((days for days in held if isinstance(days, list)), None)
