"""Who is who: which subjects of different sources are the same model. Pure, and the same whatever came first.

A model is `(canonical_slug, variant)`. A subject is taken for a model only where something says so:

    slug      its source states the permanent slug
    id        its source states an API id that another source ties to a slug
    name      it has the exact name of one model of the same author
    alias     a line of `data/aliases.csv` says so
    itself    nothing does: it stands for itself, and is reported as unresolved

Likeness counts for nothing. An id that several models bore one after another means whom it was pointed to when it was
said last; before anybody is known to have borne it, as before sources stated slugs, the first who did is meant.
Where several ids of one listing state the same slug and variant, one of them stands for the model, and the
others remain apart: that they are one is not sure as long as both are listed, each with its prices. Nor is who stands
in a listing beside a model that model, though he bears an id or a name that it bore, or its slug's words as his id.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from catalog.aliases import Alias
from catalog.instants import FOREVER

UNRESOLVED = "itself"


class Statement(NamedTuple):
    """What one version of one subject says of who it is, in `[valid_from, valid_to)`; the latest versions last."""

    subject_id: int
    key: str
    canonical_slug: str | None
    variant: str
    model_id: str | None
    name: str | None
    author: str | None
    valid_from: int
    is_known_by_id: bool = False
    """True where the slug that it states is that of another id in the same listing."""
    valid_to: int = FOREVER
    listing: str | None = None
    """The list of models in which it stands, None elsewhere."""


class Identity(NamedTuple):
    """A model, by what names it for ever."""

    canonical_slug: str
    variant: str


class Person(NamedTuple):
    """A model's latest id, name and author."""

    model_id: str | None
    name: str | None
    author: str | None


class Resolution(NamedTuple):
    """Everybody, and whom each subject is taken for and why."""

    models: dict[Identity, Person]
    subjects: dict[int, tuple[Identity, str]]


def resolve(statements: Iterable[Statement], aliases: Sequence[Alias] = ()) -> Resolution:
    """Who is who, from everything that all sources ever stated. The order of the statements does not matter."""
    ordered = sorted(statements, key=_in_time)
    known = {said.subject_id: found for said in ordered if (found := _own_identity(said))}
    apart = {said.subject_id for said in ordered if said.is_known_by_id}
    known |= _by_their_ids(ordered, known, apart)
    by_id = _bearers(ordered, known)
    by_name: dict[tuple[str, str | None], set[Identity]] = defaultdict(set)
    for said in ordered:
        identity = known.get(said.subject_id)
        if identity is not None and said.name and said.subject_id not in apart:
            by_name[said.name, None].add(identity)
            by_name[said.name, said.author].add(identity)
    named = {alias.alias: Identity(alias.canonical_slug, alias.variant) for alias in aliases}
    alone = {
        said.subject_id: (said, *_whom(said, known, by_id, by_name, named))
        for said in ordered
        if said.listing is not None and said.subject_id not in known
    }
    if beside := _beside_their_models(ordered, known, alone, by_id):
        apart |= beside
        known |= _by_their_ids(ordered, known, apart, beside)
        by_id = _bearers(ordered, known)
    subjects: dict[int, tuple[Identity, str]] = {}
    for said in ordered:
        whom, why = _whom(said, known, by_id, by_name, named)
        subjects[said.subject_id] = whom, UNRESOLVED if why == "slug" and said.subject_id in apart else why
    return Resolution(_persons(ordered, subjects), subjects)


def _by_their_ids(
    ordered: Iterable[Statement],
    known: Mapping[int, Identity],
    apart: Collection[int],
    beside: Collection[int] = (),
) -> dict[int, Identity]:
    """A model for each of those that stand apart: its id, told from a slug of the same words that another id bears.

    Of those who stand `beside` a model it is told from every slug of the same words.
    """
    bearers: dict[Identity, set[str]] = defaultdict(set)
    for said in ordered:
        if said.model_id and said.subject_id in known and said.subject_id not in apart:
            bearers[known[said.subject_id]].add(said.model_id)
    found: dict[int, Identity] = {}
    for said in ordered:
        if said.subject_id in apart:
            own = _by_its_id(said)
            is_taken = not bearers.get(own, set()) <= (set() if said.subject_id in beside else {said.model_id})
            found[said.subject_id] = own._replace(canonical_slug=f"id:{own.canonical_slug}") if is_taken else own
    return found


def _in_time(said: Statement) -> tuple[int | str, ...]:
    """By time; of those of one time by what they say, and by our number, which depends on who came first, at last."""
    return said.valid_from, said.key, said.listing or "", said.model_id or "", said.name or "", said.subject_id


