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
    """Whom a part speaks of, in the source's own words.

    `key` is unique within a document and stable over time: `author/slug:variant` where the source states the
    permanent slug, `id:author/name` where it states an id alone, `name:The Name` where it states a name alone.
    `voice` is 1 where the document is about this subject, 2 where it merely mentions it: silence of a second voice
    means nothing. `model_id` is the id that it goes by, where that is not a part of the key: by it a subject is known
    again when the source begins or ceases to state permanent slugs.
    """

    key: str
    voice: Literal[1, 2] = 1
    model_id: str | None = None


def fingerprint(raw: Any) -> int:
    """Eight bytes that tell two raw forms apart, as a signed integer that any database holds."""
    return int.from_bytes(hashlib.blake2b(repr(raw).encode(), digest_size=8).digest(), "big", signed=True)


@dataclass(slots=True)
class Part:
    """One group of facts about one subject.

    `rows` makes the records. `raw` is what they are made of, where that is at hand before the rows are: two parts of
    equal `raw` have equal rows, as long as the parser's version is the same. None where the rows come first anyway.
    `mark` is the fingerprint of `raw`, where the source remembers it from an earlier document.
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
    """Of one subject, the providers of endpoints whose records were set aside ('' where nobody knows whose one is).

    `stated` has the endpoints that could be read, as `provider|tag` and as `provider|name`: only they were heard of.
    """

    providers: frozenset[str]
    stated: frozenset[str]

    @classmethod
    def beside(cls, providers: Iterable[str], read: Iterable[tuple[str, str | None, str | None]]) -> UnreadEndpoints:
        """Those beside the endpoints that could be read, of which the provider, the tag and the name are given."""
        named = ((provider, word) for provider, tag, name in read for word in ((tag,) if tag else ("", name or "")))
        return cls(frozenset(providers), frozenset(f"{provider}|{word}" for provider, word in named))


@dataclass(slots=True)
class Reading:
    """What a source read in one document.

    `statements` has what it states of each subject, by the subject's key. `scope` names what the document is the whole
    answer to: a listing (`text`, `all`), a model's id or its slug. `warnings` holds what could not be read and what has
    drifted; `rejected` counts the records set aside or read and not believed, of `stated` in all. `set_aside` are the
    keys, all that it may be known by, of those whose record could not be read, `unread` the endpoints of others, and
    `unread_lines` their prices and scores, as the beginnings of the keys that they may be stored under: `prompt||` is
    the headline price of the prompt, `|Acme|` any of Acme's, and an empty one any at all. A part's own warnings, if
    any, appear when its rows are made, in `warnings` too.
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
