"""A record of the listing that can be taken: whose it is, where it stands, and the parts that it has to say.

What a listing asks of a record (its parts, which of its keys are filled, whether its model writes text) is worked out
once, for the record comes again in the next capture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from scrapers.api.dear_prices import too_dear
from scrapers.api.model_card import IDENTITY_WORDS, MODALITIES, Identity, modalities_in, model_of
from scrapers.api.rate_card import price_rows
from scrapers.api.score_card import score_rows
from scrapers.document import Group, Part, Statement, Subject, fingerprint, whole_of
from scrapers.records import BenchmarkScore, Model, Price, Record

LEAST_FILLED = {
    "name": 0.95,
    "created": 0.95,
    "description": 0.8,
    "context_length": 0.8,
    "architecture": 0.95,
    "pricing": 0.95,
    "top_provider": 0.95,
    "supported_parameters": 0.5,
}
"""The share of records in which each key always had a value that is not empty."""

LEAST_FILLED_SINCE_COUNTED = LEAST_FILLED | {
    "links": 0.95,
    "reasoning": 0.25,
    "knowledge_cutoff": 0.2,
    "benchmarks": 0.15,
    "default_parameters": 0.15,
    "hugging_face_id": 0.15,
}
"""The same of answers that state how many records there are, as all do since July 2026."""

_BITS = 32
_DIGITS = {key: 1 << _BITS * place for place, key in enumerate(LEAST_FILLED_SINCE_COUNTED)}
"""A digit for each of these keys in one whole number: the sum of many such numbers counts all keys at once."""


class _Said(NamedTuple):
    """One group of a record: what makes its rows, given the place of the record, and what they are made of."""

    group: Group
    make: Callable[..., Sequence[Record]]
    of: tuple[Any, ...]
    raw: Any


class Sound:
    """A record that can be taken: whose it is, itself, and what it says, wherever it stands.

    `filled` has a one in the digit of each key of `_DIGITS` that is not empty. `dear` is the price that is too
    dear to be one, if any. `is_spotless` where there was nothing else to note; `has_new_words` where it has a modality
    that is unknown, `has_odd_prices` where they are written as prices are not.
    """

    __slots__ = ("_beside", "_marks", "_said", "_whole", "dear", "filled", "has_new_words", "has_odd_prices",
                 "is_spotless", "record", "subject", "who", "writes_text")  # fmt: skip

    def __init__(self, who: Identity, record: dict[str, Any], beside: dict[str, Any], *, is_spotless: bool) -> None:
        """`beside` is what prices and scores left over for the facts."""
        self.who = who
        self.subject = Subject(who.key, model_id=who.model_id)
        self.record = record
        self.filled = 0
        for key, digit in _DIGITS.items():
            if record.get(key):
                self.filled += digit
        self.writes_text = _writes_text(record)
        self.dear = too_dear(record.get("pricing"), record.get("architecture"))
        self.is_spotless = is_spotless
        self.has_new_words = self.has_odd_prices = False
        self._beside = beside
        self._said: tuple[_Said, ...] | None = None
        self._marks: tuple[int, ...] | None = None
        self._whole: int | None = None

    @property
    def said(self) -> tuple[_Said, ...]:
        """The three groups of a model, always all of them, so that one that becomes empty is seen to."""
        if self._said is None:
            who, beside = self.who, self._beside
            pricing, benchmarks = self.record.get("pricing"), self.record.get("benchmarks")
            facts = self.record.copy()
            for word in _NOT_FACTS:
                facts.pop(word, None)
            self._said = (
                _Said("facts", _facts, (facts, who, beside), (who, facts, beside)),
                _Said("prices", _prices, (pricing, who), (who, pricing)),
                _Said("scores", _scores, (benchmarks, who), (who, benchmarks)),
            )
        return self._said

    @property
    def whole(self) -> int:
        """The fingerprint of all that it says; those of its groups are remembered with it."""
        if self._whole is None:
            self._marks = tuple([fingerprint(one.raw) for one in self.said])
            self._whole = whole_of(tuple(zip(_GROUPS, self._marks, strict=True)))
        return self._whole

    def parts(self, subject: Subject, place: str) -> list[Part]:
        """What it says of a subject, its own or the same by another key, where it stands in one document."""
        marks = self._marks or _UNMARKED
        return [
            Part(subject, group, partial(make, *of, place), raw, mark)
            for (group, make, of, raw), mark in zip(self.said, marks, strict=True)
        ]


_GROUPS: tuple[Group, ...] = ("facts", "prices", "scores")
_UNMARKED = (None,) * len(_GROUPS)


class Listed(Statement):
    """A sound record where it stands in one document; its parts are made when they are asked for."""

    __slots__ = ("place", "sound")

    def __init__(self, sound: Sound, place: str, subject: Subject | None = None) -> None:
        self.sound = sound
        self.place = place
        self.subject = subject or sound.subject

    @property
    def parts(self) -> list[Part]:
        return self.sound.parts(self.subject, self.place)

    @property
    def whole(self) -> int:
        return self.sound.whole

    def known_as(self, key: str) -> Listed:
        """The same record of a subject that has another key."""
        return Listed(self.sound, self.place, Subject(key, model_id=self.subject.model_id))


TWO_WAYS = (
    "departs from the contract in two ways, by an unknown modality and by the notation of its prices; the source does "
    "not write such records"
)


def by_another_hand(made: Sequence[Listed | None], odd: Sequence[int]) -> Iterator[tuple[int, Sound]]:
    """Records that depart in two ways from the contract, in one of which most of the listing does not: somebody edited
    the file.
    """
    priced = [(number, one.sound) for number in odd if (one := made[number]) is not None and one.sound.has_odd_prices]
    if 2 * len(priced) <= len(made):
        yield from ((number, sound) for number, sound in priced if sound.has_new_words)


def filled_in(listed: Iterable[Listed]) -> dict[str, int]:
    """How many records have a value that is not empty, by the keys of `_DIGITS`."""
    filled = sum(one.sound.filled for one in listed)
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


_NOT_FACTS = (*IDENTITY_WORDS, "pricing", "benchmarks")


def _facts(facts: dict[str, Any], who: Identity, beside: dict[str, Any], place: str) -> Sequence[Model]:
    return [model_of(facts, who, beside, place)]


def _prices(pricing: Any, who: Identity, place: str) -> Sequence[Price]:
    return price_rows(pricing, who.canonical_slug, who.model_id, f"{place}/pricing") if type(pricing) is dict else []


def _scores(benchmarks: Any, who: Identity, place: str) -> Sequence[BenchmarkScore]:
    if type(benchmarks) is not dict:
        return []
    return score_rows(benchmarks, who.canonical_slug, who.model_id, f"{place}/benchmarks")
