"""Entity resolution: which subjects of different sources are the same model. Pure, whatever order they came in.

A model is `(canonical_slug, variant)`. A *subject* is what a source speaks of in one scope, under the source's own key.
It is resolved to a model only where something says so:

    slug      its source states the permanent slug
    id        its source states an API id that another source ties to a slug
    name      it has the exact name of one model of the same author
    alias     a line of `data/aliases.csv` says so
    itself    nothing does: it stands for itself, and is reported as unresolved

Similar names count for nothing. Three cases need rules of their own:

- An id may have been pointed to several models, one after another. A subject with this id is the model that the id was
  pointed to when the subject was last stated, or the first such model where the subject is older than all of them.
- Several ids of one listing may state the same slug and variant. One of them is the model; the others stay *apart*, as
  models of their own: as long as both are listed, each with its prices, nobody can be sure that they are one.
- A subject without a slug may stand in a listing *beside* the model that its id or its name would resolve it to. Two
  entries of one listing are two models, so that it stays apart too.
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
    """What one version of one subject states of its identity, in `[valid_from, valid_to)`."""

    subject_id: int
    key: str
    canonical_slug: str | None
    variant: str
    model_id: str | None
    name: str | None
    author: str | None
    valid_from: int
    is_known_by_id: bool = False
    """True where another id of the same listing stands for the slug that it states."""
    valid_to: int = FOREVER
    listing: str | None = None
    """The scope of the listing that it is from; None for other sources."""


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
    """All models, and by subject which model it is and by which rule: `slug`, `id`, `name`, `alias` or `itself`."""

    models: dict[Identity, Person]
    subjects: dict[int, tuple[Identity, str]]


def resolve(statements: Iterable[Statement], aliases: Sequence[Alias] = ()) -> Resolution:
    """Resolve every subject, from everything that all sources ever stated. The order of the statements is free."""
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
    ordered: Iterable[Statement], known: Mapping[int, Identity], apart: Collection[int], beside: Collection[int] = ()
) -> dict[int, Identity]:
    """A model of its own for each subject that stays apart, named by its id.

    Where a slug is spelled like the id and another id states that slug, the new model is called `id:…`, so that the two
    are told apart; of the subjects `beside` a model that holds whichever id states the slug.
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
    """By time, then by content; by our own number last, because it depends on the order of arrival."""
    return said.valid_from, said.key, said.listing or "", said.model_id or "", said.name or "", said.subject_id


_Bearers = Mapping[str, Sequence[tuple[int, Identity]]]
"""The models that each id was pointed to, with the instant of each statement, in the order of time."""


def _bearers(ordered: Iterable[Statement], known: Mapping[int, Identity]) -> _Bearers:
    found: dict[str, list[tuple[int, Identity]]] = defaultdict(list)
    for said in ordered:
        if said.model_id and said.subject_id in known:
            found[said.model_id].append((said.valid_from, known[said.subject_id]))
    return found


def _bearer(said: Statement, by_id: _Bearers) -> Identity | None:
    """The model that a statement's id was pointed to when the statement last held, else the first that it ever was."""
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
    """The subjects without a slug that a listing has at the same time as another subject of the same model.

    Of several without a slug the likeliest is the model: the one with the id that the model bore last, else one with
    its name, else one whose id is spelled like its slug.
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
    """The model of a subject that only its id identifies, or its key where it has no id."""
    if said.model_id:
        slug, _, variant = said.model_id.partition(":")
        return Identity(slug, variant or "standard")
    return Identity(said.key, said.variant)


def _persons(ordered: Iterable[Statement], subjects: Mapping[int, tuple[Identity, str]]) -> dict[Identity, Person]:
    """Each model's latest id, name and author; statements with its slug count before those that were matched to it."""
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
