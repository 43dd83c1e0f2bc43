"""Definition lists as tables: a card a row, its terms the columns, and what else stands on the card its title."""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

import lxml.etree

from scrapers.html.elements import Element
from scrapers.html.heads import PLACEHOLDER
from scrapers.html.seen import is_hidden
from scrapers.html.words import words_of
from scrapers.outline import BLANK, CARD_TITLE, Cell, Line, Link, Table, is_control, is_unmarked_heading, title_lines
from scrapers.page.words import is_known_header, topic_of, topic_of_headers

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_headings_by_role = lxml.etree.XPath(".//*[@role='heading']")
_PLAIN = ("div", "p", "span", "strong", "b", "button", "label", "font")
_TITLED = {"details": "summary", "fieldset": "legend", "figure": "figcaption"}
"""Elements that may be a section, and the one in each that has its title."""

_NAMED = ("Provider", "Benchmark", "Feature", "Date")
"""What the title of a card may be, of which its terms say the rest."""

_ROOTS = frozenset(("body", "main", "html"))
_HIGHEST = 12
"""How many elements above a list its card may be."""


class Cards(NamedTuple):
    """A table of cards, and the elements that it was read from, which share a parent."""

    elements: list[Element]
    table: Table


def cards_of(root: Element) -> list[Cards]:
    """Every group of definition lists of a page, in their order."""
    lists = list(root.iter("dl"))
    _join_lists_of_one_term(lists)
    groups: dict[Element, list[list[tuple[Element, Element]]]] = {}
    for found in lists:
        if found.tag == "dl" and next(found.iterancestors("dl"), None) is None and not is_hidden(found):
            card = _card(found)
            beside = groups.setdefault(card.getparent(), [])
            if not beside or _is_under_another_heading(card, beside[-1][-1][0]):
                beside.append([])
            beside[-1].append((card, found))
    cards = [group if len(group) > 1 else _alone(*group[0]) for beside in groups.values() for group in beside]
    return [Cards([card for card, _ in group], _table(group)) for group in cards]


def _join_lists_of_one_term(lists: list[Element]) -> None:
    """Make one list of those that stand side by side and say one known term each, and none that another says."""
    joined: Element | None = None
    last: Element | None = None
    terms: set[str] = set()
    for found in lists:
        term = words_of(found[0]).words if [child.tag for child in found] == ["dt", "dd"] else ""
        here = _outermost(found)
        if joined is not None and term not in terms and is_known_header(term) and here.getprevious() is last:
            joined.extend(list(found))
            found.tag = "span"
            terms.add(term)
        else:
            joined, terms = (found, {term}) if is_known_header(term) else (None, set())
        last = here


def _outermost(found: Element) -> Element:
    """The largest element that holds a list and nothing else."""
    while (parent := found.getparent()) is not None and parent.tag not in _ROOTS and len(parent) == 1:
        found = parent
    return found


def _is_under_another_heading(card: Element, last: Element) -> bool:
    """Whether a heading stands between a card and the last one before it."""
    between = iter(card.itersiblings(preceding=True))
    siblings = takewhile(lambda sibling: sibling is not last, between)
    return any(
        sibling.tag in _HEADINGS or sibling.get("role") == "heading" or _has_unmarked_heading(sibling)
        for sibling in siblings
    )


def _has_unmarked_heading(element: Element) -> bool:
    """Whether a heading of the page stands in an element as any words do: the title of a card is often a `div`."""
    return any(not len(one) and one.text and is_unmarked_heading(one.text.strip()) for one in element.iter(*_PLAIN))


def _card(found: Element) -> Element:
    """The largest element around a list that is about nothing else."""
    card = found
    for _ in range(_HIGHEST):
        parent = card.getparent()
        if parent is None or parent.tag in _ROOTS or _is_section(parent) or not _is_about_one(parent):
            break
        card = parent
    return card


_TITLES = ("h3", "h4", "h5", "h6", "summary", "legend")


def _alone(card: Element, found: Element) -> list[tuple[Element, Element]]:
    """A card that has none beside it, without what else stands in its section: it ends where its title does."""
    inner = found
    while inner is not card:
        inner = inner.getparent()
        if next(inner.iter(*_TITLES), None) is not None:
            return [(inner, found)]
    return [(card, found)]


def _is_section(element: Element) -> bool:
    """Whether an element is what a heading of the page is for: a panel, or a region with a known name."""
    return (
        (element.tag in _TITLED and not _is_titled_card(element))
        or element.get("role") in ("tabpanel", "region")
        or topic_of(element.get("aria-label") or "") is not None
    )


def _is_titled_card(element: Element) -> bool:
    """Whether the title of an element says whose list it has, as `Acme` does above the facts of one endpoint."""
    title = element.find(_TITLED[element.tag])
    words = words_of(title).words if title is not None else ""
    if not words or is_control(words) or topic_of(words) is not None:
        return False
    terms = [words_of(term).words for term in element.iter("dt")]
    return any(topic_of_headers((name, *terms)) is not None for name in _NAMED)


def _is_about_one(element: Element) -> bool:
    lists = element.iter("dl")
    next(lists, None)
    if next(lists, None) is not None or next(element.iter(PLACEHOLDER), None) is not None:
        return False
    if _has_unmarked_heading(element):
        return False
    if any(topic_of(words_of(heading).words) for heading in _headings_by_role(element)):
        return False
    return not any(
        heading.tag in ("h1", "h2") or topic_of(words_of(heading).words) for heading in element.iter(*_HEADINGS)
    )


def _table(group: list[tuple[Element, Element]]) -> Table:
    records: list[dict[str, Cell]] = []
    for card, found in group:
        title = _titled(words_of(card, skip=found)) if card is not found else BLANK
        if card.tag == "a" and (address := card.get("href")):
            title = title._replace(links=(*title.links, Link(address.strip(), "")))
        for record in _records(found):
            records.append({CARD_TITLE: title} | record if title.text else record)
    headers = list(dict.fromkeys(name for record in records for name in record))
    rows = [[record.get(name, BLANK) for name in headers] for record in records]
    return Table(tuple(headers), rows, is_cards=True)


def _titled(cell: Cell) -> Cell:
    if "\n" not in cell.text:
        return cell
    return cell._replace(text="\n".join(line.text for line in title_lines(list(map(Line, cell.text.split("\n"))))))


def _records(found: Element) -> list[dict[str, Cell]]:
    """What a list says. A term that comes again begins another record; several values of one term are its lines. A term
    whose value is a list is the title of what that says."""
    records: list[dict[str, Cell]] = [{}]
    titled: list[dict[str, Cell]] = []
    term, title = "", BLANK
    for element in found.iter("dt", "dd"):
        if next(element.iterancestors("dl"), None) is not found:
            continue
        cell = words_of(element)
        if element.tag == "dt":
            term = cell.words
            if term in records[-1]:
                records.append({})
            records[-1][term] = BLANK
            title = cell
        elif term and (inner := next(element.iter("dl"), None)) is not None:
            titled += [{CARD_TITLE: title} | record for record in _records(inner)]
            records[-1].pop(term, None)
        elif term:
            before = records[-1][term]
            text = "\n".join(filter(None, (before.text, cell.text)))
            records[-1][term] = Cell(text, before.links + cell.links, before.marks + cell.marks)
    return [record for record in records if record] + titled
