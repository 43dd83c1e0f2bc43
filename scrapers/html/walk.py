"""From the nodes of a page to its outline: what is a heading, what is a line, and where a table stands.

Tables have been cut out by then; a placeholder with its number stands where each stood.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from scrapers.html.drawn.chart_points import CHART_POINT
from scrapers.html.heads import PLACEHOLDER, captioned, heading_level, is_head_of_card, place_of_heading, unwrapped
from scrapers.html.node_shapes import (
    addresses_in,
    badge_in,
    ends_in_count,
    entries_beside_blocks,
    has_buttons,
    has_section,
    holds_more,
    is_hidden,
    is_label_of_nothing,
    is_row_of_entries,
    may_be_card,
    only_presses,
    shows_line_breaks,
    tabs_of,
)
from scrapers.html.nodes import Node
from scrapers.html.seen import stands_apart
from scrapers.html.words import BLOCKS, SKIPPED
from scrapers.money import stated_unit
from scrapers.outline import Link, Section, Table
from scrapers.outline_builder import BADGE, OutlineBuilder
from scrapers.page.words import component_of, topic_of, uncounted

_NOT_READ = SKIPPED | {"nav", "footer"}
_ROLES_NOT_READ = frozenset(("tablist", "tooltip", "navigation"))
_DIALOGS = frozenset(("dialog", "alertdialog"))
_BLOCK_ROLES = frozenset(("listitem", "region", "tabpanel", "list"))
_TITLES = {"details": "summary", "fieldset": "legend", "figure": "figcaption"}
"""Elements that may be a section, and the one in each that has its title."""

_OF_CARDS = frozenset(("endpoints", "benchmarks", "models", "history"))
_OF_FACTS = frozenset(("pricing", "prices", "specifications"))
_GRANTED = frozenset(("parameters", "features"))
_STRUCK = frozenset(("s", "del", "strike"))
_SAYS_NOT = re.compile(r"(?:^|[\s_-])(?:line-through|unsupported|not-supported)(?:$|\s)")
"""The class of an entry that a list has to deny it."""

_TOLD = frozenset(("description", "summary"))
_OF_TEXT = frozenset(("p", "div"))
_DOTS = ("…", "...")
_SHORTEST_BEGINNING = 20
"""Of a text that is cut, and stands whole in what is hidden behind it."""

_OF_VIEWS = re.compile(r"(?:all|overview|table|charts?|graph|list|cards|grid|details|results|summary)\b", re.IGNORECASE)
"""What tabs are called that show the same rows in other ways."""

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
        elements = unwrapped(node).elements()
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
            or (name == "button" and only_presses(node))
        ):
            return
        if role in _DIALOGS and not has_section(node):
            return
        if name == "p" and node.get(CHART_POINT) and self._builder.sections[-1].topic != "history":
            return
        if is_hidden(node, role) and self._builder.sections[-1].topic not in _GRANTED:
            if name == "span" and self._text and self._builder.sections[-1].topic == "description":
                self._rest_of_text(node)
            elif name in _OF_TEXT and self._builder.sections[-1].topic in _TOLD:
                self._whole_text(node)
            return
        if name == PLACEHOLDER:
            self._table(*self._tables[int(node.get("n"))])
        elif level := heading_level(node, role):
            self._end_line()
            badge = badge_in(node) if self._builder.sections[-1].topic == "benchmarks" else None
            node = node if badge is None else node._replace(children=[one for one in node.children if one is not badge])
            words = node.words() if level == 1 else node.heading_words()
            words = (
                uncounted(words) if self._builder.sections[-1].topic == "benchmarks" and ends_in_count(node) else words
            )
            address = next(addresses_in(node), self._around)
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
            self._deny_if_struck(node)
            self._children(node)

    def _is_of_card(self, node: Node) -> bool:
        """Whether what is not of the page's content elsewhere is the foot of a card, or a row of its facts.

        Facts of a section stand in a `nav` too, where nothing in it leads anywhere or is there to be pressed.
        """
        if node.name == "nav" and self._builder.sections[-1].topic in _OF_FACTS and not node.get("role"):
            return next(addresses_in(node), None) is None and not has_buttons(node)
        most_links = {"footer": _MOST_LINKS, "nav": 0}.get(node.name)
        if most_links is None or not self._builder.blocks:
            return False
        return next(islice(addresses_in(node), most_links, None), None) is None

    def _element_of(self, parent: Node, node: Node) -> None:
        """Read an element, of which the lines of a list know whether it has others of its kind beside it."""
        builder = self._builder
        is_in_list = builder.sections[-1].topic in _OF_CARDS and len(builder.blocks) < _DEEPEST_BLOCKS
        if not is_in_list or not may_be_card(node) or not self._has_others(parent, node.name):
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
            names = Counter(child.name for child in parent.elements() if may_be_card(child))
            alike = self._alike[id(parent)] = {one for one, count in names.items() if count > 1}
        return name in alike

    def _rest_of_text(self, node: Node) -> None:
        """The rest of a paragraph, which a button brings into sight in place of the dots before it."""
        rest = "".join(node.texts())
        if len(rest.split()) > 1:
            shown = "".join(self._text).rstrip()
            self._text = [shown.removesuffix("…").removesuffix("..."), rest]

    def _deny_if_struck(self, node: Node) -> None:
        """Put the mark of what is denied before an entry of a list that is struck out, or called unsupported."""
        if (
            self._builder.sections[-1].topic in _GRANTED
            and (
                node.name in _STRUCK
                or _SAYS_NOT.search(node.get("class")) is not None
                or "line-through" in node.get("style")
                or node.get("aria-disabled") == "true"
            )
            and not "".join(self._text).strip()
        ):
            self._text.append("✗ ")

    def _whole_text(self, node: Node) -> None:
        """The whole of a paragraph that a button brings into sight in place of its beginning, which ends in dots."""
        self._end_line()
        lines = self._builder.sections[-1].lines
        begun = lines[-1].text if lines else ""
        if begun.endswith(_DOTS) and len(begun := begun.rstrip("….").rstrip()) >= _SHORTEST_BEGINNING:
            whole = " ".join("".join(node.texts()).split())
            if whole.startswith(begun) and len(whole) > len(begun) + 1:
                lines[-1] = lines[-1]._replace(text=whole)

    def _table(self, table: Table, title: str) -> None:
        self._end_line()
        if (topic := topic_of(title)) is not None and topic != self._builder.sections[-1].topic:
            self._builder.heading(title, 3)
        if title and topic is None and self._builder.sections[-1].topic in ("pricing", "prices") and stated_unit(title):
            self._builder.line(title, (), "aside")
        self._builder.table(table)
        if title and topic is None and self._builder.sections[-1].topic == "benchmarks":
            table = self._builder.sections[-1].tables[-1]
            table.above = (table.title, *table.above)
            table.title = title

    @cached_property
    def _tabs(self) -> dict[str, str]:
        return dict(tabs_of(self._root))

    def _block(self, node: Node, role: str) -> None:
        self._end_line()
        before = len(self._builder.sections)
        title = node.get("aria-label") if node.name == "section" or role == "region" else ""
        if role == "tabpanel":
            title = self._tabs.get(node.get("aria-labelledby"), "")
        if self._builder.topic(title) or (role == "tabpanel" and "reasoning" in title.lower()):
            self._builder.heading(title, 3)
        elif title and self._is_of_rows(title):
            self._builder.heading(title, _BELOW_ALL)
        if node.name in _TITLES.values() and self._is_title(words := node.heading_words(), node.name):
            self._builder.heading(words, 3)
        elif id(node) in self._heads_of_tables and self._builder.sections[-1].topic in ("benchmarks", "history"):
            self._builder.heading(uncounted(words), _BELOW_ALL)
        elif is_row_of_entries(node) or is_label_of_nothing(node):
            for child in node.elements():
                self._element_of(node, child)
                self._end_line()
            if is_label_of_nothing(node):
                self._builder.line("—")
        else:
            outer, self._keeps_lines = self._keeps_lines, self._keeps_lines or shows_line_breaks(node)
            if node.name == "figure":
                node = captioned(node)
            if node.name == "details" and holds_more(node):
                self._heads_of_tables.update(id(child) for child in node.elements() if child.name == "summary")
            self._deny_if_struck(node)
            self._children(node, entries_beside_blocks(node))
            self._end_line()
            self._keeps_lines = outer
            if node.name in _TITLES and self._builder.sections[-1].topic and len(self._builder.sections) > before:
                self._ended = self._builder.sections[-1]

    def _is_of_rows(self, tab: str) -> bool:
        """Whether a tab says what all rows below it have in common: what they are the prices of, who serves them."""
        topic = self._builder.sections[-1].topic
        if topic == "history":
            return component_of(tab) is not None
        return topic in ("endpoints", "benchmarks") and not _OF_VIEWS.match(tab)

    def _is_title(self, words: str, name: str) -> bool:
        """Whether a title is that of a section: it is known, or the section before ended with its own element."""
        if self._builder.topic(words):
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
