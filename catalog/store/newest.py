"""What is known of a scope when a capture comes after all others of it, which needs little of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.judging.ground import Ground
from catalog.judging.state import Around, count_prices, ids_of
from catalog.kinds import FACT
from catalog.store.scopes import ScopeState
from catalog.store.transaction import Transaction
from catalog.store.waiting import FIRST
from catalog.version_tables import PAYLOAD
from scrapers.document import Group, Statement

_MODEL_ID = len(FIRST) + PAYLOAD[FACT].index("model_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedGround(Ground):
    """What a transaction remembers of a scope, or reads once: what it has written itself need not be in the database.

    Whatever waits to be written is of subjects and groups that were looked up before, so the database is right about
    all others.
    """

    scope: ScopeState
    transaction: Transaction

    @property
    def standing(self) -> Mapping[str, Statement]:
        return self.scope.said if self.is_trusted else {}

    def heads(self, subjects: Iterable[int]) -> Mapping[int, Mapping[Group, int]]:
        return self.scope.heads(self.connection, subjects)

    def lines(
        self, kind: int, subjects: Iterable[int], at: int, after: int | None
    ) -> Mapping[int, Mapping[str, Around]]:
        return self.scope.lines(self.connection, kind, subjects)

    def ids(self, keys: Iterable[str]) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        stored: list[str] = []
        numbers = {key: self.known[key].id for key in keys}
        facts = self.scope.lines(self.connection, FACT, numbers.values())
        for key, number in numbers.items():
            waits = [
                version
                for line in facts[number].values()
                if (version := self.transaction.waiting.open_version(FACT, line.timeline_id)) is not None
            ]
            if waits:
                found[key] = waits[-1][_MODEL_ID]
            else:
                stored.append(key)
        return {**found, **ids_of(self.connection, (self.known[key].id for key in stored))}

    def count_prices(self) -> int:
        prices = self.scope.known_prices()
        if prices is None:
            self.transaction.flush()
            prices = self.scope.prices = count_prices(self.connection, self.scope_id, None)
        return prices
