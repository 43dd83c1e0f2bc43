"""Counts that a page shows rounded, `65K`, and says exactly to who points at them or listens: `title="65,536"`."""

from __future__ import annotations

import re

import lxml.etree

from scrapers.html.elements import HINTS, Element
from scrapers.sizes import is_displayed_as

_COUNT = rb"(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]{4,15}+)(?:\s?tokens)?"
_IN_ATTRIBUTE = re.compile(rb"""=["']""" + _COUNT + rb"""["']""")
_LONGEST_NAME = 32
_IN_WORDS = re.compile(rb"tokens\s*+</")
"""What an exact count has beside it in a page where it is said to those who listen, or point."""

_EXACT = re.compile(r"(?P<count>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{4,15})(?: ?[a-z]+)?", re.IGNORECASE)
_ROUNDED = re.compile(r"[~≈]? ?[0-9][0-9.]* ?[KMBT](?: ?tokens)?", re.IGNORECASE)
_LONGEST = 24
_SPOKEN = ("title", "aria-label", *HINTS)
_FOR_SCRIPTS = ("value", "data-value", "data-exact", "data-count", "data-tokens", "data-sort", "data-order")
"""The attributes by which scripts sort. `65000` beside `65K` may be made of it and adds nothing."""

_UNSEEN = (b"sr-only", b"visually-hidden", b"tooltip")
_heard_alone = lxml.etree.XPath(
    "//body//*[@role='tooltip' or contains(@class, 'sr-only') or contains(@class, 'visually-hidden')]"
)


def put_exact_counts(root: Element, page: bytes) -> None:
    """Put the exact count in place of the rounded one that it is displayed as; `page` is the page in UTF-8."""
    names = _names_with_counts(page)
    if names:
        for element in root.xpath(f"//body//*[{' or '.join(f'@{name}' for name in names)}]"):
            if (shown := _shown_in(element)) is not None:
                spoken = [element.get(name) for name in _SPOKEN]
                _put_exact(shown, spoken, [element.get(name) for name in _FOR_SCRIPTS])
    if _IN_WORDS.search(page) and any(sign in page for sign in _UNSEEN):
        for element in _heard_alone(root):
            beside = (element.getprevious(), element.getnext(), element.getparent())
            if not len(element) and (shown := next((one for one in beside if _is_rounded(one)), None)) is not None:
                _put_exact(shown, [element.text], [])


def _names_with_counts(page: bytes) -> list[str]:
    """The attributes of a page that state counts, of those that may do so for what is shown."""
    found = set()
    for match in _IN_ATTRIBUTE.finditer(page):
        start = match.start()
        found.add(page[max(0, start - _LONGEST_NAME) : start].rpartition(b" ")[2])
    return [name for name in (*_SPOKEN, *_FOR_SCRIPTS) if name.encode() in found]


def _shown_in(element: Element) -> Element | None:
    """The element that holds the only words of another, if these are a rounded count."""
    inner = [one for one in element.iter() if isinstance(one.tag, str) and (one.text or "").strip()][:2]
    return inner[0] if len(inner) == 1 and _is_rounded(inner[0]) else None


def _is_rounded(element: Element | None) -> bool:
    text = "" if element is None else (element.text or "").strip()
    return len(text) < _LONGEST and _ROUNDED.fullmatch(text) is not None


def _put_exact(shown: Element, spoken: list[str | None], for_scripts: list[str | None]) -> None:
    for at, stated in enumerate([*spoken, *for_scripts]):
        exact = _EXACT.fullmatch(stated.strip()) if stated else None
        may_be_made_of_it = at >= len(spoken)
        if exact and is_displayed_as(shown.text.strip(), exact["count"], is_other=may_be_made_of_it):
            shown.text = exact["count"]
            return
