"""An element of a page as a person meets it: what it is called, and what it shows when it is pointed at."""

from __future__ import annotations

import re
from typing import Any

Element = Any
"""An `lxml` element; the library has no types of its own."""

HINTS = (
    "data-tip", "data-tooltip", "data-tooltip-content", "data-original-title", "data-bs-original-title",
    "data-bs-title", "data-tippy-content", "aria-description",
)  # fmt: skip
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text without control characters, which `lxml` reads in a page and does not let anybody write."""
    return _UNWRITABLE.sub("", text)


def leave_text(element: Element) -> None:
    """Leave the text after an element where it is, for the element is about to go."""
    after, element.tail = element.tail, None
    before, parent = element.getprevious(), element.getparent()
    if after and before is not None:
        before.tail = writable(f"{before.tail or ''}{after}")
    elif after:
        parent.text = writable(f"{parent.text or ''}{after}")


def label_of(element: Element) -> str | None:
    """What an element is called in `aria-label`, a `title` element, `title` or `alt`; an icon is known to be one."""
    get = element.get
    label = get("aria-label") or get("title") or get("alt")
    if not label and element.tag == "svg":
        title = next(element.iterchildren("{*}title"), None)
        label = title.text if title is not None else None
    return " ".join(label.split()).removesuffix(" icon") if label and label.strip() else None


def hint_of(element: Element) -> str | None:
    """What an element shows when it is pointed at, where a script makes the tooltip: `data-tip="Text input"`,
    or `<x-tooltip content="Text input">`."""
    names = (*HINTS, "content") if "-" in element.tag else HINTS
    return next((" ".join(hint.split()) for name in names if (hint := element.get(name))), None)
