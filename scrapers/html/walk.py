"""From the nodes of a page to its outline: what is a heading, what is a line, and where a table stands.

Tables have been cut out by then; a placeholder with its number stands where each stood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from scrapers.html.heads import (
    BREAKING,
    HEADINGS,
    PLACEHOLDER,
    captioned,
    heading_level,
    is_head_of_card,
    place_of_heading,
)
from scrapers.html.nodes import Node
from scrapers.html.seen import HINT_SIGNS, stands_apart
from scrapers.html.words import BLOCKS, SKIPPED
from scrapers.outline import Link, Section, Table, is_control
from scrapers.outline_builder import BADGE, OutlineBuilder
from scrapers.page.words import is_known_header, topic_of, uncounted

_NOT_READ = SKIPPED | {"nav", "footer"}
_ROLES_NOT_READ = frozenset(("tablist", "tooltip", "navigation"))
_DIALOGS = frozenset(("dialog", "alertdialog"))
_BLOCK_ROLES = frozenset(("listitem", "region", "tabpanel", "list"))
_TITLES = {"details": "summary", "fieldset": "legend", "figure": "figcaption"}
"""Elements that may be a section, and the one in each that has its title."""

_KEPT_WHOLE = frozenset(("p", "label", "a", "button", *HEADINGS, "pre", "blockquote"))
"""Elements whose inline children are one line of text, not entries of a list."""
_SEPARATORS = frozenset(("|", "·", "/", ":"))
"""What stands between the pieces of one line."""

_PART_OF_AMOUNT = re.compile(r"[$€£]|\.[0-9]+")
_BADGE = re.compile(r"(?:^|[\s_-])(?:badge|chip|pill|tag)(?:$|[\s_-])", re.IGNORECASE)
_VALUES = frozenset(("span", "div", "p", "dd", "b", "strong"))


_OF_CARDS = frozenset(("endpoints", "benchmarks", "models", "history"))
_DEEPEST_BLOCKS = 8
_MOST_LINKS = 2
"""In the foot of a card; that of a page has more."""

_BELOW_ALL = 6
"""The level of a heading that stands below all others: what opens a group of rows."""


class TitledTable(NamedTuple):
    """A table that was cut out, and the title that it carries itself, if any."""

    table: Table
    title: str


class Walker:
    """Turns nodes into calls of the builder: headings, lines, tables."""

    def __init__(self, builder: OutlineBuilder, tables: list[TitledTable]) -> None:
        self._builder = builder
        self._tables = tables
        self._text: list[str] = []
        self._links: list[Link] = []
        self._role = ""
        self._keeps_lines = False
        self._around = ""
        self._untold = ""
        self._ended: Section | None = None
        self._root = Node("", {}, [])
        self._blocks = 0
        self._heads_of_tables: set[int] = set()
        self._alike: dict[int, set[str]] = {}

    def walk(self, root: Node) -> None:
        """Read a whole page."""
        self._root = root
        self._element(root)
        self._end_line()

    def _children(self, node: Node, entries: frozenset[int] = frozenset()) -> None:
        """Read what stands in a node. `entries` are the numbers of the children that are a line each."""
        beside = False
        last = len(node.children) - 1
        for at, child in enumerate(node.children):
            if isinstance(child, str):
                if self._keeps_lines and "\n" in child:
                    self._add_lines(child)
                else:
                    self._text.append(child)
                if at in entries:
                    self._end_line()
                beside = False
            else:
                is_apart = child.name not in BLOCKS and stands_apart(child.get("class"))
                if is_apart or (beside and child.name not in BLOCKS):
                    self._text.append(" ")
                if is_head_of_card(child, is_last=at == last):
                    self._head_of_card(child)
                else:
                    self._element_of(node, child)
                if at in entries:
                    self._end_line()
                elif is_apart:
                    self._text.append(" ")
                beside = True

    def _add_lines(self, text: str) -> None:
        """Text whose line breaks are shown."""
        first, *others = text.split("\n")
        self._text.append(first)
        for line in others:
            self._end_line()
            self._text.append(line)

    def _head_of_card(self, node: Node) -> None:
        """A heading and what stands below it in the head of a card, apart from the card's content."""
        elements = node.elements()
        at = place_of_heading(elements) or 0  # what stands above only says what kind of section it is
        self._element(elements[at])
        here = self._builder.sections[-1]
        if at and here.topic in ("parameters", "features"):
            return  # what stands below such a head is a list, and no sentence
        self._role = "aside" if here.is_empty else ""
        for other in elements[at + 1 :]:
            self._element(other)
            self._end_line()
        self._role = ""

    def _element(self, node: Node) -> None:
        name, role = node.name, node.get("role")
        if (
            (name in _NOT_READ and not self._is_of_card(node))
            or role in _ROLES_NOT_READ
            or (name == "button" and _only_presses(node))
        ):
            return
        if role in _DIALOGS and not _has_section(node):
            return
        if _is_hidden(node, role):
            if name == "span" and self._text and self._builder.sections[-1].topic == "description":
                self._rest_of_text(node)
            return
        if name == PLACEHOLDER:
            self._table(*self._tables[int(node.get("n"))])
        elif level := heading_level(node, role):
            self._end_line()
            badge = _badge_in(node) if self._builder.sections[-1].topic == "benchmarks" else None
            node = node if badge is None else node._replace(children=[one for one in node.children if one is not badge])
            words = node.words() if level == 1 else node.heading_words()
            address = next(_addresses_in(node), self._around)
            self._builder.heading(words, level, (Link(address, words),) if address else ())
            if badge is not None:
                self._builder.line(badge.words(), (), BADGE)
        elif name == "br":
            self._end_line()
        elif name in BLOCKS or role in _BLOCK_ROLES:
            self._block(node, role)
        elif name == "a" and (address := node.get("href").strip()):
            outer, self._around, self._untold = self._around, address, address
            self._children(node)
            self._around, self._untold = outer, ""
            self._links.append(Link(address, node.words()))
        else:
            self._children(node)

    def _is_of_card(self, node: Node) -> bool:
        """Whether what is not of the page's content elsewhere is the foot of a card, or a row of its facts."""
        most_links = {"footer": _MOST_LINKS, "nav": 0}.get(node.name)
        if most_links is None or not self._builder.blocks:
            return False
        return next(islice(_addresses_in(node), most_links, None), None) is None

    def _element_of(self, parent: Node, node: Node) -> None:
        """Read an element, of which the lines of a list know whether it has others of its kind beside it."""
        builder = self._builder
        is_in_list = builder.sections[-1].topic in _OF_CARDS and len(builder.blocks) < _DEEPEST_BLOCKS
        if not is_in_list or not _may_be_card(node) or not self._has_others(parent, node.name):
            self._element(node)
            return
        self._end_line()
        self._blocks += 1
        outer = builder.blocks
        builder.blocks = (*outer, self._blocks)
        self._element(node)
        self._end_line()
        builder.blocks = outer

    def _has_others(self, parent: Node, name: str) -> bool:
        """Whether several elements of a name within another may be cards."""
        alike = self._alike.get(id(parent))
        if alike is None:
            names = Counter(child.name for child in parent.elements() if _may_be_card(child))
            alike = self._alike[id(parent)] = {one for one, count in names.items() if count > 1}
        return name in alike

    def _rest_of_text(self, node: Node) -> None:
        """The rest of a paragraph, which a button brings into sight in place of the dots before it."""
        rest = "".join(node.texts())
        if len(rest.split()) > 1:
            shown = "".join(self._text).rstrip()
            self._text = [shown.removesuffix("…").removesuffix("..."), rest]

    def _table(self, table: Table, title: str) -> None:
        self._end_line()
        if (topic := topic_of(title)) is not None and topic != self._builder.sections[-1].topic:
            self._builder.heading(title, 3)
        self._builder.table(table)
        if title and topic is None and self._builder.sections[-1].topic == "benchmarks":
            table = self._builder.sections[-1].tables[-1]
            table.above = (table.title, *table.above)
            table.title = title

    @cached_property
    def _tabs(self) -> dict[str, str]:
        return dict(_tabs_of(self._root))

    def _block(self, node: Node, role: str) -> None:
        self._end_line()
        before = len(self._builder.sections)
        title = node.get("aria-label") if node.name == "section" or role == "region" else ""
        if role == "tabpanel":
            title = self._tabs.get(node.get("aria-labelledby"), "")
        if topic_of(title) or (role == "tabpanel" and "reasoning" in title.lower()):
            self._builder.heading(title, 3)
        if node.name in _TITLES.values() and self._is_title(words := node.heading_words(), node.name):
            self._builder.heading(words, 3)
        elif id(node) in self._heads_of_tables and self._builder.sections[-1].topic in ("benchmarks", "history"):
            self._builder.heading(uncounted(words), _BELOW_ALL)
        elif _is_row_of_entries(node) or _is_label_of_nothing(node):
            for child in node.elements():
                self._element_of(node, child)
                self._end_line()
            if _is_label_of_nothing(node):
                self._builder.line("—")
        else:
            outer, self._keeps_lines = self._keeps_lines, self._keeps_lines or _shows_line_breaks(node)
            if node.name == "figure":
                node = captioned(node)
            if node.name == "details" and _holds_more(node):
                self._heads_of_tables.update(id(child) for child in node.elements() if child.name == "summary")
            self._children(node, _entries_beside_blocks(node))
            self._end_line()
            self._keeps_lines = outer
            if node.name in _TITLES and self._builder.sections[-1].topic and len(self._builder.sections) > before:
                self._ended = self._builder.sections[-1]

    def _is_title(self, words: str, name: str) -> bool:
        """Whether a title is that of a section: it is known, or the section before ended with its own element."""
        if topic_of(words):
            return True
        return name in _TITLES.values() and bool(words) and self._builder.sections[-1] is self._ended

    def _end_line(self) -> None:
        if not (self._text or self._links):
            return
        text = " ".join("".join(self._text).split())
        if text:
            if self._untold and not self._links:  # the first line of a link that is a whole card
                self._links, self._untold = [Link(self._untold, text)], ""
            self._builder.line(text, tuple(self._links), self._role)
        self._text, self._links = [], []


