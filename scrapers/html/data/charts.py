"""Charts of prices that a script draws, in the forms that libraries want: a history of prices, whatever they call it.

new Chart(ctx, {data: {labels: ["2026-01-31"], datasets: [{label: "Prompt", data: [0.5]}]}})
chart.setOption({xAxis: {data: ["2026-01-31"]}, series: [{name: "Prompt", data: [0.5]}]})
new ApexCharts(box, {series: [{name: "Prompt", data: [["2026-01-31", 0.5]]}]})
"""

from __future__ import annotations

from typing import Any

from scrapers.page.words import component_of

_DAYS = ("data", "categories")
_AXES = ("xAxis", "xaxis")


def history_of_chart(value: Any) -> dict[str, Any] | None:
    """The days and the prices of a chart whose series are called like what is paid for; None for any other value."""
    if not isinstance(value, dict):
        return None
    if isinstance(inner := value.get("data"), dict) and "datasets" in inner:
        value = inner
    series = value.get("datasets") or value.get("series")
    if not isinstance(series, list) or not series or not all(isinstance(one, dict) for one in series):
        return None
    named = {str(one.get("label") or one.get("name")): one.get("data") for one in series}
    if not all(component_of(name) and isinstance(points, list) for name, points in named.items()):
        return None
    days = _days(value)
    return dict(named) if days is None else {"labels": days} | named


def _days(value: dict[str, Any]) -> list[Any] | None:
    if isinstance(labels := value.get("labels"), list):
        return labels
    axes = (value.get(name) for name in _AXES)
    axis: Any = next((one[0] if isinstance(one, list) and one else one for one in axes if one), None)
    held = (axis.get(name) for name in _DAYS) if isinstance(axis, dict) else ()
    return next((days for days in held if isinstance(days, list)), None)
