"""Subjects that a capture says nothing about, and which capture is therefore the next to speak of a subject.

A capture has not *heard* of a subject when the subject's record was there and could not be read: it says neither that
the subject is there nor that it is gone. What earlier captures stated of it goes on to hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from catalog import kinds
from catalog.rows import rows_in
from scrapers.document import Group, Reading

_OF_ENDPOINTS = (kinds.PRICE, kinds.ENDPOINT, kinds.STATISTIC)
_GROUPS: dict[int, Group] = {kinds.PRICE: "prices", kinds.SCORE: "scores"}


class Unheard:
    """What one capture has not heard of: whole subjects, or some timelines of a subject. `key in unheard` asks of one.

    Subjects:

    - those whose records were set aside, by their keys, and the `bearers`: the subjects that bore the `ids` of these
      records in the capture before, under other keys (a source began or ceased to state slugs, or an id was re-pointed)
    - where not even the key of a record could be read, every subject that the capture does not state (`heard` then has
      those that it does), except the `moved`: subjects whose id another record bears by now, which are gone

    Timelines of subjects that were heard of (`is_line`):

    - endpoints, with their prices and statistics, of the providers of endpoints that could not be read
    - prices and scores whose keys begin as those of the ones that could not be read may begin

    in both cases except those that the capture states.
    """

    def __init__(self, stored: str | None) -> None:
        said = json.loads(stored) if stored else {}
        self.bearers = frozenset(said.get("bearers", ()))
        self.ids = frozenset(said.get("ids", ()))
        self.moved = frozenset(said.get("moved", ()))
        self._keys = frozenset(said.get("keys", ())) | self.bearers
        self._endpoints: dict[str, tuple[list[str], list[str]]] = said.get("endpoints", {})
        self._lines: dict[str, dict[Group, tuple[list[str], list[str]]]] = said.get("lines", {})
        self._all_but: frozenset[str] | None = frozenset(said["all_but"]) if "all_but" in said else None

    @property
    def heard(self) -> frozenset[str] | None:
        """The keys that the capture states, where the key of some record is unknown; None where all are known."""
        return None if self._all_but is None else self._all_but - self.moved

    @staticmethod
    def stored(reading: Reading, bearers: Iterable[str] = (), moved: Collection[str] = ()) -> str | None:
        """As JSON for the database; None where everything was heard.

        Args:
            bearers: the subjects that bore the ids of the records set aside, in the capture before.
            moved: where a record's key is unknown, the subjects whose ids other records bear by now.
        """
        if has_heard_all(reading):
            return None
        aside, heard = reading.set_aside, reading.statements.keys()
        said: dict[str, Any] = {}
        if "" in aside:
            said["all_but"] = sorted({*heard, *moved})
            if moved:
                said |= {"moved": sorted(moved), "keys": sorted(aside.intersection(moved))}
        elif aside - heard:
            said["keys"] = sorted(aside - heard)
        if ids := ids_aside(reading):
            said |= {"ids": sorted(ids), "bearers": sorted(bearers)}
        if reading.unread:
            said["endpoints"] = {key: [sorted(names) for names in unread] for key, unread in reading.unread.items()}
        if reading.unread_lines:
            said["lines"] = {
                key: {
                    group: [sorted(beginnings), sorted(_stated_lines(reading, key, group))]
                    for group, beginnings in unread.items()
                }
                for key, unread in reading.unread_lines.items()
            }
        return json.dumps(said) if said else None

    def __contains__(self, key: str) -> bool:
        return key in self._keys or (self._all_but is not None and key not in self._all_but)

    def is_line(self, key: str, kind: int, line: str) -> bool:
        """Whether one timeline of a subject, by kind and key, was not heard of, though the subject was."""
        if key in self._lines and (group := _GROUPS.get(kind)) in self._lines[key]:
            beginnings, stated = self._lines[key][group]
            if line not in stated and any(_may_begin(line, beginning) for beginning in beginnings):
                return True
        if key not in self._endpoints or kind not in _OF_ENDPOINTS:
            return False
        providers, stated = self._endpoints[key]
        endpoint = "|".join(line.split("|")[1:3]) if kind == kinds.PRICE else re.sub(r"#\d+$", "", line)
        provider = endpoint.partition("|")[0]
        if kind == kinds.PRICE and not provider:
            return False  # the model's own price, which no endpoint states
        return endpoint not in stated and ("" in providers or provider in providers)


def has_heard_all(reading: Reading) -> bool:
    """Whether everything could be read that stood in the document."""
    return not (reading.set_aside or reading.unread or reading.unread_lines)


def _stated_lines(reading: Reading, key: str, group: Group) -> set[str]:
    said = reading.statements.get(key)
    mine = [part for part in said.parts if part.group == group] if said is not None else []
    return {row.key for row in rows_in(reading, key, group, mine)} if mine else set()


def _may_begin(line: str, beginning: str) -> bool:
    """Whether a timeline's key begins in this way; a beginning with a bar in front leaves the key's first part open.

    >>> _may_begin("prompt|Acme|||", "prompt|Acme|"), _may_begin("prompt|Acme|||", "|Acme|")
    (True, True)
    >>> _may_begin("prompt|Acme|||", "prompt||"), _may_begin("prompt|Acme|||", "||")
    (False, False)
    """
    return line.startswith(beginning) or (beginning[:1] == "|" and line[line.find("|") :].startswith(beginning))


def ids_aside(reading: Reading) -> frozenset[str]:
    """The ids of the records set aside that no other record of the reading bears."""
    aside = {key.removeprefix("id:") for key in reading.set_aside if key.startswith("id:")}
    return frozenset(aside - {said.subject.model_id for said in reading.statements.values()}) if aside else frozenset()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The accepted captures of a scope around a moment.

    For a subject that the capture at `after` has not heard of, the next capture is a later one. `passed_over` has what
    each capture from `after` on has not heard of, up to and including the first that heard of everything; it is empty
    where that is `after` itself.
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