def _has_section(node: Node) -> bool:
    """Whether a heading that is known stands within an element: a page may open as a dialog over another."""
    return any(
        (heading_level(child, child.get("role")) and topic_of(child.heading_words())) or _has_section(child)
        for child in node.elements()
    )


def _addresses_in(node: Node) -> Iterator[str]:
    """Where the links within an element lead."""
    for child in node.elements():
        if child.name == "a" and (address := child.get("href").strip()):
            yield address
        yield from _addresses_in(child)


def _tabs_of(node: Node) -> Iterator[tuple[str, str]]:
    """The words of every tab by its id."""
    if node.get("role") == "tab" and node.attributes.get("id") is not None:
        yield node.get("id"), node.words()
    for child in node.elements():
        yield from _tabs_of(child)


def _is_hidden(node: Node, role: str) -> bool:
    hidden = node.attributes.get("hidden") is not None or "display:none" in node.get("style").replace(" ", "")
    return hidden and role != "tabpanel"


def _only_presses(button: Node) -> bool:
    """Whether a button says what it does: `Copy`, or a sign alone whose label says it, `⧉`."""
    words = button.words()
    return (
        is_control(words)
        or words in HINT_SIGNS
        or (is_control(button.get("aria-label")) and not any(map(str.isalnum, words)))
    )


