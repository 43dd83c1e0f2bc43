"""Who is on the market: what the whole listings of a source say together about models that come and go.

A removal counts when a second capture, hours later, lacks the model too, and no other listing still shows it. What
comes is new when no listing ever had it, returned when one had, and neither when another listing shows it already.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from catalog.asof import LISTING
from catalog.change_log.rules import RULES, Rules
from catalog.change_log.segments import Captures, captures_at, columns_of, runs
from catalog.instants import DAY, HOUR
from catalog.questions.frames import Moment


class Stretch(NamedTuple):
    """A model in one listing: the number of the capture that first had it, and of the first that had not."""

    came: int
    went: int


class Verdict(NamedTuple):
    """What a coming or going is, and why."""

    kind: str
    note: str | None = None


class Listings:
    """The whole listings of a source, with every stretch of every id."""

    def __init__(self, captures: Captures, stretches: Mapping[tuple[int, str], list[Stretch]]) -> None:
        self._captures = captures
        self._at: list[int] = captures.at.tolist()
        self._stretches = stretches
        self._rank = {name: rank for rank, name in enumerate(captures.scopes) if "?" not in name[1]}
        self._starts: list[int] = captures.starts.tolist()
        edges: defaultdict[str, list[Stretch]] = defaultdict(list)
        for (_, model_id), own in stretches.items():
            edges[variant_of(model_id)] += own
        self._edges = {variant: np.sort(np.array(own, dtype=np.int64).T) for variant, own in edges.items()}

    def has(self, source: str, scope: str) -> bool:
        """Whether this is a whole listing: one whose silence about a model means something."""
        return (source, scope) in self._rank

    def number(self, source: str, scope: str, at: int) -> int:
        """The number of the capture of a listing at an instant."""
        rank = self._rank[source, scope]
        return bisect_left(self._at, at, self._starts[rank], self._starts[rank + 1])

    def days_before(self, number: int) -> float:
        """The days between a capture and the one before it."""
        return (self._at[number] - self._at[number - 1]) / DAY

    def of_variant(self, number: int, variant: str) -> int:
        """How many ids of a variant a capture has."""
        if variant not in self._edges:
            return 0
        came, went = (int(np.searchsorted(edge, number, side="right")) for edge in self._edges[variant])
        return came - went

    def sizes(self) -> dict[tuple[str, str, int], int]:
        """How many models each capture has, by source, scope and instant."""
        return {
            (*self._captures.scopes[rank], at): sum(self.of_variant(number, variant) for variant in self._edges)
            for number, (rank, at) in enumerate(zip(self._captures.scope.tolist(), self._at, strict=True))
        }

    def came(self, source: str, scope: str, model_id: str, at: int, rules: Rules = RULES) -> Verdict:
        """What kind of change a model is that a listing has and lacked in the capture before."""
        rank, number = self._rank[source, scope], self.number(source, scope, at)
        before = [stretch for stretch in self._stretches.get((rank, model_id), ()) if stretch.came < number]
        if before and not self._is_confirmed(model_id, before[-1].went, number - 1, rules):
            return _flickered(rules)
        gone_since = self._at[before[-1].went] if before else None
        seen = bool(before)
        for other in self._rank.values():
            if other == rank:
                continue
            last = self._last(other, at)
            own = [one for one in self._stretches.get((other, model_id), ()) if self._at[one.came] < at]
            seen |= bool(own)
            if own and last is not None and own[-1].went > last:
                if gone_since is not None and self._at[last] < gone_since:
                    continue  # that listing has not been looked at since
                if self._at[own[-1].came] > self._at[number - 1]:
                    return Verdict("duplicate")
                return Verdict("listing", "another listing showed it already")
        return Verdict("returned" if seen else "new")

    def went(self, source: str, scope: str, model_id: str, at: int, rules: Rules = RULES) -> Verdict:
        """What kind of change a model is that a listing lacks and had in the capture before."""
        rank, number = self._rank[source, scope], self.number(source, scope, at)
        later = [stretch.came for stretch in self._stretches.get((rank, model_id), ()) if stretch.came > number]
        last = (later[0] if later else self._starts[rank + 1]) - 1
        if not self._is_confirmed(model_id, number, last, rules):
            return _flickered(rules) if later else Verdict("unconfirmed")
        for other in self._rank.values():
            first, end = self._starts[other], self._starts[other + 1]
            look = bisect_left(self._at, at, first, end)
            if other != rank and look < end and self._has(other, model_id, look):
                return Verdict("listing", "another listing still shows it")
        return Verdict("removed")

    def _is_confirmed(self, model_id: str, first: int, last: int, rules: Rules) -> bool:
        """Whether two captures without a model lie far enough apart.

        `first` to `last` are the numbers of one listing's consecutive captures without it. Where they are too close
        together and the last ones of that listing, a capture of the listing `all` may be the second one.
        """
        enough = self._at[first] + rules.confirm_hours * HOUR
        if self._at[last] >= enough:
            return True
        rank = int(self._captures.scope[first])
        everything = self._rank.get((self._captures.scopes[rank][0], "all"))
        if last + 1 < self._starts[rank + 1] or everything is None or everything == rank:
            return False
        end = self._starts[everything + 1]
        look = bisect_left(self._at, enough, self._starts[everything], end)
        return look < end and not self._has(everything, model_id, look)

    def _has(self, rank: int, model_id: str, number: int) -> bool:
        return any(one.came <= number < one.went for one in self._stretches.get((rank, model_id), ()))

    def _last(self, rank: int, at: int) -> int | None:
        """The newest capture of a listing at or before an instant."""
        first, end = self._starts[rank], self._starts[rank + 1]
        place = bisect_right(self._at, at, first, end) - 1
        return place if place >= first else None


def _flickered(rules: Rules) -> Verdict:
    return Verdict("flap", f"back before two captures {rules.confirm_hours:g} hours apart had lacked it")


def variant_of(model_id: str) -> str:
    """What follows the colon of an id; `standard` where nothing does."""
    return model_id.partition(":")[2] or "standard"


def listings_at(connection: Connection, moment: Moment) -> Listings:
    """The listings as they were known at a moment."""
    captures = captures_at(connection, moment, source=LISTING)
    rows = connection.execute(
        text(
            "SELECT u.scope_id, COALESCE(v.model_id, u.key), v.valid_from, v.valid_to FROM fact_version v"
            " JOIN timeline l ON l.id = v.timeline_id JOIN subject u ON u.id = l.subject_id AND u.voice = 1"
            " JOIN scope p ON p.id = u.scope_id JOIN source s ON s.id = p.source_id WHERE s.slug = :source"
            " AND v.known_from <= :known AND v.known_to > :known AND v.valid_from <= :as_of"
        ),
        {"source": LISTING, "known": moment.known, "as_of": moment.as_of},
    ).fetchall()
    scope, model_id, start, stop = columns_of([row for row in rows if row[0] in captures.rank_of], 4)
    rank = np.array([captures.rank_of[number] for number in scope], dtype=np.int64)
    code, names = pd.factorize(model_id)
    first = captures.numbered(rank, start.astype(np.int64))
    end = captures.numbered(rank, stop.astype(np.int64))
    seen = first < end
    found = runs((rank * (len(names) + 1) + code)[seen], first[seen], end[seen])
    stretches: defaultdict[tuple[int, str], list[Stretch]] = defaultdict(list)
    for thing, came, went in zip(found.thing.tolist(), found.came.tolist(), found.went.tolist(), strict=True):
        own, name = divmod(thing, len(names) + 1)
        stretches[own, names[name]].append(Stretch(came, went))
    return Listings(captures, stretches)
