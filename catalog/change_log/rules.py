"""What makes a transition no change of the market, or one that was told already. Pure: a frame of transitions in, a
mask of rows out.

The rules were drawn from real captures: prices of zero that ceased to be stated for hundreds of models in one night,
sixty `:batch` ids that came and went together, prices that went back two days later, and base prices that follow the
clock where an override says so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from catalog.change_log.collected import each
from catalog.instants import DAY, micros
from catalog.words import Mask


@dataclass(frozen=True, slots=True)
class Rules:
    """When a change counts as noise.

    Attributes:
        flap_days: a value that goes back within so many days never moved.
        schema_share, schema_count: from this share of a listing's models, and from so many, a field that comes, goes
            or changes at once is the source's doing.
        listing_whole: from so many ids that are the whole of a variant, and come or go at once, the listing changed.
        listing_count, listing_days: the same of a part of a variant, between captures that are not further apart.
        confirm_hours: how far apart two captures without a model must be for it to count as removed.
    """

    flap_days: float = 3.0
    schema_share: float = 0.2
    schema_count: int = 5
    listing_whole: int = 5
    listing_count: int = 10
    listing_days: float = 7.0
    confirm_hours: float = 6.0


RULES = Rules()

_WORD_LISTS = [
    prefix + name
    for name in ("input_modalities", "output_modalities", "supported_parameters", "supported_features")
    for prefix in ("", "endpoint.")
]
_CHARGED_FOR_ALWAYS = ("price.prompt", "price.completion")


def is_schema(log: pd.DataFrame, present: Mapping[tuple[str, str, int], int], rules: Rules = RULES) -> Mask:
    """Transitions of a field of so many models at once that the source's schema has changed, or of mere wording.

    Args:
        present: how many models each capture has, by source, scope and instant in microseconds.
    """
    is_price = fields_where(log, lambda field: field.startswith("price."))
    counted = log["field"].notna() & log["provider"].isna() & ~(is_price & (log["kind"] == "changed").to_numpy())
    found = np.zeros(len(log), np.bool_)
    rows = np.flatnonzero(counted.to_numpy())
    part = log.iloc[rows]
    groups = part.groupby(["source", "scope", "observed_at", "field", "kind"], sort=False)
    group = groups.ngroup().to_numpy()
    sizes = groups["model_id"].nunique()
    at = sizes.index.get_level_values("observed_at")
    captures = zip(
        sizes.index.get_level_values("source"), sizes.index.get_level_values("scope"), map(micros, at), strict=True
    )
    many = [
        count >= rules.schema_count and count >= rules.schema_share * present.get(capture, 0)
        for capture, count in zip(captures, sizes.tolist(), strict=True)
    ]
    found[rows] = np.array(many, dtype=np.bool_)[group] if many else False
    return found | _says_nothing(log)


def _says_nothing(log: pd.DataFrame) -> Mask:
    """Transitions between two ways to say the same.

    That is null and an empty text or a price of zero, a list in another order, a price that differs only as binary
    floats round it, and a price of a picture that is stated for a token of it, or was before.
    """
    old, new = (log[name].to_numpy() for name in ("old", "new"))
    is_gained, is_lost, is_changed = (_said(log["kind"], kind) for kind in ("gained", "lost", "changed"))
    found = np.zeros(len(log), np.bool_)
    rows = np.flatnonzero(is_gained | is_lost)
    value = np.where(is_gained[rows], new[rows], old[rows])
    optional = fields_where(log, lambda one: one.startswith("price.") and one not in _CHARGED_FOR_ALWAYS)[rows]
    found[rows] = (optional & (value == "0")) | (value == "") | (value == "[]") | (value == "{}")
    for row in np.flatnonzero(is_changed & fields_where(log, lambda one: one in _WORD_LISTS)).tolist():
        found[row] = _members(old[row]) == _members(new[row])
    for row in np.flatnonzero(is_changed & fields_where(log, lambda one: one.startswith("price."))).tolist():
        if len(old[row]) > _FLOAT_LENGTH or len(new[row]) > _FLOAT_LENGTH:
            found[row] = _is_same_float(old[row], new[row])
    for row in np.flatnonzero(is_changed & fields_where(log, lambda one: one in _OF_PICTURES)).tolist():
        found[row] |= _is_by_another_unit(old[row], new[row])
    return found


_OF_PICTURES = ("price.image", "price.image_output")

_TOKENS_OF_A_PICTURE = 100
"""In March 2026 `image` fell to the price of the prompt: by 258 times and more, from that of a picture to a token's."""


