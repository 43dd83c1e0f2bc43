"""Who is who: which subjects of different sources are the same model. Pure, and the same whatever came first.

A model is `(canonical_slug, variant)`. A subject is taken for a model only where something says so:

    slug      its source states the permanent slug
    id        its source states an API id that another source ties to a slug
    name      it has the exact name of one model of the same author
    alias     a line of `data/aliases.csv` says so
    itself    nothing does: it stands for itself, and is reported as unresolved

Likeness counts for nothing. Where an id or a name was borne by several models, the one that bore it last is meant.
Where several ids of one listing state the same slug and variant, one of them stands for the model, and the
others remain apart: that they are one is not sure as long as both are listed, each with its prices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from catalog.aliases import Alias

UNRESOLVED = "itself"


class Statement(NamedTuple):
    """What one version of one subject says of who it is; the latest versions last."""

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
    ordered = sorted(statements, key=lambda said: (said.valid_from, said.key, said.subject_id))
    known = {said.subject_id: found for said in ordered if (found := _own_identity(said))}
    apart = {said.subject_id for said in ordered if said.is_known_by_id}
    known |= _by_their_ids(ordered, known, apart)
    by_id: dict[str, Identity] = {}
    by_name: dict[tuple[str, str | None], set[Identity]] = defaultdict(set)
    for said in ordered:
        identity = known.get(said.subject_id)
        if identity is None:
            continue
        if said.model_id:
            by_id[said.model_id] = identity
        if said.name and said.subject_id not in apart:
            by_name[said.name, None].add(identity)
            by_name[said.name, said.author].add(identity)
    named = {alias.alias: Identity(alias.canonical_slug, alias.variant) for alias in aliases}
    subjects: dict[int, tuple[Identity, str]] = {}
    for said in ordered:
        whom, why = _whom(said, known, by_id, by_name, named)
        subjects[said.subject_id] = whom, UNRESOLVED if why == "slug" and said.subject_id in apart else why
    return Resolution(_persons(ordered, subjects), subjects)


def _by_their_ids(
    ordered: Iterable[Statement], known: Mapping[int, Identity], apart: Collection[int]
) -> dict[int, Identity]:
    """A model for each of those that stand apart: its id, told from a slug of the same words that another id bears."""
    bearers: dict[Identity, set[str]] = defaultdict(set)
    for said in ordered:
        if said.model_id and said.subject_id in known and said.subject_id not in apart:
            bearers[known[said.subject_id]].add(said.model_id)
    found: dict[int, Identity] = {}
    for said in ordered:
        if said.subject_id in apart:
            own = _by_its_id(said)
            is_taken = not bearers.get(own, set()) <= {said.model_id}
            found[said.subject_id] = own._replace(canonical_slug=f"id:{own.canonical_slug}") if is_taken else own
    return found


def _own_identity(said: Statement) -> Identity | None:
    if said.canonical_slug:
        return Identity(said.canonical_slug, said.variant)
    return None


def _whom(
    said: Statement,
    known: Mapping[int, Identity],
    by_id: Mapping[str, Identity],
    by_name: Mapping[tuple[str, str | None], set[Identity]],
    named: Mapping[str, Identity],
) -> tuple[Identity, str]:
    for word in (said.model_id, said.canonical_slug, said.name):
        if word and word in named:
            return named[word], "alias"
    own = known.get(said.subject_id)
    if own is not None:
        return own, "slug"
    if said.model_id and said.model_id in by_id:
        return by_id[said.model_id], "id"
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
