"""Of whom a capture says nothing, and which capture is therefore the next to speak of a subject."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog import kinds
from scrapers.document import Reading

_OF_ENDPOINTS = (kinds.PRICE, kinds.ENDPOINT, kinds.STATISTIC)


class Unheard:
    """Whom a capture did not hear: the keys set aside, or everybody but those it states where a key is unknown.

    A record set aside may be of a model that was known by another key until then, where slugs cease or an id moves to
    another model: who bore its id in the capture before is a `bearer`. Of some subjects it did not hear all endpoints:
    those of some providers, but for the ones that it states.
    """

    def __init__(self, stored: str | None) -> None:
        said = json.loads(stored) if stored else {}
        self.bearers = frozenset(said.get("bearers", ()))
        self.ids = frozenset(said.get("ids", ()))
        self._keys = frozenset(said.get("keys", ())) | self.bearers
        self._endpoints: dict[str, tuple[list[str], list[str]]] = said.get("endpoints", {})
        self._all_but: frozenset[str] | None = frozenset(said["all_but"]) if "all_but" in said else None

    @staticmethod
    def stored(reading: Reading, stated: Iterable[str], bearers: Iterable[str] = ()) -> str | None:
        """As the database keeps it; None where everybody was heard."""
        if not reading.set_aside and not reading.unread:
            return None
        aside, heard = reading.set_aside, set(stated)
        said: dict[str, Any] = {}
        if "" in aside:
            said["all_but"] = sorted(heard)
        elif aside - heard:
            said["keys"] = sorted(aside - heard)
        if ids := ids_aside(reading):
            said |= {"ids": sorted(ids), "bearers": sorted(bearers)}
        if reading.unread:
            said["endpoints"] = {key: [sorted(names) for names in unread] for key, unread in reading.unread.items()}
        return json.dumps(said) if said else None

    def __contains__(self, key: str) -> bool:
        return key in self._keys or (self._all_but is not None and key not in self._all_but)

    def is_line(self, key: str, kind: int, line: str) -> bool:
        """Whether one timeline of a subject was not heard of, though the subject was."""
        if key not in self._endpoints or kind not in _OF_ENDPOINTS:
            return False
        providers, stated = self._endpoints[key]
        endpoint = "|".join(line.split("|")[1:3]) if kind == kinds.PRICE else re.sub(r"#\d+$", "", line)
        provider = endpoint.partition("|")[0]
        if kind == kinds.PRICE and not provider:
            return False  # the model's own price, which no endpoint states
        return endpoint not in stated and ("" in providers or provider in providers)


def ids_aside(reading: Reading) -> frozenset[str]:
    """The ids of the records set aside that no other record of the reading bears."""
    aside = {key.removeprefix("id:") for key in reading.set_aside if key.startswith("id:")}
    return frozenset(aside - {part.subject.model_id for part in reading.parts}) if aside else frozenset()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The accepted captures of a scope around a moment.

    A capture that set a subject's record aside says nothing of that subject, neither that it is there nor that it is
    not; for that subject the next capture is a later one. `passed_over` has what each capture from `after` on did not
    hear, up to and with the first that heard everybody; it is empty where `after` heard everybody.
    """

    before: int | None
    after: int | None
    passed_over: tuple[tuple[int, Unheard], ...] = ()

    def after_for(self, key: str) -> int | None:
        """The next capture that heard of the subject, or could have; None where there is none."""
        if not self.passed_over:
            return self.after
        return next((at for at, unheard in self.passed_over if key not in unheard), None)

    def after_for_line(self, key: str, kind: int, line: str) -> int | None:
        """The next capture that heard of one timeline of the subject, or could have; None where there is none."""
        if not self.passed_over:
            return self.after
        heard = (at for at, unheard in self.passed_over if key not in unheard and not unheard.is_line(key, kind, line))
        return next(heard, None)
