"""A model's page on Benchable: facts, prices and their history, endpoints, benchmark scores, the author's other models.

https://benchable.ai/models/{author}/{canonical_slug}

The site is a React application. Its HTML changes without notice; the headings and the names of columns are what stays,
so everything is found by them (`page/words.py`), on an outline that HTML and saved text share. Quirks:

- The page does not print the model's slug. It stands in the names of its endpoints (`Google AI Studio |
  google/gemini-2.5-pro-20250617`), with a pipe of its own that text extractors do not escape.
- The list of the author's models includes the page's own, names neither the column of names nor that of modality
  icons, and glues `Unavailable` to a name. It prints rounded contexts (`65K`) and estimated sizes (`~500B`).
- A model without benchmark runs in the table has its scores in the sentences of the performance summary only.
- Token prices are by the million, also where the page does not say so.
- An empty table keeps its header, so a landmark without a table means that the page has changed.
"""

from __future__ import annotations

from scrapers.document import Document, Reading
from scrapers.screening import is_json
from scrapers.source import Source


def claims(document: Document) -> bool:
    """Whether this is HTML, or text with headings of the page. A wall in HTML is claimed too, to be refused by name."""
    start = document.body[:4000]
    if b"\0" in start or is_json(start.decode("utf-8-sig", errors="ignore")):
        return False
    from scrapers.model_page import is_page

    return is_page(document.body.decode("utf-8", errors="ignore"))


def parse(document: Document) -> Reading:
    """Everything that one page states. Raises `DocumentError` for what is not the whole page.

    What reads pages takes a quarter of a second to import, and most runs of the program meet none: it is imported here.
    """
    from scrapers.model_page import read_page

    return read_page(document)


def quote(document: Document, place: str) -> str | None:
    """The words of the page at a place that a record names."""
    from scrapers.model_page import page_words

    return page_words(document, place)


SOURCE = Source(
    slug="benchable_page",
    title="a model's page on Benchable",
    base_url="https://benchable.ai",
    path="/models/{model}",
    asks="slug",
    version="1",
    parse=parse,
    claims=claims,
    extension="html",
    quote=quote,
    is_costly=True,
)
