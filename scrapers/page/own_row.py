"""Which of the models that a page lists is the page's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from scrapers.page.models import Listed
from scrapers.page.subject import (
    VARIANTS,
    Slug,
    bare_slug,
    date_of_slug,
    is_author_of,
    is_called_by,
    name_forms,
    names_of_titles,
    slug_form,
    variant_in_name,
)

_LISTED_BEFORE = timedelta(days=14)
"""A model may be listed as many days before the date in its slug, and any time after it."""


class Openings(NamedTuple):
    """How the paragraphs about the page's model begin: its author's, and the site's own."""

    described: list[str]
    summed_up: list[str]


def own_row(
    listed: list[Listed], slug: Slug | None, names: list[str], openings: Openings, above: list[str]
) -> Listed | None:
    """The page's subject among the models that it lists, or None.

    Told by its link, else by the page's own name for it, else by its slug, else because the description or the
    summary begins with its name, else because a line `above` all sections is its name. Each is an exact comparison;
    where two rows pass it, the next one decides. `pear-2-20260101` is no slug of a Pear 2 that came out the year
    before, but of another one, say of a Pear 2V.
    """
    stated = {name.casefold() for name in names}
    candidates = [model for model in listed if slug is None or model.slug is None or model.slug.slug == slug.slug]
    dated = date_of_slug(slug.slug) if slug else None
    possible = [
        model for model in candidates if not (_is_long_before(model, dated) or _is_of_other_variant(model, slug))
    ]
    tests: tuple[Callable[[], list[Listed]], ...] = (
        lambda: [model for model in candidates if slug is not None and model.slug == slug],
        lambda: [model for model in candidates if model.name.casefold() in stated],
        lambda: [model for model in possible if slug is not None and _is_wholly(slug, model.name)],
        lambda: [model for model in possible if slug is not None and _is_called_by(slug, model.name)],
        lambda: _longest_begun(possible, listed, openings.summed_up + (openings.described if slug else []), slug),
        lambda: _alone_begun(possible, openings.described) if slug is None else [],
        lambda: [model for model in candidates if model.name in above],
        lambda: [model for model in possible if slug is not None and _is_said_by(slug, model.name)],
    )
    return next((passing[0] for test in tests if len(passing := _of_variant(test(), slug)) == 1), None)


def own_title(slug: Slug | None, above: list[str], openings: Openings, *, is_listed: bool) -> list[str]:
    """The page's own name among the lines above all sections, where no mark tells it from others; empty for none.

    Where the list does not show it, `Acme: Pear 2` is the name of a page of Acme's, or of one that speaks of Pear 2.
    """
    called = [name for name in above if slug is not None and is_called_by(slug, name)][:1]
    if called or is_listed:
        return called
    starts = _starts_of([*openings.described, *openings.summed_up])
    titles = [(name, name.partition(": ")[0]) for name in names_of_titles(above) if ": " in name]
    found = [
        name
        for name, author in titles
        if (slug is not None and is_author_of(slug.author, author)) or _begins(name, starts, slug)
    ]
    return found if len(found) == 1 else []


def _of_variant(passing: list[Listed], slug: Slug | None) -> list[Listed]:
    """Of several rows, those whose names state the page's variant: `R1 (free)` beside `R1`."""
    if len(passing) < 2 or slug is None:
        return passing
    return [model for model in passing if variant_in_name(model.name) == slug.variant]


def _is_long_before(model: Listed, dated: date | None) -> bool:
    """Whether a model came out long before the date in a slug, which is another's then."""
    return dated is not None and model.released_on is not None and model.released_on < dated - _LISTED_BEFORE


def _is_of_other_variant(model: Listed, slug: Slug | None) -> bool:
    """Whether a name does not state the variant of a slug, as all names of such variants do: `R1` of `r1:free`."""
    return slug is not None and slug.variant in VARIANTS and variant_in_name(model.name) != slug.variant


def _longest_begun(
    candidates: list[Listed], listed: list[Listed], openings: list[str], slug: Slug | None
) -> list[Listed]:
    """The candidates whose name is the longest of all listed that a paragraph begins with, as far as the slug agrees.

    Where `Pear 2` and `Pear 2 (Fast)` are listed, `Pear 2 is …` begins with the first.
    """
    starts = _starts_of(openings)
    begun = {model.name: _begins(model.name, starts, slug) for model in listed}
    longest = max((len(form) for forms in begun.values() for form in forms), default=0)
    found = [model for model in candidates if longest and any(len(form) == longest for form in begun[model.name])]
    if slug is None:
        return [] if any(_leaves_out(model.name, form) for model in found for form in begun[model.name]) else found
    found = _of_variant(found, slug)
    return _as_the_slug_goes_on(found, candidates, slug) if len(found) == 1 else found


