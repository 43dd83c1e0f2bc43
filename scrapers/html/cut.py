"""Words that a page cuts short, `Acme: A Rather Long N…`, and says whole where they are pointed at."""

from __future__ import annotations

import lxml.etree

from scrapers.html.icons import Element, writable

_END = "…"
_SIGN = _END.encode()
_titled = lxml.etree.XPath("//body//*[@title or @aria-label]")


def put_whole_words(root: Element, page: bytes) -> None:
    """Put what a `title` or `aria-label` says whole in place of words that end in dots; `page` is the page in UTF-8."""
    if _SIGN not in page:
        return
    for element in _titled(root):
        shown = " ".join("".join(element.itertext()).split())
        if not shown.endswith(_END) or shown == _END:
            continue
        begun = shown.removesuffix(_END).rstrip()
        whole = next((said for name in ("title", "aria-label") if (said := _said(element, name)).startswith(begun)), "")
        if len(whole) > len(begun) and not whole.endswith(_END):
            _say(element, begun, whole)


def _said(element: Element, name: str) -> str:
    return " ".join((element.get(name) or "").split())


def _say(element: Element, begun: str, whole: str) -> None:
    """Put the whole words where the cut ones stand, in the element itself or in one within it."""
    for one in element.iter():
        if isinstance(one.tag, str) and " ".join((one.text or "").split()).removesuffix(_END).rstrip() == begun:
            one.text = writable(whole)
            return
