"""The outline of a page in HTML of any markup.

`lxml` parses the page, and its tables and definition lists, which are nearly all of it, are walked on its tree; each
leaves a placeholder behind. The rest, headings, paragraphs and lists, is walked as plain nodes. Building a soup is what
costs, so `BeautifulSoup` reads only what is irregular (`nodes.py`).
"""

from __future__ import annotations

import re
from copy import deepcopy

import lxml.etree

from scrapers.errors import UnreadableDocument
from scrapers.html.body import drop_consents, put_in_body, show_shadows, with_known_grids, without_breaks
from scrapers.html.custom_elements import put_blocks_for_custom_elements
from scrapers.html.cut import put_whole_words
from scrapers.html.data.attributes import values_in_attributes
from scrapers.html.data.charts import is_history
from scrapers.html.data.flight import body_of_flight, flight_lines, plain_values
from scrapers.html.data.owners import Owner
from scrapers.html.data.page import add_what_is_missing, kind_of, sections_of_scripts, with_landmark
from scrapers.html.data.sections import sections_of_data
from scrapers.html.drawn.chart_points import put_lines_for_points
from scrapers.html.drawn.drawn_ratings import put_drawn_ratings
from scrapers.html.drawn.ligatures import put_icons_for_names
from scrapers.html.drawn.line_icons import put_words_for_icons
from scrapers.html.drawn.sprites import put_names_of_symbols
from scrapers.html.elements import Element, leave_text, writable
from scrapers.html.heads import PLACEHOLDER, with_marked_headings
from scrapers.html.link_words import drop_words_of_links
from scrapers.html.nodes import node_by_soup, node_of_tree
from scrapers.html.notes import drop_notes, drop_references
from scrapers.html.rounded import put_exact_counts
from scrapers.html.slots import put_what_slots_say
from scrapers.html.stated_fields import put_stated_fields
from scrapers.html.status_badges import put_badges_beside_titles
from scrapers.html.streamed import place_streamed_parts
from scrapers.html.struck import drop_struck_prices, struck_by_style
from scrapers.html.tables.cards import cards_of
from scrapers.html.tables.grids import grids_of
from scrapers.html.tables.marked import tables_of
from scrapers.html.tables.plain_rows import NO_PLAIN_ROWS, PlainRows
from scrapers.html.tabs import put_names_of_panels
from scrapers.html.walk import TitledTable, Walker
from scrapers.html.words import SKIPPED, says_a_day, words_of
from scrapers.outline import Outline, Section, table_topic
from scrapers.outline_builder import OutlineBuilder
from scrapers.page.words import LANDMARKS

_DEEPEST = 120
"""Levels of nesting that are read. The pages have about thirty, and reading takes a few calls a level."""

_titles_in_head = lxml.etree.XPath("/html/head/title")
is_nested_deeper = lxml.etree.XPath(f"boolean({'/*' * (_DEEPEST + 1)})")

_STRUCK = ("s", "del", "strike")
_FIGURE = re.compile("[0-9]")
_YEAR = re.compile(r"[0-9]{4}")
_RUBY = ("rt", "rp")


def outline_of_html(text: str) -> Outline:
    """The sections of a page in HTML. Raises `UnreadableDocument` for nesting that no page has."""
    plain_rows = PlainRows(text)
    outline = _outline(plain_rows.page.encode(), plain_rows)
    if not plain_rows.are_all_read:
        outline = _outline(text.encode(), NO_PLAIN_ROWS)
    if len({section.topic for section in outline.sections if section.level and section.topic}) < len(LANDMARKS):
        marked = with_marked_headings(text.encode())
        if len(marked) > len(text.encode()):
            return outline_of_html(marked.decode())
    if not _has_every_list(outline):
        return _looked_at_closer(outline, text.encode())
    if _lacks_history(outline) and any(sign in text for sign in _LISTS_IN_ATTRIBUTES):
        _add_values_of_attributes(outline, text.encode())
    return outline


_LISTS_IN_ATTRIBUTES = ('="[{&quot;', '="[{&#34;', "='[{", '="{&quot;', '="{&#34;', "='{")


def _lacks_history(outline: Outline) -> bool:
    """Whether nothing stands below the heading of the earlier prices, which a script may draw there."""
    for section in outline.about("history"):
        said = (line.text for line in section.lines if line.role != "aside")
        if not (section.tables or any(map(_FIGURE.search, said))):
            return True
    return False


def _has_every_list(outline: Outline) -> bool:
    shown = {table_topic(section, table) for section in outline.sections for table in section.tables if table.rows}
    return shown.issuperset(LANDMARKS)


