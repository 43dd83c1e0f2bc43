"""Which model a word meant on a past day: an id may be pointed to another model since, a name may be another's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, text

from catalog.errors import UnknownModel
from catalog.instants import micros
from catalog.questions.frames import Moment, Who, people
from catalog.questions.names import resolve_all

_BORNE_BY_SEVERAL = """
SELECT word FROM (
    SELECT DISTINCT v.model_id AS word, u.resolved_id FROM fact_version v JOIN timeline l ON l.id = v.timeline_id
    JOIN subject u ON u.id = l.subject_id WHERE v.known_from <= :known AND v.known_to > :known
    UNION SELECT DISTINCT trim(v.name), u.resolved_id FROM fact_version v JOIN timeline l ON l.id = v.timeline_id
    JOIN subject u ON u.id = l.subject_id WHERE v.known_from <= :known AND v.known_to > :known
) AS borne WHERE word IS NOT NULL AND resolved_id IS NOT NULL GROUP BY word HAVING count(*) > 1
"""
_CAPTURES = """
SELECT DISTINCT observed_at FROM capture WHERE verdict = 'accepted' AND known_at <= :known ORDER BY observed_at
"""


def borne_by_several(connection: Connection, known: int) -> set[str]:
    """The ids and names, without spaces around them, that several models had, one after another or at once."""
    return set(connection.execute(text(_BORNE_BY_SEVERAL), {"known": known}).scalars())


def meant_at(connection: Connection, who: Mapping[int, Who], known: int) -> Callable[[str, datetime], str | None]:
    """A function that says which model a word meant at an instant, by the model's key in `who`; None for no model.

    It raises `UnknownModel`. Between two captures nothing changes, so that a word is resolved once a capture, and words
    that only one model ever had, once.
    """
    several = borne_by_several(connection, known)
    captures = list(connection.execute(text(_CAPTURES), {"known": known}).scalars()) if several else []
    at_captures: dict[int, Mapping[int, Who]] = {}
    found: dict[tuple[str, int | None], str | UnknownModel | None] = {}

    def meant(word: str, at: datetime) -> str | None:
        place = bisect_right(captures, micros(at)) - 1 if word.strip() in several else -1
        heard = captures[place] if place >= 0 else None
        if (word, heard) not in found:
            then = who
            if heard is not None:
                if heard not in at_captures:
                    at_captures[heard] = people(connection, Moment(heard, known))
                then = at_captures[heard]
            found[word, heard] = _key_of(connection, word, then, who)
        one = found[word, heard]
        if isinstance(one, UnknownModel):
            raise one
        return one

    return meant


def _key_of(
    connection: Connection, word: str, then: Mapping[int, Who], who: Mapping[int, Who]
) -> str | UnknownModel | None:
    try:
        numbers = resolve_all(connection, word, then)
    except UnknownModel as error:  # with the nearest words, which are not looked for in every row
        return error
    return who[numbers[0]].key if numbers else None
