"""What a workload asks of every rate card alike: how much of which component, in which units, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from catalog.costs.exact import EXACT
from catalog.costs.rate_cards import minute_of_day
from catalog.workload import Workload

_MILLION = Decimal(1_000_000)


class Need(NamedTuple):
    """How much of a component a workload needs, by the unit in which it may be priced."""

    component: str
    quantities: Mapping[str, Decimal]
    instead: str | None = None
    """The component at whose price it is charged where it has none of its own."""
    bounded: bool = False
    """Whether that price is also the most that it can cost."""
    optional: bool = False
    """Whether nothing is charged where no price is stated."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a workload asks of every rate card alike, worked out once."""

    needs: tuple[Need, ...]
    components: frozenset[str]
    """The components whose prices matter: those needed, and those that stand in for them or stand beside them."""
    prompt_tokens: int | Fraction
    minute: int | None
    hours: tuple[Fraction, ...]

    @property
    def asks_for_something(self) -> bool:
        """Whether anything is needed that is to be paid for, rather than requests alone."""
        return any(not need.optional for need in self.needs)

    @property
    def asks_for_text(self) -> bool:
        """Whether tokens of text are to be written."""
        return any(need.component == "completion" for need in self.needs)


def demand_of(workload: Workload) -> Demand:
    """The components that a workload needs, those of which it needs none left out."""
    with localcontext(EXACT):
        wanted = tuple(_needs(workload))
    components = {name for need in wanted for name in (need.component, need.instead) if name}
    if "image" in components:
        components.add("prompt")  # the price beside which an image's shows whether it is that of a token
    minute = None if workload.at is None else minute_of_day(workload.at)
    return Demand(wanted, frozenset(components), workload.prompt_tokens, minute, workload.hour_weights)


def _needs(workload: Workload) -> Iterator[Need]:
    for component, count, instead, bounded in (
        ("prompt", workload.plain_input_tokens, None, False),
        ("input_cache_read", workload.cached_tokens, "prompt", True),
        ("input_cache_write", workload.cache_write_tokens, "prompt", False),
        ("input_cache_write_1h", workload.cache_write_1h_tokens, None, False),
        ("audio", workload.audio_tokens, None, False),
        ("completion", workload.plain_output_tokens, None, False),
        ("internal_reasoning", workload.reasoning_tokens, "completion", False),
        ("audio_output", workload.audio_output_tokens, None, False),
    ):
        if count:
            yield Need(component, {"mtok": count / _MILLION}, instead, bounded)
    for component, count, each, instead in (
        ("image", workload.images, workload.tokens_per_image, "prompt"),
        ("image_output", workload.image_outputs, workload.tokens_per_image_output, "completion"),
    ):
        if count and each is None:
            yield Need(component, {"image": count})
        elif count and each is not None:
            tokens = count * each
            yield Need(component, {"image": count, "mtok": tokens / _MILLION, "token": tokens}, instead)
    yield Need("request", {"request": workload.requests}, optional=True)
    if workload.web_searches:
        yield Need("web_search", {"search": workload.web_searches})
