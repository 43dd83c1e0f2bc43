"""Which of the models that a page lists is the page's own."""

from __future__ import annotations

import re
from collections.abc import Callable

from scrapers.page.models import Listed
from scrapers.page.subject import Slug, is_author_of, is_called_by, name_forms, names_of_titles, variant_in_name


def own_row(
    listed: list[Listed], slug: Slug | None, names: list[str], openings: list[str], above: list[str]
) -> Listed | None:
    """The page's subject among the models that it lists, or None.

    Told by its link, else by the page's own name for it, else by its slug, else because the description or the
    summary begins with its name, else because a line `above` all sections is its name. Each is an exact comparison;
    where two rows pass it, the next one decides.
    """
    stated = {name.casefold() for name in names}
    candidates = [model for model in listed if slug is None or model.slug is None or model.slug.slug == slug.slug]
    tests: tuple[Callable[[], list[Listed]], ...] = (
        lambda: [model for model in candidates if slug is not None and model.slug == slug],
        lambda: [model for model in candidates if model.name.casefold() in stated],
        lambda: [model for model in candidates if slug is not None and is_called_by(slug, model.name)],
        lambda: _longest_begun(candidates, listed, openings),
        lambda: [model for model in candidates if model.name in above],
    )
    return next((passing[0] for test in tests if len(passing := _of_variant(test(), slug)) == 1), None)


def own_title(slug: Slug | None, above: list[str], openings: list[str], *, is_listed: bool) -> list[str]:
    """The page's own name among the lines above all sections, where no mark tells it from others; empty for none.

    Where the list does not show it, `Acme: Pear 2` is the name of a page of Acme's, or of one that speaks of Pear 2.
    """
    called = [name for name in above if slug is not None and is_called_by(slug, name)][:1]
    if called or is_listed:
        return called
    starts = _starts_of(openings)
    titles = [(name, name.partition(": ")[0]) for name in names_of_titles(above) if ": " in name]
    found = [
        name
        for name, author in titles
        if (slug is not None and is_author_of(slug.author, author)) or _begins(name, starts)
    ]
    return found if len(found) == 1 else []


def _of_variant(passing: list[Listed], slug: Slug | None) -> list[Listed]:
    """Of several rows, those whose names state the page's variant: `R1 (free)` beside `R1`."""
    if len(passing) < 2 or slug is None:
        return passing
    return [model for model in passing if variant_in_name(model.name) == slug.variant]


def _longest_begun(candidates: list[Listed], listed: list[Listed], openings: list[str]) -> list[Listed]:
    """The candidates whose name is the longest of all listed that a paragraph begins with."""
    starts = _starts_of(openings)
    begun = {model.name: max(map(len, _begins(model.name, starts)), default=0) for model in listed}
    longest = max(begun.values(), default=0)
    return [model for model in candidates if longest > 0 and begun[model.name] == longest]


def _starts_of(openings: list[str]) -> list[str]:
    """How paragraphs begin, with and without an author before."""
    starts = [opening[:200].casefold().replace("’", "'") for opening in openings]
    return starts + [start.partition("'s ")[2] for start in starts]


def _begins(name: str, starts: list[str]) -> set[str]:
    """The forms of a name that a paragraph begins with, perhaps after its author: `Acme's Pear 2 is …`."""
    return {
        form
        for form in name_forms(name)
        for start in starts
        if start.startswith(form) and not re.match(r"[.-]?\w", start[len(form) :])
    }
