"""Where the parser of HTML puts what it does not know: back to where browsers have it.

A page may leave out the tags of its body. The parser, which knows the elements of HTML 4, then takes a `main` for part
of the head. It also takes the shadow of a custom element, which browsers draw in its place, for a mere template.
"""

from __future__ import annotations

import re

import lxml.etree

from scrapers.html.elements import Element, leave_text, writable

_OF_HEAD = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "template"))
_CUSTOM_GRID = re.compile(rb"""<([a-zA-Z]+-[a-zA-Z-]+)\s[^<>]*role=["']?(?:table|grid|treegrid)\b""")
_WBR = rb"""</?wbr(?=[\s/>])(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>"""
_BREAK = re.compile(_WBR, re.IGNORECASE)
_BREAK_IN_NUMBER = re.compile(rb"(?<=[0-9])" + _WBR + rb"(?=[0-9])", re.IGNORECASE)
_SHADOWS = ("shadowrootmode", "shadowroot")


def put_in_body(root: Element) -> None:
    """Move what stands in the head and is no part of one to the beginning of the body, which may not be there yet."""
    head = root.find("head")
    if head is None:
        return
    children = [child for child in head if isinstance(child.tag, str)]
    start = next((at for at, child in enumerate(children) if child.tag not in _OF_HEAD), len(children))
    if start == len(children):
        return
    body = root.find("body")
    if body is None:
        body = lxml.etree.SubElement(root, "body")
    for at, child in enumerate(children[start:]):
        body.insert(at, child)


def with_known_grids(page: bytes) -> bytes:
    """The page, with `div` for elements of names that HTML does not know and of the role of a table."""
    names = set(_CUSTOM_GRID.findall(page))
    if not names:
        return page
    return re.sub(rb"<(/?)(?:" + b"|".join(map(re.escape, names)) + rb")(?=[\s>])", rb"<\1div", page)


_consents = lxml.etree.XPath(
    "//body//*[contains(@id, 'cookie') or contains(@class, 'cookie') or contains(@id, 'consent')"
    " or contains(@class, 'consent')][not(.//h1 or .//h2 or .//table or .//main)]"
)
_LONGEST_CONSENT = 3000
"""Characters."""


def drop_consents(root: Element, page: bytes) -> None:
    """Take out what asks whether cookies may be set, which scripts put anywhere on a page."""
    if b"cookie" in page or b"consent" in page:
        for element in _consents(root):
            if len("".join(element.itertext())) < _LONGEST_CONSENT and element.getparent() is not None:
                leave_text(element)
                element.getparent().remove(element)


def without_breaks(page: bytes) -> bytes:
    """The page without the places where a word may be broken, of which the parser does not know that they hold nothing;
    in a number such a place stays, as a character that makes it none."""
    return _BREAK.sub(b"", _BREAK_IN_NUMBER.sub("\u200b".encode(), page))


def show_shadows(root: Element) -> None:
    """Make the templates that browsers draw in place of their elements parts of these, with what is put in their slots.

    What a slot has to show of itself, `<slot name="title">Untitled</slot>`, is shown where nothing is put in it.
    """
    templates = [one for one in root.iter("template") if any(one.get(name) for name in _SHADOWS)]
    for template in reversed(templates):  # an element within another is put in a slot with its own shadow drawn
        template.tag = "div"
        slots = list(template.iter("slot"))
        if slots:
            _fill(slots, template)


def _fill(slots: list[Element], template: Element) -> None:
    """Put the children of an element in the slots of its shadow that they are for."""
    host = template.getparent()
    by_name = {slot.get("name") or "": slot for slot in reversed(slots)}
    others: list[Element] = []
    filled: set[Element] = set()
    for child in [one for one in host if one is not template]:
        name = child.get("slot") or "" if isinstance(child.tag, str) else ""
        if not name:
            others.append(child)
        elif (slot := by_name.get(name)) is not None:
            _empty(slot, filled)
            leave_text(child)
            slot.append(child)
    text = f"{host.text or ''}{template.tail or ''}"
    slot = by_name.get("")
    if slot is None or not (text.strip() or any(isinstance(one.tag, str) for one in others)):
        return
    _empty(slot, filled)
    host.text = template.tail = None
    slot.text = writable(text)
    slot.extend(others)


def _empty(slot: Element, filled: set[Element]) -> None:
    """Take out of a slot, once, what it shows where nothing is put in it."""
    if slot not in filled:
        filled.add(slot)
        slot.text = None
        del slot[:]
