"""A record of the listing that can be taken: whose it is, where it stands, and the parts that it has to say.

What a listing asks of a record (its parts, which of its keys are filled, whether its model writes text) is worked out
once, for the record comes again in the next capture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from scrapers.api.dear_prices import too_dear
from scrapers.api.model_card import IDENTITY_WORDS, MODALITIES, Identity, modalities_in, model_of
from scrapers.api.rate_card import price_rows
from scrapers.api.score_card import score_rows
from scrapers.document import Part, Subject
from scrapers.records import BenchmarkScore, Model, Price, Record

LEAST_FILLED = {
    "name": 0.95,
    "created": 0.95,
    "description": 0.8,
    "context_length": 0.8,
    "architecture": 0.95,
    "pricing": 0.95,
    "supported_parameters": 0.5,
}
"""The share of records in which each key always had a value that is not empty."""

_BITS = 32
_DIGITS = {key: 1 << _BITS * place for place, key in enumerate(LEAST_FILLED)}
"""A digit for each of these keys in one whole number: the sum of many such numbers counts all keys at once."""


class Sound(NamedTuple):
    """A record that can be taken: whose it is, itself, and where it stands.

    `parts` serve as long as the record stands in the same place. `filled` has a one in the digit of each key of
    `LEAST_FILLED` that is not empty. `dear` is the price that is too dear to be one, if any. `is_spotless` where there
    was nothing else to note.
    """

    who: Identity
    record: dict[str, Any]
    place: str
    parts: list[Part]
    filled: int
    writes_text: bool
    dear: str | None
    is_spotless: bool = False

    @classmethod
    def of(
        cls, who: Identity, record: dict[str, Any], beside: dict[str, Any], place: str, *, is_spotless: bool
    ) -> Sound:
        """A record with its parts; `beside` is what prices and scores left over for the facts."""
        filled = 0
        for key, digit in _DIGITS.items():
            if record.get(key):
                filled += digit
        parts = _parts(who, record, beside, place)
        dear = too_dear(record.get("pricing"), record.get("architecture"))
        return cls(who, record, place, parts, filled, _writes_text(record), dear, is_spotless)

    def standing_at(self, place: str) -> Sound:
        """The same record in another place; nothing that was worked out of it is worked out again."""
        parts = []
        for old in self.parts:
            make: partial[Sequence[Record]] = old.rows  # type: ignore[assignment]  # `_parts` made it
            parts.append(Part(old.subject, old.group, partial(make.func, *make.args[:-1], place), old.raw, old.mark))
        return self._replace(place=place, parts=parts)

    def known_as(self, key: str) -> Sound:
        """The same record of a subject that has another key."""
        subject = Subject(key, model_id=self.who.model_id)
        parts = [Part(subject, old.group, old.rows, old.raw, old.mark) for old in self.parts]
        return self._replace(who=self.who._replace(key=key), parts=parts)


def filled_in(sound: Iterable[Sound]) -> dict[str, int]:
    """How many records have a value that is not empty, by the keys of `LEAST_FILLED`."""
    filled = sum(one.filled for one in sound)
    return {key: filled // digit % (1 << _BITS) for key, digit in _DIGITS.items()}


def _writes_text(record: dict[str, Any]) -> bool:
    """Whether a model writes text; one of which nothing is said that we know is taken to."""
    architecture = record.get("architecture")
    words = architecture.get("output_modalities") if isinstance(architecture, dict) else None
    if words is None and isinstance(architecture, dict):
        words = modalities_in(architecture.get("modality")).get("output_modalities")
    return (
        not isinstance(words, list)
        or "text" in words
        or not any(word in MODALITIES for word in words if type(word) is str)
    )


def _parts(who: Identity, record: dict[str, Any], beside: dict[str, Any], place: str) -> list[Part]:
    """The three groups of a model, always all of them, so that one that becomes empty is seen to.

    What makes the rows of each takes the place last: it is all that differs where the record stands elsewhere.
    """
    subject = Subject(who.key, model_id=who.model_id)
    pricing, benchmarks = record.get("pricing"), record.get("benchmarks")
    facts = record.copy()
    for word in _NOT_FACTS:
        facts.pop(word, None)
    return [
        Part(subject, "facts", partial(_facts, facts, who, beside, place), (who, facts, beside)),
        Part(subject, "prices", partial(_prices, pricing, who, place), (who, pricing)),
        Part(subject, "scores", partial(_scores, benchmarks, who, place), (who, benchmarks)),
    ]


_NOT_FACTS = (*IDENTITY_WORDS, "pricing", "benchmarks")


def _facts(facts: dict[str, Any], who: Identity, beside: dict[str, Any], place: str) -> Sequence[Model]:
    return [model_of(facts, who, beside, place)]


def _prices(pricing: Any, who: Identity, place: str) -> Sequence[Price]:
    return price_rows(pricing, who.canonical_slug, who.model_id, f"{place}/pricing") if type(pricing) is dict else []


def _scores(benchmarks: Any, who: Identity, place: str) -> Sequence[BenchmarkScore]:
    if type(benchmarks) is not dict:
        return []
    return score_rows(benchmarks, who.canonical_slug, who.model_id, f"{place}/benchmarks")
