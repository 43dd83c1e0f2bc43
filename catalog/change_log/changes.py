"""The change log: what kind of change each transition was, and what of it concerns the market.

    new, removed, returned   a model on the whole listings, judged over all of them
    price, fact              a price; anything else that is stated of a model or an endpoint
    endpoint                 a provider began or ceased to serve a model
    downgrade                the same endpoint with a lower precision or less context
    correction               a parser's fix: what was believed before was read wrongly

and, left out unless they are asked for, what is no change of the market:

    schema                   the source began or ceased to state something of many models at once, or states the same in
                             other words, digits or units
    listing                  a variant began or ceased to be listed as a whole
    flap                     a value that went back within days
    time_of_day              a base price that follows the clock of its rate card

A removal is told once a second capture confirms it, and a change that several listings or pages show once, by the
first that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from catalog.change_log.collected import Transition, each
from catalog.change_log.corrections import corrections
from catalog.change_log.endpoints import Renewed, differences, is_lower, renewed, sole_endpoints
from catalog.change_log.listings import Listings, listings_at, variant_of
from catalog.change_log.percentages import percents_changed
from catalog.change_log.rules import (
    RULES,
    Rules,
    fields_where,
    follows_the_clock,
    instants,
    is_flap,
    is_repeated,
    is_schema,
)
from catalog.change_log.transitions import Collected, collected
from catalog.errors import UsageError
from catalog.instants import DAY, micros
from catalog.questions.answers import Answers
from catalog.questions.frames import Moment
from catalog.words import Mask, objects

MARKET = ("new", "removed", "returned", "price", "fact", "endpoint", "downgrade", "correction")
NOISE = ("schema", "listing", "flap", "time_of_day")
KINDS = MARKET + NOISE

COLUMNS = (
    "observed_at", "source", "model_id", "kind", "field", "old", "new",
    "canonical_slug", "name", "provider", "tag", "change_percent", "note", "scope",
)  # fmt: skip


def market_changes(
    connection: Connection,
    moment: Moment,
    *,
    since: int | None = None,
    until: int | None = None,
    kinds: Collection[str] | None = None,
    models: Collection[str] | None = None,
    rules: Rules = RULES,
    answers: Answers | None = None,
) -> pd.DataFrame:
    """The changes in `[since, until)`, in microseconds, as they were known at a moment.

    Args:
        kinds: which kinds to tell; the default is those of the market.
        models: only these `model_id`s and `canonical_slug`s.
        answers: what many rows are read through; the connection itself where it is not given.

    Returns one row a change in the order of time, with an index named `change` and the columns

    | column | meaning |
    |---|---|
    | `observed_at` | the capture that first said so (UTC); of a correction, when it was made |
    | `source`, `scope` | who said it first, and where |
    | `model_id`, `canonical_slug`, `name` | of whom |
    | `kind` | as above |
    | `field`, `old`, `new` | what; values as exact text, prices in USD per unit, null where nothing is stated |
    | `provider`, `tag` | of which endpoint; null for the model itself |
    | `change_percent` | of a price: by how many per cent it moved, to a hundredth (`Decimal`) |
    | `note` | why it is of its kind, where that is not plain |

    `attrs["left_out"]` of the frame counts by kind what is no change of the market and was not asked for, and under
    `unconfirmed` the models that one capture lacks so far.
    Raises `UsageError` for an unknown kind.
    """
    asked = frozenset(MARKET if kinds is None else kinds)
    if unknown := sorted(asked - set(KINDS)):
        raise UsageError(f"no kind of change: {', '.join(unknown)}; there are {', '.join(KINDS)}")
    margin = round(rules.flap_days * DAY)
    found = collected(
        connection,
        moment,
        since=None if since is None else since - margin,
        until=None if until is None else until + margin,
        answers=answers,
    )
    changes = classified(found.transitions, listings_at(connection, moment), sole_endpoints(found), rules)
    changes = changes.assign(name=_names(found, changes["model_id"]))
    corrected = corrections(connection, moment, since=since, until=until)
    if corrected:
        more = _frame_of(corrected, changes.columns)
        changes = pd.concat([changes, more.assign(name=_names(found, more["model_id"]))], ignore_index=True)
    inside = np.ones(len(changes), np.bool_)
    if since is not None:
        inside &= (changes["observed_at"] >= pd.Timestamp(since, unit="us", tz="UTC")).to_numpy()
    if until is not None:
        inside &= (changes["observed_at"] < pd.Timestamp(until, unit="us", tz="UTC")).to_numpy()
    if models is not None:
        inside &= (changes["model_id"].isin(list(models)) | changes["canonical_slug"].isin(list(models))).to_numpy()
    changes = changes[inside]
    told = changes["kind"].isin(list(asked))
    left_out = changes["kind"].isin([*NOISE, "unconfirmed"]) & ~told
    return _presented(changes[told], Counter(changes.loc[left_out, "kind"]))


def classified(
    log: pd.DataFrame, listings: Listings, sole: Collection[Renewed] = (), rules: Rules = RULES
) -> pd.DataFrame:
    """Each transition with its kind and a note; pure. Two kinds are never told: `duplicate` and `unconfirmed`.

    Args:
        log: transitions, with all that `transitions` returns of them.
        listings: who was listed when.
        sole: the captures at which a provider's only endpoint has a successor.
    """
    kind: Any = np.full(len(log), None, dtype=object)
    note: Any = np.full(len(log), None, dtype=object)

    def settle(mask: Mask, word: str, why: str | None = None) -> None:
        chosen = mask & pd.isna(kind)
        kind[chosen], note[chosen] = word, why

    field = log["field"]
    _judge_presence(log, listings, rules, kind, note)
    renamed = _renamed(log, kind)
    pairs = renewed(log, set(sole))
    kind[[row for pair in pairs for row in (pair.went, pair.came)]] = "duplicate"
    settle(is_schema(log, listings.sizes(), rules), "schema")
    settle(follows_the_clock(log), "time_of_day", "the rate card states both prices, by the time of day")
    settle(is_flap(log, pd.isna(kind), rules), "flap", f"went back within {rules.flap_days:g} days")
    settle(_downgrades(log), "downgrade")
    settle((field == "endpoint").to_numpy(), "endpoint")
    settle(fields_where(log, lambda one: one.startswith("price.")), "price")
    settle(np.ones(len(log), np.bool_), "fact")
    changes = log.assign(raw=log["kind"], kind=pd.Series(kind, index=log.index, dtype=object))
    changes["note"] = pd.Series(note, index=log.index, dtype=object)
    if renamed or pairs:
        more = [*renamed, *(row for pair in pairs for row in differences(pair))]
        changes = pd.concat([changes, _frame_of(more, changes.columns)], ignore_index=True)
        changes = changes.sort_values("observed_at", kind="stable", ignore_index=True)
    repeated = is_repeated(changes, changes["kind"].isin(MARKET).to_numpy())
    changes.loc[repeated, "kind"] = "duplicate"
    return changes


def _frame_of(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> pd.DataFrame:
    """Rows that were made one by one, in the types of the log; a column that they lack is null."""
    made = {name: [row.get(name) for row in rows] for name in columns}
    return pd.DataFrame(
        {
            name: pd.to_datetime(pd.Series(values), utc=True).dt.as_unit("us")
            if name.endswith("_at")
            else pd.Series(values, dtype=object)
            for name, values in made.items()
        }
    )


def _judge_presence(log: pd.DataFrame, listings: Listings, rules: Rules, kind: Any, note: Any) -> None:
    """Judge who came and went by all listings together; what other sources list is no market."""
    rows = np.flatnonzero(log["field"].isna().to_numpy())
    together: Counter[tuple[Any, ...]] = Counter()
    events = []
    for row, said in each(log, rows.tolist()):
        source, scope, model_id, way = said.source, said.scope, said.model_id, said.kind
        if not listings.has(source, scope):
            kind[row] = "listing"
            continue
        at = micros(said.observed_at)
        variant = variant_of(model_id)
        events.append((row, source, scope, model_id, way, at, variant))
        together[source, scope, way, at, variant] += 1
    for row, source, scope, model_id, way, at, variant in events:
        count = together[source, scope, way, at, variant]
        if variant != "standard" and _is_of_listing(listings, source, scope, way, at, variant, count, rules):
            kind[row], note[row] = "listing", f"{count} ids of the variant {variant} at once"
            continue
        judge = listings.came if way == "added" else listings.went
        kind[row], note[row] = judge(source, scope, model_id, at, rules)


def _is_of_listing(
    listings: Listings, source: str, scope: str, way: str, at: int, variant: str, count: int, rules: Rules
) -> bool:
    number = listings.number(source, scope, at)
    size = listings.of_variant(number if way == "added" else number - 1, variant)
    if count == size:
        return count >= rules.listing_whole
    return count >= rules.listing_count and listings.days_before(number) <= rules.listing_days


def _renamed(log: pd.DataFrame, kind: Any) -> list[dict[str, Any]]:
    """One change of the fact `model_id` for each model that a capture has under another id; both halves are dropped."""
    rows = np.flatnonzero((kind == "new") | (kind == "removed") | (kind == "unconfirmed") | (kind == "returned"))
    went: dict[tuple[Any, ...], Transition] = {}
    came: dict[tuple[Any, ...], Transition] = {}
    places: dict[Transition, int] = {}
    for row, said in each(log, rows.tolist()):
        if said.canonical_slug is not None:
            who = said.source, said.scope, said.observed_at, said.canonical_slug, variant_of(said.model_id)
            (came if said.kind == "added" else went)[who] = said
            places[said] = row
    made = []
    for who in came.keys() & went.keys():
        old, new = went[who], came[who]
        kind[[places[old], places[new]]] = "duplicate"
        told = new._replace(kind="fact", field="model_id", old=old.model_id, new=new.model_id)
        made.append({**told._asdict(), "note": "the same model under another id"})
    return made


def _downgrades(log: pd.DataFrame) -> Mask:
    found = np.zeros(len(log), np.bool_)
    rows = np.flatnonzero(log["field"].isin(["endpoint.quantization", "endpoint.context_tokens"]).to_numpy())
    for row, said in each(log, rows.tolist()):
        found[row] = is_lower(said.field, said.old, said.new)
    return found


def _names(found: Collected, model_id: pd.Series) -> pd.Series:
    """How each model was displayed last in the window."""
    facts, things = found.reader.facts, found.reader.things
    order = np.argsort(found.captures.at[facts.first], kind="stable")
    named = {
        things.model_id[facts.thing[row]]: facts.values["name"][row]
        for row in order.tolist()
        if facts.values["name"][row] is not None
    }
    code, ids = pd.factorize(model_id)
    words = objects([*map(named.get, ids), None])  # -1, for a row without an id, is the last
    return pd.Series(words[code], index=model_id.index, dtype=object)


def _presented(changes: pd.DataFrame, left_out: Counter[str]) -> pd.DataFrame:
    rows = np.flatnonzero(
        fields_where(changes, lambda field: field.startswith("price."))
        & changes["old"].notna().to_numpy()
        & changes["new"].notna().to_numpy()
    )
    moved: Any = np.full(len(changes), None, dtype=object)
    if len(rows):
        moved[rows] = percents_changed(changes["old"].iloc[rows], changes["new"].iloc[rows])
    changes = changes.assign(change_percent=pd.Series(moved, index=changes.index, dtype=object))
    keys = (pd.factorize(changes[name], sort=True)[0] for name in ("tag", "provider", "field", "kind"))
    model, scope, source = (pd.factorize(changes[name], sort=True)[0] for name in ("model_id", "scope", "source"))
    order = np.lexsort((*keys, model, scope, source, instants(changes)))
    presented = changes[list(COLUMNS)]
    if (np.diff(order) < 0).any():
        presented = presented.iloc[order]
    presented.index = pd.RangeIndex(len(presented), name="change")
    presented.attrs["left_out"] = left_out
    return presented
