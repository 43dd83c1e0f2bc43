"""Models of other authors on a page, in lists below headings of their own: `Trending this week`."""

from __future__ import annotations

from typing import Protocol, TypeVar

from scrapers.page.rows import Notes
from scrapers.page.subject import Slug


class Named(Protocol):
    """What a list says of a model that tells whose it is, and where it says so."""

    name: str
    slug: Slug | None
    place: str


Model = TypeVar("Model", bound=Named)


def without_foreign(listed: list[Model], elsewhere: list[Model], notes: Notes) -> list[Model]:
    """The models without those of other authors than the page's list has; `elsewhere` are those that another list has.

    Whose a model is, its slug says or its name, `Acme: One`; one of which neither says it stays.
    """
    apart = set(map(id, elsewhere))
    own = [model for model in listed if id(model) not in apart]
    authors = {model.slug.author for model in own if model.slug}
    names = {author for model in own if (author := _author_in_name(model))}
    foreign = [
        model
        for model in elsewhere
        if (model.slug and authors and model.slug.author not in authors)
        or (names and (author := _author_in_name(model)) and author not in names)
    ]
    if foreign:
        said = ", ".join(repr(model.name) for model in foreign)[:200]
        where = foreign[0].place.partition(" / ")[0]
        notes.warn("foreign_models", f"models of other authors, in a list that is not the author's: {said}", where)
    left_out = set(map(id, foreign))
    return [model for model in listed if id(model) not in left_out]


def _author_in_name(model: Named) -> str:
    """`Acme` of `Acme: One`; empty where a name has no author."""
    author, colon, _ = model.name.partition(": ")
    return author if colon else ""
