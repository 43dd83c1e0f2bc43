"""Words that a page cuts short, `Acme: A Rather Long N…`, and says whole where they are pointed at."""

from __future__ import annotations

import lxml.etree

from scrapers.html_icons import Element

_ENDS = ("…", "...")
_titled = lxml.etree.XPath("//body//*[@title or @aria-label]")


def put_whole_words(root: Element, text: str) -> None:
    """Put what a `title` or `aria-label` says whole in place of words that end in dots. `text` is the page's own."""
    if not any(f"{end}<" in text for end in _ENDS):
        return
    for element in _titled(root):
        shown = " ".join("".join(element.itertext()).split())
        end = next((end for end in _ENDS if shown.endswith(end)), None)
        if end is None or len(shown) <= len(end):
            continue
        begun = shown.removesuffix(end).rstrip()
        whole = next((said for name in ("title", "aria-label") if (said := _said(element, name)).startswith(begun)), "")
        if len(whole) > len(begun) and not whole.endswith(end):
            _say(element, begun, whole, end)


def _said(element: Element, name: str) -> str:
    return " ".join((element.get(name) or "").split())


def _say(element: Element, begun: str, whole: str, end: str) -> None:
    """Put the whole words where the cut ones stand, in the element itself or in one within it."""
    for one in element.iter():
        if isinstance(one.tag, str) and " ".join((one.text or "").split()).removesuffix(end).rstrip() == begun:
            one.text = whole
            return
