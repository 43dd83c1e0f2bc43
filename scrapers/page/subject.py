"""Whom a page speaks of: slugs in links and endpoint names, and the subject among the models of its list."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from scrapers.document import Document, Subject
from scrapers.outline import Outline
from scrapers.page.rows import Notes
from scrapers.page.words import author_in_heading, field_of

_SLUG = re.compile(
    r"(?P<author>[a-z0-9~][a-z0-9._-]{0,80})/(?P<name>[a-z0-9][a-z0-9._-]{0,160})(?::(?P<variant>[a-z0-9-]{1,40}))?"
)
_LONGEST_ADDRESS = 2_000
_ADDRESS = re.compile(
    r"(?:^|//[^/]*)(?:\.{0,2}/)*(?:[a-z]{2}(?:-[A-Za-z]{2})?/)?models/([^/?#]+(?:/[^/?#]+)?)/?(?:[?#].*)?$"
)
_FILE_NAME = re.compile(r"(?:.*[/\\])?([a-z0-9~][a-z0-9._-]*?)__([a-z0-9][a-z0-9._-]*?)\.(?:html?|txt|md)")
_DATED = re.compile(r"-(?:20[0-9]{6}|20[0-9]{2}-[0-9]{2}-[0-9]{2})$")


class Slug(NamedTuple):
    """A permanent slug, and the variant that follows its colon."""

    slug: str
    variant: str = "standard"

    @property
    def author(self) -> str:
        return self.slug.partition("/")[0]

    @property
    def key(self) -> str:
        return f"{self.slug}:{self.variant}"


@lru_cache(maxsize=1024)
def slug_of(text: str) -> Slug | None:
    """The slug that a text is, in ASCII; None where it is none.

    >>> slug_of("deepseek/deepseek-r1-0528:free"), slug_of("Google AI Studio")
    (Slug(slug='deepseek/deepseek-r1-0528', variant='free'), None)
    """
    match = _SLUG.fullmatch(text.strip()) if "/" in text else None
    return Slug(f"{match['author']}/{match['name']}", match["variant"] or "standard") if match else None


def model_id_of(text: str, header: str) -> str | None:
    """The id that a model is called by, under a header; None for what an application counts its objects by.

    >>> model_id_of("acme/one:free", "Id"), model_id_of("acme-one", "Model ID"), model_id_of("cm1x7", "Id")
    ('acme/one:free', 'acme-one', None)
    """
    is_any = header.strip().lower() != "id" and not text.isdigit()
    return text if is_any or slug_of(text) else None


@lru_cache(maxsize=1024)
def slug_of_address(address: str) -> Slug | None:
    """The slug in the address of a model's page.

    >>> slug_of_address("https://example.org/models/acme/one-20260101?tab=prices")
    Slug(slug='acme/one-20260101', variant='standard')
    >>> slug_of_address("/pt-BR/models/acme/one-20260101"), slug_of_address("../../models/acme%2Fone-20260101/")
    (Slug(slug='acme/one-20260101', variant='standard'), Slug(slug='acme/one-20260101', variant='standard'))
    """
    match = _ADDRESS.search(address) if "models/" in address and len(address) < _LONGEST_ADDRESS else None
    return slug_of(unquote(match[1])) if match else None


def slug_of_endpoint(name: str, notes: Notes, where: str) -> Slug | None:
    """The slug in an endpoint's name, at its end or before what it adds: `Groq | acme/one`, `AWS | acme/one | EU`."""
    last = re.split(r"[|\s]+", name.strip())[-1]
    slug = slug_of(last) or next((slug for part in name.split("|")[1:-1] if (slug := slug_of(part))), None)
    if slug is None and "/" in last and not last.isascii():
        notes.warn("confusable_id", f"this looks like a slug but is not ASCII: {last!r}", where)
    return slug


def subject_slug(document: Document, outline: Outline, notes: Notes) -> Slug | None:
    """The permanent slug of the model that the page is about: by its endpoints' names, else by its own address, else by
    what stands with its title. One with a day is permanent beside the same without one, which may be an id.

    A page that came where another model's was asked for counts for its own; that it did is a warning.
    """
    slug = _stated_slug(document, outline, notes)
    asked = slug_of_address(document.url or "")
    is_doubted = any(one.code == "conflicting_slug" for one in notes.warnings)
    if slug and asked and not _may_be(slug, asked) and not is_doubted:
        notes.warn("conflicting_slug", f"the page is about {slug.slug}, and {asked.slug} was asked for", "page")
    return slug


