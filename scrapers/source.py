"""What a source is: a value with an address, a version and a parser, found by its file being there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from scrapers import sources
from scrapers.document import Document, Reading
from scrapers.errors import ForeignPage
from scrapers.screening import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source, as its file in `scrapers/sources/` states it.

    Attributes:
        slug: the file's name; also the name of its fixtures, its archive folder, its rows and its argument.
        title: what it is, in a few words.
        base_url: scheme and host; `--base-url` replaces it.
        path: the address below it, query included, with `{model}` for the model asked for.
        asks: how often a run asks it: `once`, of each listed model by `id`, or of each model by its permanent `slug`.
        version: of the parser. It changes whenever the same bytes may give other records.
        parse: bytes in, `Reading` out. Raises `DocumentError`. Knows no clock, network, disk or database.
        claims: says of a document whether it could be this source's; asked when nobody named the source.
        field_places: where a model's field stands below the record's own place, for lineage.
        endpoint_places: the same of an endpoint's field.
        extension: the ending of its files in the archive.
        quote: the words of a document at a place, where a place is no JSON pointer; None where there is none.
        is_costly: whether a document takes long enough to parse that another core is worth it.
    """

    slug: str
    title: str
    base_url: str
    path: str
    asks: Literal["once", "id", "slug"]
    version: str
    parse: Callable[[Document], Reading]
    claims: Callable[[Document], bool]
    field_places: Mapping[str, str] = field(default_factory=dict)
    endpoint_places: Mapping[str, str] = field(default_factory=dict)
    extension: str = "json"
    quote: Callable[[Document, str], str | None] | None = None
    is_costly: bool = False


@cache
def all_sources() -> dict[str, Source]:
    """Every source by its slug, in alphabetical order, found by looking into the folder."""
    found: dict[str, Source] = {}
    for module in sorted(pkgutil.iter_modules(sources.__path__), key=lambda module: module.name):
        source = importlib.import_module(f"{sources.__name__}.{module.name}").SOURCE
        if source.slug != module.name:
            raise ValueError(f"{module.name}.py states the slug {source.slug!r}; the two must agree")
        found[source.slug] = source
    return found


def source_called(slug: str) -> Source:
    """The source of a slug. Raises `KeyError` where there is none."""
    return all_sources()[slug]


def source_of(document: Document) -> Source:
    """The source that a document is from, by its content.

    Raises `EmptyDocument` and `UnreadableDocument` for what is no text, and `ForeignPage` where no source claims it.
    """
    text_of(document)
    for source in all_sources().values():
        if source.claims(document):
            return source
    raise ForeignPage(
        f"{document.name or document.url or 'the document'}: no source knows this; "
        f"name one of {', '.join(all_sources())} if it should be read all the same"
    )
