"""Points of a chart of prices as records: `["2026-01-31", 0.5]`, `{"x": …, "y": …}`, or days beside amounts."""

from __future__ import annotations

from typing import Any

from scrapers.dates import is_date

_DAYS = ("x", "t", "ts", "time", "timestamp", "d")
_AMOUNTS = ("y", "v", "p")
_PAIR = 2
_MOMENTS = (10**9, 10**13)


def points_of(node: Any) -> Any:
    """The points of a list, or of lists of equal length, as records with a date and a price; others as they stand.

    >>> points_of([["2026-01-31", 0.5]]), points_of([{"t": 1769817600, "v": "1"}])
    ([{'Date': '2026-01-31', 'Price': 0.5}], [{'Date': 1769817600, 'Price': '1'}])
    >>> points_of({"dates": ["2026-01-31"], "prompt": [1]})
    [{'Date': '2026-01-31', 'prompt': 1}]
    >>> points_of({"labels": ["2026-01-31"], "datasets": [{"label": "Prompt", "data": [1]}]})
    [{'Date': '2026-01-31', 'Prompt': 1}]
    """
    if isinstance(node, list):
        return [_point(one) for one in node]
    if not isinstance(node, dict):
        return node
    lists = {key: child for key, child in node.items() if isinstance(child, list)}
    sets = lists.pop("datasets", None) or lists.pop("series", None)
    if sets and len(lists) == 1:
        for one in sets:
            name = (one.get("label") or one.get("name")) if isinstance(one, dict) else None
            if not isinstance(name, str) or not isinstance(one.get("data"), list):
                return node
            lists[name] = one["data"]
    day = next((key for key, child in lists.items() if child and all(map(_is_moment, child))), None)
    if day is None or len(lists) < _PAIR or len({len(child) for child in lists.values()}) > 1:
        return node
    beside = {key: child for key, child in node.items() if not isinstance(child, (dict, list))}
    columns = {"Date": lists.pop(day), **lists}
    return [{**beside, **dict(zip(columns, row, strict=True))} for row in zip(*columns.values(), strict=True)]


def _is_moment(value: Any) -> bool:
    if isinstance(value, str):
        return is_date(value)
    return type(value) is int and _MOMENTS[0] <= value < _MOMENTS[1]


def _point(one: Any) -> Any:
    if isinstance(one, list) and len(one) == _PAIR and _is_moment(one[0]):
        return {"Date": one[0], "Price": one[1]}
    if not isinstance(one, dict):
        return one
    day = next((key for key in _DAYS if _is_moment(one.get(key))), None)
    if day is None:
        return one
    return {"Date" if key == day else "Price" if key in _AMOUNTS else key: child for key, child in one.items()}
