"""What a rate card does not tell by itself: whether its zeros are prices, and whether a prompt fits the context.

A source states 0 for the tokens of a model that is paid for by the picture, the second or the search, since it has no
tokens to sell; the amount that is paid may stand under a component that a workload does not name, or nowhere. So a zero
is believed where nothing else can be paid for: of a `:free` variant, and of a model that writes text and nothing else.
Where nobody states what a model writes, its zero is taken as it is stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from catalog.costs.card_history import Offer
from catalog.costs.demand import Demand
from catalog.rounding import rounding_unit


def doubt_of_zero(variant: str | None, writes: Sequence[str] | None) -> str | None:
    """Why a price of 0 for tokens is not what a model costs, or None where it is.

    >>> doubt_of_zero("standard", ["video"])
    '0 is stated for tokens, but it writes video and is paid for otherwise'
    >>> doubt_of_zero("free", ["video"]), doubt_of_zero("standard", ["text"]), doubt_of_zero("standard", None)
    (None, None, None)
    """
    if variant == "free" or not writes or set(writes) == {"text"}:
        return None
    return f"0 is stated for tokens, but it writes {' and '.join(writes)} and is paid for otherwise"


def lack_of_text(writes: Sequence[str] | None) -> str | None:
    """What is to be noted of a model that is asked for tokens of text, where it is stated to write none."""
    return None if not writes or "text" in writes else f"it is stated to write {' and '.join(writes)}, not text"


class Context(NamedTuple):
    """How many tokens a model or an endpoint takes at once; `slack` is how much larger a rounded one may really be."""

    tokens: int
    slack: int = 0


def context_of(tokens: int | None, is_rounded: bool | None) -> Context | None:
    """A context as it is stated; none where it is not, or where 0 is stated by those that read no tokens."""
    return Context(tokens, rounding_unit(tokens) if is_rounded else 0) if tokens else None


@dataclass(frozen=True, slots=True)
class BeyondPrices:
    """What is stated of the models and endpoints that a workload is priced on."""

    doubts: Mapping[str, str] = field(default_factory=dict)
    """The models whose prices of zero are doubted, and why."""
    without_text: Mapping[str, str] = field(default_factory=dict)
    """The models that write no text, and a note that says so."""
    contexts: Mapping[str, Context] = field(default_factory=dict)
    of_endpoints: Mapping[Offer, Context] = field(default_factory=dict)

    def notes_on(self, offers: Iterable[Offer], demand: Demand) -> list[str | None]:
        """For each offer, a note where it may not be able to do what is priced: write text, or take so long a prompt.

        Where an endpoint states no context, that of its model counts.
        """
        lacks = self.without_text if demand.asks_for_text else {}
        read = cache(lambda context: _over(context, demand.prompt_tokens))
        found: list[str | None] = []
        for offer in offers:
            context = self.of_endpoints.get(offer) if self.of_endpoints else None
            note = read(context or self.contexts.get(offer.model))
            lack = lacks.get(offer.model)
            found.append(f"{lack}; {note}" if lack and note else lack or note)
        return found


def _over(context: Context | None, prompt_tokens: int | Fraction) -> str | None:
    if context is None or prompt_tokens <= context.tokens + context.slack:
        return None
    return f"prompt over the context of {context.tokens:,}"


NOTHING_BEYOND = BeyondPrices()
"""Where nothing but prices is known."""