def _is_by_another_unit(old: str, new: str) -> bool:
    """Whether of two prices of a picture one looks like that of a token of it.

    >>> _is_by_another_unit("0.00516", "0.00000125"), _is_by_another_unit("0.04", "0.02")
    (True, False)
    """
    try:
        less, more = sorted((Decimal(old), Decimal(new)))
    except ArithmeticError:  # a state, or a condition
        return False
    return more >= _TOKENS_OF_A_PICTURE * less > 0


_FLOAT_LENGTH = 12
"""Characters. A shorter price has too few digits to differ from another by what a float rounds."""

_ROUNDED_AWAY = Decimal("1e-12")
"""Of a price: more than floats round in their sixteenth digit, and far less than any price has moved by."""


def _is_same_float(old: str, new: str) -> bool:
    """Whether two amounts are one, rounded twice: `0.6000000000000001` and `0.6`."""
    try:
        one, other = Decimal(old), Decimal(new)
    except ArithmeticError:  # a state, or a condition
        return False
    return abs(one - other) <= _ROUNDED_AWAY * max(abs(one), abs(other))


@lru_cache(maxsize=4096)
def _members(said: str) -> tuple[str, ...]:
    """A list of words, whatever its order."""
    return tuple(sorted(json.loads(said)))


def is_flap(log: pd.DataFrame, among: Mask, rules: Rules = RULES) -> Mask:
    """Both moves of a value that goes back to what it was within a few days, and all between.

    What is left after every return is paired off is a change: of a, b, a, b the last move stands.
    """
    rows = np.flatnonzero(among & log["field"].notna().to_numpy())
    names = ("source", "scope", "model_id", "field", "provider", "tag")
    line = log.iloc[rows].groupby(list(names), sort=False, dropna=False).ngroup().to_numpy()
    at = instants(log)[rows]
    order = np.lexsort((at, line))
    rows, line, at = rows[order], line[order], at[order]
    old, new = log["old"].to_numpy()[rows], log["new"].to_numpy()[rows]
    found = np.zeros(len(log), np.bool_)
    for members in _stretches(line, np.isin(line, _restless(line, at, old, new, rules))):
        place = 0
        while place < len(members):
            back = _return(members, place, at, old, new, rules)
            if back is not None:
                found[rows[members[place : back + 1]]] = True
            place = place + 1 if back is None else back + 1
    return found


def _restless(line: Any, at: Any, old: Any, new: Any, rules: Rules) -> Any:
    """The lines (one field of one model) in which a later move brings back an earlier value within `flap_days`."""
    found = []
    for apart in range(1, len(line)):
        soon = (line[apart:] == line[:-apart]) & (at[apart:] - at[:-apart] <= _days(rules.flap_days))
        if not soon.any():
            break
        places = np.flatnonzero(soon)
        found.append(line[places[new[places + apart] == old[places]]])
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _days(days: float) -> int:
    return round(days * DAY)


def _stretches(line: Any, chosen: Mask) -> list[Any]:
    places = np.flatnonzero(chosen)
    return np.split(places, np.flatnonzero(np.diff(line[places])) + 1) if len(places) else []


def _return(members: Any, place: int, at: Any, old: Any, new: Any, rules: Rules) -> int | None:
    """The place of the move that brings back the value from before the move at `place`, within `flap_days`; or None."""
    start = members[place]
    until = at[start] + _days(rules.flap_days)
    for later in range(place + 1, len(members)):
        if at[members[later]] > until:
            return None
        if new[members[later]] == old[start]:
            return later
    return None


