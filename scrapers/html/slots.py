"""What elements are for by the names that libraries of components give them: titles of cards, badges, avatars.

<div data-slot="card-title">Description</div>, <span data-slot="badge">New</span>,
<span data-slot="avatar-fallback">AC</span>
"""

from __future__ import annotations

import lxml.etree

from scrapers.html.elements import Element
from scrapers.page.words import topic_of

_SIGNS = (b'data-slot="card-title"', b'data-slot="badge"', b"avatar", b"Avatar")
_slotted = lxml.etree.XPath("//*[@data-slot='card-title' or @data-slot='badge']")
_avatars = lxml.etree.XPath(
    "//body//*[self::span or self::div]"
    "[contains(@class, 'avatar') or contains(@class, 'Avatar') or contains(@data-slot, 'avatar')]"
)
_MOST_LETTERS = 3


def put_what_slots_say(root: Element, page: bytes) -> None:
    """Say of slots in the terms of HTML what they are, and take out the letters that stand in place of a picture."""
    if not any(sign in page for sign in _SIGNS):
        return
    for element in _slotted(root):
        if element.get("data-slot") == "badge":
            element.set("class", f"badge {element.get('class') or ''}")
        elif element.get("role") is None and topic_of(" ".join("".join(element.itertext()).split())):
            element.set("role", "heading")
    for element in _avatars(root):
        words = "".join(element.itertext()).strip()
        if words and len(words) <= _MOST_LETTERS and words.isupper():
            for one in element.iter():
                one.text = None
                if one is not element:
                    one.tail = None
