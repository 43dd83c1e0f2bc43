"""Prices that are struck out: what was to be paid before, beside what is to be paid now.

`<s>$15</s> $12` states one price. What is struck out and has no other price beside it stays where it is.
"""

from __future__ import annotations

import re

import lxml.etree

from scrapers.html_icons import Element

_struck = lxml.etree.XPath(
    "//s | //del | //strike | //*[contains(@class, 'line-through') or contains(@style, 'line-through')]"
)
_SIGNS = ("line-through", "<s>", "<s ", "<del", "<strike")
_PRICE = re.compile(r"\s*(?:US ?)?\$ ?[0-9.]")
_PRICE_OR_FREE = re.compile(r"\$ ?[0-9.]|\bfree\b", re.IGNORECASE)
_REDUCTION = re.compile(r"\s*\(?(?:[-−–↓▼] ?|save )?[0-9]{1,2}(?:\.[0-9])? ?%(?: off)?\)?\s*", re.IGNORECASE)
_CELLS = frozenset(("td", "th", "dd", "li", "p", "div"))


def may_strike_out(page: str) -> bool:
    """Whether a page has any of what strikes words out: most have nothing, and looking for elements takes longer."""
    return any(sign in page for sign in _SIGNS)


def drop_struck_prices(root: Element) -> None:
    """Take struck prices out of a tree, each with the badge that says by how much it was too high."""
    for struck in _struck(root):
        cell = struck.getparent()
        if cell is None or not _PRICE.match("".join(struck.itertext())):
            continue
        while cell.tag not in _CELLS and cell.getparent() is not None:
            cell = cell.getparent()
        others = "".join(cell.itertext()).replace("".join(struck.itertext()), " ", 1)
        if not _PRICE_OR_FREE.search(others):
            continue
        _clear(struck)
        for badge in [one for one in cell.iterdescendants() if not len(one) and _REDUCTION.fullmatch(one.text or "")]:
            _clear(badge)


def _clear(element: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = " "
