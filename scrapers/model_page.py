"""A model page as records: its text becomes an outline, and each part of the outline is read by a file of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scrapers.document import Document, Group, Part, Reading, Subject, UnreadEndpoints
from scrapers.errors import CutDocument, ForeignPage
from scrapers.html.end import is_closed
from scrapers.html.outline import outline_of_html
from scrapers.outline import Outline
from scrapers.page.badges import split_badges, split_status
from scrapers.page.endpoints import Served, endpoints
from scrapers.page.fields import listed_model, subject_model
from scrapers.page.history import price_history
from scrapers.page.landmarks import check_landmarks
from scrapers.page.models import Listed, listed_models
from scrapers.page.own_ratings import own_ratings
from scrapers.page.own_row import Openings, own_row, own_title
from scrapers.page.plain_text import plain_text
from scrapers.page.prices import headline_prices, price_reader
from scrapers.page.quotes import words_at
from scrapers.page.remainders import warn_of_remainders
from scrapers.page.rows import Notes
from scrapers.page.score_groups import with_groups_of_scores
from scrapers.page.scores import scores_of
from scrapers.page.slashed_days import with_days_in_one_order
from scrapers.page.subject import Slug, author_of_list, names_of_titles, subject_key, subject_slug
from scrapers.page.summary import with_whole_summary
from scrapers.records import Model, Rating, Record
from scrapers.screening import is_html, is_json
from scrapers.text.labels.labelled_lines import with_labelled_tables
from scrapers.text.labels.lost_headings import with_specifications
from scrapers.text.outline import heading_of, outline_of_text

_TAG = re.compile(r"<(?:div|main|section|article|table|h[1-6]|p|dl|ul|body|html)[\s>]", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:[-*•·]|[0-9]{1,2}\.) +")
"""What stands before an entry of a list, such as the page's own name among those above it."""

_MARKED_HEADING = re.compile(r"^#{1,6} \w", re.MULTILINE)
_FEWEST_MARKED = 3
"""Headings of Markdown in a text that begins with a tag: converters keep the elements that they have no marks for."""


def read_page(document: Document) -> Reading:
    """Everything that one page states. Raises `DocumentError` for what is not the whole page."""
    text = plain_text(document)
    if is_json(text):
        raise ForeignPage(f"this is JSON, not a page; it begins {text.lstrip()[:60]!r}")
    outline, is_markup = outline_of(text)
    notes = Notes()
    check_landmarks(outline, text, notes, is_markup=is_markup)
    warn_of_remainders(outline, notes)
    return read_outline(document, with_days_in_one_order(outline), notes)


def page_words(document: Document, place: str) -> str | None:
    """The words of the page at a place that a record names."""
    outline, _ = outline_of(plain_text(document))
    return words_at(outline, place)


def is_page(text: str) -> bool:
    """Whether this is HTML, or text with headings of the page. A wall in HTML is a page too, to be refused by name."""
    return _is_markup(text) or sum(heading_of(line) is not None for line in text.splitlines()) >= 2


def outline_of(text: str) -> tuple[Outline, bool]:
    """The page as an outline, and whether it came as HTML that says itself where it ends."""
    if not _is_markup(text):
        whole = with_whole_summary(with_specifications(outline_of_text(text)))
        return with_groups_of_scores(with_labelled_tables(whole)), False
    is_whole = "<html" in text[:4000].lower()
    if (is_whole and not is_closed(text)) or not text.rstrip().endswith(">"):
        raise CutDocument("the HTML ends before its closing tag; fetch it again")
    return with_groups_of_scores(with_labelled_tables(with_whole_summary(outline_of_html(text)))), is_whole


def _is_markup(text: str) -> bool:
    if is_html(text):
        return True
    is_tagged = text.lstrip().startswith("<") and _TAG.search(text[:20_000]) is not None
    return is_tagged and len(_MARKED_HEADING.findall(text)) < _FEWEST_MARKED


class _About(NamedTuple):
    """Whom a page is about, as far as it says, and the models that it lists, of which `own` is the same."""

    slug: Slug | None
    names: list[str]
    own: Listed | None
    listed: list[Listed]
    author: str | None
    model: Model


