"""The questions that compare models: side by side, in the order of a measure, for less.

Each compares frames of one time; what is done with them is in `compare.py`, `rank.py`, `pareto.py`, `alternatives.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from catalog.comparing import alternatives as cheaper
from catalog.comparing import compare as side_by_side
from catalog.comparing import pareto, rank
from catalog.comparing.measures import BLENDED, DEFAULT_WEIGHTS, Frames, facts_measured, what_is_measured
from catalog.comparing.rank import Answer
from catalog.errors import UsageError
from catalog.instants import iso
from catalog.questions import frames
from catalog.questions.model_rows import listed_models, measured_models
from catalog.questions.names import resolve_all
from catalog.questions.nothing import not_listed
from catalog.questions.plain import Instant, Models, Questions
from catalog.questions.price_rows import headline_prices
from catalog.questions.voices import listed, voices_at
from scrapers.uncollected import uncollected


class Comparisons(Questions):
    """Comparisons of the models in one catalogue."""

    def frames(self, *, as_of: Instant = None, known_at: Instant = None, where: str | None = None) -> Frames:
        """The four frames that comparisons are made of, at one time, for the models that `where` leaves."""
        with self.snapshot():
            models = self.models(as_of=as_of, known_at=known_at, where=where)
            rest = (
                self.prices(as_of=as_of, known_at=known_at),
                self.benchmarks(as_of=as_of, known_at=known_at),
                self.ratings(as_of=as_of, known_at=known_at),
            )
        return Frames(models, *(frame[frame["model"].isin(models.index)] for frame in rest))

    def _to_measure(
        self,
        by: Sequence[str],
        weights: Mapping[str, Any] | None,
        *,
        as_of: Instant,
        known_at: Instant,
        where: str | None,
    ) -> Frames:
        """As `frames`, of one state of the database; what the measures do not look at is left empty.

        Raises `UsageError` for weights that none of the measures is blended by.
        """
        if weights is not None and not set(BLENDED).intersection(by):
            raise UsageError(f"weights are of the measure price, and this is by {', '.join(map(str, by))}")
        needed = what_is_measured(by)
        if needed is None:
            return self.frames(as_of=as_of, known_at=known_at, where=where)
        nothing = pd.DataFrame({"model": []})
        with self.snapshot(), self.answered(as_of, known_at) as (connection, moment, answers):
            facts = facts_measured(by)
            voices = voices_at(answers, *moment, facts=facts)
            stated = listed(voices)
            who = frames.people(connection, moment, answers, stated)
            if where is None:
                models = measured_models(stated, who, facts)
            else:
                models = listed_models(connection, moment, who, where, columns=facts)
            prices = nothing
            if "prices" in needed:
                components = None if weights else DEFAULT_WEIGHTS
                prices = headline_prices(answers, voices, moment.known, who, components)
            ratings = self.ratings(as_of=as_of, known_at=known_at) if "ratings" in needed else nothing
        return Frames(models, *(frame[frame["model"].isin(models.index)] for frame in (prices, nothing, ratings)))

    def compare(
        self, models: Models, *, as_of: Instant | Sequence[Instant] = None, known_at: Instant = None
    ) -> pd.DataFrame:
        """Some models side by side: index `field`, one column a model, then `unit`, `differs` and `better`.

        The fields are the facts, `price.<component>`, `endpoint.…` (their spread), `benchmark.<name>` and `rating.…`,
        in this order; `catalog.comparing.compare.compare` tells of each.

        With several times in `as_of` a model is compared with its own past: one column a model and time.
        Raises `UnknownModel` with the nearest known ones, `UsageError` for a model that was not listed at the time.
        """
        times = list(as_of) if isinstance(as_of, (list, tuple)) else [as_of]
        if not times:
            raise UsageError("as_of is a time or several, and here it is none of them")
        with self.snapshot():
            chosen = [self._compared(models, at, known_at, mark=len(times) > 1) for at in times]
        columns = [pd.concat([getattr(one, name) for one in chosen]) for name in Frames._fields]
        return side_by_side.compare(Frames(*columns))

    def _compared(self, models: Models, at: Any, known_at: Instant, *, mark: bool) -> Frames:
        with self.asked(at, known_at) as (connection, moment):
            who = self._people(connection, moment)
            keys = [who[number].key for number in resolve_all(connection, models, who) or []]
        found = self.frames(as_of=at, known_at=known_at)
        missing = [key for key in keys if key not in found.models.index]
        if missing:
            raise UsageError(not_listed(missing, at, known_at))
        frames = [found.models.loc[keys].drop(columns=["prompt_usd", "completion_usd", "speed", "ability", "cost"])]
        frames += [frame[frame["model"].isin(keys)] for frame in found[1:]]
        if not mark:
            return Frames(*frames)
        ending = f" @ {at if isinstance(at, str) else iso(moment.as_of)}"
        models_then = frames[0].rename(index=lambda key: f"{key}{ending}")
        return Frames(models_then, *(frame.assign(model=frame["model"] + ending) for frame in frames[1:]))

    @uncollected()
    def rank(
        self,
        by: str,
        *,
        where: str | None = None,
        weights: Mapping[str, Any] | None = None,
        as_of: Instant = None,
        known_at: Instant = None,
    ) -> Answer:
        """The models by one measure, the best first; its `left_out` says who lacks the measure and why.

        Columns, under an index `position` from 1: `model`, `rank` (equal values share it), `value`, `unit`, `class`
        (`known` or `free`) and `measure` (what was computed, weights included).

        Measures: `price` (blended, by `weights`, 3 parts prompt and 1 completion unless said otherwise), a price's
        component, `context`, a rating, a benchmark's name. Raises `UsageError` for another one.
        """
        if not isinstance(by, str):
            raise UsageError(f"a ranking is by one measure, not {by!r}; `pareto` takes several")
        return rank.rank(self._to_measure([by], weights, as_of=as_of, known_at=known_at, where=where), by, weights)

    @uncollected()
    def pareto(
        self,
        by: Sequence[str] | str,
        *,
        where: str | None = None,
        weights: Mapping[str, Any] | None = None,
        include_free: bool = False,
        as_of: Instant = None,
        known_at: Instant = None,
    ) -> Answer:
        """The models that no other beats in all of two or three measures; see `rank` for what can be measured.

        Columns, under an index `position` from 1: `model` and one a measure, by its name; `attrs["measures"]` has the
        unit of each and its better side. `left_out` says who lacks a measure. Raises `UsageError` as `rank` does.
        """
        by = [by] if isinstance(by, str) else by
        frames = self._to_measure(by, weights, as_of=as_of, known_at=known_at, where=where)
        return pareto.pareto(frames, by, weights, include_free=include_free)

    def alternatives(
        self,
        model: str,
        *,
        by: Sequence[str] | str = (),
        where: str | None = None,
        weights: Mapping[str, Any] | None = None,
        as_of: Instant = None,
        known_at: Instant = None,
    ) -> Answer:
        """The models at least as good in the measures `by`, with its modalities and context or more, that cost less.

        Columns, under an index `position` from 1: `model`, `price_usd` and `saving_usd` (USD per million tokens,
        blended), `class`, `saving_percent`, `context_tokens` and one a measure; `left_out` says who cannot be told.
        Raises `UsageError` where the model's own price or a measure of it is unknown.
        """
        by = [by] if isinstance(by, str) else by
        with self.snapshot():
            key = self.resolve(model, as_of=as_of, known_at=known_at).key
            frames = self.frames(as_of=as_of, known_at=known_at)
            if key not in frames.models.index:
                raise UsageError(not_listed([key], as_of, known_at))
            left = None if where is None else set(self.models(as_of=as_of, known_at=known_at, where=where).index)
        if left is not None:
            frames = Frames(*(frames.models.loc[frames.models.index.isin(left | {key})], *frames[1:]))
        return cheaper.alternatives(frames, key, by, weights)
