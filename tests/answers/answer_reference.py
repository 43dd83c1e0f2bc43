"""The answers by the letter, slowly: a list of what was told and when, walked anew for every question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from listings import Said

SIX_HOURS = timedelta(hours=6)
PER_TOKEN = {"prompt", "completion"}


class Told(NamedTuple):
    """One listing: when it was true, when the catalogue was told, and what it said."""

    observed_at: datetime
    known_at: datetime
    models: Mapping[str, Said]


def heard(history: Sequence[Told], as_of: datetime, known_at: datetime) -> list[Told]:
    """The listings that are no later than `as_of` and had arrived by `known_at`, in the order of their times."""
    return sorted(one for one in history if one.observed_at <= as_of and one.known_at <= known_at)


def prices_at(history: Sequence[Told], as_of: datetime, known_at: datetime) -> dict[tuple[str, str], Any]:
    """The prices of the last listing: the state, and USD per million tokens, request or search."""
    listings = heard(history, as_of, known_at)
    if not listings:
        return {}
    return {
        (model, component): amount(component, text)
        for model, said in listings[-1].models.items()
        for component, text in said.prices.items()
    }


def amount(component: str, text: str) -> tuple[str, Decimal | None]:
    usd = Decimal(text)
    if usd == -1:
        return "variable", None
    return ("priced" if usd else "free"), usd * 1_000_000 if component in PER_TOKEN else usd


def models_at(
    history: Sequence[Told], as_of: datetime, known_at: datetime
) -> dict[str, tuple[int, datetime, datetime | None]]:
    """The models that there are: context, when first seen, and since when missing.

    One listing alone that lacks a model does not end it: it takes two, six hours apart.
    """
    listings = heard(history, as_of, known_at)
    found = {}
    for model in {name for one in listings for name in one.models}:
        having = [one for one in listings if model in one.models]
        lacking = [one.observed_at for one in listings if one.observed_at > having[-1].observed_at]
        if lacking and lacking[-1] - lacking[0] >= SIX_HOURS:
            continue
        ever = [one for one in history if model in one.models and one.known_at <= known_at]
        found[model] = (
            having[-1].models[model].context,
            min(one.observed_at for one in ever),
            lacking[0] if lacking else None,
        )
    return found


def price_runs(history: Sequence[Told], known_at: datetime) -> set[tuple[Any, ...]]:
    """Every price with the time in which it was stated: run lengths over the listings that had arrived."""
    listings = heard(history, datetime.max.replace(tzinfo=known_at.tzinfo), known_at)
    runs = set()
    for model, component in {(m, c) for one in listings for m, said in one.models.items() for c in said.prices}:
        said_then = [
            (one.observed_at, one.models[model].prices.get(component) if model in one.models else None)
            for one in listings
        ]
        since: datetime | None = None
        value: Any = None
        for at, text in [*said_then, (None, object())]:
            stated = amount(component, text) if isinstance(text, str) else None
            if at is not None and stated == value:
                continue
            if value is not None:
                runs.add((model, component, *value, since, at))
            since, value = at, stated
    return runs
