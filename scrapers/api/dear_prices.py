"""Prices of text tokens that none can be: stated for a million tokens, it seems, where the source states them for one.

The dearest model that writes text asks for 600 dollars a million tokens. One that asks for ten thousand and more states
its prices in another unit; the guard, which compares an answer with the one before, cannot know that of a model's first
price, nor of the first answer of all. Only models that read and write text are looked at: of those that transcribe,
some do state under `prompt` what an hour costs.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from scrapers.api.contract import Inspector
from scrapers.api.model_card import modalities_in
from scrapers.api.rate_card import amount_of

DEAREST_TOKEN = Decimal("0.01")
"""No token of text costs as many dollars."""

_SIDES = frozenset({"input_modalities", "output_modalities"})


def too_dear(pricing: Any, architecture: Any) -> str | None:
    """The component whose base price no token of text can have, None where there is none or the model is none of text.

    Every price in `pricing` must be one that can be read.
    """
    if type(pricing) is dict:
        for component in ("prompt", "completion"):
            if _is_too_dear(pricing.get(component)) and _is_of_text(architecture):
                return component
    return None


@lru_cache(maxsize=1 << 14)
def _is_too_dear(price: str | int | Decimal | None) -> bool:
    usd = amount_of(price).usd
    return usd is not None and usd >= DEAREST_TOKEN


def _is_of_text(architecture: Any) -> bool:
    if type(architecture) is not dict:
        return False
    sides = architecture if _SIDES & architecture.keys() else modalities_in(architecture.get("modality"))
    return all(type(words := sides.get(side)) is list and "text" in words for side in _SIDES)


def note_dear(component: str, pricing: dict[str, Any], inspector: Inspector, where: str) -> None:
    """Note that a price is too dear; it is kept as it is stated."""
    seen = f"is {pricing[component]} USD for one token of text; is it for a million? It is kept as it is stated"
    inspector.note("drift_unit", f"pricing.{component}", seen, f"{where}/pricing/{component}")
