"""Exact arithmetic of amounts: decimals that are never rounded, and the fractions that no decimal can hold."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction

EXACT = Context(prec=400, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact, InvalidOperation])
"""Sums and products of prices have far fewer digits; an inexact one would be an error, not a rounding."""

_ROUNDED = Context(prec=40, rounding=ROUND_HALF_EVEN)


def exact_or_rounded(value: Fraction) -> Decimal:
    """The fraction as a decimal: exactly where it ends, else to 40 significant digits (a third of a day never ends).

    >>> exact_or_rounded(Fraction(3, 8)), exact_or_rounded(Fraction(1, 3))
    (Decimal('0.375'), Decimal('0.3333333333333333333333333333333333333333'))
    """
    terms = Decimal(value.numerator), Decimal(value.denominator)
    try:
        return EXACT.divide(*terms)
    except Inexact:
        return _ROUNDED.divide(*terms)
