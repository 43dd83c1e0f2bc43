"""Every transition between consecutive captures of a scope, as the captures state it; nothing is judged here.

Within a scope a model is what bears its `model_id` at that capture: an id that moves from one subject to another is
compared across the two, and a renamed one goes and comes. The kinds are

    added, removed   a model came or went; `field` is null
    changed          a field has another value than in the capture before
    gained, lost     a field that the source began or ceased to state; null is silence

Fields are those of the record `models`, and each key of `extra` under the source's own word. A price is
`price.<component>`, compared as a number, with its provider and tag where it is an endpoint's; a variable price stands
as `variable`. The conditional prices of one rate card are one field, `price.conditions`, and prices that the source
itself dates are `price.history`: both as JSON. What is stated of an endpoint is `endpoint.<field>`; the endpoint itself
is `endpoint`. Of whom comes or goes, nothing but that is told. Benchmark scores and what is measured anew at every
capture (uptime, latency, throughput) are no transitions: nearly every capture differs in them. Second voices have no
transitions either, as their silence means nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from catalog.change_log.collected import Offers, TransitionLog
from catalog.change_log.segments import Captures, Runs, captures_at, runs, window_of
from catalog.change_log.statements import ENDPOINT_FIELDS, FACT_FIELDS, Reader, Statements
from catalog.kinds import ENDPOINT, FACT
from catalog.questions.answers import Answers
from catalog.questions.frames import Moment


def transitions(
    connection: Connection,
    moment: Moment,
    *,
    since: int | None = None,
    until: int | None = None,
    source: str | None = None,
    models: Collection[str] | None = None,
    answers: Answers | None = None,
) -> pd.DataFrame:
    """Every transition in `[since, until)`, in microseconds, as it was known at a moment.

    Args:
        source: only what this one said.
        models: only these `model_id`s and `canonical_slug`s.
        answers: what many rows are read through; the connection itself where it is not given.

    Returns one row a transition, in the order of time, source, scope, model and field, with an index named
    `transition` and the columns

    | column | meaning |
    |---|---|
    | `observed_at` | the capture that first said so (UTC) |
    | `source`, `scope` | who said it, and in which listing, page or answer |
    | `model_id`, `canonical_slug` | of whom |
    | `kind` | `added`, `removed`, `changed`, `gained` or `lost` |
    | `field`, `old`, `new` | what; values as exact text, lists and objects as JSON, prices in USD per unit |
    | `provider`, `tag` | of which endpoint; null for the model itself |
    | `previous_at` | the capture before: the change happened after it |
    | `conditions` | of a price: the conditional prices that its rate card has at `observed_at`, as JSON |
    """
    found = collected(
        connection, moment, since=since, until=until, source=source, models=models, answers=answers
    ).transitions
    if models is not None:
        found = found[found["model_id"].isin(list(models)) | found["canonical_slug"].isin(list(models))]
        found.index = pd.RangeIndex(len(found), name="transition")
    return found


class Collected(NamedTuple):
    """The transitions of a window, and what was read to find them."""

    transitions: pd.DataFrame
    captures: Captures
    reader: Reader
    endpoints: Statements


def collected(
    connection: Connection,
    moment: Moment,
    *,
    since: int | None = None,
    until: int | None = None,
    source: str | None = None,
    models: Collection[str] | None = None,
    answers: Answers | None = None,
) -> Collected:
    """As `transitions`, with their ground; `models` here leaves in whoever shared an id with one of them."""
    captures = captures_at(connection, moment, source=source)
    window = window_of(captures, since, until)
    reader = Reader(connection, moment, captures, window, models, answers)
    log = TransitionLog(captures, window, reader)
    facts, endpoints, prices, cards = reader.facts, reader.endpoints(), reader.prices(), reader.cards()

    there = _presence(facts, endpoints)
    log.models(there, facts, endpoints)
    log.wide(facts, facts.thing, FACT_FIELDS, FACT)
    offers = Offers()
    served = offers.codes(endpoints.thing, endpoints.values["provider"], endpoints.values["tag"])
    serving = runs(served, endpoints.first, endpoints.end)
    keys, line = np.unique(endpoints.values["key"].astype(str), return_inverse=True)
    line = endpoints.thing * (len(keys) + 1) + line
    log.endpoints(endpoints, line, there)
    log.wide(endpoints, line, ENDPOINT_FIELDS, ENDPOINT)
    log.prices(prices, offers, there, serving)
    log.cards(cards, offers, there, serving)
    return Collected(log.frame(cards), captures, reader, endpoints)


def _presence(facts: Statements, endpoints: Statements) -> Runs:
    """When each model was there: whenever facts or endpoints of it were stated."""
    parts = ((one.thing, one.first, one.end) for one in (facts, endpoints))
    return runs(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
