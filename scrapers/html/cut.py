"""Words that a page cuts short, `Acme: A Rather Long N…`, and says whole where they are pointed at."""

from __future__ import annotations

import re
from itertools import islice

import lxml.etree

from scrapers.html.elements import Element, writable

_ENDS = ("…", "...")
_SIGN = "…".encode()
_DOTS = re.compile(rb"\.\.\.\s*+<")
_NAMED = re.compile(rb"&(?:hellip|#8230|#x2026);", re.IGNORECASE)
"""Dots at the end of an element, or before one that stands within it. Most pages have none."""

_titled = lxml.etree.XPath("//body//*[@title or @aria-label]")
_MOST_WITHIN = 30
"""Elements that a label may speak of. One of more is the name of a part of the page."""

_SHORTEST = 4
"""Letters. Fewer begin too many names."""


def put_whole_words(root: Element, page: bytes) -> None:
    """Put what a `title` or `aria-label` says whole in place of words that end in dots; `page` is the page in UTF-8."""
    if not (_SIGN in page or (b"..." in page and _DOTS.search(page)) or (b"&" in page and _NAMED.search(page))):
        return
    for element in _titled(root):
        said = [words for name in ("title", "aria-label") if (words := _said(element, name))]
        for one in islice(element.iter(), _MOST_WITHIN):
            if isinstance(one.tag, str) and (one.text or "").rstrip().endswith(_ENDS):
                begun = _begun(one.text)
                whole = next((words for words in said if words.startswith(begun) and len(words) > len(begun)), None)
                if whole is not None and len(begun) >= _SHORTEST:
                    one.text = writable(whole)


def _said(element: Element, name: str) -> str:
    words = " ".join((element.get(name) or "").split())
    return "" if words.endswith(_ENDS) else words


def _begun(shown: str) -> str:
    words = " ".join(shown.split())
    return next(words.removesuffix(end) for end in _ENDS if words.endswith(end)).rstrip()
