"""Prices that are struck out: what was to be paid before, beside what is to be paid now.

`<s>$15</s> $12` states one price. What is struck out and has no other price beside it is no price any more: it stays
where it is, between the marks that Markdown has for it, and cannot be read as one.
"""

from __future__ import annotations

import re

import lxml.etree

from scrapers.html.elements import Element, writable

_struck_by_style = lxml.etree.XPath("//*[contains(@class, 'line-through') or contains(@style, 'line-through')]")
_PRICE = re.compile(r"\s*(?:US ?)?\$ ?[0-9.]")
_PRICE_OR_FREE = re.compile(r"\$ ?[0-9.]|\bfree\b", re.IGNORECASE)
_REDUCTION = re.compile(r"\s*\(?(?:[-−–↓▼] ?|save )?[0-9]{1,2}(?:\.[0-9])? ?%(?: off)?\)?\s*", re.IGNORECASE)
_ARROW = re.compile(r"^\s*(?:→|->|➔|⟶)\s*")
_CELLS = frozenset(("td", "th", "dd", "li", "p", "div"))


def struck_by_style(root: Element) -> list[Element]:
    """The elements that are struck out by a class or a style, on a page that has such."""
    found: list[Element] = _struck_by_style(root)
    return found


def drop_struck_prices(struck_elements: list[Element]) -> None:
    """Take struck prices out of a tree, each with the badge that says by how much it was too high."""
    for struck in struck_elements:
        cell = struck.getparent()
        if cell is None or not _PRICE.match("".join(struck.itertext())):
            continue
        while cell.tag not in _CELLS and cell.getparent() is not None:
            cell = cell.getparent()
        others = "".join(cell.itertext()).replace("".join(struck.itertext()), " ", 1)
        if not _PRICE_OR_FREE.search(others):
            _mark(struck)
            continue
        _clear(struck)
        _drop_arrow_behind(struck)
        for badge in [one for one in cell.iterdescendants() if not len(one) and _REDUCTION.fullmatch(one.text or "")]:
            _clear(badge)


def _mark(element: Element) -> None:
    words = " ".join("".join(element.itertext()).split())
    _clear(element)
    element.text = writable(f"~~{words}~~")


def _drop_arrow_behind(struck: Element) -> None:
    """Take out what leads from the price that is struck to the one that is paid: `<s>$15</s> → $12`."""
    if (tail := struck.tail or "").strip():
        struck.tail = _ARROW.sub(" ", tail, count=1)
    elif (after := struck.getnext()) is not None and _ARROW.fullmatch("".join(after.itertext())):
        _clear(after)


def _clear(element: Element) -> None:
    del element[:]
    element.text = " "
