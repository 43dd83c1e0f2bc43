"""What models can be compared by: prices, contexts, ratings and benchmarks, each with its unit and its better side.

A measure gives every model a value or the reason why it has none. Unknown is never zero, nor is a zero that
`catalog/costs/beyond_prices.py` doubts. A free price and a variable one are classes of their own: zero dollars beside a
dollar is no cheaper model but another kind of offer, and the price of a router is whatever model it picks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from catalog.costs.beyond_prices import doubt_of_zero
from catalog.costs.card_history import plain_values, rows_of
from catalog.costs.exact import EXACT, exact_or_rounded
from catalog.costs.pictures import doubt_of_picture, is_of_a_token
from catalog.costs.rate_cards import PriceRow, standing_rows
from catalog.errors import UsageError
from catalog.where import nearest_first
from catalog.where.literals import number
from scrapers.api.rate_card import UNITS

Better = Literal["higher", "lower"]
Class = Literal["known", "free", "variable", "unknown"]

_NOTHING, _ONE, _TEN = map(Decimal, (0, 1, 10))

DEFAULT_WEIGHTS: Mapping[str, Decimal] = {"prompt": Decimal(3), "completion": Decimal(1)}
"""Three tokens read for one written: the usual weights of a blended price, stated with every answer that uses them."""

BLENDED = ("price", "blended", "blended_price")
FACTS: Mapping[str, tuple[Better, str]] = {
    "context_tokens": ("higher", "tokens"),
    "max_output_tokens": ("higher", "tokens"),
}
BESIDE_A_PRICE = ("variant", "output_modalities")
"""The facts of a model by which its prices of zero are believed or doubted."""
_FACT_CALLED = {"context": "context_tokens"}
RATINGS: Mapping[str, tuple[Better, str]] = {
    "ability": ("higher", "of 5"),
    "speed": ("higher", "of 5"),
    "cost": ("lower", "of 5"),
    "speed_percentile": ("higher", "percentile"),
    "success_rate_percent": ("higher", "percent"),
}
"""`price_percentile` is missing: the sources do not say which end of it is cheap."""

SCORES: Mapping[str, tuple[Better, str]] = {
    "accuracy_percent": ("higher", "percent"),
    "index_value": ("higher", "index"),
    "elo": ("higher", "Elo"),
    "win_rate_percent": ("higher", "percent"),
    "percentile": ("higher", "percentile"),
    "rank": ("lower", "rank"),
}
"""The fields of a score by which models are compared; the first one that a benchmark states at all is its measure."""


class Frames(NamedTuple):
    """What a question is asked of, at one moment: `models` has the index `model`, the others a column `model`."""

    models: pd.DataFrame
    prices: pd.DataFrame
    scores: pd.DataFrame
    ratings: pd.DataFrame


class Measured(NamedTuple):
    """One model's value, or why it has none."""

    value: Any = None
    standing: Class = "unknown"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to compare by. `label` says exactly what was computed, weights included."""

    name: str
    better: Better
    unit: str
    label: str
    values: Mapping[str, Measured] = field(repr=False)

    def of(self, model: str) -> Measured:
        """The value of a model."""
        return self.values.get(model) or Measured(reason=f"no {self.name} is stated")


def what_is_measured(names: Iterable[str]) -> frozenset[str] | None:
    """Which frames some measures look at besides the models: `prices` (headlines only), `ratings`.

    None where that cannot be told by their names alone: a component or a benchmark.
    """
    found: set[str] = set()
    for name in names:
        if name in BLENDED:
            found.add("prices")
        elif name in RATINGS:
            found.add("ratings")
        elif name not in ("context", *FACTS):
            return None
    return frozenset(found)


def facts_measured(names: Iterable[str]) -> list[str]:
    """The facts of the models that some measures look at."""
    asked = {
        fact for name in names for fact in (BESIDE_A_PRICE if name in BLENDED else (_FACT_CALLED.get(name, name),))
    }
    return [name for name in (*FACTS, *BESIDE_A_PRICE) if name in asked]


def measure(name: str, frames: Frames, weights: Mapping[str, Any] | None = None) -> Measure:
    """The measure of a name.

    | name | compares |
    |---|---|
    | `price` or `blended` | the weighted mean of headline base prices, USD per million tokens, lower is better |
    | `price.<component>` or `prompt`, `completion`, … | one headline base price |
    | `context` or `context_tokens`, `max_output_tokens` | tokens, higher is better |
    | `ability`, `speed`, `cost`, `speed_percentile`, `success_rate_percent` | a rating |
    | `benchmark.<name>` or the benchmark's name | the best of a model's runs by the first of `SCORES` that is stated |

    Raises `UsageError` for any other name, with the nearest ones, and for weights that are no weights.
    """
    if name in BLENDED:
        return _doubted(blended_price(frames.prices, weights), frames.models)
    if name in ("context", *FACTS):
        return _fact(_FACT_CALLED.get(name, name), frames.models)
    if name in RATINGS:
        return _rating(name, frames.ratings)
    components = sorted(set(frames.prices["component"]))
    if name.removeprefix("price.") in components:
        return _doubted(_component(name.removeprefix("price."), frames.prices), frames.models)
    benchmarks = {one.casefold(): one for one in sorted(set(frames.scores["benchmark"]))}
    asked = name.removeprefix("benchmark.").casefold()
    if asked in benchmarks:
        return _benchmark(benchmarks[asked], frames.scores)
    known = ["price", *FACTS, *RATINGS, *components, *benchmarks.values()]
    raise UsageError(
        f"nothing can be compared by {name!r}; the nearest are: {', '.join(nearest_first(name, known)[:8])}"
    )


def blended_price(prices: pd.DataFrame, weights: Mapping[str, Any] | None = None) -> Measure:
    """The weighted mean of the headline's base prices: sum of weight x price over the sum of the weights.

    A model is `free` where all the prices are, and `variable` where one is; both prices must be per million tokens.
    Raises `UsageError` for weights that are none, or of a component that nobody states.
    """
    shares = _weights(DEFAULT_WEIGHTS if weights is None else weights)
    known = UNITS.keys() | (prices["component"] if weights else ())
    if strange := sorted(shares.keys() - known):
        near = ", ".join(nearest_first(strange[0], known)[:3])
        raise UsageError(f"no price is called {strange[0]!r}, as the weights have it; the nearest are {near}")
    mean = _weighted_mean(shares)

    def blend(card: Mapping[str, PriceRow]) -> Measured:
        parts = [_usd(card, component) for component in shares]
        lacking = [part for part in parts if part.standing in ("variable", "unknown")]
        if lacking:
            return next((part for part in lacking if part.standing == "variable"), lacking[0])
        are_free = all(part.standing == "free" for part in parts)
        return Measured(mean([part.value for part in parts]), "free" if are_free else "known")

    stated = " : ".join(f"{component} {exact_or_rounded(share):f}" for component, share in shares.items())
    plain, others = _plain_headlines(prices, list(shares))
    values = {model: Measured(mean(usd), "known") for model, usd in plain.items()} | _by_card(others, blend)
    return Measure("price", "lower", "USD per mtok", f"blended price ({stated})", values)


def doubts_of_zeros(models: pd.DataFrame) -> dict[str, str]:
    """The models whose prices of zero are doubted, and why."""
    facts = (plain_values(models, name) for name in BESIDE_A_PRICE)
    doubts = zip(models.index.tolist(), map(doubt_of_zero, *facts), strict=True)
    return {model: doubt for model, doubt in doubts if doubt is not None}


def _doubted(price: Measure, models: pd.DataFrame) -> Measure:
    """A measure of prices, in which doubted zeros are unknown."""
    free = [model for model, measured in price.values.items() if measured.standing == "free"]
    doubts = doubts_of_zeros(models[models.index.isin(free)])
    return replace(price, values={**price.values, **{model: Measured(reason=why) for model, why in doubts.items()}})


def _weighted_mean(shares: Mapping[str, Fraction]) -> Callable[[Sequence[Decimal]], Decimal]:
    """A function that takes the weighted mean of values, one for each share: exact, or to 40 significant digits."""
    whole = sum(shares.values())
    fractions = [share / whole for share in shares.values()]
    parts = [exact_or_rounded(share) for share in fractions]

    def of_fractions(values: Sequence[Decimal]) -> Decimal:
        total = sum((share * Fraction(value) for share, value in zip(fractions, values, strict=True)), Fraction(0))
        return exact_or_rounded(total)

    def of_decimals(values: Sequence[Decimal]) -> Decimal:
        mean = _NOTHING
        for part, value in zip(parts, values, strict=True):
            mean = EXACT.fma(part, value, mean)
        mean = EXACT.normalize(mean)
        return EXACT.quantize(mean, _ONE) if mean >= _TEN and int(mean.as_tuple().exponent) > 0 else mean

    return of_decimals if list(map(Fraction, parts)) == fractions else of_fractions


def _weights(weights: Mapping[str, Any]) -> dict[str, Fraction]:
    shares = {str(component): _weight(component, weight) for component, weight in weights.items()}
    if not shares or min(shares.values()) < 0 or not sum(shares.values()):
        stated = ", ".join(f"{component}={weight}" for component, weight in weights.items())
        raise UsageError(f"weights are numbers from 0, not all of them 0; these are {stated or 'none'}")
    return {component: share for component, share in shares.items() if share}


def _weight(component: str, weight: Any) -> Fraction:
    """One weight. A text is a number or a fraction of two, each within bounds, so that it is quickly computed."""
    try:
        if not isinstance(weight, str):
            return Fraction(weight)
        above, is_fraction, below = weight.partition("/")
        return Fraction(number(above.strip())) / Fraction(number(below.strip()) if is_fraction else 1)
    except (ArithmeticError, TypeError, ValueError):
        how = "a number from 0, such as 3, 0.25 or 1/3"
        raise UsageError(f"the weight of {component} is {how}, not {str(weight)[:60]!r}") from None


def _component(component: str, prices: pd.DataFrame) -> Measure:
    units = [row.unit for row in rows_of(prices) if row.component == component and row.unit]
    unit = max(sorted(set(units)), key=units.count, default="mtok")
    values = _by_card(prices, lambda card: _usd(card, component, unit))
    return Measure(f"price.{component}", "lower", f"USD per {unit}", f"price of {component}", values)


def _plain_headlines(
    prices: pd.DataFrame, components: Sequence[str]
) -> tuple[dict[str, tuple[Decimal, ...]], pd.DataFrame]:
    """The amounts of the models whose headline states each component once, plainly, per million tokens: of most.

    And the headline rows of the other models, whose cards have to be read.
    """
    headlines = prices[prices["provider"].isna()]
    model, models = pd.factorize(headlines["model"].to_numpy(dtype=object))
    stated = headlines["component"].to_numpy(dtype=object)
    usd = headlines["usd"].to_numpy(dtype=object)
    is_priced = (headlines["state"] == "priced") & (headlines["unit"] == "mtok") & headlines["usd"].notna()
    is_base = headlines["conditions"].isna() & headlines["effective_from"].isna()
    plain = (is_priced & is_base).to_numpy(dtype=np.bool_)
    are_plain = np.ones(len(models), dtype=np.bool_)
    columns = []
    for component in components:
        mine = stated == component
        amounts = np.full(len(models), None, dtype=object)
        amounts[model[mine & plain]] = usd[mine & plain]
        columns.append(amounts)
        are_plain &= np.bincount(model[mine], minlength=len(models)) == 1
        are_plain &= np.bincount(model[mine & plain], minlength=len(models)) == 1
    listed = zip(*(amounts[are_plain] for amounts in columns), strict=True)
    return dict(zip(models[are_plain].tolist(), listed, strict=True)), headlines[~are_plain[model]]


def _by_card(prices: pd.DataFrame, read: Callable[[Mapping[str, PriceRow]], Measured]) -> dict[str, Measured]:
    """What is read from the base prices of each model's headline."""
    cards: dict[str, list[PriceRow]] = {}
    headlines = prices[prices["provider"].isna()]
    for model, row in zip(headlines["model"].tolist(), rows_of(headlines), strict=True):
        if not row.conditions:
            cards.setdefault(model, []).append(row)
    return {model: read({row.component: row for row in standing_rows(rows)}) for model, rows in cards.items()}


