"""The voices of a moment: who speaks of which model, and what each says of it. A question reads them once.

What the models are called, and whether they are listed, follows the same rules as the SQL of `asof.py`, over rows that
were read already; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from catalog.asof import PLACES, ROUNDED, voices
from catalog.questions.answers import Answers, Kind
from catalog.words import Ints, Words

WHOLE_LIST = "all"
"""The scope of the list that has every model."""

_ASKED_NO_MORE = -1

Named = tuple[str, str | None, str | None, str | None]
"""A variant, an id, a permanent slug and a name."""

_NAMES = ("variant", "model_id", "canonical_slug", "name")
_VOICES: dict[str, Kind] = {
    **dict.fromkeys(("number", "resolved_id"), "whole"),
    **dict.fromkeys(("source", "scope"), "text"),
    **dict.fromkeys(("stated_at", "listed_at", "heard_at", "is_here"), "whole"),
    **dict.fromkeys(_NAMES, "text"),
}

_TEXTS = ("input_modalities", "output_modalities")


def voices_at(answers: Answers, as_of: int, known: int, facts: Iterable[str] = ()) -> pa.Table:
    """Every voice, of each model the best first: its number, its model, and what it says of it at a moment.

    `stated_at` is the capture that answers for it; `variant` is null where it does not list the model. `facts` are
    further fields that it states, whole numbers or texts: a list is its JSON.
    """
    asked = [name for name in facts if name not in _VOICES]
    stated = [column for name in asked for column in (name, ROUNDED.get(name)) if column is not None]
    kinds: dict[str, Kind] = {name: "text" if name in _TEXTS else "whole" for name in stated}
    return answers.ask(voices(asked), _VOICES | kinds, as_of=as_of, known=known)


def listed(told: pa.Table) -> pa.Table:
    """What is said of the models that are listed, the best voice of each first, without outdated lists."""
    stated = told.filter(pa.array(told["variant"].is_valid().to_numpy() & (speaking_at(told) != _ASKED_NO_MORE)))
    gone = _gone(told)
    return stated.filter(pa.array(~np.isin(_whole(stated, "resolved_id"), gone))) if len(gone) else stated


def _gone(told: pa.Table) -> Ints:
    """The models that the last list which could have them lacks.

    Of lists heard at one instant the first by the name of its scope counts; of two subjects of one list, one that is
    listed.
    """
    lists = told.filter(told["is_here"].is_valid())
    number, heard_at, is_here = (_whole(lists, name) for name in ("resolved_id", "heard_at", "is_here"))
    scope = Words.of(lists["scope"]).ranks()
    order = np.lexsort((-is_here, scope, -heard_at, number))
    first = order[np.flatnonzero(np.diff(number[order], prepend=-1))]
    gone = is_here[first] == 0
    whole = np.flatnonzero(lists["scope"].to_numpy() == WHOLE_LIST)
    if len(whole):  # it could have every model
        at, place = heard_at[whole[0]], scope[whole[0]]
        gone |= (at > heard_at[first]) | ((at == heard_at[first]) & (place < scope[first]))
    absent: Ints = number[first][gone]
    return absent


def missed_once(told: pa.Table) -> set[int]:
    """The models that a list lacked when it was heard last, and that still count as listed: it takes two captures."""
    is_missed = told["is_here"].fill_null(0).to_numpy().astype(bool) & (
        _whole(told, "listed_at") < _whole(told, "heard_at")
    )
    return set(_whole(told, "resolved_id")[is_missed].tolist())


def speaking_at(told: pa.Table) -> Ints:
    """The capture that answers for each voice, `stated_at`; -1 for an outdated list.

    Of several lists the one heard last answers for the models that it could have: those that it had before, or all,
    where it is the list of every model. Its silence is an answer too: no older list is asked instead.
    """
    stated_at = _whole(told, "stated_at").copy()
    is_list = told["is_here"].is_valid().to_numpy()
    scopes = told["scope"].to_numpy()
    if len(set(scopes[is_list])) < 2:
        return stated_at
    number, turn = _whole(told, "resolved_id"), _turns(told)
    last = np.full(int(number.max()) + 1, turn[is_list & (scopes == WHOLE_LIST)].max(initial=-1))
    np.maximum.at(last, number[is_list], turn[is_list])
    stated_at[is_list & (turn < last[number])] = _ASKED_NO_MORE
    return stated_at


def _turns(told: pa.Table) -> Ints:
    """The rank of each voice's capture by time; of captures of one instant the first scope by name ranks highest."""
    heard_at, scope = _whole(told, "heard_at"), Words.of(told["scope"]).ranks()
    order = np.lexsort((-scope, heard_at))
    turns = np.empty(len(order), dtype=np.int64)
    turns[order] = np.cumsum(
        np.diff(heard_at[order], prepend=0).astype(bool) | np.diff(scope[order], prepend=-1).astype(bool)
    )
    return turns


def _whole(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name].to_numpy(), dtype=np.int64)


def names_of(stated: pa.Table) -> dict[int, Named]:
    """How each model is called, from the best voice that calls it anything; the variant from the best one."""
    rows = zip(*(stated[name].to_pylist() for name in _NAMES), strict=True)
    return _of_each(stated, rows, _named)


def named_last(stated: pa.Table) -> dict[int, tuple[bool, int]]:
    """By model, whether a list states an id for it, and when it was last stated.

    Of several models with one id the greatest of these pairs has it now. A list that lacks a model, though the model
    still counts as listed, has not stated its id since.
    """
    called = stated.filter(stated["model_id"].is_valid())
    columns = (called["resolved_id"], called["is_here"].is_valid(), called["listed_at"])
    last: dict[int, tuple[bool, int]] = {}
    for number, *said in zip(*(column.to_pylist() for column in columns), strict=True):
        last[number] = max((said[0], said[1]), last.get(number, (False, 0)))
    return last


def fact_of(stated: pa.Table, name: str) -> dict[int, Any]:
    """A fact of each model, from the best voice that states it exactly, else from the best that states it."""
    flags = [0] * len(stated) if name not in ROUNDED else stated[ROUNDED[name]].to_pylist()
    return {
        number: value
        for number, (value, _) in _of_each(stated, zip(stated[name].to_pylist(), flags, strict=True), _exact).items()
    }


def _of_each(stated: pa.Table, rows: Iterable[Any], merge: Any) -> dict[int, Any]:
    """The row of each model, where it has several what `merge` makes of the first `PLACES` of them."""
    numbers = stated["resolved_id"].to_pylist()
    listed = list(rows)
    found = dict(zip(numbers, listed, strict=True))
    if len(found) == len(numbers):
        return found
    said: dict[int, list[Any]] = {}
    for number, row in zip(numbers, listed, strict=True):
        said.setdefault(number, []).append(row)
    return {number: each[0] if len(each) == 1 else merge(each[:PLACES]) for number, each in said.items()}


def _named(said: list[Named]) -> Named:
    model_id, slug, name = (next((one[field] for one in said if one[field] is not None), None) for field in (1, 2, 3))
    return said[0][0], model_id, slug, name


def _exact(said: list[tuple[Any, int]]) -> tuple[Any, int]:
    stated = [one for one in said if one[0] is not None]
    return next((one for one in stated if not one[1]), stated[0] if stated else said[0])
