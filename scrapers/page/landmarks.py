"""Is this the whole page? Its landmarks tell a page from a wall, from a cut one, and from one that has changed.

The site keeps the header of each table even when the table is empty, so a landmark's heading with nothing below it is
a page that has changed, and not a model without endpoints. Only a list of cards has nothing to keep when it is empty.
"""

from __future__ import annotations

import re

from scrapers.errors import CutDocument, LayoutDrift, UnreadableDocument
from scrapers.outline import Outline
from scrapers.page.rows import Notes
from scrapers.page.words import LANDMARKS, Topic
from scrapers.screening import interstitial, refuse_interstitial
from scrapers.values import is_blank

MOST_ROWS = 20_000
"""Rows on a page. More are no page of the site, and would keep the reader busy for long."""

_NOTHING = re.compile(
    r"\b(?:no|none|not|nothing|without|yet|n/a|unavailable|unknown|free|coming soon|empty|(?:find|found) any|zero)\b|"
    r"(?<![\w.,$€£])0(?=\W+[a-z])|\b(?:endpoints|providers|models|results|benchmarks)(?::? | ?\()0\b(?![.,]?[0-9])",
    re.IGNORECASE,
)
"""What says that there is nothing to list: `No endpoints yet.`, `0 providers`, `We couldn't find any.`"""

_FAILED = re.compile(
    r"\b(?:(?:re)?load(?:ed|ing)?|fetch(?:ed|ing)?|retriev\w+|errors?|failed|try again|wrong)\b", re.IGNORECASE
)
"""What says that the list is wanting: `Endpoints could not be loaded.` Whether there is none, it does not say."""

_COUNTED = re.compile(r"\(0\)\s*$")
"""A heading that counts what stands below it."""

_NEEDED: tuple[Topic, ...] = ("prices", "endpoints")
"""What no complete page is without."""

_LISTS: tuple[Topic, ...] = ("endpoints", "benchmarks", "models")
"""What a page lists in cards or in tables; its few prices may be a table beside cards."""

_SITE = re.compile(r"benchable|AI Model Details", re.IGNORECASE)
_TITLES: dict[Topic, str] = {
    "prices": "Current Pricing",
    "endpoints": "Available Endpoints",
    "benchmarks": "Benchmark Results",
    "models": "Other Models by …",
}


def check_landmarks(outline: Outline, text: str, notes: Notes, *, is_markup: bool) -> None:
    """Refuse what is not the whole page.

    Raises what `refuse_interstitial` says of a page with no landmark at all, `LayoutDrift` where the page is the
    site's but a landmark or its table is gone, `UnreadableDocument` for endless tables, `CutDocument` where the text
    ends before the later landmarks or in the middle of a row.
    """
    if sum(len(table.rows) for section in outline.sections for table in section.tables) > MOST_ROWS:
        raise UnreadableDocument(
            f"the tables have more than {MOST_ROWS:,} rows; the largest page seen has a few hundred"
        )
    if any(table.ends_early for section in outline.sections for table in section.tables):
        raise CutDocument("the page ends in the middle of a table's row; fetch it again")
    found = [topic for topic in LANDMARKS if _is_there(outline, topic)]
    known = {section.topic for section in outline.sections} - {None}
    if not found and len(known) < 2:
        if interstitial(text) is None and (_SITE.search(text[:20_000]) or outline_is_addressed(outline)):
            raise LayoutDrift("the page is the site's, but none of its sections is here by name")
        refuse_interstitial(text)
    missing = [topic for topic in LANDMARKS if topic not in found]
    named = ", ".join(_TITLES[topic] for topic in missing)
    if missing and not is_markup and missing == list(LANDMARKS[len(found) :]):
        raise CutDocument(f"the text ends before its later sections: {named}; fetch it again")
    if len(found) < 2 and not (_SITE.search(text[:20_000]) or outline_is_addressed(outline)):
        refuse_interstitial(text)
    if any(topic in _NEEDED for topic in missing):
        raise LayoutDrift(f"sections that every page has are missing by name: {named}")
    for topic in missing:
        notes.warn("drift_missing_section", f"no section by the name of {_TITLES[topic]}", "page")
    has_cards_alone = all(table.is_cards for topic in _LISTS for _, table in outline.tables(topic))
    for topic in found:
        if not is_markup and outline.tables(topic) and _ends_at_header(outline, topic):
            notes.warn("drift_empty_section", "the text ends below the header of a table", _TITLES[topic])
        if not _has_content(outline, topic):
            if not is_markup and outline.sections[-1] in outline.about(topic):
                raise CutDocument(f"the text ends before the table below {_TITLES[topic]}; fetch it again")
            if topic in _NEEDED or not has_cards_alone:
                raise LayoutDrift(f"below {_TITLES[topic]} stands no table, and no word that there is none")
            notes.warn("drift_empty_section", "nothing stands below the heading, where cards may", _TITLES[topic])


def _ends_at_header(outline: Outline, topic: Topic) -> bool:
    """Whether nothing follows the names of a landmark's columns, neither a row nor another section."""
    return outline.sections[-1] in outline.about(topic) and not any(
        table.torn or any(cell.text for row in table.rows for cell in row) for _, table in outline.tables(topic)
    )


def outline_is_addressed(outline: Outline) -> bool:
    """Whether the page says of itself that it is a model's."""
    return any("/models/" in address for address in outline.addresses)


def _is_there(outline: Outline, topic: Topic) -> bool:
    topics: tuple[Topic, ...] = ("pricing", "prices") if topic == "prices" else (topic,)
    return bool(outline.about(*topics) or outline.tables(topic))


def _has_content(outline: Outline, topic: Topic) -> bool:
    """Whether a landmark has its table, or says that there is nothing to list: in words, by a dash, by a count."""
    if outline.tables(topic):
        return True
    topics: tuple[Topic, ...] = ("pricing", "prices") if topic == "prices" else (topic,)
    return any(
        _COUNTED.search(section.heading) or any(_says_nothing(line.text) for line in section.lines)
        for section in outline.about(*topics)
    )


def _says_nothing(text: str) -> bool:
    if "|" in text:
        return False  # a row that nobody could take apart, of an endpoint that is free
    return is_blank(text) or (_NOTHING.search(text) is not None and _FAILED.search(text) is None)
