"""Why an answer is empty: nothing was captured by then, the model is not listed, or no source has told of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import text

from catalog.instants import iso
from catalog.questions.opened import Instant, moment_of, then_or_now
from scrapers.source import all_sources

if TYPE_CHECKING:
    from catalog.questions.plain import Questions

NAMED = 5
"""So many models are named."""

UNFINISHED = "what was captured says of no model who it is yet: its run broke off, and the next one goes on with it"
TOLD_BY_SOME = ("disagreement", "endpoint", "price", "rating", "score")
"""What one source may tell of and another not, or what it takes two for."""

_HEARD = """
SELECT s.slug, min(c.observed_at) AS first, max(c.observed_at) AS last, min(c.known_at) AS told
FROM capture c JOIN source s ON s.id = c.source_id WHERE c.verdict = 'accepted' GROUP BY s.slug ORDER BY s.slug
"""


def not_listed(models: Sequence[str], as_of: Instant, known_at: Instant) -> str:
    """A line on models that no list has at a time."""
    return f"not listed {then_or_now(as_of, known_at)}: {_few(models)}; `catalog history` says when they were"


def why_nothing(
    catalog: Questions,
    what: str,
    models: Sequence[str] | None = None,
    *,
    as_of: Instant = None,
    known_at: Instant = None,
    since: Instant = None,
) -> str:
    """A line on why there is no `what` (a change, a score), in an answer that is empty.

    `models` are those that were asked for by any of their words, `since` the time from which on.
    """
    with catalog.snapshot():
        with catalog.asked() as (connection, _):
            heard = list(connection.execute(text(_HEARD)))
            is_known = connection.execute(text("SELECT count(*) FROM model")).scalar_one()
        if not heard:
            return "nothing was captured yet; `catalog scrape` or `catalog import` comes first"
        if not is_known:
            return UNFINISHED
        moment, begin = moment_of(as_of, known_at), -1 if since is None else moment_of(since, None).as_of
        first, last, told = (
            min(one.first for one in heard),
            max(one.last for one in heard),
            min(one.told for one in heard),
        )
        if moment.as_of < first:
            return f"nothing was captured by then: the first capture is of {iso(first)}"
        if moment.known < told:
            return f"nothing was known by then: the first capture came at {iso(told)}"
        if begin > last:
            return f"nothing was captured since then: the last capture is of {iso(last)}"
        keys = [catalog.resolve(one, as_of=as_of, known_at=known_at).key for one in models or ()]
        if gone := catalog.unlisted(keys, as_of=as_of, known_at=known_at):
            return not_listed(gone, as_of, known_at)
    told_of = f"no {what} is told" + (f" of {_few(keys)}" if keys else "")
    there = [one.slug for one in heard if one.first <= moment.as_of and one.told <= moment.known]
    silent = [slug for slug in all_sources() if slug not in there]
    if what not in TOLD_BY_SOME or not silent:
        return told_of
    return f"{told_of} by {' and '.join(there)}; nothing was captured of {' and '.join(silent)}"


def _few(models: Sequence[str]) -> str:
    return ", ".join(models[:NAMED]) + (", …" if len(models) > NAMED else "")
