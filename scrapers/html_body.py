"""Where the parser of HTML puts what it does not know: back to where browsers have it.

A page may leave out the tags of its body. The parser, which knows the elements of HTML 4, then takes a `main` for part
of the head. It also takes the shadow of a custom element, which browsers draw in its place, for a mere template.
"""

from __future__ import annotations

import lxml.etree

from scrapers.html_icons import Element

_OF_HEAD = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "template"))
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


def show_shadows(root: Element) -> None:
    """Make the templates that browsers draw in place of their elements parts of these."""
    for template in root.iter("template"):
        if any(template.get(name) for name in _SHADOWS):
            template.tag = "div"
