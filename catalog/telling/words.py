"""A change in a sentence, as a plain object, and under an id of its own: for feeds, hooks and terminals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

from catalog.instants import iso
from scrapers.api.rate_card import UNITS

_UNIT_WORDS = {"mtok": "per million tokens", "image": "per image", "request": "per request", "search": "per search"}
_LONGEST = 80
_BARE = 4
"""Digits of a whole number that are read without separators, as those of a year are."""


class Change(NamedTuple):
    """One row of `market_changes`, as plain values."""

    observed_at: pd.Timestamp
    source: str
    model_id: str
    kind: str
    field: str | None
    old: str | None
    new: str | None
    canonical_slug: str | None
    name: str | None
    provider: str | None
    tag: str | None
    change_percent: Decimal | None
    note: str | None
    scope: str

    @property
    def key(self) -> str:
        """What was told, whenever it happened: a hash of everything but the times."""
        told = (self.model_id, self.kind, self.field, self.old, self.new, self.provider, self.tag)
        return sha256(json.dumps(told).encode()).hexdigest()[:32]

    @property
    def id(self) -> str:
        """A name for this change that no other has: a hash of its content, as a URN."""
        return uuid5(NAMESPACE_URL, f"change:{self.source}:{self.instant}:{self.key}").urn

    @property
    def instant(self) -> str:
        """When it was observed, in ISO 8601."""
        return iso(self.observed_at.to_pydatetime())

    @property
    def author(self) -> str:
        """The lab, or an empty text for a model that is known by its name alone."""
        return self.model_id.removeprefix("~").partition("/")[0] if "/" in self.model_id else ""


def changes_in(frame: pd.DataFrame) -> Iterator[Change]:
    """The rows of a frame of `market_changes`."""
    columns = (frame[name].tolist() for name in Change._fields)
    return (Change(*row) for row in zip(*columns, strict=True))


def as_object(change: Change) -> dict[str, Any]:
    """A change as JSON holds it: money as text, times in UTC, with its id and its sentence."""
    values = change._asdict()
    percent = change.change_percent
    return {
        "id": change.id,
        "sentence": sentence(change),
        **values,
        "observed_at": change.instant,
        "change_percent": None if percent is None else str(percent),
    }


def sentence(change: Change) -> str:
    """What happened, in one line.

    >>> at = pd.Timestamp("2026-05-02", tz="UTC")
    >>> sentence(Change(at, "s", "a/b", "price", "price.prompt", "4", "3", None, "A: B", None, None,
    ...                 Decimal("-25.00"), None, "text"))
    'A: B: prompt 4 → 3 USD per million tokens (-25.00 %)'
    >>> sentence(Change(at, "s", "a/b", "fact", "top_provider.context_length", "202752", "198000", None, "A: B", None,
    ...                 None, None, None, "text"))
    'A: B: top provider context length 202,752 → 198,000'
    """
    who = change.name or change.model_id
    if change.provider:
        who += f" at {change.provider}" + (f" ({change.tag})" if change.tag and change.tag != change.provider else "")
    what = _PLAIN.get(change.kind)
    if what is not None and change.field is None:
        return f"{who}: {what}"
    if change.field == "endpoint":
        return f"{who}: {'now served' if change.old is None else 'no longer served'}"
    return f"{who}: {_PREFIX.get(change.kind, '')}{_moved(change)}"


_PLAIN = {
    "new": "new",
    "removed": "no longer listed",
    "returned": "listed again",
    "listing": "its variant is listed or not as a whole",
    "flap": "missing for a moment",
}
_PREFIX = {"downgrade": "silently lowered: ", "correction": "read wrongly before: "}


def _moved(change: Change) -> str:
    field = change.field or ""
    component = field.removeprefix("price.") if field.startswith("price.") else None
    word = (component or field.removeprefix("endpoint.")).replace("_", " ").replace(".", " ")
    if component in ("conditions", "history") or field == "description":
        return f"{word} {'stated' if change.old is None else 'withdrawn' if change.new is None else 'changed'}"
    unit = f" USD {_UNIT_WORDS[UNITS[component]]}" if component in UNITS else ""
    percent = f" ({change.change_percent:+} %)" if change.change_percent is not None else ""
    if change.old is None:
        return f"{word} {_short(change.new)}{unit}, not stated before"
    if change.new is None:
        return f"{word} no longer stated, was {_short(change.old)}{unit}"
    return f"{word} {_short(change.old)} → {_short(change.new)}{unit}{percent}"


def _short(said: str | None) -> str:
    line = " ".join((said or "").split())
    if line.isdecimal() and len(line) > _BARE:
        return f"{int(line):,}"
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