def _usd(card: Mapping[str, PriceRow], component: str, unit: str = "mtok") -> Measured:
    row = card.get(component)
    if row is None:
        return Measured(reason=f"no price is stated for {component}")
    if row.state == "free":
        return Measured(Decimal(0), "free")
    if row.state == "variable":
        return Measured(standing="variable", reason=f"the price of {component} is variable")
    if row.state != "priced" or row.usd is None:
        return Measured(reason=f"the price of {component} is unknown")
    if row.unit is None:
        return Measured(reason=f"what {component} is priced per is not stated")
    if row.unit != unit:
        return Measured(reason=f"{component} is priced per {row.unit}, not per {unit}")
    if is_of_a_token(row, [card.get("prompt")]):
        return Measured(reason=doubt_of_picture(component))
    return Measured(row.usd, "known")


def _fact(name: str, models: pd.DataFrame) -> Measure:
    better, unit = FACTS[name]
    stated = zip(models.index.tolist(), plain_values(models, name), strict=True)
    values = {model: Measured(int(value), "known") for model, value in stated if value is not None}
    return Measure(name, better, unit, name, values)


def _rating(name: str, ratings: pd.DataFrame) -> Measure:
    better, unit = RATINGS[name]
    mine = ratings.loc[ratings["dimension"] == name]
    stated = zip(mine["model"].tolist(), plain_values(mine, "value"), strict=True)
    return Measure(name, better, unit, f"rating of {name}", _best(stated, better))


def _benchmark(name: str, scores: pd.DataFrame) -> Measure:
    mine = scores.loc[scores["benchmark"] == name]
    by = next(
        (one for one in SCORES if any(value is not None for value in plain_values(mine, one))), "accuracy_percent"
    )
    better, unit = SCORES[by]
    stated = zip(mine["model"].tolist(), plain_values(mine, by), strict=True)
    return Measure(name, better, unit, f"{by} of {name}, the best run", _best(stated, better))


def _best(stated: Any, better: Better) -> dict[str, Measured]:
    best: dict[str, Any] = {}
    for model, value in stated:
        if value is not None and (model not in best or (value > best[model]) == (better == "higher")):
            best[model] = value
    return {model: Measured(value, "known") for model, value in best.items()}
