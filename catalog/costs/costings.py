"""The questions that price work: a workload at a time, over days, or the rows of a file of usage."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from os import PathLike
from typing import IO, Any

import pandas as pd

from catalog import asof
from catalog.costs import cost, usage
from catalog.costs.beyond_prices import BeyondPrices, Context, context_of, doubt_of_zero, lack_of_text
from catalog.costs.card_history import Offer
from catalog.instants import read_instant
from catalog.questions import frames
from catalog.questions.answers import Answers, Kind
from catalog.questions.frames import Moment, Who
from catalog.questions.meant import borne_by_several, meant_at
from catalog.questions.model_rows import listed_models
from catalog.questions.names import resolve_all
from catalog.questions.opened import then_or_now
from catalog.questions.plain import Instant, Models, Questions
from catalog.questions.price_rows import price_frame, standing_prices
from catalog.questions.voices import listed, missed_once, voices_at
from catalog.workload import Workload, read_workload

Work = Workload | Mapping[str, Any]
"""A workload, or its quantities by their names."""


class Costings(Questions):
    """What work costs, by the prices in one catalogue."""

    def workload_cost(
        self,
        workload: Work,
        models: Models = None,
        *,
        where: str | None = None,
        as_of: Instant = None,
        known_at: Instant = None,
    ) -> pd.DataFrame:
        """What a workload costs on each model and endpoint at a time; see `catalog.costs.cost.workload_cost`.

        `workload` is a `Workload`, or its quantities as people write them: `{"input_tokens": "2M", "requests": 400}`.
        Columns: `model`, `provider` (null: the headline), `tag`, `cost_usd` (exact USD), `cost_usd_low`,
        `cost_usd_high`, `state` (`exact`, `interval`, `refused`), `reason`, `note`, and the parts, `usd.<component>`.
        `where` is a filter over the models that are listed at the time, as of `models`. One of `models` of which no
        price is known then is `refused` with the reason.

        Raises `UsageError` for a quantity that cannot be, `UnknownModel` with the nearest known ones.
        """
        workload = _workload(workload)
        day = None if as_of is None else read_instant(as_of, end_of_day=True).date()
        with self.answered(as_of, known_at) as (connection, moment, answers):
            voices = voices_at(answers, *moment)
            who = frames.people(connection, moment, answers, listed(voices))
            wanted = resolve_all(connection, models, who)
            rows = standing_prices(
                answers, voices, moment.known, wanted, None, all_sources=False, columns=cost.STANDING_COLUMNS
            )
            prices = price_frame(rows, who, columns=cost.STANDING_COLUMNS, categories=True)
            beyond = _beyond_prices(answers, moment, who)
            left = None if where is None else listed_models(connection, moment, who, where, columns=()).index
        named = [] if wanted is None else [who[number] for number in wanted]
        if left is not None:
            prices = prices[prices["model"].isin(left)]
            named = [one for one in named if one.key in left]
        found = cost.workload_cost(prices, workload, day, beyond)
        priced = set(found["model"])
        when = then_or_now(as_of, known_at)
        missed = {who[number].key for number in missed_once(voices)}
        silent = {one.key: _no_price(one, when, one.key in missed) for one in named if one.key not in priced}
        return cost.with_refused(found, silent) if silent else found

    def workload_cost_series(
        self,
        workload: Work,
        days: Sequence[date | datetime | str],
        models: Models = None,
        *,
        where: str | None = None,
        known_at: Instant = None,
    ) -> pd.DataFrame:
        """What a workload would have cost on each of some days; see `catalog.costs.cost.workload_cost_series`.

        A date is priced at its end, and a day without a price has no row. An id means on each day the model that it was
        pointed to then. What a model writes and how long a prompt it takes is what was stated of it last; `where` is a
        filter over the models that are listed on the last of the days. Columns: `day`, and those of `workload_cost`
        without the parts.
        """
        workload, words = _workload(workload), [models] if isinstance(models, str) else models and list(models)
        with self.snapshot(), self.answered(None, known_at) as (connection, moment, answers):
            who = self._people(connection, moment, answers)
            keys: defaultdict[datetime, set[str]] | None = None
            if words and borne_by_several(connection, moment.known).intersection(word.strip() for word in words):
                meant = meant_at(connection, who, moment.known)
                keys = defaultdict(set)
                for day in days:
                    end = read_instant(day, end_of_day=True)
                    keys[read_instant(day)] |= {key for word in words if (key := meant(word, end)) is not None}
                words = sorted(set().union(*keys.values()))
            cards = self._cards(words, known_at)
            if where is not None and days:
                last = max(days, key=lambda day: read_instant(day, end_of_day=True))
                left = self.models(as_of=last, known_at=known_at, where=where, columns=()).index
                cards = cards[cards["model"].isin(left)]
            found = cost.workload_cost_series(cards, workload, days, _beyond_prices(answers, moment, who))
        if keys is None:
            return found
        told = [model in keys[day] for day, model in zip(found["day"], found["model"], strict=True)]
        return found[told].reset_index(drop=True).rename_axis("row")

    def price_usage(self, file: str | PathLike[str] | IO[str], *, known_at: Instant = None) -> usage.PricedUsage:
        """The rows of a usage file (date, model, tokens) at the rates of each day, and those without a price.

        An id means the model that it was pointed to on the day of its row. See `catalog.costs.usage` for the file and
        its columns. Raises `UsageError` for a file that cannot be read or has a wrong header.
        """
        with self.snapshot(), self.answered(None, known_at) as (connection, moment, answers):
            who = self._people(connection, moment, answers)
            meant = meant_at(connection, who, moment.known)
            beyond = _beyond_prices(answers, moment, who)
            return usage.price_usage(file, self._cards(None, known_at), meant, beyond)

    def _cards(self, models: Models, known_at: Instant) -> pd.DataFrame:
        """The history of prices, each for the time in which it is the answer."""
        return self._price_history(models, None, known_at, cost.CARD_COLUMNS, as_believed=True, categories=True)


_BESIDE: dict[str, Kind] = {
    "resolved_id": "whole",
    **dict.fromkeys(("provider", "tag", "output_modalities"), "text"),
    **dict.fromkeys(("context_tokens", "is_rounded", "rank", "heard_at"), "whole"),
    "scope": "text",
    "subject_id": "whole",
}


def _beyond_prices(answers: Answers, moment: Moment, who: Mapping[int, Who]) -> BeyondPrices:
    """What is stated of every model and endpoint at a moment, the best voice's word for each."""
    told = answers.ask(asof.BESIDE_PRICES, _BESIDE, as_of=moment.as_of, known=moment.known)
    columns: Iterable[list[Any]] = (told[name].to_pylist() for name in list(_BESIDE)[:6])
    written: dict[str, tuple[str, str]] = {}
    contexts: dict[str, Context] = {}
    of_endpoints: dict[Offer, Context] = {}
    for number, provider, tag, writes, tokens, is_rounded in zip(*columns, strict=True):
        one = who[number]
        if writes is not None:
            written.setdefault(one.key, (one.variant, writes))
        context = context_of(tokens, is_rounded)
        if context is None:
            continue
        if provider is not None:
            of_endpoints.setdefault(Offer(one.key, provider, tag), context)
        elif one.key not in contexts or (contexts[one.key].slack and not context.slack):
            contexts[one.key] = context
    read = {writes: json.loads(writes) for _, writes in written.values()}
    doubts = {key: doubt_of_zero(variant, read[writes]) for key, (variant, writes) in written.items()}
    lacks = {key: lack_of_text(read[writes]) for key, (_, writes) in written.items()}
    return BeyondPrices(_known(doubts), _known(lacks), contexts, of_endpoints)


def _known(words: Mapping[str, str | None]) -> dict[str, str]:
    return {key: word for key, word in words.items() if word is not None}


def _no_price(one: Who, when: str, is_missed: bool) -> str:
    if not one.is_here:
        return f"it is not listed {when}; `catalog history` says when it was"
    why = ": the last list lacks it, which one capture alone does not prove" if is_missed else ""
    return f"no price is stated {when}{why}"


def _workload(work: Work) -> Workload:
    return work if isinstance(work, Workload) else read_workload(**work)
