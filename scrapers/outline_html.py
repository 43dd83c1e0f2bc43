"""The outline of a page in HTML of any markup.

`lxml` parses the page and walks its tables and definition lists, which are nearly all of it; each leaves a placeholder
behind. The rest, a few headings, paragraphs and irregular parts, becomes a `BeautifulSoup`: building a soup is what
costs, and of the rest it costs little.
"""

from __future__ import annotations

import re

import lxml.etree
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from scrapers.errors import UnreadableDocument
from scrapers.flight_data import body_of_flight, flight_lines
from scrapers.html_cards import cards_of
from scrapers.html_tables import tables_of
from scrapers.html_words import BLOCKS, SKIPPED, Element, words_of
from scrapers.outline import Link, Outline, OutlineBuilder, Section, Table, table_topic
from scrapers.page_words import Topic, topic_of
from scrapers.script_data import json_of, sections_of_data, sections_of_linked_data

_DEEPEST = 120
"""Levels of nesting that are read. The pages have about thirty, and reading takes a few calls a level."""

_is_nested_deeper = lxml.etree.XPath(f"boolean({'/*' * (_DEEPEST + 1)})")

_PLACEHOLDER = "x-table"
_OUTSIDE = frozenset(("nav", "footer"))
_TITLED = frozenset(("summary", "legend", "figcaption"))
_ICON_ELEMENTS = ("svg", "img", "picture")
_KEPT_WHOLE = frozenset(("p", "label", "a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"))
"""Elements whose inline children are one line of text, not entries of a list."""


def outline_of_html(text: str) -> Outline:
    """The sections of a page in HTML. Raises `UnreadableDocument` for nesting that no page has."""
    parser = lxml.etree.HTMLParser(encoding="utf-8")
    try:
        root = lxml.etree.fromstring(text.encode(), parser=parser)
    except (ValueError, lxml.etree.XMLSyntaxError) as error:
        raise UnreadableDocument(f"no HTML can be read in this: {error}") from None
    body = None if root is None else root.find("body")
    if body is None:
        raise UnreadableDocument("this HTML has no body")
    if _is_nested_deeper(root) or any("XML_PARSE_HUGE" in entry.message for entry in parser.error_log):
        raise UnreadableDocument("the HTML is nested deeper, or has longer texts, than any page has")
    if 'id="S:' in text:
        _place_streamed_parts(root)
    outline = Outline([], _titles(root), _addresses(root))
    scripts = [(script.get("type") or "", script.text or "") for script in root.iter("script")]
    outline.sections = _sections_of_body(body)
    if scripts:
        _add_what_is_missing(outline, _sections_of_scripts(scripts))
    return outline


def _sections_of_body(body: Element) -> list[Section]:
    lxml.etree.strip_elements(body, *SKIPPED, with_tail=False)
    tables = _cut_out_tables(body)
    _put_words_for_icons(body)
    _put_years_in_times(body)
    builder = OutlineBuilder()
    rest = lxml.etree.tostring(body, method="html", encoding="unicode")
    _Walker(builder, tables).walk(BeautifulSoup(rest, "lxml"))
    return builder.sections


def _sections_of_scripts(scripts: list[tuple[str, str]]) -> list[Section]:
    """What the script blocks say, as sections."""
    found: list[Section] = []
    for kind, text in scripts:
        if "json" in kind and (value := json_of(text)) is not None:
            found += sections_of_linked_data(value) if "ld+json" in kind else sections_of_data(value)
    lines = flight_lines([text for _, text in scripts])
    if lines:
        body = body_of_flight(lines)
        if body is not None:
            lxml.etree.Element("html").append(body)
            found += [section for section in _sections_of_body(body) if section.topic]
        found += sections_of_data(list(lines.values()))
    return found


def _add_what_is_missing(outline: Outline, sections: list[Section]) -> None:
    """Add the sections about which the page itself shows nothing."""
    shown = {_kind(section.topic) for section in outline.sections if _says_something(section)}
    shown |= {table_topic(section, table) for section in outline.sections for table in section.tables if table.rows}
    added: set[tuple[str | None, bool]] = set()
    for section in sections:
        topic = _kind(section.topic)
        if topic not in shown and (topic, bool(section.tables)) not in added and _says_something(section):
            added.add((topic, bool(section.tables)))
            outline.sections.append(section)


def _kind(topic: Topic | None) -> Topic | None:
    return "prices" if topic == "pricing" else topic


def _says_something(section: Section) -> bool:
    """Whether a section has content, and not only the sentence that introduces some."""
    lines = [line for line in section.lines if not line.text.endswith(":")]
    return bool(any(table.rows for table in section.tables) or lines)


def _place_streamed_parts(root: Element) -> None:
    """Put what React streams late (`<div hidden id="S:1">`) where it belongs (`<template id="B:1">`)."""
    for part in root.xpath("//*[@hidden][starts-with(@id, 'S:')]"):
        del part.attrib["hidden"]
        number = part.get("id")[2:]
        places = root.xpath("//template[@id=$place]", place=f"B:{number}")
        if places and places[0] not in set(part.iterancestors()):
            places[0].getparent().replace(places[0], part)


def _titles(root: Element) -> list[str]:
    """The page's names for itself, the plainest first."""
    found = [words_of(heading).text.split("\n")[0] for heading in root.iter("h1")]
    found += root.xpath("//meta[@property='og:title' or @name='twitter:title']/@content")
    found += [title.text or "" for title in root.xpath("/html/head/title")]
    return [" ".join(title.split()) for title in found if title.strip()]


