"""An exact number that is no amount of money."""

from __future__ import annotations

from decimal import Decimal


class Figure(Decimal):
    """A number without trailing zeros, exact as money is, which JSON has as a number: `99`, `99.5`.

    An amount keeps the digits that were stated and is text in JSON, for it may have more of them than a binary float
    holds. A figure has few, and `99.0` says no more than `99`.

    >>> f"{Figure('99.50')} {Figure('100.0')} {Figure(3)}"
    '99.5 100 3'
    """

    __slots__ = ()

    def __new__(cls, value: str | int | Decimal) -> Figure:
        exact = Decimal(value)
        return super().__new__(cls, int(exact) if exact == exact.to_integral_value() else exact.normalize())

    @property
    def number(self) -> int | float:
        """The number that `json` writes: a whole one as `int`, a fraction as the float that prints with its digits."""
        return int(self) if self == self.to_integral_value() else float(self)
