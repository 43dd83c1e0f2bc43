"""Parts of a page that React streams after the rest, and what it shows in their places until they come."""

from __future__ import annotations

import lxml.etree

from scrapers.html.elements import Element

_STARTS_OF_PLACES = ("$", "$?", "$!", "$~")


def place_streamed_parts(root: Element) -> None:
    """Put what React streams late (`<div hidden id="S:1">`) where it belongs (`<template id="B:1">`), in place of what
    is shown until then."""
    for part in root.xpath("//*[@hidden][starts-with(@id, 'S:')]"):
        del part.attrib["hidden"]
        number = part.get("id")[2:]
        places = root.xpath("//template[@id=$place]", place=f"B:{number}")
        if places and places[0] not in set(part.iterancestors()):
            places[0].getparent().replace(places[0], part)
            _drop_stopgap(part)


def _drop_stopgap(part: Element) -> None:
    """Take out what follows a part up to the comment that ends its place, `<!--/$-->`, as React does."""
    inner = 0
    stopgap: list[Element] = []
    for node in part.itersiblings():
        if node.tag is lxml.etree.Comment:
            inner += 1 if node.text in _STARTS_OF_PLACES else -1 if node.text == "/$" else 0
            if inner < 0:
                part.tail = None
                for gone in stopgap:
                    part.getparent().remove(gone)
                return
        stopgap.append(node)