def _alone_begun(candidates: list[Listed], openings: list[str]) -> list[Listed]:
    """The candidate that a description begins with, where no other one's name is longer: a description of
    `Pear 2 Preview` is often the one of Pear 2."""
    starts = _starts_of(openings)
    found = [model for model in candidates if _begins(model.name, starts, None)]
    shortest = slug_form(_short_name(min((model.name for model in found), key=len, default="")))
    goes_on = [model for model in candidates if slug_form(_short_name(model.name)).startswith(f"{shortest}-")]
    return found if not goes_on else []


def _as_the_slug_goes_on(found: list[Listed], candidates: list[Listed], slug: Slug) -> list[Listed]:
    """The row that a paragraph begins with, unless the slug says more of a longer name than of its own.

    The description of `pear-2-preview` may speak of Pear 2: the page is that of Pear 2 Preview where this is listed,
    and of no row that is certain where several go on as the slug does.
    """
    named = slug_form(_short_name(found[0].name))
    said = set(re.split(r"[-:]", slug.key.partition("/")[2])) - set(named.split("-"))
    further = {
        model.name: slug_form(_short_name(model.name))[len(named) + 1 :].split("-")
        for model in candidates
        if slug_form(_short_name(model.name)).startswith(f"{named}-")
    }
    wholly = [model for model in candidates if model.name in further and said.issuperset(further[model.name])]
    if wholly or not any(words[0] in said or _ends_in_figures_of(slug, words) for words in further.values()):
        most = max((len(further[model.name]) for model in wholly), default=0)
        return [model for model in wholly if len(further[model.name]) == most] or found
    return []


def _ends_in_figures_of(slug: Slug, words: list[str]) -> bool:
    """Whether a slug ends in the day or the version that words state: `pear-0613`, of a Pear (older v0613)."""
    figures = re.sub(r"\D", "", "".join(words))
    return len(figures) > 2 and re.sub(r"\D", "", slug.slug).endswith(figures)


def _short_name(name: str) -> str:
    """A displayed name without its author, in small letters."""
    return (name.partition(": ")[2] or name).strip().casefold()


def _starts_of(openings: list[str]) -> list[str]:
    """How paragraphs begin, with and without an article or an author before."""
    starts = [opening[:200].replace("’", "'").removeprefix("The ") for opening in openings]
    return starts + [start.partition("'s ")[2] for start in starts]


_GOES_ON = re.compile(r"[.-]?\w| ?\(| [A-Z0-9]")
"""What stands behind a name where it is a longer one: `Pear 2.1`, `Pear 2 (Fast)`, `Pear 2 Preview`."""


def _begins(name: str, starts: list[str], slug: Slug | None) -> set[str]:
    """The forms of a name that a paragraph begins with, perhaps after its author: `Acme's Pear 2 is …`."""
    return {
        form
        for form in name_forms(name)
        for start in starts
        if start[: len(form)].casefold() == form
        and not _GOES_ON.match(start[len(form) :])
        and (not _leaves_out(name, form, slug) or (slug is None and variant_in_name(name) != "standard"))
    }


def _is_wholly(slug: Slug, name: str) -> bool:
    """Whether a slug is a name with all that it says: `pear-2-2024-05-13`, of a Pear 2 (2024-05-13)."""
    return slug_form(_short_name(name)) == slug.slug.partition("/")[2] and slug.variant == "standard"


def _is_called_by(slug: Slug, name: str) -> bool:
    """Whether a slug is a name, with the word in parentheses that it may end in."""
    whole = name.partition("(")[0] if _leaves_out(name, "", slug) else ""
    return is_called_by(slug, name) and not (whole and is_called_by(slug, whole))


def _is_said_by(slug: Slug, name: str) -> bool:
    """Whether a slug has the words of a name in another order: `claude-4.6-opus-20260205`, of Claude Opus 4.6."""
    words = slug_form(_short_name(name)).split("-")
    said = f"{bare_slug(slug.slug)}-{slug.variant}".removesuffix("-standard").split("-")
    return sorted(words) == sorted(said) and list(filter(_HAS_FIGURE, words)) == list(filter(_HAS_FIGURE, said))


_HAS_FIGURE = re.compile(r"[0-9]").search


def _leaves_out(name: str, form: str, slug: Slug | None = None) -> bool:
    """Whether a form of a name lacks the word in parentheses that tells its model from a twin, where the slug says it
    neither: `Pear 2 (Fast)`, `Pear 2 (2024-05-13)`. What has several words is another name: `Pear 2 (One Mini)`."""
    match = re.search(r"\(([^()]+)\)$", name.strip())
    if match is None or match[1].casefold() in form or (" " in match[1] and match[1][0].isupper()):
        return False
    words = slug_form(match[1]).split("-")
    said = re.split(r"[-:]", slug.key.partition("/")[2]) if slug else []
    return not (slug and (set(words).issubset(said) or _ends_in_figures_of(slug, words)))
