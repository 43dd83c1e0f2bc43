"""What a node of a page is, seen by itself: hidden, a button's word, a row of entries, a label without its value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.html.heads import BREAKING, HEADINGS, PLACEHOLDER, heading_level
from scrapers.html.nodes import Node
from scrapers.html.seen import HINT_SIGNS
from scrapers.html.words import BLOCKS
from scrapers.outline import is_control
from scrapers.page.words import is_known_header, topic_of

_KEPT_WHOLE = frozenset(("p", "label", "a", "button", *HEADINGS, "pre", "blockquote"))
"""Elements whose inline children are one line of text, not entries of a list."""

_SEPARATORS = frozenset(("|", "·", "/", ":"))
"""What stands between the pieces of one line."""

_DASHES = frozenset("—–-→=")
_PAIR_WITH_DASH = 3
"""What leads from a label to its value; behind a label alone it is the value."""

_PART_OF_AMOUNT = re.compile(r"\.[0-9]+")
_CURRENCIES = frozenset("$€£")
_BADGE = re.compile(r"(?:^|[\s_-])(?:badge|chip|pill|tag)(?:$|[\s_-])", re.IGNORECASE)
_VALUES = frozenset(("span", "div", "p", "dd", "b", "strong"))


def has_section(node: Node) -> bool:
    """Whether a heading that is known stands within an element: a page may open as a dialog over another."""
    return any(
        (heading_level(child, child.get("role")) and topic_of(child.heading_words())) or has_section(child)
        for child in node.elements()
    )


def has_buttons(node: Node) -> bool:
    return any(child.name == "button" or has_buttons(child) for child in node.elements())


def addresses_in(node: Node) -> Iterator[str]:
    """Where the links within an element lead."""
    for child in node.elements():
        if child.name == "a" and (address := child.get("href").strip()):
            yield address
        yield from addresses_in(child)


def tabs_of(node: Node) -> Iterator[tuple[str, str]]:
    """The words of every tab by its id."""
    if node.get("role") == "tab" and node.attributes.get("id") is not None:
        yield node.get("id"), node.words()
    for child in node.elements():
        yield from tabs_of(child)


def is_hidden(node: Node, role: str) -> bool:
    hidden = node.attributes.get("hidden") is not None or "display:none" in node.get("style").replace(" ", "")
    return hidden and role != "tabpanel"


def only_presses(button: Node) -> bool:
    """Whether a button says what it does: `Copy`, or a sign alone whose label says it, `⧉`."""
    words = button.words()
    return (
        is_control(words)
        or words in HINT_SIGNS
        or (is_control(button.get("aria-label")) and not any(map(str.isalnum, words)))
    )


def shows_line_breaks(node: Node) -> bool:
    return (
        node.name == "pre"
        or "whitespace-pre" in node.get("class")
        or "white-space:pre" in node.get("style").replace(" ", "")
    )


def is_label_of_nothing(node: Node) -> bool:
    """Whether a block is a label and its value, and the value is empty: what follows is not."""
    elements = node.elements()
    if len(elements) != 2 or elements[1].name not in _VALUES or elements[1].words() or holds_more(elements[1]):
        return False
    return is_known_header(elements[0].words())


def holds_more(node: Node) -> bool:
    return any(child.name == PLACEHOLDER or holds_more(child) for child in node.elements())


def is_row_of_entries(node: Node) -> bool:
    """Whether a block holds nothing but inline elements side by side: badges, or a label and its value.

    A label with a colon and its value are one line, and so are the parts of an amount, `$`, `0` and `.40`.
    """
    if node.name in _KEPT_WHOLE and not (node.name == "p" and _is_of_badges(node)):
        return False
    words: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                return False
        elif child.name in BREAKING:
            return False
        else:
            words.append(child.words())
    is_pair = len(words) == 2 and words[0].endswith(":")
    return len(words) > 1 and not is_pair and not _are_joined(words)


def _are_joined(pieces: list[str]) -> bool:
    """Whether one of these pieces makes one line of those beside it; a `$` alone may be all that a cell says."""
    if len(pieces) == _PAIR_WITH_DASH and pieces[1] in _DASHES and pieces[2]:
        return True
    return any(
        words in _SEPARATORS
        or (words in _CURRENCIES and after[:1].isdigit())
        or _PART_OF_AMOUNT.fullmatch(words) is not None
        for words, after in zip(pieces, [*pieces[1:], ""], strict=True)
    )


def badge_in(heading: Node) -> Node | None:
    """The badge that stands behind other words in a heading."""
    last = next((child for child in reversed(heading.children) if not isinstance(child, str) or child.strip()), None)
    if not isinstance(last, Node) or not (last.get("data-slot") == "badge" or _BADGE.search(last.get("class"))):
        return None
    words, badge = heading.heading_words(), last.words()
    is_title = topic_of(words) is None and any(map(str.isalpha, badge)) and words != badge
    return last if is_title else None


def ends_in_count(heading: Node) -> bool:
    """Whether a number stands in an element of its own behind other words in a heading."""
    elements = heading.elements()
    return bool(elements) and elements[-1].words().strip("()").isdecimal() and elements[-1] is heading.children[-1]


def _is_of_badges(node: Node) -> bool:
    return all(child.name in ("code", "kbd", "samp") or _BADGE.search(child.get("class")) for child in node.elements())


def may_be_card(node: Node) -> bool:
    return node.name in BLOCKS or (node.name == "a" and any(child.name in BLOCKS for child in node.elements()))


_END = Node("br", {}, [])


def entries_beside_blocks(node: Node) -> frozenset[int]:
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
            if is_row and len(row) > 1 and not _are_joined([one.words() for _, one in row]):
                entries += (*introduced, *(number for number, _ in row))
            row, introduced, is_row = [], [], True
        else:
            row.append((at, child))
    return frozenset(entries)
