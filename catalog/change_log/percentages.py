"""By how many per cent prices moved: exact, and in columns, since a change log may have a million of them.

Most amounts fit into whole 1e-12 USD as 64 bits hold them, and so does ten thousand times the difference of two; of
these the hundredths of a per cent are one division of whole numbers. The others are worked out as decimals, one by one.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from catalog.words import Ints, Objects

_HUNDREDTH = Decimal("0.01")
_DIGITS = 12
_LARGEST = 2**62 // 10_000
_SMALL = rf"^[0-9]{{1,3}}([.][0-9]{{1,{_DIGITS}}})?$"
"""An amount that fits: three digits before the point are less than `_LARGEST` of 1e-12 USD after a shift of twelve."""


def percents_changed(old: pd.Series, new: pd.Series) -> Objects:
    """By how many per cent prices moved, to a hundredth, half to even; of two columns of amounts as text.

    None where one of both is no number, or the old one is zero.
    """
    texts = [pa.array(column, pa.string(), from_pandas=True) for column in (old, new)]
    was, now = (_picos(column) for column in texts)
    fits = (was > 0) & (now >= 0) & (was < _LARGEST) & (now < _LARGEST)
    found: Objects = np.full(len(fits), None, dtype=object)
    hundredths, kept = pd.factorize(_rounded((now[fits] - was[fits]) * 10_000, was[fits]))
    found[fits] = np.fromiter((Decimal(one).scaleb(-2) for one in kept.tolist()), object, len(kept))[hundredths]
    for row in np.flatnonzero(~fits & (was != 0)).tolist():
        found[row] = _percent(*(_amount(column[row].as_py()) for column in texts))
    return found


def _picos(texts: pa.Array) -> Ints:
    """Amounts in whole 1e-12 USD; -1 for what does not fit."""
    is_small = pc.fill_null(pc.match_substring_regex(texts, _SMALL), False)
    amounts = pc.if_else(is_small, texts, "0").cast(pa.decimal128(3 + _DIGITS, _DIGITS))
    # a decimal is its unscaled number in sixteen bytes, the lower half first
    whole = np.frombuffer(amounts.buffers()[1], dtype="<i8").reshape(-1, 2)[: len(amounts), 0]
    return np.where(is_small.to_numpy(zero_copy_only=False), whole, -1)


def _rounded(dividend: Ints, divisor: Ints) -> Ints:
    """The quotient of whole numbers, the divisor above zero, rounded half to even."""
    quotient, rest = np.divmod(dividend, divisor)
    twice = 2 * rest
    up: npt.NDArray[np.bool_] = (twice > divisor) | ((twice == divisor) & (quotient % 2 == 1))
    return quotient + up


def _percent(was: Decimal | None, now: Decimal | None) -> Decimal | None:
    if was is None or now is None or not was:
        return None
    return ((now - was) / was * 100).quantize(_HUNDREDTH, ROUND_HALF_EVEN)


def _amount(said: Any) -> Decimal | None:
    return Decimal(said) if said and said[0].isdigit() else None
