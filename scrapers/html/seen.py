"""How an element stands on a page, and what for: hidden, apart, on a line of its own, there to be pressed or heard.

Roles, styles and classes say so; no style sheet is read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.html.elements import Element
from scrapers.outline import is_control

_APART = re.compile(r"sr-only|visually-hidden|badge|chip|pill|(?:^|\s)m[lsx]-")
_HEARD_ALONE = re.compile(r"sr-only(?!-)|visually-?hidden|screen-?reader")
_COLUMN = re.compile(r"(?:^|\s)(?:flex-col|flex-column|vstack|stack-vertical)(?=$|\s)")
_BLOCK = re.compile(r"(?:^|\s)(?:block|d-block)(?=$|\s)")

HINT_SIGNS = frozenset("i ? ! ⋮ … ⓘ ℹ (?) (i)".split())
"""What a button shows that opens a hint or a menu."""


def is_hidden(element: Element) -> bool:
    """Whether nobody sees the element; a panel behind a tab is only out of sight."""
    get = element.get
    role, style, is_marked = get("role"), get("style"), get("hidden") is not None
    if not (style or is_marked) or role == "tooltip":
        return bool(role == "tooltip")
    return (is_marked or "display:none" in style.replace(" ", "")) and role != "tabpanel"


def is_pressed(element: Element, tag: str, label: str | None) -> bool:
    """Whether an element is there to be pressed, and says nothing: `Copy`, or `i` on a button, or a sign for `Copy`."""
    words = "".join(element.itertext())
    if is_control(words) or tag != "button":
        return is_control(words) or is_repeated_for_listeners(element)
    return words.strip() in HINT_SIGNS or (is_control(label or "") and not any(map(str.isalnum, words)))


def is_repeated_for_listeners(element: Element) -> bool:
    """Whether an element says to those who listen what a number beside it, hidden from them, says to all others."""
    if not _is_heard_alone(element.get("class")):
        return False
    return any(
        beside is not None and beside.get("aria-hidden") == "true" and any(map(str.isdigit, "".join(beside.itertext())))
        for beside in (element.getprevious(), element.getnext())
    )


@lru_cache(maxsize=256)
def _is_heard_alone(classes: str | None) -> bool:
    return classes is not None and _HEARD_ALONE.search(classes) is not None


def selects(label: str) -> bool:
    """Whether a box to tick chooses a row, and says nothing of it."""
    return is_control(label) or label.lower().startswith(("select ", "compare ", "pin ", "add to "))


@lru_cache(maxsize=256)
def stands_apart(classes: str | None) -> bool:
    """Whether an inline element stands apart from the words before it: a badge, a word for screen readers."""
    return classes is not None and _APART.search(classes) is not None


@lru_cache(maxsize=256)
def is_block(classes: str | None) -> bool:
    """Whether an inline element has a line of its own, as its class says."""
    return classes is not None and _BLOCK.search(classes) is not None


@lru_cache(maxsize=256)
def is_column(classes: str | None) -> bool:
    """Whether an element sets what stands in it below each other, as its class says."""
    return classes is not None and _COLUMN.search(classes) is not None


def is_one_of_five(element: Element) -> bool:
    """Whether an element is one of five silent ones of a kind: dots or bars for a rating."""
    parent = element.getparent()
    return len(parent) == 5 and all(
        child.tag == element.tag and not len(child) and not (child.text or "").strip() for child in parent
    )
