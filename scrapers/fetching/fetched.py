"""What is asked of the web, and what came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scrapers.errors import FetchError


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last answer said of itself, to be sent back: "only if it has changed"."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditional headers. A value that no header can hold is left out: that costs a full answer, no more."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value and value.isascii() and value.isprintable()}

    def agree_with(self, others: Validators) -> bool:
        """Whether both may be of one document. Tags decide where both have one; a weak one is as good as a strong one.

        >>> ours = Validators('"a"', "Monday")
        >>> [ours.agree_with(Validators(tag, "Tuesday")) for tag in ('W/"a"', '"b"', None)]
        [True, False, False]
        """
        pairs = (self.etag, others.etag), (self.last_modified, others.last_modified)
        told = next(((ours, theirs) for ours, theirs in pairs if ours and theirs), ("", ""))
        return told[0].removeprefix("W/") == told[1].removeprefix("W/")


@dataclass(frozen=True, slots=True)
class Request:
    """One address to be fetched.

    Attributes:
        validators: of the body that we have, if any.
        stored: gives that body, verified against its hash, or None where it is lost. With it, "not modified" is
            answered from the archive, and a lost body is fetched again without validators.
        obeys_robots: false for an interface that is meant for programs.
        tag: the caller's own, untouched.
    """

    url: str
    validators: Validators | None = None
    stored: Callable[[], bytes | None] | None = None
    obeys_robots: bool = True
    tag: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, whole and within bounds: 200, or 304 where validators were sent.

    Attributes:
        url: the address that answered, after redirects.
        headers: those that say something of the document, by lower-case name. No cookies.
        wire: the body as it came, to be archived with its `content_encoding`; empty for 304.
        body: the body decoded; for 304 what the archive had, empty where it was not asked.
        started_at, finished_at: of the attempt that succeeded, UTC by our clock.
        attempts: how many requests it took, redirects not counted.
        server_date: when the host says that it made this answer, UTC by its clock.
        age_s: how long the answer lay in a cache on its way.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    wire: bytes = field(repr=False)
    content_encoding: str | None
    body: bytes = field(repr=False)
    started_at: datetime
    finished_at: datetime
    attempts: int = 1
    server_date: datetime | None = None
    age_s: int | None = None

    @property
    def not_modified(self) -> bool:
        """Whether the host said that what we have is still right."""
        return self.status == 304

    @property
    def gzip_wire(self) -> bytes | None:
        """The body as it came, where it came as gzip: the form in which the archive keeps it."""
        return self.wire if (self.content_encoding or "").strip().lower() in ("gzip", "x-gzip") else None

    @property
    def content_type(self) -> str | None:
        """The media type without parameters, lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None

    @property
    def validators(self) -> Validators:
        """What to send when this address is asked again."""
        return Validators(self.headers.get("etag"), self.headers.get("last-modified"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request of many: an answer or an error, never both; and what the caller made of it."""

    request: Request
    answer: Answer | None = None
    error: FetchError | None = None
    made: Any = None
