"""Prices of pictures: whether an amount that is stated for one is that of a token of it.

The API's specification says that `image` and `image_output` are prices of a picture, and for months they were. Since
then real answers state there what a token costs: under `image` the very price of the prompt, where there had been 258
times as much and more, and under `image_output` the same amount as under `image_token`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from catalog.costs.rate_cards import PriceRow

LEAST_OF_A_PICTURE = Decimal("0.001")
"""USD. No picture that a model makes costs so little."""

LEAST_TOKENS_OF_A_PICTURE = 32
"""No picture that a model reads costs so little as so many tokens of its prompt: those that are priced by the piece
cost as much as 250 and more, and the price of a token is that of the prompt, or two or three times as much."""

PICTURES = ("image", "image_output")
"""The components that are doubted so."""

_MILLION = Decimal(1_000_000)


def is_of_a_token(row: PriceRow, prompt: Iterable[PriceRow | None]) -> bool:
    """Whether what is stated for a picture looks like the price of a token, beside what the prompt may cost.

    >>> pro = PriceRow("prompt", Decimal("1.25"), "mtok")
    >>> [is_of_a_token(PriceRow("image", Decimal(usd), "image"), [pro]) for usd in ("0.00000125", "0.00516")]
    [True, False]
    """
    if row.component not in PICTURES or row.unit != "image" or not row.usd:
        return False
    if row.component == "image_output":
        return row.usd < LEAST_OF_A_PICTURE
    tokens = (one.usd for one in prompt if one is not None and one.unit == "mtok" and one.usd)
    return any(row.usd * _MILLION < LEAST_TOKENS_OF_A_PICTURE * usd for usd in tokens)


def doubt_of_picture(component: str) -> str:
    """What is said of such a price."""
    piece = "output image" if component == "image_output" else "image"
    return f"what is stated per {piece} looks like the price of a token"
