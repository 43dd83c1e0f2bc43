"""`Catalog`: every question, answered as a DataFrame.

The plain questions are in `questions/plain.py`, those that compare in `comparing/comparisons.py` and those that price
work in `costs/costings.py`; here are those that tell changes, and explain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from sqlalchemy import Connection, Engine, text

from catalog.comparing.comparisons import Comparisons
from catalog.costs.costings import Costings
from catalog.errors import UsageError
from catalog.instants import FOREVER, micros, read_end, read_instant
from catalog.questions import frames
from catalog.questions.arguments import checks_arguments
from catalog.questions.conflicts import conflicts_of
from catalog.questions.explain import explain_field
from catalog.questions.names import resolve_all
from catalog.questions.plain import Instant, Models, moment_of
from catalog.where import nearest_first


@checks_arguments
class Catalog(Comparisons, Costings):
    """The catalogue, opened for reading.

    `db` is a SQLite file or a `postgresql://…` URL; without it the settings decide (`CATALOG_DB`, `catalog.toml`,
    `data/catalog.db`). Raises `UsageError` where there is no database, `SchemaMismatch` where it is of another schema.

    >>> catalog = Catalog()  # doctest: +SKIP
    >>> catalog.models(where="context_tokens >= 200K and author = google")  # doctest: +SKIP
    """

    def changes(
        self,
        *,
        since: Instant = None,
        until: Instant = None,
        kinds: Sequence[str] | str | None = None,
        models: Models = None,
        author: Sequence[str] | str | None = None,
        source: str | None = None,
        raw: bool = False,
        as_of: Instant = None,
        known_at: Instant = None,
    ) -> pd.DataFrame:
        """The change log in `[since, until)`; a date alone in `until` includes its day.

        Changes of the market, classified, with the columns that `catalog.change_log.changes.market_changes` describes;
        or with `raw` every transition between consecutive captures, as `catalog.change_log.transitions.transitions`
        describes it. With `as_of` the log ends there. `attrs["left_out"]` counts what is no change of the market.

        Raises `UsageError` for a kind, a source or an author that there is not, and for times that run backward.
        """
        from catalog.change_log.changes import market_changes
        from catalog.change_log.rules import Rules
        from catalog.change_log.transitions import transitions

        begin = None if since is None else micros(read_instant(since))
        end = None if until is None else read_end(until)
        if begin is not None and end is not None and begin >= end:
            raise UsageError(f"nothing lies between {since} and {until}: the times run backward")
        if as_of is not None:
            end = min(moment_of(as_of, None).as_of + 1, FOREVER if end is None else end)
        kinds = [kinds] if isinstance(kinds, str) else kinds
        authors = [author] if isinstance(author, str) else author
        with self.answered(None, known_at) as (connection, moment, answers):
            if source is not None:
                _require("source", source, connection.execute(text("SELECT slug FROM source")).scalars())
            wanted = self._wanted(connection, moment, models, authors)
            if raw:
                for kind in kinds or ():
                    _require("kind of transition", kind, TRANSITIONS)
                frame = transitions(
                    connection, moment, since=begin, until=end, source=source, models=wanted, answers=answers
                )
                frame = frame if kinds is None else frame[frame["kind"].isin(kinds)]
            else:
                rules = Rules(flap_days=self.settings["flap_days"])
                frame = market_changes(
                    connection, moment, since=begin, until=end, kinds=kinds, models=wanted, rules=rules, answers=answers
                )
                frame = frame if source is None else frame[frame["source"] == source]
        return frame

    def _wanted(
        self, connection: Connection, moment: frames.Moment, models: Models, authors: Sequence[str] | None
    ) -> set[str] | None:
        """The ids and slugs by which the change log calls some models, or those of some authors; None for all models.

        Those of an author are all that were ever stated with the author's name: an id may since have been renamed to
        another author's, and a slug may name another author than its id.
        """
        if models is None and authors is None:
            return None
        who = self._people(connection, moment)
        numbers = resolve_all(connection, models, who)
        chosen = who.values() if numbers is None else [who[number] for number in numbers]
        words = {word for one in chosen for word in (one.model_id, one.canonical_slug) if word}
        words |= {models} if isinstance(models, str) else set(models or ())
        if authors is None:
            return words
        stated = connection.execute(text(_STATED), {"known": moment.known}).fetchall()
        known = {word for one in who.values() for word in (one.model_id, one.canonical_slug)}
        known |= {word for row in stated for word in row}
        for author in authors:
            _require("author", author, map(_author, known))
        by_them = {word for word in known if word and _author(word) in authors}
        return by_them if models is None else by_them & words

    def explain(self, model: str, field: str, *, as_of: Instant = None, known_at: Instant = None) -> pd.DataFrame:
        """Where a value comes from, down to the words in the document; see `catalog.questions.explain`."""
        archive = self.settings.data_dir / "raw"
        return explain_field(self, archive, model, field, as_of=as_of, known_at=known_at)

    def conflicts(self, *, as_of: Instant = None, known_at: Instant = None) -> pd.DataFrame:
        """Where sources disagree; see `catalog.questions.conflicts.conflicts_of`."""
        return conflicts_of(self, as_of=as_of, known_at=known_at)

    def export(
        self,
        directory: str | PathLike[str],
        *,
        format: Literal["csv", "parquet"] = "csv",
        tables: Sequence[str] | None = None,
        since: Instant = None,
        partition: Literal["day", "month"] | None = None,
        raw: bool = False,
        as_of: Instant = None,
        known_at: Instant = None,
        progress: Callable[[str, int], None] | None = None,
    ) -> list[Any]:
        """The tables as files with a data dictionary; see `catalog.export.export`."""
        from catalog.export import export

        moment = moment_of(as_of, known_at)
        with ExitStack() as stack:
            database: Connection | Engine = self._held.connection or self.engine
            if moment.known < frames.NOW:
                state = stack.enter_context(self._state(moment.known))
                database = state if state is self._held.connection else state.engine
            return export(
                database,
                Path(directory),
                format=format,
                moment=moment,
                tables=tables,
                since=None if since is None else micros(read_instant(since)),
                partition=partition,
                raw=raw,
                progress=progress,
            )

    def precedence(self) -> list[str]:
        """The sources in the order in which they are believed."""
        with self.asked() as (connection, _):
            rows = connection.execute(text("SELECT source FROM precedence ORDER BY rank"))
            return list(dict.fromkeys(source for (source,) in rows))


_STATED = "SELECT DISTINCT model_id, canonical_slug FROM fact_version WHERE known_from <= :known AND known_to > :known"
NAMED = 8
"""How many of the words that there are stand in an error."""
TRANSITIONS = ("added", "removed", "changed", "gained", "lost")
"""The kinds of the transitions between captures."""


def _author(word: str | None) -> str | None:
    """The lab in an id or a slug; an alias such as `~google/gemini-pro-latest` is of its lab."""
    return word.removeprefix("~").partition("/")[0] if word and "/" in word else None


def _require(what: str, word: str, known: Iterable[str | None]) -> None:
    """Refuse a word that nothing is called by, rather than answer that nothing was found."""
    there = {one for one in known if one}
    if word not in there:
        near = nearest_first(word, there)
        told = "there are" if len(near) <= NAMED else "the nearest are"
        raise UsageError(f"no {what} {word!r}; {told} {', '.join(near[:NAMED]) or 'none yet'}")
