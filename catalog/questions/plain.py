"""The plain questions, answered as DataFrames: what there is, what it costs, how it changed.

Every question has two clocks. `as_of` means true in the world at that time; `known_at` means what this catalogue had
been told by then. A date alone means the end of that day. Without them the answer is what is known now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from catalog import asof
from catalog.identity import UNRESOLVED
from catalog.kinds import ENDPOINT, RATING, SCORE
from catalog.questions import frames, names
from catalog.questions.answers import Answers
from catalog.questions.frames import Moment, fetch, indexed, typed, with_names
from catalog.questions.history import history_of
from catalog.questions.model_rows import MODEL_COLUMNS as MODEL_COLUMNS
from catalog.questions.model_rows import chosen_of, listed_models
from catalog.questions.opened import Instant as Instant
from catalog.questions.opened import Opened
from catalog.questions.opened import moment_of as moment_of
from catalog.questions.price_histories import IN_ORDER_OF_TIME, as_told_then, every_price
from catalog.questions.price_rows import LINE, PRICE_COLUMNS, price_frame, standing_prices
from catalog.questions.told import since_told
from catalog.questions.voices import listed, speaking_at, voices_at

Models = str | Iterable[str] | None


class Questions(Opened):
    """A catalogue opened for reading, and what can be asked of it without comparing.

    `db` is a SQLite file or a `postgresql://…` URL; without it the settings decide (`CATALOG_DB`, `catalog.toml`,
    `data/catalog.db`), as they do for `data_dir`, the folder of the archive. Raises `UsageError` where there is no
    database, `SchemaMismatch` where it is of another schema.
    """

    def _people(self, connection: Connection, moment: Moment, answers: Answers | None = None) -> dict[int, frames.Who]:
        return frames.people(connection, moment, answers)

    def unresolved(self) -> pd.DataFrame:
        """The subjects that no id, slug, exact name or alias ties to a model of another source; index `name`.

        Each is kept as a model of its own; a line in `data/aliases.csv` says which model it is. Columns: `model`, `key`
        (the source's word for it), `source`, `scope`.
        """
        with self.asked(None, None) as (connection, moment):
            who = frames.people(connection, moment)
            frame = fetch(connection, _UNRESOLVED, moment)
        frame.insert(0, "model", [who[int(number)].key for number in frame.pop("resolved_id")])
        return indexed(frame, ("model", "source", "scope", "key"), "name")

    # What there is

    def models(
        self,
        *,
        as_of: Instant = None,
        known_at: Instant = None,
        where: str | None = None,
        sort: Sequence[str] | str = (),
        columns: Sequence[str] | str | None = None,
        limit: int | None = None,
    ) -> pd.DataFrame:
        """The models, one row each, under a unique index `model`.

        The columns are those of the record `models` with, beside them, the headline prices `prompt_usd` and
        `completion_usd` (exact USD per million tokens), the ratings `speed`, `ability` and `cost` (1 to 5), `source`
        (which is believed first), `first_seen` (UTC), and `missing_since` (UTC) for a model that one capture alone has
        lacked: it takes two, six hours apart, to be gone.

        Args:
            where: a filter such as `context_tokens >= 200000 and author = google`.
            sort: columns, a `-` in front for descending; unknown values come last.
            columns: which, and in which order.
            limit: the first so many; `attrs["matching"]` counts all.

        Raises `UsageError` (a `WhereError`) for a filter or a column that there is not.
        """
        by = [sort] if isinstance(sort, str) else list(sort)
        with self.asked(as_of, known_at) as (connection, moment):
            who = frames.people(connection, moment)
            frame = listed_models(connection, moment, who, where, by, columns)
        frame.attrs["matching"] = len(frame)
        return frame if limit is None else frame.head(limit)

    def prices(
        self,
        models: Models = None,
        *,
        as_of: Instant = None,
        known_at: Instant = None,
        where: str | None = None,
        all_sources: bool = False,
        columns: Sequence[str] | str | None = None,
    ) -> pd.DataFrame:
        """The prices at a time, of some models or of all, under a unique index `price`.

        Columns: `model`, `canonical_slug`, `variant`, `model_id`, `provider` (null: the headline price), `tag`,
        `component`, `usd` (exact USD per `unit`), `pico_usd` (1e-12 USD, which sorts), `unit`, `conditions`, `state`,
        `effective_from`, `position`, `source`, `scope`, `valid_from`, `valid_to`. Of several sources the one that
        precedence puts first answers, unless `all_sources`.

        `where` is a filter such as `component = prompt and provider is not null` over these columns but for the names
        of models; it chooses among the prices that would be told without it. Raises `WhereError` for another one.

        `columns` are those to read, and their order; the rows and their order are the same. Raises `UsageError` for one
        that there is not.
        """
        shown = PRICE_COLUMNS if columns is None else chosen_of(PRICE_COLUMNS, columns)
        with self.answered(as_of, known_at) as (connection, moment, answers):
            voices = voices_at(answers, *moment)
            who = frames.people(connection, moment, answers, listed(voices))
            wanted = names.resolve_all(connection, models, who)
            told = moment.known != frames.NOW and not {"valid_from", "valid_to"}.isdisjoint(shown)
            read = [*shown, *LINE] if told else shown
            rows = standing_prices(answers, voices, moment.known, wanted, where, all_sources=all_sources, columns=read)
            if told and len(rows.owner):
                rows = as_told_then(connection, moment, rows, speaking_at(voices)[rows.owners.place][rows.owner])
        return price_frame(rows, who, columns=shown)

    def price_history(
        self,
        models: Models = None,
        *,
        as_of: Instant = None,
        known_at: Instant = None,
        columns: Sequence[str] | str | None = None,
        as_believed: bool = False,
    ) -> pd.DataFrame:
        """Every price that was ever stated, with the time `[valid_from, valid_to)` in which its source stated it.

        The columns are those of `prices`, or some of them, which take less time. A row with `effective_from` is one
        that its source dates itself. With `as_of` the history ends there: what was stated then has no `valid_to`.
        With `as_believed` each price has only the time in which it was the answer of `prices`, so that no two sources
        speak at once. Raises `UsageError` for a column that there is not.
        """
        return self._price_history(models, as_of, known_at, columns, as_believed=as_believed)

    def _price_history(
        self,
        models: Models,
        as_of: Instant,
        known_at: Instant,
        columns: Sequence[str] | str | None,
        *,
        as_believed: bool,
        categories: bool = False,
    ) -> pd.DataFrame:
        """As `price_history`; with `categories` for texts, which many rows are worked through with."""
        shown = PRICE_COLUMNS if columns is None else chosen_of(PRICE_COLUMNS, columns)
        with self.answered(as_of, known_at) as (connection, moment, answers):
            who = frames.people(connection, moment, answers)
            wanted = names.resolve_all(connection, models, who)
            rows = every_price(connection, answers, moment, wanted, shown, as_believed=as_believed)
        return price_frame(rows.until(moment.as_of), who, IN_ORDER_OF_TIME, shown, categories=categories)

    def endpoints(self, models: Models = None, *, as_of: Instant = None, known_at: Instant = None) -> pd.DataFrame:
        """The endpoints of some models, or of all, with their limits and what was measured of them; index `endpoint`.

        Columns: `model`, `canonical_slug`, `variant`, `model_id`, those of the record `endpoints`, `source`, `scope`,
        `valid_from` (UTC), the base prices `prompt_usd` and `completion_usd` (exact USD per million tokens), and
        `sets_headline`: whether both are the model's headline prices, null where either is not known. Raises
        `UnknownModel`.
        """
        with self.asked(as_of, known_at) as (connection, moment):
            who = frames.people(connection, moment)
            wanted = names.resolve_all(connection, models, who)
            frame = _of(fetch(connection, asof.ENDPOINTS, moment), wanted)
            frame = since_told(connection, moment, frame[frame["place"] == 1], ENDPOINT)
            prices = _of(fetch(connection, asof.PRICES, moment), wanted)
        prices = prices[prices["conditions"].isna() & prices["effective_from"].isna()]
        offered = prices[prices["provider"].notna()]
        amounts = {
            (row.resolved_id, row.source, row.scope, row.provider, row.tag, row.component): row.usd
            for row in offered[offered["unit"] == "mtok"].itertuples(index=False)
        }
        answers = prices[prices["provider"].isna() & (prices["place"] == 1) & (prices["unit"] == "mtok")]
        headline = {(row.resolved_id, row.component): _money(row.usd) for row in answers.itertuples(index=False)}
        same: list[bool | None] = [True] * len(frame)
        for component in ("prompt", "completion"):
            found = [
                _money(amounts.get((row.resolved_id, row.source, row.scope, row.provider, row.tag, component)))
                for row in frame.itertuples(index=False)
            ]
            wanted_prices = [headline.get((number, component)) for number in frame["resolved_id"]]
            same = [
                None if so_far is None or mine is None or theirs is None else so_far and mine == theirs
                for so_far, mine, theirs in zip(same, found, wanted_prices, strict=True)
            ]
            frame[f"{component}_usd"] = pd.Series(found, index=frame.index, dtype=object)
        frame["sets_headline"] = pd.array(same, dtype="boolean")
        frame = typed(with_names(frame.drop(columns="place"), who))
        return indexed(frame, ("model", "provider", "tag", "endpoint_name"), "endpoint")

    def benchmarks(self, models: Models = None, *, as_of: Instant = None, known_at: Instant = None) -> pd.DataFrame:
        """The benchmark scores at a time, of some models or of all; index `score`.

        Columns: `model`, `canonical_slug`, `variant`, `model_id`, those of the record `benchmark_scores`, `source`,
        `scope` and `valid_from` (UTC). Raises `UnknownModel`.
        """
        with self.asked(as_of, known_at) as (connection, moment):
            who = frames.people(connection, moment)
            wanted = names.resolve_all(connection, models, who)
            frame = _of(fetch(connection, asof.SCORES, moment), wanted)
            frame = since_told(connection, moment, frame[frame["place"] == 1], SCORE)
        frame = typed(with_names(frame.drop(columns="place"), who))
        return indexed(frame, ("model", "benchmark", "category", "is_reasoning", "strategy"), "score")

    def ratings(self, models: Models = None, *, as_of: Instant = None, known_at: Instant = None) -> pd.DataFrame:
        """The ratings at a time, of some models or of all, each from the voice that is believed first; index `rating`.

        Columns: `model`, `canonical_slug`, `variant`, `model_id`, those of the record `ratings`, `source`, `scope` and
        `valid_from` (UTC). Raises `UnknownModel`.
        """
        with self.asked(as_of, known_at) as (connection, moment):
            who = frames.people(connection, moment)
            wanted = names.resolve_all(connection, models, who)
            frame = since_told(connection, moment, _of(fetch(connection, asof.RATINGS, moment), wanted), RATING)
        return indexed(typed(with_names(frame.drop(columns="place"), who)), ("model", "dimension"), "rating")

    def history(
        self, models: Models, *, field: str | None = None, as_of: Instant = None, known_at: Instant = None
    ) -> pd.DataFrame:
        """How the fields of some models changed: one row for each value and time in which a source stated it.

        The frame has an index named `change` and the columns

        | column | meaning |
        |---|---|
        | `model`, `field` | `field` is a fact's name, `price.prompt`, `rating.speed`, `score.Coding (reasoning)`, … |
        | `value`, `unit` | as text; null where a fact was not stated |
        | `provider`, `tag` | of which endpoint; null for the model itself |
        | `source`, `scope` | who said so, and in which listing, page or answer: several stand side by side |
        | `valid_from`, `valid_to` | from when to when (UTC, half open); null while it still holds |
        | `document_sha256` | the document that first said so |

        With `as_of` the history ends there. Without `field` it has every price and whatever else ever changed; `prompt`
        means the price and its conditional ones, `price.prompt if {…}` one of those. Raises `UnknownModel`, and
        `UsageError` for a field that the catalogue does not have.
        """
        with self.asked(as_of, known_at) as (connection, moment):
            who = frames.people(connection, moment)
            wanted = names.resolve_all(connection, models, who)
            return history_of(connection, moment, sorted(who) if wanted is None else wanted, who, field)

    def unlisted(self, models: Iterable[str], *, as_of: Instant = None, known_at: Instant = None) -> list[str]:
        """Those of some models, by their keys in a frame, that were not listed at a time.

        An answer may have them all the same, from a page or from endpoints that were captured before.
        """
        with self.answered(as_of, known_at) as (connection, moment, answers):
            there = {who.key for who in frames.people(connection, moment, answers).values() if who.is_here}
        return sorted(set(models) - there)

    def resolve(self, model: str, *, as_of: Instant = None, known_at: Instant = None) -> frames.Who:
        """The model of an id, a slug or an exact name. Raises `UnknownModel` with the nearest known ones."""
        with self.asked(as_of, known_at) as (connection, moment):
            who = frames.people(connection, moment)
            return who[(names.resolve_all(connection, model, who) or [0])[0]]


_UNRESOLVED = f"""
SELECT u.resolved_id, u.key, s.slug AS source, p.key AS scope FROM subject u JOIN scope p ON p.id = u.scope_id
JOIN source s ON s.id = p.source_id WHERE u.resolved_by = '{UNRESOLVED}'
"""


def _of(frame: pd.DataFrame, wanted: Sequence[int] | None) -> pd.DataFrame:
    frame = frame[frame["resolved_id"].notna()]
    return frame if wanted is None else frame[frame["resolved_id"].isin(wanted)]


def _money(text: Any) -> Decimal | None:
    return None if text is None or text != text else Decimal(str(text))
