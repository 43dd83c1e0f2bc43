"""What is a heading on a page, and what belongs to it: words above and below it in its head, a caption.

<header><p>Prices</p><h3>Price History</h3><p>Updated 3 days ago</p></header>
"""

from __future__ import annotations

import html
import re

from scrapers.html.nodes import Node
from scrapers.html.words import BLOCKS
from scrapers.page.words import topic_of

PLACEHOLDER = "x-table"
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BREAKING = BLOCKS | {"br", PLACEHOLDER}
_HEADS = frozenset(("div", "header", "hgroup"))

_BLOCK_OF_WORDS = re.compile(
    r"<(?P<tag>div|p|span)(?P<said>(?:\s[^<>]*+)?+)>"
    r"(?=\s*+(?P<inner><(?:strong|b)>)?+\s*+(?P<words>[^<>\s]++(?:\s++[^<>\s]++)*+)\s*+(?:</(?:strong|b)>)?+"
    r"\s*+</(?P=tag)>)"
)
"""Its repetitions give nothing back, because a page may have thousands of blanks between two tags."""

_LONGEST_HEADING = 90
_CALLED_ONE = re.compile(r"\bclass=[\"']?[^\"'>]*(?:title|heading|header)", re.IGNORECASE)


def with_marked_headings(page: bytes) -> bytes:
    """A page that marks no heading, with those marked that a class calls so, or that stand in bold letters alone."""
    return _BLOCK_OF_WORDS.sub(_marked, page.decode(errors="replace")).encode()


def _marked(block: re.Match[str]) -> str:
    said = block["said"]
    is_one = (block["inner"] or _CALLED_ONE.search(said)) and len(block["words"]) <= _LONGEST_HEADING
    if not is_one or "role=" in said or topic_of(html.unescape(block["words"])) is None:
        return block[0]
    return f'<{block["tag"]}{said} role="heading">'


def heading_level(node: Node, role: str) -> int:
    if role == "heading" and node.name not in HEADINGS:
        level = node.get("aria-level") or "2"
        return int(level) if level in "123456" else 2
    return HEADINGS.get(node.name, 0)


def is_head_of_card(node: Node, *, is_last: bool) -> bool:
    """Whether a block holds a heading, paragraphs and nothing else; before the heading, if any, a few words alone.

    What `is_last` in its card has nothing below it, and is the whole card, but for a head with words above its heading.
    """
    node = unwrapped(node)
    if node.name not in _HEADS or (is_last and node.name == "div"):
        return False
    elements = node.elements()
    at = place_of_heading(elements)
    if len(elements) < 2 or at not in (0, 1) or (at == 1 and not _is_eyebrow(node, elements)) or (at == 0 and is_last):
        return False
    beside = _BESIDE if topic_of(elements[at].heading_words()) else ("p", "div")
    return all(
        one.name in beside and not any(child.name in BREAKING for child in one.elements()) for one in elements[at + 1 :]
    )


def unwrapped(node: Node) -> Node:
    """A block, or the only one that stands in it, at any depth."""
    while node.name in _HEADS and len(node.children) == 1 and isinstance(inner := node.children[0], Node):
        node = inner
    return node


def place_of_heading(elements: list[Node]) -> int | None:
    """Which of some elements is the first heading, or holds it and nothing else but icons."""
    return next((at for at, one in enumerate(elements) if _heading_of(one) is not None), None)


def _heading_of(element: Node) -> Node | None:
    if heading_level(element, element.get("role")):
        return element
    inner = element.elements() if element.name == "div" else []
    headings = [found for one in inner if (found := _heading_of(one)) is not None]
    return headings[0] if len(headings) == 1 and headings[0].words() == element.words() else None


_BESIDE = frozenset(("p", "div", "span", "small", "time", "em"))
"""What may say when a section was updated, or how long its list is, in the head of the section."""

_LOWEST_OF_PAGE = 2
"""The level down to which a heading is one of the page, and no title of a card."""

_LONGEST_EYEBROW = 4
"""Words."""


def _is_eyebrow(node: Node, elements: list[Node]) -> bool:
    """Whether what stands before the heading in a block is of it, `Pricing` above `Current Pricing` in small letters,
    and no end of what came before."""
    first = elements[0]
    is_line = first.name in ("p", "span", "div", "small") and not any(c.name in BREAKING for c in first.elements())
    if not is_line or any(isinstance(child, str) and child.strip() for child in node.children):
        return False
    is_head = node.name != "div" and heading_level(elements[1], elements[1].get("role")) <= _LOWEST_OF_PAGE
    if topic_of(elements[1].heading_words()) is None and not is_head:
        return False  # the title of a card, above which may stand whose it is
    return node.name in ("header", "hgroup") or len(first.words().split()) <= _LONGEST_EYEBROW


def captioned(figure: Node) -> Node:
    """A figure with its caption first, which may stand below what it is of."""
    captions = [child for child in figure.elements() if child.name == "figcaption"]
    if not captions or not topic_of(captions[0].heading_words()):
        return figure
    return figure._replace(children=[captions[0], *(child for child in figure.children if child is not captions[0])])