def _looked_at_closer(outline: Outline, page: bytes) -> Outline:
    """The outline of a page that lacks a list, or all its rows, which may stand where few pages have any: it costs to
    look there."""
    known = with_known_grids(page)
    if known is not page:
        outline = _outline(known, NO_PLAIN_ROWS)
    _add_values_of_attributes(outline, page)
    return outline


def _add_values_of_attributes(outline: Outline, page: bytes) -> None:
    """Add what attributes hold for scripts, if it has a section that every page has, or is the history of prices."""
    owner, lacks_history = Owner(outline.titles, outline.addresses), _lacks_history(outline)
    held: list[Section] = []
    for name, value in values_in_attributes(page):
        sections = sections_of_data(value, name, owner)
        held += with_landmark(sections) or [one for one in sections if lacks_history and is_history(one)]
    if held:
        add_what_is_missing(outline, held)


def _outline(page: bytes, plain_rows: PlainRows) -> Outline:
    """The sections of a page, of which `page` is what is left to be read as HTML: all but the plain rows."""
    parser = lxml.etree.HTMLParser(encoding="utf-8")
    try:
        root = lxml.etree.fromstring(page, parser=parser)
    except (ValueError, lxml.etree.XMLSyntaxError) as error:
        raise UnreadableDocument(f"no HTML can be read in this: {error}") from None
    if root is not None:
        put_in_body(root)
    body = None if root is None else root.find("body")
    if body is None:
        raise UnreadableDocument("this HTML has no body")
    if b"shadowroot" in page:
        show_shadows(root)
    if is_nested_deeper(root) or any("XML_PARSE_HUGE" in entry.message for entry in parser.error_log):
        raise UnreadableDocument("the HTML is nested deeper, or has longer texts, than any page has")
    says_hidden = b"hidden" in page
    if says_hidden and b'id="S:' in page:
        place_streamed_parts(root)
    drop_consents(root, page)
    put_what_slots_say(root, page)
    put_blocks_for_custom_elements(root, page)
    put_names_of_panels(root, page)
    put_drawn_ratings(root, page)
    put_whole_words(root, page)
    put_stated_fields(root, page)
    put_exact_counts(root, page)
    put_icons_for_names(root, page)
    named = _named_elements(root)
    if named["wbr"] and (unbroken := without_breaks(page)) != page:
        return _outline(unbroken, plain_rows)
    if named["symbol"]:
        put_names_of_symbols(root, named["symbol"])
    drop_words_of_links(named["a"], page)
    drop_references(named["a"])
    drop_notes(named["sup"])
    struck = [element for tag in _STRUCK for element in named[tag]]
    drop_struck_prices(struck + struck_by_style(root) if b"line-through" in page else struck)
    outline = Outline([], _titles(root, named), _addresses(named))
    scripts = [
        (script.get("type") or "", script.text or "", script.get("data-url") or script.get("id") or "")
        for script in named["script"]
    ]
    is_regular = next(body.iter(*_RUBY), None) is None
    unveiled = _unveiled(body) if _may_have_veils(page, says_hidden=says_hidden) else None
    outline.sections = _sections_of_body(body, plain_rows, is_regular=is_regular)
    if unveiled is not None:
        shown = {kind_of(section.topic) for section in outline.sections if not section.is_empty}
        hidden = _sections_of_body(unveiled, plain_rows, is_regular=is_regular)
        outline.sections += [s for s in hidden if s.topic and not s.is_empty and kind_of(s.topic) not in shown]
        _put_hidden_lists(outline, hidden)
    if scripts:
        owner = Owner(outline.titles, outline.addresses)
        draws = any(outline.about("history"))
        add_what_is_missing(
            outline, sections_of_scripts(scripts, owner, draws_history=draws) + _sections_of_flight(scripts, owner)
        )
    return outline


def _sections_of_body(body: Element, plain_rows: PlainRows, *, is_regular: bool) -> list[Section]:
    lxml.etree.strip_elements(body, *SKIPPED, with_tail=False)
    tables = _cut_out_tables(body, plain_rows)
    put_badges_beside_titles(body)
    put_lines_for_points(body)
    put_words_for_icons(body)
    _put_years_in_times(body)
    builder = OutlineBuilder()
    Walker(builder, tables).walk(node_of_tree(body) if is_regular else node_by_soup(body))
    return builder.sections


def _put_hidden_lists(outline: Outline, hidden: list[Section]) -> None:
    """Put in place of a list's section of which only the heads of its entries are in sight the one with all of it."""
    for at, section in enumerate(outline.sections):
        is_of_heads = any(line.role == "title" for line in section.lines)
        if section.topic in LANDMARKS and is_of_heads and not section.tables:
            whole = [one for one in hidden if one.topic == section.topic and any(table.rows for table in one.tables)]
            if len(whole) == 1:
                outline.sections[at] = whole[0]


