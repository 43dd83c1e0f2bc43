"""Rows that are of all others together, `Average` or `Total: 12 models`, and no model, provider or benchmark."""

from __future__ import annotations

import re
from functools import lru_cache

_SUM = r"(?:averages?|avg\.?|mean|median|totals?|sum|overall|all|summary)"
_OF_ALL = re.compile(
    rf"(?:(?:overall|grand|weighted|simple) )?{_SUM}(?: {_SUM})?"
    r"(?: (?:of|over|across) .{1,30}| (?:score|accuracy|price|cost)s?)?"
    r"(?:\s*\([0-9]{1,4}\)|: ?[0-9]{1,4}(?: [a-z]{2,20})?)?",
    re.IGNORECASE,
)
_EXTREME = re.compile(
    r"(?:lowest|highest|cheapest|best|minimum|maximum|min|max)\.?(?: (?:price|cost|offer|rate|value)s?)?", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def sums_up(name: str) -> bool:
    """Whether the name of a row says that it is of all others together.

    >>> sums_up("Average"), sums_up("Overall average"), sums_up("Total (3)"), sums_up("Total Recall")
    (True, True, True, False)
    """
    return len(name) < 60 and _OF_ALL.fullmatch(name.strip()) is not None


def is_extreme(name: str) -> bool:
    """Whether the name of a row says that it is the lowest or highest figure of all others: `Lowest price`."""
    return len(name) < 60 and _EXTREME.fullmatch(name.strip()) is not None