def _shows_line_breaks(node: Node) -> bool:
    return (
        node.name == "pre"
        or "whitespace-pre" in node.get("class")
        or "white-space:pre" in node.get("style").replace(" ", "")
    )


def _is_label_of_nothing(node: Node) -> bool:
    """Whether a block is a label and its value, and the value is empty: what follows is not."""
    elements = node.elements()
    if len(elements) != 2 or elements[1].name not in _VALUES or elements[1].words() or _holds_more(elements[1]):
        return False
    return is_known_header(elements[0].words())


def _holds_more(node: Node) -> bool:
    return any(child.name == PLACEHOLDER or _holds_more(child) for child in node.elements())


def _is_row_of_entries(node: Node) -> bool:
    """Whether a block holds nothing but inline elements side by side: badges, or a label and its value.

    A label with a colon and its value are one line, and so are the parts of an amount, `$`, `0` and `.40`.
    """
    if node.name in _KEPT_WHOLE and not (node.name == "p" and _is_of_badges(node)):
        return False
    count, is_pair = 0, False
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                return False
        elif child.name in BREAKING or _joins(words := child.words()):
            return False
        else:
            count += 1
            is_pair = words.endswith(":") if count == 1 else is_pair and count == 2
    return count > 1 and not is_pair


def _joins(words: str) -> bool:
    """Whether a piece makes one line of those beside it."""
    return words in _SEPARATORS or _PART_OF_AMOUNT.fullmatch(words) is not None


def _badge_in(heading: Node) -> Node | None:
    """The badge that stands behind other words in a heading."""
    last = next((child for child in reversed(heading.children) if not isinstance(child, str) or child.strip()), None)
    if not isinstance(last, Node) or not (last.get("data-slot") == "badge" or _BADGE.search(last.get("class"))):
        return None
    words, badge = heading.heading_words(), last.words()
    is_title = topic_of(words) is None and any(map(str.isalpha, badge)) and words != badge
    return last if is_title else None


def _is_of_badges(node: Node) -> bool:
    return all(child.name in ("code", "kbd", "samp") or _BADGE.search(child.get("class")) for child in node.elements())


def _may_be_card(node: Node) -> bool:
    return node.name in BLOCKS or (node.name == "a" and any(child.name in BLOCKS for child in node.elements()))


_END = Node("br", {}, [])


def _entries_beside_blocks(node: Node) -> frozenset[int]:
    """The numbers of the children that are badges in a row, of a block that holds paragraphs or the like besides, and
    of the words that introduce such."""
    if node.name in _KEPT_WHOLE:
        return frozenset()
    entries: list[int] = []
    row: list[tuple[int, Node]] = []
    introduced: list[int] = []
    is_row = True
    for at, child in enumerate((*node.children, _END)):
        if isinstance(child, str):
            if is_row and not row and child.rstrip().endswith(":"):
                introduced = [at]
            else:
                is_row = is_row and not child.strip()
        elif child.name in BREAKING:
            if is_row and len(row) > 1 and not any(_joins(one.words()) for _, one in row):
                entries += (*introduced, *(number for number, _ in row))
            row, introduced, is_row = [], [], True
        else:
            row.append((at, child))
    return frozenset(entries)