def read_outline(document: Document, outline: Outline, notes: Notes) -> Reading:
    """The records of an outline: the subject's parts first, then those of the other models it lists."""
    about = _about(document, outline, notes)
    slug, own, model = about.slug, about.own, about.model
    reader = price_reader(outline, notes, slug)
    headline = headline_prices(outline, reader)
    reader = reader.beside(headline)
    prices = [*headline, *price_history(outline, reader)]
    served = endpoints(outline, reader)
    prices += [price for item in served for price in item.prices]
    own_names = [name for name in (model.name, *about.names, slug.slug if slug else None) if name]
    others = [other.name for other in about.listed if other is not own and other.name]
    performance = scores_of(outline, slug, own_names, notes, others)
    ratings = [*(_ratings(own, slug) if own else []), *performance.ratings]
    ratings += own_ratings(outline, ratings, slug.slug if slug else None, notes)
    for rating in ratings:
        rating.name = model.name
    subject = subject_key(slug, model.name)
    reading = Reading(scope=subject.key.removesuffix(":standard"), warnings=notes.warnings)
    gaps = _take_in_gaps(reading, subject, notes, served)
    _add(reading, subject, "facts", [model])
    _add(reading, subject, "prices", prices, gaps=gaps["prices"])
    _add(reading, subject, "endpoints", [item.endpoint for item in served], gaps=gaps["endpoints"])
    _add(reading, subject, "scores", performance.scores, gaps=gaps["scores"])
    _add(reading, subject, "ratings", ratings)
    for other in about.listed:
        if other is not own:
            key = Subject(f"{other.slug.key}" if other.slug else f"name:{other.name}", 2)
            _add(reading, key, "facts", [listed_model(other, about.author)])
            _add(reading, key, "ratings", _ratings(other, other.slug))
    reading.stated, reading.rejected = notes.stated, notes.rejected
    return reading


def _about(document: Document, outline: Outline, notes: Notes) -> _About:
    """Whom the page is about: its slug and its names, its row among the models that it lists, and its facts."""
    slug = subject_slug(document, outline, notes)
    titled = [split_badges(name) for name in names_of_titles(outline.titles)]
    names = list(dict.fromkeys(name for name, _ in titled))
    names = [name for name in names if not any(other.startswith(f"{name}: ") for other in names)]
    listed = listed_models(outline, notes)
    openings = Openings(
        *([s.lines[0].text for s in outline.about(kind) if s.lines] for kind in ("description", "summary"))
    )
    above = [_NUMBER.sub("", line.text) for line in outline.sections[0].lines if not outline.sections[0].heading]
    own = own_row(listed, slug, names, openings, above)
    if own is None and listed:
        notes.warn("unknown_subject_row", "none of the models listed is certainly the page's own", "page")
    if slug is None and own is not None:
        slug = own.slug
    if not names:
        names = own_title(slug, above, openings, is_listed=own is not None)
    model = subject_model(outline, slug, own, names, notes)
    author = author_of_list(outline, slug)
    model.author = model.author or author
    if model.is_available is None and (False in (status for _, status in titled) or _is_marked_unavailable(outline)):
        model.is_available = False
    if slug is None and model.canonical_slug:
        slug = Slug(model.canonical_slug, model.variant)
    return _About(slug, names, own, listed, author, model)


def _take_in_gaps(
    reading: Reading, subject: Subject, notes: Notes, served: Sequence[Served]
) -> dict[Group, tuple[str, ...]]:
    """Say in the reading what could not be read, and of each group what its rows leave out."""
    gaps = ("endpoints",) if "endpoints" in notes.incomplete else ()
    if gaps:
        read = ((one.provider or "", one.tag, one.endpoint_name) for one, _ in served)
        reading.unread[subject.key] = UnreadEndpoints.beside({""}, read)
    unread = _unread_lines(notes)
    if unread:
        reading.unread_lines[subject.key] = unread
    if "models" in notes.incomplete:
        reading.set_aside.add("")  # nobody knows of whom the row speaks
    prices, scores = (tuple(sorted(unread.get(group, ()))) for group in ("prices", "scores"))
    return {"prices": gaps + prices, "endpoints": gaps, "scores": scores}


def _is_marked_unavailable(outline: Outline) -> bool:
    """Whether a badge below the page's own name, before any other heading, says that the model is not available."""
    below = (section.lines for section in outline.sections if section.level == 1 and section.topic is None)
    return any(split_status(line.text) == ("", False) for line in next(below, ()))


def _unread_lines(notes: Notes) -> dict[Group, frozenset[str]]:
    """The prices and scores that a page may state and that could not be read."""
    found: dict[Group, frozenset[str]] = {}
    of_nobody = {"||"} if notes.incomplete & {"prices", "history"} else set()
    if prices := notes.unread_prices | of_nobody:
        found["prices"] = frozenset(prices)
    if "benchmarks" in notes.incomplete:
        found["scores"] = frozenset({""})
    return found


def _ratings(listed: Listed, slug: Slug | None) -> list[Rating]:
    canonical = slug.slug if slug else None
    return [
        Rating(
            canonical_slug=canonical,
            name=listed.name,
            dimension=dimension,
            value=value,
            place=f"{listed.place} / {dimension}",
        )
        for dimension, value in listed.ratings.items()
    ]


def _add(
    reading: Reading, subject: Subject, group: Group, rows: Sequence[Record], *, gaps: tuple[str, ...] = ()
) -> None:
    """`gaps`: what could not be read, so that the rest says less than it would alone."""
    reading.add(Part(subject, group, lambda: rows, (gaps, rows) if gaps else None))
