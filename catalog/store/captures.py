"""Captures as the store takes them, and the rows that tell of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, text

from catalog.store.tables import CAPTURE, DRIFT
from catalog.store.transaction import Transaction
from scrapers.document import Reading
from scrapers.records import Warning

ACCEPTED, HELD, REFUSED = "accepted", "held", "refused"


class NewCapture(NamedTuple):
    """One answer, about to be stored. `review` is the reason for which somebody accepted it in spite of the guard."""

    source: str
    observed_at: int
    known_at: int
    document_sha256: str
    parser_version: str
    run_id: int
    url: str | None = None
    review: str | None = None


class Judgement(NamedTuple):
    """The verdict of one capture, by its document and time."""

    document_sha256: str
    observed_at: int
    verdict: str
    reason: str | None


class Applied(NamedTuple):
    """What became of a capture.

    `verdict` is `accepted`, `held` or `refused`. `changes` counts the versions that begin, end or move; `others` are
    captures whose verdict this one changed.
    """

    capture_id: int | None
    verdict: str
    scope: str | None = None
    reason: str | None = None
    changes: int = 0
    others: tuple[Judgement, ...] = ()


class Known(NamedTuple):
    """A capture that is stored already. `review` is a person's reason for its verdict, where one decided."""

    capture_id: int
    verdict: str
    scope: str | None
    reason: str | None
    review: str | None
    known_at: int


class Counts(NamedTuple):
    """How many records an answer stated and how many were set aside; `unheard` says of whom, as the database has it."""

    stated: int = 0
    rejected: int = 0
    unheard: str | None = None


class OfInstant(NamedTuple):
    """The capture that a scope has at one instant already."""

    capture_id: int
    verdict: str
    document_sha256: str
    review: str | None
    stated: int
    rejected: int

    @property
    def rank(self) -> Rank:
        """Its place among the answers of its instant."""
        return rank_of(self.review, self.stated, self.rejected, self.document_sha256)


Rank = tuple[bool, int, int, str]


def rank_of(review: str | None, stated: int, rejected: int, document_sha256: str) -> Rank:
    """Of two answers of one instant the smaller rank counts.

    It is the one that somebody reviewed, of which more can be read, or which says more; else the smaller hash decides.
    """
    return review is None, rejected, -stated, document_sha256


def displaced_by(document_sha256: str) -> str:
    """Why an answer does not count: another one of the same instant does."""
    return f"another answer of the same instant counts ({document_sha256[:12]}…)"


Reread = Callable[[str, str | None], Reading]
"""How an archived document is read again, by its hash and its url: a held capture may be believed later."""


def known(connection: Connection, source: str, observed_at: int, document_sha256: str) -> Known | None:
    """What became of this document at this time, where it is stored already."""
    values = {"source": source, "at": observed_at, "hash": document_sha256}
    found = connection.execute(_KNOWN, values).first()
    return None if found is None else Known(*found)


_KNOWN = text(
    "SELECT c.id, c.verdict, p.key, c.reason, c.review, c.known_at FROM capture c JOIN source s ON s.id = c.source_id"
    " LEFT JOIN scope p ON p.id = c.scope_id"
    " WHERE s.slug = :source AND c.observed_at = :at AND c.document_sha256 = :hash"
)


def refused_as(connection: Connection, code: str) -> frozenset[tuple[str, str, str]]:
    """The documents that were refused with a code: source, hash and version of the parser."""
    rows = connection.execute(text(_REFUSED_AS), {"reason": f"{code}:%"})
    return frozenset((slug, sha256, version) for slug, sha256, version in rows)


_REFUSED_AS = (
    "SELECT DISTINCT s.slug, c.document_sha256, c.parser_version FROM capture c JOIN source s ON s.id = c.source_id"
    " WHERE c.verdict = 'refused' AND c.reason LIKE :reason"
)


def of_instant(connection: Connection, scope_id: int, at: int) -> OfInstant | None:
    """The capture of a scope at an instant, accepted or held; None where there is none."""
    found = connection.execute(_OF_INSTANT, {"scope": scope_id, "at": at}).first()
    return None if found is None else OfInstant(*found)


_OF_INSTANT = text(
    "SELECT id, verdict, document_sha256, review, stated, rejected FROM capture"
    " WHERE scope_id = :scope AND observed_at = :at"
)


def remove(transaction: Transaction, capture_id: int) -> None:
    """Take out the row of a capture of which no version speaks."""
    transaction.flush()
    transaction.connection.execute(delete(DRIFT).where(DRIFT.c.capture_id == capture_id))
    transaction.connection.execute(delete(CAPTURE).where(CAPTURE.c.id == capture_id))


def add(
    transaction: Transaction,
    capture: NewCapture,
    scope_id: int | None,
    verdict: str,
    reason: str | None,
    counts: Counts = Counts(),  # noqa: B008 - it cannot be changed
) -> int:
    """A row for a capture; returns its number."""
    return transaction.add_capture(
        {
            "source_id": transaction.source_id(capture.source),
            "scope_id": scope_id,
            "observed_at": capture.observed_at,
            "known_at": capture.known_at,
            "document_sha256": capture.document_sha256,
            "parser_version": capture.parser_version,
            "run_id": capture.run_id,
            "verdict": verdict,
            "reason": reason,
            "review": capture.review,
            "url": capture.url,
            **counts._asdict(),
        }
    )


def add_drift(transaction: Transaction, capture_id: int, warnings: Sequence[Warning]) -> None:
    """Rows for what the parser noticed in a capture."""
    if not warnings:
        return
    first = transaction.next_id(DRIFT, len(warnings))
    transaction.add(
        DRIFT,
        [(number, capture_id, one.code, one.message, one.where) for number, one in enumerate(warnings, start=first)],
    )
