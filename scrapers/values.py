"""Numbers, money, counts and dates as sources print them, read exactly or refused.

Every function takes the words that were read and returns a value or raises `ValueError` with those words. None of
them guesses: Unicode digits, underscores, exponents out of range, other currencies and look-alikes are refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"-?(?:[0-9]{1,40}(?:\.[0-9]{1,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")


def exact_decimal(text: str) -> Decimal:
    """A plain number in ASCII digits, with a point and perhaps a small exponent.

    >>> exact_decimal("0.00000025"), exact_decimal("1E-07"), exact_decimal(".5")
    (Decimal('2.5E-7'), Decimal('1E-7'), Decimal('0.5'))
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"not a plain number: {text!r}")
    return Decimal(text)