_Bearers = Mapping[str, Sequence[tuple[int, Identity]]]
"""Who bore each id, and from when on, in the order of time."""


def _bearers(ordered: Iterable[Statement], known: Mapping[int, Identity]) -> _Bearers:
    found: dict[str, list[tuple[int, Identity]]] = defaultdict(list)
    for said in ordered:
        if said.model_id and said.subject_id in known:
            found[said.model_id].append((said.valid_from, known[said.subject_id]))
    return found


def _bearer(said: Statement, by_id: _Bearers) -> Identity | None:
    """Who bore the id of a statement when that was last said, else the first who did."""
    bearers = by_id.get(said.model_id) if said.model_id else None
    if not bearers:
        return None
    until_then = bisect_left(bearers, said.valid_to, key=itemgetter(0))
    return bearers[max(until_then - 1, 0)][1]


def _beside_their_models(
    ordered: Sequence[Statement],
    known: Mapping[int, Identity],
    alone: Mapping[int, tuple[Statement, Identity, str]],
    by_id: _Bearers,
) -> set[int]:
    """Those without a slug who stand in a listing while the model that they are taken for stands there by another.

    Of several without a slug, he whose id the model bore last is that model, before one of its name, and before one
    whose id merely has the words of its slug.
    """
    there: dict[tuple[str | None, Identity], list[Statement]] = {
        (said.listing, whom): [] for said, whom, _why in alone.values()
    }
    own: dict[int, list[Statement]] = {subject: [] for subject in alone}
    for said in ordered if alone else ():
        if said.subject_id in alone:
            own[said.subject_id].append(said)
        elif said.subject_id in known and (place := there.get((said.listing, known[said.subject_id]))) is not None:
            place.append(said)

    def rank(subject: int) -> tuple[int, int, str]:
        said, whom, why = alone[subject]
        since = max((begin for begin, one in by_id.get(said.model_id or "", ()) if one == whom), default=0)
        return _LIKELIEST.index(why), -since, said.key

    found = set()
    for subject in sorted(alone, key=rank):
        said, whom, why = alone[subject]
        place = there[said.listing, whom]
        if why != "alias" and _are_together(own[subject], place):
            found.add(subject)
        else:
            place += own[subject]
    return found


_LIKELIEST = ("alias", "id", "name", UNRESOLVED)


def _are_together(some: Iterable[Statement], others: Sequence[Statement]) -> bool:
    return any(
        other.valid_from < said.valid_to and said.valid_from < other.valid_to for said in some for other in others
    )


def _own_identity(said: Statement) -> Identity | None:
    if said.canonical_slug:
        return Identity(said.canonical_slug, said.variant)
    return None


def _whom(
    said: Statement,
    known: Mapping[int, Identity],
    by_id: _Bearers,
    by_name: Mapping[tuple[str, str | None], set[Identity]],
    named: Mapping[str, Identity],
) -> tuple[Identity, str]:
    for word in (said.model_id, said.canonical_slug, said.name):
        if word and word in named:
            return named[word], "alias"
    own = known.get(said.subject_id)
    if own is not None:
        return own, "slug"
    if (bearer := _bearer(said, by_id)) is not None:
        return bearer, "id"
    if said.name:
        candidates = by_name.get((said.name, said.author)) or by_name.get((said.name, None), set())
        if said.author is not None:
            candidates = {one for one in candidates if one.canonical_slug.partition("/")[0] == said.author}
        standard = {one for one in candidates if one.variant == "standard"} or candidates
        if len(standard) == 1:
            return next(iter(standard)), "name"
    return _by_its_id(said), UNRESOLVED


def _by_its_id(said: Statement) -> Identity:
    """A model that nothing but its id names, or its key where it has none."""
    if said.model_id:
        slug, _, variant = said.model_id.partition(":")
        return Identity(slug, variant or "standard")
    return Identity(said.key, said.variant)


def _persons(ordered: Iterable[Statement], subjects: Mapping[int, tuple[Identity, str]]) -> dict[Identity, Person]:
    """Each model's latest id, name and author; who speaks of it by slug is heard before who was merely matched."""
    persons: dict[Identity, Person] = {}
    ranked = sorted(ordered, key=lambda said: subjects[said.subject_id][1] == "slug")
    for said in ranked:
        identity = subjects[said.subject_id][0]
        old = persons.get(identity, Person(None, None, None))
        author = said.author or old.author
        if author is None and "/" in identity.canonical_slug and not identity.canonical_slug.startswith("name:"):
            author = identity.canonical_slug.partition("/")[0]
        persons[identity] = Person(said.model_id or old.model_id, said.name or old.name, author)
    return persons