def follows_the_clock(log: pd.DataFrame) -> Mask:
    """Base prices that moved because the time of day did: the rate card states both prices, and did not change.

    A base price that equals the price of one of the card's windows is that of the window. When it leaves that price, it
    must go back to what it last was outside of the windows, as far as that is known; else it is a change.
    """
    found = np.zeros(len(log), np.bool_)
    conditions = log["conditions"].to_numpy()
    candidates = np.flatnonzero(_contains(conditions, '"utc_start"') & (log["kind"] == "changed").to_numpy())
    if not len(candidates):
        return found
    offer = ("source", "scope", "model_id", "provider", "tag")
    recarded = log[log["field"] == "price.conditions"]
    anew = set(zip(*(recarded[name] for name in (*offer, "observed_at")), strict=True))
    outside: dict[tuple[Any, ...], str] = {}
    for row, said in each(log, candidates.tolist()):
        own = said.source, said.scope, said.model_id, said.provider, said.tag
        if (*own, said.observed_at) in anew or not (said.field and said.conditions and said.old and said.new):
            continue
        stated = _window_prices(said.conditions, said.field.removeprefix("price."))
        line = (*own, said.field, said.conditions)
        if said.old not in stated:
            outside[line] = said.old
        found[row] = said.new in stated or (said.old in stated and outside.get(line, said.new) == said.new)
        if said.new not in stated:
            outside[line] = said.new
    return found


@lru_cache(maxsize=4096)
def _window_prices(conditions: str, component: str) -> frozenset[str]:
    """The prices that a card states for a component by the time of day alone."""
    return frozenset(
        override[component]
        for override in json.loads(conditions)
        if component in override and "utc_start" in override and "min_prompt_tokens" not in override
    )


def is_repeated(log: pd.DataFrame, among: Mask) -> Mask:
    """Changes that another listing, page or answer has told already.

    A change seen at a capture happened between that capture and the one before. Two equal changes of which these times
    overlap are one, and the first to be seen counts. A page knows an endpoint by its provider alone, where an answer
    has a tag for it, and states less of one that came or went.
    """
    found = np.zeros(len(log), np.bool_)
    told: defaultdict[tuple[Any, ...], list[_Told]] = defaultdict(list)
    names = ("model_id", "kind", "field", "old", "new", "provider")
    rows = np.flatnonzero(among)
    part = log.iloc[rows]
    if part["scope"].nunique() < 2 and part["source"].nunique() < 2:
        return found
    columns = [part[name].tolist() for name in (*names, "tag", "observed_at", "previous_at", "source", "scope")]
    for row, model, kind, field, old, new, provider, tag, at, previous, *voice in zip(rows, *columns, strict=True):
        values = (old is None, new is None) if field == "endpoint" else (old, new)
        seen = told[model, kind, field, values, provider]
        for one in seen:
            if one.voice != voice and one.at > previous and (tag is None or one.tag in (tag, None)):
                found[row] = True
                one.tag = tag if one.tag is None else one.tag  # the next tag is another endpoint
                break
        else:
            seen.append(_Told(at, voice, tag))
    return found


@dataclass(slots=True)
class _Told:
    """A change that was told: when, by what source and scope, and of which of a provider's endpoints."""

    at: Any
    voice: list[str]
    tag: str | None


def _said(column: pd.Series, word: str) -> Mask:
    """The rows of a column of few words that say one of them."""
    code, words = pd.factorize(column)
    return np.asarray(np.append(words == word, False)[code], dtype=np.bool_)


def fields_where(log: pd.DataFrame, holds: Callable[[str], bool]) -> Mask:
    """The rows whose field is one for which something holds; there are few fields, however many rows."""
    code, fields = pd.factorize(log["field"])
    verdicts = np.array([*(holds(field) for field in fields), False], dtype=np.bool_)
    return verdicts[code]  # -1, for a row without a field, is the last


def instants(log: pd.DataFrame) -> npt.NDArray[np.int64]:
    """When each row was observed, in microseconds."""
    naive = log["observed_at"].dt.tz_convert(None)
    return np.asarray(naive.to_numpy(dtype="datetime64[us]").astype(np.int64))


def _contains(values: Any, part: str) -> Mask:
    found = np.zeros(len(values), np.bool_)
    stated = np.flatnonzero(~pd.isna(values))
    found[stated] = [part in value for value in values[stated]]
    return found
