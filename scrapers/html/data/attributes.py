"""Values that attributes of a page's elements hold for scripts: what a framework gives to a part of the page.

<astro-island props="{…}">              every value with the number of its kind before it
<div wire:snapshot="{…}">               Livewire: every list and object with what it is behind it
<div data-page="{…}" :model="{…}">      Inertia, Vue: plain JSON
<div data-endpoints-rows-value="[…]">   Stimulus: a list, of which the attribute's own name says what it is
<div x-data="{ open: false, model: {…} }">   Alpine: an object of JavaScript, which may have functions too
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree

from scrapers.html.data.assigned import value_at
from scrapers.html.data.charts import OF_OTHERS
from scrapers.html.data.half_characters import HALF_OR_NUL, whole_value
from scrapers.html.data.records import LISTS, words_of_key
from scrapers.html.data.sections import json_of
from scrapers.html.data.tables import SUBJECTS
from scrapers.html.elements import Element
from scrapers.page.words import topic_of

_DEEPEST = 60
_MOST_VALUES = 200
"""Values of one attribute of JavaScript."""

_held = lxml.etree.XPath(
    "//body//@*[(starts-with(., '{') or starts-with(., '[') or contains(substring(., 1, 40), '({')) "
    "and string-length(.) > 60 and name() != 'class' and name() != 'style']"
)
_texts = lxml.etree.XPath(
    "//body//*[self::template or self::textarea or self::noscript]/text()[starts-with(normalize-space(.), '{')]"
    " | //head/meta/@content[starts-with(., '{') and string-length(.) > 60]"
)
_heading = lxml.etree.XPath("(preceding::h2 | preceding::h3)[last()]")
_HOLDS = re.compile(rb"""[a-z]=["'](?:[A-Za-z_$][\w.$]{0,38}\()?[{\[]\s*(?:&quot;|&#34;|["'{\[]|[A-Za-z_$])""")
_NAMED = re.compile(r"[{,]\s*(?P<quote>[\"']?)(?P<name>[A-Za-z_$][\w$]{0,59})(?P=quote)\s*:\s*(?=[{\[\"'])")
_NAMES = re.compile(r"^(?:data-|v-bind:|:|x-|wire:)|-(?:value|props|json|data)$")


def values_in_attributes(page: bytes) -> Iterator[tuple[str, Any]]:
    """The objects and lists that attributes of a page in UTF-8 hold, each with the name that it goes by, if any."""
    if _HOLDS.search(page) is None and not any(tag in page for tag in (b"<template", b"<textarea", b"<noscript")):
        return
    root = lxml.etree.fromstring(page, parser=lxml.etree.HTMLParser(encoding="utf-8"))
    for text in _texts(root):
        yield "", json_of(text)
    for text in _held(root):
        name = str(text.attrname)
        value = json_of(text)
        if value is None:
            named = _named_values(text)
            yield "", whole_value(named) if HALF_OR_NUL.search(text) else named
        elif name == "props" and text.getparent().tag == "astro-island":
            yield "", {key: _unpacked(child, 0) for key, child in value.items()} if isinstance(value, dict) else None
        else:
            said = _name_of(name) or _heading_above(text.getparent(), name, is_list=isinstance(value, list))
            yield said, _unwired(value, 0) if name.startswith("wire:") else value


def _heading_above(element: Element, attribute: str, *, is_list: bool) -> str:
    """The heading that an element stands below, if it says what a list is of, or what a chart shows."""
    heading = next(iter(_heading(element)), None)
    words = "" if heading is None else " ".join("".join(heading.itertext()).split())
    topic = topic_of(words)
    return words if topic and (is_list if topic != "history" else not OF_OTHERS.search(attribute)) else ""


def _name_of(attribute: str) -> str:
    """What an attribute says by its name of what it holds: `endpoints` of `data-endpoints-rows-value`.

    >>> _name_of("data-endpoints-rows-value"), _name_of(":model"), _name_of("data-page-other-models-value")
    ('Endpoints', 'Model', 'Other Models')
    >>> _name_of("data-page"), _name_of("props")
    ('', '')
    """
    name = attribute
    while (shorter := _NAMES.sub("", name)) != name:
        name = shorter
    words = words_of_key(name).split()
    ways = [words[start:end] for start in range(len(words)) for end in range(len(words), start, -1)]
    whole = (way for way in ways if set(words) - set(way) <= LISTS or way[-1] == words[-1] or way[0] == words[0])
    said = (" ".join(way) for way in whole)
    return next((one for one in said if topic_of(one) or one.lower() in SUBJECTS), "")


def _named_values(text: str) -> dict[str, Any]:
    """The values that stand below their names in an object of JavaScript, which may hold functions beside them.

    >>> _named_values("{ open: false, model: {name: 'One'}, toggle() { this.open = !this.open }, rows: [1] }")
    {'model': {'name': 'One'}, 'rows': [1]}
    """
    at = max(0, text.find("{"))
    whole, _ = value_at(text, at)
    if isinstance(whole, dict):
        return whole
    found: dict[str, Any] = {}
    for _ in range(_MOST_VALUES):
        if (match := _NAMED.search(text, at)) is None:
            break
        value, at = value_at(text, match.end())
        if isinstance(value, (dict, list, str)):
            found.setdefault(match["name"], value)
    return found


def _unwired(value: Any, depth: int) -> Any:
    """What Livewire writes as a value and what it is: `[[…], {"s": "arr"}]` is a list or an object."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        if len(value) == 2 and isinstance(value[1], dict) and isinstance(value[1].get("s"), str):
            return _unwired(value[0], depth + 1)
        return [_unwired(one, depth + 1) for one in value]
    return {key: _unwired(one, depth + 1) for key, one in value.items()} if isinstance(value, dict) else value


def _unpacked(value: Any, depth: int) -> Any:
    """What Astro writes as a kind and a value: `[0, "x"]` is a text, `[1, [[0, "x"]]]` a list of one."""
    if not isinstance(value, list) or len(value) != 2 or depth > _DEEPEST:
        return None
    kind, inner = value
    if kind == 1 and isinstance(inner, list):
        return [_unpacked(one, depth + 1) for one in inner]
    if kind == 0 and isinstance(inner, dict):
        return {key: _unpacked(one, depth + 1) for key, one in inner.items()}
    return inner if isinstance(inner, str) or kind == 0 else None