def _may_be(slug: Slug, stated: Slug) -> bool:
    """Whether a model's slug can be meant by an address: an alias, or one without the day, or of other words' order."""
    is_alias = stated.slug.startswith("~")
    return is_alias or slug.slug.startswith(_DATED.sub("", stated.slug)) or _is_permanent_form_of(slug, stated)


def _stated_slug(document: Document, outline: Outline, notes: Notes) -> Slug | None:
    named = _endpoint_slugs(outline)
    addresses = [*outline.addresses, document.url or "", document.name or ""]
    stated = next((slug for address in addresses if (slug := slug_of_address(address))), None) or _titled_slug(outline)
    if named:
        slug, _ = named.most_common(1)[0]
        if stated and (stated in named or _is_permanent_form_of(stated, slug)):
            slug = stated
        elif stated and not _may_be(slug, stated):
            notes.warn("conflicting_slug", f"the endpoints say {slug.slug}, the address {stated.slug}", "page")
        return slug
    if stated is None and (match := _FILE_NAME.fullmatch(document.name or "")):
        stated = slug_of(f"{match[1]}/{match[2]}")
    return stated


def _is_permanent_form_of(stated: Slug, slug: Slug) -> bool:
    """Whether a slug with a day is another's that has none: of the same words, in whatever order, and figures."""
    if (
        not _DATED.search(stated.slug)
        or _DATED.search(slug.slug)
        or (stated.author, stated.variant) != (slug.author, slug.variant)
    ):
        return False
    words, others = (sorted(re.split(r"[.-]", bare_slug(one.slug))) for one in (stated, slug))
    return words == others


def _titled_slug(outline: Outline) -> Slug | None:
    """The slug with a day that stands in the title or below it, above all sections, and is of the title's model."""
    lines: list[str] = []
    for section in outline.sections:
        if section.topic is not None:
            break
        lines += (line.text for line in section.lines[:_MOST_LINES])
    names = names_of_titles(outline.titles)
    words = [title.rpartition(" ")[2] for title in outline.titles] + lines
    slugs = (slug for word in words if (slug := slug_of(word)) is not None and _DATED.search(slug.slug))
    return next((slug for slug in slugs if any(_is_slug_of(slug, name) for name in names)), None)


_MOST_LINES = 40
"""Below a title, before the first section."""


def _is_slug_of(slug: Slug, name: str) -> bool:
    return is_called_by(slug, name) or is_author_of(slug.author, name.partition(": ")[0])


def _endpoint_slugs(outline: Outline) -> Counter[Slug]:
    silent = Notes()
    found: Counter[Slug] = Counter()
    for section, table in outline.tables("endpoints"):
        for index, header in enumerate(table.headers):
            if field_of("endpoints", header) == "endpoint":
                cells = [row[index].words for row in table.rows if index < len(row)]
                found.update(slug for cell in cells if (slug := slug_of_endpoint(cell, silent, section.heading)))
    return found


_TITLE_TAIL = re.compile(
    r"\s+[-–—|·:]\s+(?:AI Model|Model Details|Benchmarks?|Pricing|API|Details|Benchable)\b.*$", re.IGNORECASE
)


def names_of_titles(titles: list[str]) -> list[str]:
    """The model's name as the page's titles give it, without what a title adds.

    >>> names_of_titles(["Acme: One - AI Model Details & Benchmarks", "Acme: One acme/one-20260101"])
    ['Acme: One']
    """
    plain = (_without_slug(_TITLE_TAIL.sub("", title).strip()) for title in titles)
    found = list(dict.fromkeys(name for name in plain if name))
    whole = {_plain_form(name) for name in found if ": " in name}
    return [name for name in found if ": " in name or _plain_form(name) not in whole]


