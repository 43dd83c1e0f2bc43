"""Which models a user means, by id, permanent slug or exact name at the moment of the question; never by likeness."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from catalog.errors import UnknownModel

if TYPE_CHECKING:  # the job asks for the nearest names too, and does without pandas
    from catalog.questions.frames import Who

SUGGESTED = 5
"""How many models are suggested in place of an unknown one."""


def resolve_all(connection: Connection, models: str | Iterable[str] | None, who: Mapping[int, Who]) -> list[int] | None:
    """Our numbers of some models, in the order given, each once; None for "all of them".

    Raises `UnknownModel`, with the nearest known words, for one that resolves to nothing.
    """
    if models is None:
        return None
    wanted = [models] if isinstance(models, str) else list(models)
    known = _known(who)
    found: list[int] = []
    for word in wanted:
        bare = word.strip()
        number = known.get(word, known.get(bare))
        if number is None:
            number = _once_known(connection, bare)
        if number is None:
            listed_first = sorted(known.items(), key=lambda one: not who[one[1]].is_here)
            raise UnknownModel(f"no model {word!r}{did_you_mean(word, dict(listed_first))}")
        if number not in found:
            found.append(number)
    return found


def _known(who: Mapping[int, Who]) -> dict[str, int]:
    """The number of the model that each word means: keys, then ids, then slugs, then names, the first that has it.

    Standard variants come before others, and of several models with one name those that are listed. A source may state
    spaces around a name, which nobody sees: the name without them means its model too.
    """
    known: dict[str, int] = {}
    ordered = sorted(who.items(), key=lambda item: (item[1].variant != "standard", item[1].key))
    for number, one in ordered:
        known.setdefault(one.key, number)
    for number, one in ordered:
        if one.model_id:
            known.setdefault(one.model_id, number)
    for number, one in ordered:
        if one.canonical_slug:
            known.setdefault(one.canonical_slug, number)
            known.setdefault(f"{one.canonical_slug}:{one.variant}", number)
    named = [(one.name, number) for number, one in sorted(ordered, key=lambda item: not item[1].is_here) if one.name]
    for name, number in named:
        known.setdefault(name, number)
    for name, number in named:
        known.setdefault(name.strip(), number)
    return known


def _once_known(connection: Connection, word: str) -> int | None:
    """The model that had this id, slug or name last, for a word that none has now."""
    found = connection.execute(
        text(
            "SELECT u.resolved_id FROM fact_version v JOIN timeline l ON l.id = v.timeline_id"
            " JOIN subject u ON u.id = l.subject_id WHERE u.resolved_id IS NOT NULL"
            " AND (v.model_id = :word OR v.canonical_slug = :word OR trim(v.name) = :word)"
            " ORDER BY v.valid_from DESC, u.resolved_id LIMIT 1"
        ),
        {"word": word},
    ).scalar()
    return None if found is None else int(found)


def did_you_mean(word: str, known: Mapping[str, Hashable]) -> str:
    """The end of a message on a word that is not known: the nearest that are, each model by the best of its words.

    `known` says what each word means; where several are as near, the first counts.
    """
    near: dict[Hashable, str] = {}
    for name in _near(word.strip().lower(), known):
        near.setdefault(known[name], name)
    close = list(near.values())[:SUGGESTED]
    return f"; did you mean {', '.join(close)}?" if close else "; `catalog models` lists those that are known"


def fields_near(field: str, stated: Iterable[str]) -> str:
    """The fields that are stated, in words: those first that `field` may be a slip of, be it a price's name alone.

    >>> fields_near("promt", ["name", "price.completion", "price.prompt"])
    'price.prompt, price.completion, name'
    """
    from catalog.where import near_then_others

    by_name = {one.removeprefix("price."): one for one in stated}
    return ", ".join(by_name[name] for name in near_then_others(field.removeprefix("price."), by_name))


def _near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that differ in case alone; else those it may be a slip of; else those it is a part of."""
    if not word:
        return []
    lower: dict[str, str] = {}
    for name in known:
        lower.setdefault(name.lower(), name)
    if word in lower:
        return [lower[word]]
    close = get_close_matches(word, lower, n=3 * SUGGESTED, cutoff=0.6)
    if not close:
        close = [name for name in lower if word in name]
    if not close and (bare := _bare(word)):
        close = [name for name in lower if bare in _bare(name)]
    return [lower[name] for name in close]


def _bare(word: str) -> str:
    """A word without what may stand between its parts, or may not: `gpt 4o` is a part of `openai/gpt-4o`."""
    return "".join(sign for sign in word if sign.isalnum())
