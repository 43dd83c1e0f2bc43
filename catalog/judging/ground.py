"""What is known of a scope around a moment, when a capture of it is reconciled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from catalog.judging.state import Around, KnownSubject, count_prices, heads_of, ids_of, present_at, stated_around
from catalog.judging.unheard import Neighbours
from scrapers.document import Group, Statement


@dataclass(frozen=True, slots=True)
class Ground:
    """What the database says of a scope.

    `known` has every subject that the scope ever spoke of. `is_trusted` says that the fingerprints were made by the
    same version of the parser as the reading, so that equal ones mean equal statements. `told` is what the capture
    before states, where that is in memory and it has heard of everything.
    """

    connection: Connection
    scope_id: int
    known: Mapping[str, KnownSubject]
    near: Neighbours
    is_trusted: bool
    told: Mapping[str, Statement] | None = None

    @property
    def standing(self) -> Mapping[str, Statement]:
        """What the newest capture states of some subjects, where it is in memory: the identical object is no change."""
        return {}

    def heads(self, subjects: Iterable[int]) -> Mapping[int, Mapping[Group, int]]:
        """The fingerprints of the groups that the newest capture states of some subjects."""
        return heads_of(self.connection, subjects)

    def lines(
        self, kind: int, subjects: Iterable[int], at: int, after: int | None
    ) -> Mapping[int, Mapping[str, Around]]:
        """The timelines of some subjects around `at`, by subject and key."""
        return stated_around(self.connection, kind, subjects, at, after)

    def ids(self, keys: Iterable[str]) -> Mapping[str, str | None]:
        """The ids that some known subjects bear in the newest capture, by key."""
        return ids_of(self.connection, (self.known[key].id for key in keys))

    def present(self, at: int) -> Mapping[str, str | None]:
        """The subjects of the first voice that the capture at `at` states: the key and the model's id."""
        return present_at(self.connection, self.scope_id, at)

    def count_prices(self) -> int:
        """How many prices the capture before states."""
        before = self.near.before
        if before is None:
            return 0
        return count_prices(self.connection, self.scope_id, None if self.near.after is None else before)