_veiled = lxml.etree.XPath(
    "//*[(@hidden or contains(@style, 'none')) and (@role='region' or @aria-labelledby or .//table or .//h2 or .//h3)]"
)
"""What is out of sight and large enough to be a panel behind a tab."""


_HIDDEN = (b" hidden>", b" hidden ", b" hidden=")
_NOT_DISPLAYED = (b"display:none", b"display: none")
"""Most pages do not even say `hidden` or `display:`, and to look for elements, or for every sign, takes longer."""


def _may_have_veils(page: bytes, *, says_hidden: bool) -> bool:
    if says_hidden and any(sign in page for sign in _HIDDEN):
        return True
    return b"display:" in page and any(sign in page for sign in _NOT_DISPLAYED)


def _unveiled(body: Element) -> Element | None:
    """A copy of the body with what is out of sight in sight; None where nothing is, or nothing but single words."""
    if not _veiled(body):
        return None
    copied = deepcopy(body)
    lxml.etree.Element("html").append(copied)
    for element in _veiled(copied):
        element.attrib.pop("hidden", None)
        element.attrib.pop("style", None)
    return copied


def _sections_of_flight(scripts: list[tuple[str, str, str]], owner: Owner) -> list[Section]:
    """What React's flight data say: the elements that they describe, and what components are given."""
    found: list[Section] = []
    lines = flight_lines([text for _, text, _ in scripts])
    if lines:
        body = body_of_flight(lines)
        if body is not None:
            drop_notes(list(body.iter("sup")))
            drop_struck_prices([*body.iter(*_STRUCK), *struck_by_style(body)])
            lxml.etree.Element("html").append(body)
            found += [section for section in _sections_of_body(body, NO_PLAIN_ROWS, is_regular=False) if section.topic]
        found += sections_of_data(plain_values(lines), "", owner)
    return found


def _named_elements(root: Element) -> dict[str, list[Element]]:
    """The elements in which a page names itself or holds its data, and those whose words are not what they seem, by
    their tags, from one pass over the tree."""
    found: dict[str, list[Element]] = {
        tag: [] for tag in ("h1", "meta", "link", "a", "script", "sup", "symbol", "wbr", *_STRUCK)
    }
    for element in root.iter(*found):
        found[element.tag].append(element)
    return found


def _titles(root: Element, named: dict[str, list[Element]]) -> list[str]:
    """The page's names for itself, the plainest first."""
    found = [words_of(heading).text.split("\n")[0] for heading in named["h1"]]
    found += [meta.get("content") or "" for meta in named["meta"] if _is_title(meta)]
    found += [title.text or "" for title in _titles_in_head(root)]
    return [" ".join(title.split()) for title in found if title.strip()]


def _is_title(meta: Element) -> bool:
    return bool(meta.get("property") == "og:title" or meta.get("name") == "twitter:title")


def _addresses(named: dict[str, list[Element]]) -> list[str]:
    """What the page says of its own address."""
    found = [link.get("href") for link in named["link"] if link.get("rel") == "canonical"]
    found += [meta.get("content") for meta in named["meta"] if meta.get("property") == "og:url"]
    found += [link.get("href") for link in named["a"] if link.get("aria-current") == "page"]
    return [address for address in found if address]


def _cut_out_tables(root: Element, plain_rows: PlainRows) -> list[TitledTable]:
    """Every table and group of cards, with its own title; a placeholder with its number stands where it stood."""
    found: list[TitledTable] = []
    for own in root.iter(PLACEHOLDER):
        own.tag = "div"  # the page has elements of that name itself, which hold no number of a table
    for element, table, title in tables_of(root, plain_rows):
        _replace([element], len(found))
        found.append(TitledTable(table, title))
    for element, table in grids_of(root):
        _replace([element], len(found))
        found.append(TitledTable(table, ""))
    for elements, table in cards_of(root):
        _replace(elements, len(found))
        found.append(TitledTable(table, ""))
    return found


def _replace(elements: list[Element], number: int) -> None:
    elements[0].addprevious(lxml.etree.Element(PLACEHOLDER, {"n": str(number)}))
    for element in elements:
        leave_text(element)
        element.getparent().remove(element)


def _put_years_in_times(root: Element) -> None:
    """The date that a `time` element means, where its words leave out the year: `Aug 21`."""
    for element in root.iter("time"):
        stated = element.get("datetime")
        if stated and _YEAR.match(stated) and not says_a_day("".join(element.itertext())):
            del element[:]
            element.text = writable(stated)
