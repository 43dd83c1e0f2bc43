"""Markup as plain nodes, from the tree of `lxml` or from a soup, so that one walker reads both.

What a parser made of a page is read from `lxml`'s tree as it stands. Elements that only a script describes nest as no
parser would let them, and ruby's asides are no text of a line: there `BeautifulSoup` says what a browser makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import lxml.etree

from scrapers.html.elements import Element
from scrapers.page.words import topic_of

if TYPE_CHECKING:
    from bs4.element import Tag


_CLOSING = frozenset(":,;")
"""What belongs to the word before it, also where an element ends between them: `<b>Acme</b>: One`."""


class Node(NamedTuple):
    """An element: its name, its attributes, and the elements and texts within it. Comments are left out."""

    name: str
    attributes: Any
    children: list[Node | str]

    def get(self, name: str) -> str:
        """An attribute, empty where the element has none of the name."""
        return str(self.attributes.get(name) or "")

    def elements(self) -> list[Node]:
        return [child for child in self.children if not isinstance(child, str)]

    def words(self) -> str:
        """All the text within, on one line; what stands in different elements does not touch, but for a colon or comma
        right behind one."""
        pieces = (text if text[:1] in _CLOSING else f" {text}" for text in self.texts())
        return " ".join("".join(pieces).split())

    def heading_words(self) -> str:
        """The words of a heading: without what else stands in it, where a piece of it is a heading that is known."""
        whole = self.words()
        if topic_of(whole):
            return whole
        pieces = (" ".join(text.split()) for text in self.texts())
        return next((piece for piece in pieces if topic_of(piece)), whole)

    def texts(self) -> Iterator[str]:
        """All the texts within, one by one, but for those that show only where someone points."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.attributes.get("role") != "tooltip":
                yield from child.texts()


def node_of_tree(root: Element) -> Node:
    """The node of an element of `lxml`, and of the text that follows it."""
    return Node("", {}, [_node_of_element(root), root.tail or ""])


def _node_of_element(element: Element) -> Node:
    children: list[Node | str] = [element.text] if element.text else []
    for child in element:
        if isinstance(child.tag, str):
            children.append(_node_of_element(child))
        if child.tail:
            children.append(child.tail)
    return Node(element.tag, element.attrib, children)


def node_by_soup(element: Element) -> Node:
    """The node of an element, read anew by `BeautifulSoup`."""
    from bs4 import BeautifulSoup

    markup = lxml.etree.tostring(element, method="html", encoding="unicode")
    return _node_of_tag(BeautifulSoup(markup, "lxml"))


def _node_of_tag(tag: Tag) -> Node:
    from bs4.element import NavigableString, Tag

    children: list[Node | str] = []
    for child in tag.children:
        if isinstance(child, Tag):
            children.append(_node_of_tag(child))
        elif type(child) is NavigableString:
            children.append(str(child))
    return Node(tag.name, tag.attrs, children)