def _without_slug(title: str) -> str:
    """A title without the slug of its model, which may stand behind the name in small letters."""
    name, _, last = title.rpartition(" ")
    slug = slug_of(last.strip("()[]")) if name else None
    return name.rstrip(" -–—|·:") if slug is not None and _is_slug_of(slug, name) else title


def _plain_form(name: str) -> str:
    """A name without what stands between its author and the rest, which a heading may say in two ways of its own:
    `Acme / One`, `Acme One`."""
    return " ".join(re.split(r" [/|·–—-] |: |\s", name.casefold()))


def name_forms(name: str) -> set[str]:
    """What a displayed name may be called: whole, with and without its author, and either side of a parenthesis.

    >>> sorted(name_forms("Acme: Pear 2 (One Mini)"))
    ['acme pear 2', 'acme: pear 2 (one mini)', 'one mini', 'pear 2', 'pear 2 (one mini)']
    """
    whole = name.strip().casefold()
    author, _, short = whole.partition(": ")
    forms = {whole, short or whole}
    if match := re.fullmatch(r"(.+?)\s*\(([^()]+)\)", short or whole):
        forms |= {match[1]} if match[2] in VARIANTS else {match[1], match[2]}
        short = match[1] if short else ""
    return forms | {f"{author} {short}"} if short else forms


VARIANTS = frozenset(("free", "thinking", "beta", "extended", "online", "nitro", "floor", "exacto"))


def variant_in_name(name: str) -> str:
    """The variant that a displayed name states.

    >>> variant_in_name("Acme: Pear 2 (free)"), variant_in_name("Acme: Pear 2 (mini)")
    ('free', 'standard')
    """
    match = re.search(r"\((\w+)\)$", name.strip().casefold())
    return match[1] if match and match[1] in VARIANTS else "standard"


def slug_form(name: str) -> str:
    """A name as a slug writes it.

    >>> slug_form("Gemini 2.5 Flash Lite Preview 09-2025")
    'gemini-2.5-flash-lite-preview-09-2025'
    """
    return re.sub(r"[^a-z0-9.]+", "-", name.casefold()).strip("-")


def date_of_slug(slug: str) -> date | None:
    """The date at the end of a slug.

    >>> date_of_slug("acme/pear-2-20250617"), date_of_slug("acme/pear-2-2024-05-13"), date_of_slug("acme/pear-2-0324")
    (datetime.date(2025, 6, 17), datetime.date(2024, 5, 13), None)
    """
    match = _DATED.search(slug)
    try:
        return date.fromisoformat(match[0][1:]) if match else None
    except ValueError:
        return None


def bare_slug(slug: str) -> str:
    """What a slug says after its author, without the date at its end.

    >>> bare_slug("google/gemini-2.5-pro-20250617")
    'gemini-2.5-pro'
    """
    return _DATED.sub("", slug.partition("/")[2])


def is_called_by(slug: Slug, name: str) -> bool:
    """Whether a displayed name, written as slugs are, is what a slug says.

    >>> is_called_by(Slug("acme/pear-2-20260101"), "Acme: Pear 2"), is_called_by(Slug("acme/pear-2"), "Pear 3")
    (True, False)
    """
    return bare_slug(slug.slug) in {slug_form(form) for form in name_forms(name)}


def author_of_list(outline: Outline, subject: Slug | None) -> str | None:
    """The author whose other models the page lists, as slugs write it: `Other Models by google`."""
    for section in outline.about("models"):
        author = author_in_heading(section.heading)
        author = author.lower() if author and section.heading.isupper() else author
        if author and subject and is_author_of(subject.author, author):
            return subject.author
        if author and re.fullmatch(r"[a-z0-9~][a-z0-9._-]*", author):
            return author
    return None


def is_author_of(author: str, name: str) -> bool:
    """Whether an author, as slugs write it, is the one of a displayed name: `x-ai` of `xAI`, `meta-llama` of `Meta`."""
    written, displayed = (re.sub(r"[^a-z0-9]", "", words.casefold()) for words in (author, name))
    return written == displayed or (bool(displayed) and author.casefold().startswith(f"{displayed}-"))


def subject_key(slug: Slug | None, name: str | None) -> Subject:
    """Whom the page's own facts are of."""
    return Subject(slug.key if slug else f"name:{name}", 1)
