"""What can go wrong in the catalogue, and the exit code of each.

CatalogError                 1
├── UsageError               2   an unknown model, a filter that cannot be read, a wrong argument
├── PartialFailure           3   stored in part: some documents failed
├── HeldForReview            4   held back: the answer was not believable
├── SourceFailed             5   a source failed, and nothing was stored from it
├── StoreError               6   the database or the archive failed
├── SchemaMismatch           7   the database's schema and the program's do not match
└── Busy                    75   somebody else is writing; try later
"""

from __future__ import annotations

from scrapers import errors as of_scrapers


class CatalogError(Exception):
    """The root of this package's errors; each says what was seen, where, and what to do."""

    exit_code = 1


class UsageError(CatalogError):
    """The question cannot be understood."""

    exit_code = 2


class UnknownModel(UsageError):
    """No model of that id, slug or name."""


class PartialFailure(CatalogError):
    """Some documents were stored, others failed."""

    exit_code = 3


class HeldForReview(CatalogError):
    """An answer was archived but not believed."""

    exit_code = 4


class SourceFailed(CatalogError):
    """A source failed, and nothing was stored from it."""

    exit_code = 5


class StoreError(CatalogError):
    """The database or the archive failed."""

    exit_code = 6


class SchemaMismatch(CatalogError):
    """The database's schema and the program's do not match."""

    exit_code = 7


class Busy(CatalogError):
    """Somebody else is writing."""

    exit_code = 75


def exit_code_of(error: BaseException) -> int:
    """The exit code of an error of this package or of what fetches and reads, whose archive is a part of the store."""
    if isinstance(error, of_scrapers.ArchiveError):
        return StoreError.exit_code
    other = SourceFailed.exit_code if isinstance(error, of_scrapers.ScraperError) else CatalogError.exit_code
    return getattr(error, "exit_code", other)
