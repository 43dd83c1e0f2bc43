"""What a page holds for its scripts, as sections beside those that it shows."""

from __future__ import annotations

import re

from scrapers.html.data.assigned import assigned_values
from scrapers.html.data.charts import OF_OTHERS, SAYS_PRICES, history_of_chart, is_history
from scrapers.html.data.exact import contradict, put_exact_values
from scrapers.html.data.facts import fields_said, without_said
from scrapers.html.data.linked import sections_of_linked_data
from scrapers.html.data.owners import Owner
from scrapers.html.data.packed import packed_values, with_references
from scrapers.html.data.records import words_of_key
from scrapers.html.data.sections import json_of, sections_of_data
from scrapers.html.data.tables import SUBJECTS
from scrapers.html.data.unshown import add_rows_not_shown
from scrapers.outline import Outline, Section, table_topic
from scrapers.page.words import LANDMARKS, Topic, topic_of

_CODE = frozenset(("", "module", "text/javascript", "application/javascript", "application/ecmascript", "text/babel"))
_DATA = re.compile(r"[-_]?(?:data|json)$", re.IGNORECASE)
"""What the `id` of a script adds to the name of what it holds: `price-history-data`."""


def sections_of_scripts(
    scripts: list[tuple[str, str, str]], owner: Owner, *, draws_history: bool = False
) -> list[Section]:
    """What the script blocks say of the page's own model, as sections; a chart of which nothing says that it is one of
    prices counts where the page `draws_history`, under a heading of its own."""
    found: list[Section] = []
    for kind, text, name in scripts:
        if kind.lower() in _CODE:
            found += _sections_of_code(text, owner, draws_history=draws_history)
        elif "ld+json" in kind:
            found += sections_of_linked_data(json_of(text), owner)
        elif (value := json_of(text)) is not None:
            held = with_references(value) if '"__ref"' in text else value
            said = _DATA.sub("", name)
            sections = sections_of_data(held, said, owner)
            is_named = "json" in kind and _says_what(owner.heading_of(said)[0])
            found += sections if is_named else with_landmark(sections) or _histories(sections, kind)
    for value in packed_values(scripts):
        found += with_landmark(sections_of_data(value, "", owner))
    return found


def _sections_of_code(text: str, owner: Owner, *, draws_history: bool) -> list[Section]:
    """What the values say that a script assigns. Beside one with a section that every page has, the names of others
    say what they are: `const priceHistory = […]`."""
    values = assigned_values(text)
    held = [(name, with_references(value) if '"__ref"' in text else value) for name, value in values]
    if draws_history or SAYS_PRICES.search(text):
        named = (history_of_chart(value) for name, value in held if not OF_OTHERS.search(name))
        held += [("priceHistory", chart) for chart in named if chart is not None][:1]
    read = [(name, sections_of_data(value, name, owner)) for name, value in held]
    if not any(with_landmark(sections) for _, sections in read):
        return [one for name, sections in read if topic_of(words_of_key(name)) == "history" for one in sections]
    return [one for name, sections in read if with_landmark(sections) or _says_what(name) for one in sections]


def _says_what(name: str) -> bool:
    words = words_of_key(name)
    return topic_of(words) is not None or words.lower() in SUBJECTS


def _histories(sections: list[Section], kind: str) -> list[Section]:
    """The histories of prices of a block of data that has nothing else, for a chart to draw."""
    return [one for one in sections if is_history(one) and "json" in kind]


def with_landmark(sections: list[Section]) -> list[Section]:
    """The sections of a value that nothing else says to be the page's, if it holds a section that every page has."""
    are_there = any(kind_of(section.topic) in LANDMARKS and _says_something(section) for section in sections)
    return sections if are_there else []


def add_what_is_missing(outline: Outline, sections: list[Section]) -> None:
    """Add the sections about which the page itself shows nothing."""
    shown = {kind_of(section.topic) for section in outline.sections if _says_something(section)}
    shown |= {table_topic(section, table) for section in outline.sections for table in section.tables if table.rows}
    put_exact_values(outline, sections)
    add_rows_not_shown(outline, sections)
    added: set[tuple[str | None, bool]] = set()
    said = fields_said(outline)
    for section in sections:
        topic = kind_of(section.topic)
        if topic == "specifications" and section.tables:
            if (facts := without_said(section, said)) is not None:
                outline.sections.append(facts)
                said |= fields_said(Outline([facts]))
            continue
        key = (topic, bool(section.tables))
        if topic not in shown and key not in added and _says_something(section):
            added.add(key)
            outline.sections.append(section)
        elif topic == "prices" and key in added and section.tables:
            if contradict(outline, section):
                outline.sections.append(section)  # of two prices of the model itself none is to be believed
            else:
                put_exact_values(outline, [section])
    named = {kind_of(section.topic) for section in outline.sections if not section.is_empty}
    outline.sections += [s for s in sections if s.tables and not _says_something(s) and kind_of(s.topic) not in named]


def kind_of(topic: Topic | None) -> Topic | None:
    return "prices" if topic == "pricing" else topic


def _says_something(section: Section) -> bool:
    """Whether a section has content, and not only the sentence that introduces some, or the headings of others."""
    lines = [line for line in section.lines if not (line.text.endswith(":") or line.role in ("title", "aside"))]
    return bool(any(table.rows for table in section.tables) or lines)
