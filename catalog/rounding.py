"""Counts that a page prints rounded: `65K` agrees with 65,536, which another source states exactly."""

from __future__ import annotations


def rounding_unit(count: int) -> int:
    """The last place that a printed count shows: 1,000 for 65K, 10,000 for 1.05M.

    >>> rounding_unit(65_000), rounding_unit(1_050_000)
    (1000, 10000)
    """
    unit = 1
    while count and count % (unit * 10) == 0:
        unit *= 10
    return unit


def may_be_equal(one: int, one_is_rounded: bool | None, other: int, other_is_rounded: bool | None) -> bool:
    """Whether two counts can be the same number, one or both being rounded, up or down.

    >>> may_be_equal(65_000, True, 65_536, False), may_be_equal(65_000, False, 65_536, False)
    (True, False)
    """
    slack = (rounding_unit(one) if one_is_rounded else 0) + (rounding_unit(other) if other_is_rounded else 0)
    return one == other or abs(one - other) < slack
