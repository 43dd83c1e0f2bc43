"""What goes into a parser and what comes out of it.

A `Document` is bytes with what is known of their origin. A source reads it into a `Reading`: who is spoken of, in
which group of facts, and a way to the records. The rows of a part are made only when asked for, so that a caller who
knows a part already (by its `raw` form) need not pay for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from scrapers.records import BenchmarkScore, Endpoint, Model, Price, Rating, Record, Records, Warning
from scrapers.uncollected import uncollected

Group = Literal["facts", "prices", "endpoints", "scores", "ratings"]
GROUPS: tuple[Group, ...] = ("facts", "prices", "endpoints", "scores", "ratings")
"""The groups of fields that change together and are versioned together."""


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one answer, decompressed, and where they came from.

    `url` is the address that was asked, `name` the file it was read from; either may be unknown. `content_type` is
    the header's value without parameters, lower case.
    """

    body: bytes
    url: str | None = None
    name: str | None = None
    content_type: str | None = None
    observed_at: datetime | None = None

    @property
    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the body: its name in the archive."""
        return hashlib.sha256(self.body).hexdigest()


class Subject(NamedTuple):
    """What a part is about, in the source's own words.

    Attributes:
        key: unique within a document and stable over time: `author/slug:variant` where the source states the permanent
            slug, `id:author/name` where it states an id alone, `name:The Name` where it states a name alone.
        voice: 1 where the document is about this subject, 2 where it merely mentions it: the silence of a second voice
            means nothing.
        model_id: its id, where the source states one. By it a subject is recognised when the source begins or ceases
            to state permanent slugs.
    """

    key: str
    voice: Literal[1, 2] = 1
    model_id: str | None = None


def fingerprint(raw: Any) -> int:
    """A hash of a raw form in eight bytes, as a signed integer that any database holds."""
    return int.from_bytes(hashlib.blake2b(repr(raw).encode(), digest_size=8).digest(), "big", signed=True)


@dataclass(slots=True)
class Part:
    """One group of facts about one subject.

    Attributes:
        rows: makes the records.
        raw: what the records are made of: parts with equal `raw` have equal rows, as long as the parser's version is
            the same. None where the rows are made first anyway.
        mark: the fingerprint of `raw`, where the source remembers it from an earlier document.
    """

    subject: Subject
    group: Group
    rows: Callable[[], Sequence[Record]]
    raw: Any = None
    mark: int | None = None

    def fingerprint(self) -> int | None:
        """What tells this part from another of its group; None where only its rows can."""
        if self.mark is None and self.raw is not None:
            self.mark = fingerprint(self.raw)
        return self.mark


class Statement:
    """All that a document states of one subject: its parts, in the order of the document."""

    __slots__ = ("_parts", "_whole", "subject")

    def __init__(self, subject: Subject, parts: Sequence[Part] = ()) -> None:
        self.subject = subject
        self._parts: Sequence[Part] = parts
        self._whole: int | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statement) and (self.subject, self.parts) == (other.subject, other.parts)

    __hash__ = None  # type: ignore[assignment]  # parts cannot be hashed

    @property
    def parts(self) -> Sequence[Part]:
        """The groups of facts about the subject."""
        return self._parts

    @property
    def whole(self) -> int:
        """The fingerprint of all that is stated of the subject; 0 where only the rows can tell."""
        if self._whole is None:
            self._whole = whole_of(tuple([(part.group, part.fingerprint()) for part in self.parts]))
        return self._whole


@lru_cache(maxsize=8192)
def whole_of(marks: tuple[tuple[Group, int | None], ...]) -> int:
    """The fingerprint of parts, by their groups and fingerprints; 0 where one of them has none."""
    return 0 if any(mark is None for _, mark in marks) else fingerprint(list(marks))


class UnreadEndpoints(NamedTuple):
    """The endpoints of one subject that could not be read.

    Attributes:
        providers: their providers; '' where that cannot be told of one.
        stated: the endpoints that could be read, as `provider|tag`; without a tag as `provider|` and `provider|name`.
    """

    providers: frozenset[str]
    stated: frozenset[str]

    @classmethod
    def beside(cls, providers: Iterable[str], read: Iterable[tuple[str, str | None, str | None]]) -> UnreadEndpoints:
        """The unread endpoints of some providers, given the provider, tag and name of each that could be read."""
        named = ((provider, word) for provider, tag, name in read for word in ((tag,) if tag else ("", name or "")))
        return cls(frozenset(providers), frozenset(f"{provider}|{word}" for provider, word in named))


@dataclass(slots=True)
class Reading:
    """What a source read in one document.

    Attributes:
        scope: what the document is the whole answer to: a listing (`text`, `all`), a model's id, or its slug.
        statements: what it states of each subject, by the subject's key.
        stated, rejected: how many records it has, and how many of them were set aside, or read and not believed.
        set_aside: every key that a subject may have whose record could not be read; '' where that cannot be told.
        unread: the endpoints that could not be read of subjects that could.
        unread_lines: their prices and scores that could not be read, by subject and group, as the beginnings of the
            keys under which they may be stored: `prompt||` is the headline price of the prompt, `|Acme|` any price of
            Acme's, and an empty text any at all.
        warnings: what could not be read, and what has drifted. Those of a part appear when its rows are made.
    """

    scope: str
    statements: dict[str, Statement] = field(default_factory=dict)
    stated: int = 0
    rejected: int = 0
    set_aside: set[str] = field(default_factory=set)
    unread: dict[str, UnreadEndpoints] = field(default_factory=dict)
    unread_lines: dict[str, dict[Group, frozenset[str]]] = field(default_factory=dict)
    warnings: list[Warning] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """The parts of all statements."""
        return [part for statement in self.statements.values() for part in statement.parts]

    def add(self, *parts: Part) -> None:
        """Take in more of what is stated of some subject."""
        for part in parts:
            said = self.statements.get(part.subject.key) or Statement(part.subject)
            self.statements[part.subject.key] = Statement(said.subject, [*said.parts, part])

    def records(self) -> Records:
        """Every part's rows, sorted into the lists of `Records`: subject by subject, in the order of the document."""
        records = Records(warnings=self.warnings)
        lists: dict[type, list[Any]] = {
            Model: records.models,
            Endpoint: records.endpoints,
            Price: records.prices,
            BenchmarkScore: records.benchmark_scores,
            Rating: records.ratings,
        }
        with uncollected():
            for part in self.parts:
                for row in part.rows():
                    lists[type(row)].append(row)
        return records