def _addresses(root: Element) -> list[str]:
    """What the page says of its own address."""
    found = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
    found += [meta.get("content") for meta in root.iter("meta") if meta.get("property") == "og:url"]
    found += [link.get("href") for link in root.iter("a") if link.get("aria-current") == "page"]
    return [address for address in found if address]


def _cut_out_tables(root: Element) -> list[tuple[Table, str]]:
    """Every table and group of cards, with its own title; a placeholder with its number stands where it stood."""
    found: list[tuple[Table, str]] = []
    for element, table, title in tables_of(root):
        _replace([element], len(found))
        found.append((table, title))
    for elements, table in cards_of(root):
        _replace(elements, len(found))
        found.append((table, ""))
    return found


def _replace(elements: list[Element], number: int) -> None:
    elements[0].addprevious(lxml.etree.Element(_PLACEHOLDER, {"n": str(number)}))
    for element in elements:
        _drop(element)


def _drop(element: Element) -> None:
    """Take an element out of the tree and leave the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _put_words_for_icons(root: Element) -> None:
    """Text in place of the icons outside of tables, for the soup knows no icons."""
    for icon in list(root.iter(*_ICON_ELEMENTS)):
        if icon.getparent() is None or icon.tag == "img":
            continue
        holder = lxml.etree.Element("span")
        holder.tail, icon.tail = icon.tail, None
        icon.getparent().replace(icon, holder)
        wrapper = lxml.etree.Element("span")
        wrapper.append(icon)
        words = words_of(wrapper)
        holder.text = f" {words.text} " if words.text in ("Yes", "No") or " " in words.text else None


def _put_years_in_times(root: Element) -> None:
    """The date that a `time` element means, where its words leave out the year: `Aug 21`."""
    for element in root.iter("time"):
        stated = element.get("datetime")
        if stated and not re.search(r"[0-9]{4}", "".join(element.itertext())):
            for child in list(element):
                element.remove(child)
            element.text = stated


class _Walker:
    """Turns a soup into calls of the builder: headings, lines, tables."""

    def __init__(self, builder: OutlineBuilder, tables: list[tuple[Table, str]]) -> None:
        self._builder = builder
        self._tables = tables
        self._text: list[str] = []
        self._links: list[Link] = []
        self._ids: dict[str, str] = {}

    def walk(self, soup: BeautifulSoup) -> None:
        self._ids = {str(tab["id"]): _plain(tab) for tab in soup.find_all(role="tab", id=True)}
        self._children(soup)
        self._end_line()

    def _children(self, element: Tag) -> None:
        beside = False
        for child in element.children:
            if isinstance(child, Tag):
                if beside and child.name not in BLOCKS:
                    self._text.append(" ")
                self._tag(child)
                beside = True
            elif type(child) is NavigableString:
                self._text.append(str(child))
                beside = False

    def _tag(self, tag: Tag) -> None:
        name, role = tag.name, str(tag.get("role", ""))
        if name in SKIPPED or name in _OUTSIDE or role in ("tablist", "tooltip", "navigation") or _is_hidden(tag):
            return
        if name == _PLACEHOLDER:
            self._end_line()
            table, title = self._tables[int(str(tag["n"]))]
            if title and topic_of(title) != self._builder.sections[-1].topic:
                self._builder.heading(title, 3)
            self._builder.table(table)
        elif level := _heading_level(tag, role):
            self._end_line()
            self._builder.heading(_plain(tag), level)
        elif name == "br":
            self._end_line()
        elif name in BLOCKS or role in ("listitem", "region", "tabpanel", "list"):
            self._block(tag, role)
        else:
            self._children(tag)
            if name == "a" and tag.get("href"):
                self._links.append(Link(str(tag["href"]).strip(), _plain(tag)))

    def _block(self, tag: Tag, role: str) -> None:
        self._end_line()
        title = str(tag.get("aria-label") or "") if tag.name == "section" or role == "region" else ""
        if role == "tabpanel":
            title = self._ids.get(str(tag.get("aria-labelledby") or ""), "")
        if topic_of(title):
            self._builder.heading(title, 3)
        if tag.name in _TITLED and topic_of(_plain(tag)):
            self._builder.heading(_plain(tag), 3)
        elif _is_row_of_entries(tag):
            for child in tag.children:
                if isinstance(child, Tag):
                    self._tag(child)
                    self._end_line()
        else:
            self._children(tag)
            self._end_line()

    def _end_line(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            self._builder.line(text, tuple(self._links))
        self._text, self._links = [], []


def _plain(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "")
    return (tag.get("hidden") is not None or "display:none" in style) and tag.get("role") != "tabpanel"


def _heading_level(tag: Tag, role: str) -> int:
    if re.fullmatch(r"h[1-6]", tag.name):
        return int(tag.name[1])
    if role == "heading":
        level = str(tag.get("aria-level") or "2")
        return int(level) if level in "123456" else 2
    return 0


def _is_row_of_entries(tag: Tag) -> bool:
    """Whether a block holds nothing but inline elements side by side: badges, or a label and its value."""
    if tag.name in _KEPT_WHOLE:
        return False
    children = list(tag.children)
    elements = [child for child in children if isinstance(child, Tag)]
    if len(elements) < 2 or any(child.name in BLOCKS or child.name in ("br", _PLACEHOLDER) for child in elements):
        return False
    return not any(type(child) is NavigableString and child.strip() for child in children)
