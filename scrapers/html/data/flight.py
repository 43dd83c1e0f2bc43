"""React's flight data, `self.__next_f.push([1, "…"])`: the page as the server describes it to the client.

The chunks together are lines `id:value`. A value is JSON in which `["$", "td", key, {…}]` is an element and `"$1f"`
stands for the value of another line. Elements become `lxml` elements, and the page is then read as any other HTML.

Source of the format: the serialiser `ReactFlightServer` in the React repository.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import lxml.html

from scrapers.html.data.half_characters import whole_text
from scrapers.html.data.sections import json_of
from scrapers.html.elements import Element

_PUSH = re.compile(r"^\s*(?:\(?self\.__next_f\s*=.*?\)?\.push|self\.__next_f\.push)\s*\((.*)\)\s*;?\s*$", re.DOTALL)
_TEXT_LINE = re.compile(r"([0-9a-f]+):T([0-9a-f]+),")
_LINE = re.compile(r"([0-9a-f]+):([^\n]*)\n?")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]+)")
_TYPED = re.compile(r"\$(?:D[0-9]{4}-|n[0-9])")
"""A day and a large number, which JSON has no types for."""

_PATH = re.compile(r"\$[L@]?([0-9a-f]{1,8})((?::[^:]{1,60}){0,12})")
_PARTS = {"type": 1, "key": 2, "props": 3}
_NOTHING = frozenset(("$undefined", "$NaN", "$Infinity", "$-Infinity"))
_LONGEST_WAY = 6
_MOST_VALUES = 200_000
"""Values of all lines with all that they refer to: each may refer to all the others."""

_TAG = re.compile(r"[a-z][a-z0-9]{0,15}")
_NAMES = {"className": "class", "htmlFor": "for", "dateTime": "datetime", "colSpan": "colspan", "rowSpan": "rowspan"}
_LABELS = ("aria-label", "title", "className")
_ATTRIBUTE = re.compile(r"[a-z][a-z-]{0,40}")
_DEEPEST = 90
_MOST_ELEMENTS = 200_000


def flight_lines(scripts: list[str]) -> dict[str, Any]:
    """The lines of a page's flight data by their ids."""
    chunks: list[str] = []
    for script in scripts:
        match = _PUSH.match(script) if "__next_f" in script else None
        pushed = json_of(match[1], is_part=True) if match else None
        if isinstance(pushed, list) and len(pushed) == 2 and isinstance(pushed[1], str):
            chunks.append(pushed[1])
    return _lines(whole_text("".join(chunks)))


def _lines(text: str) -> dict[str, Any]:
    lines: dict[str, Any] = {}
    at = 0
    while at < len(text):
        if long := _TEXT_LINE.match(text, at):
            size = int(long[2], 16)
            body = text[long.end() :].encode()[:size].decode(errors="ignore") if size < len(text) * 4 else ""
            lines[long[1]] = body
            at = long.end() + len(body)
        elif line := _LINE.match(text, at):
            value = json_of(line[2])
            if value is not None:
                lines[line[1]] = value
            at = line.end()
        else:
            at = text.find("\n", at) + 1 or len(text)
    return lines


def plain_values(lines: dict[str, Any]) -> list[Any]:
    """The values of the lines as the page's own code gets them: `$$3` is the text `$3`, `$D2025-…` is a day, `$1f` what
    stands on that line, and `$1f:props:model` a part of it.

    >>> plain_values({"1": {"price": "$$3", "endpoints": "$2"}, "2": [{"at": "$D2025-01-02", "of": "$1"}]})[0]
    {'price': '$3', 'endpoints': [{'at': '2025-01-02', 'of': None}]}
    """
    reader = _Plain(lines)
    return [reader.value(value, 0, (key,)) for key, value in lines.items()]


class _Plain:
    """Values with what they refer to. What would lead to itself, or too far, has nothing there."""

    def __init__(self, lines: dict[str, Any]) -> None:
        self._lines = lines
        self._left = _MOST_VALUES

    def value(self, value: Any, depth: int, above: tuple[str, ...]) -> Any:
        """A value of a line; `above` are the lines that led to it."""
        self._left -= 1
        if isinstance(value, str):
            return self._of_text(value, depth, above) if value.startswith("$") else value
        if depth > _DEEPEST or self._left < 0:
            return None if isinstance(value, (dict, list)) else value
        if isinstance(value, list):
            return [self.value(one, depth + 1, above) for one in value]
        if isinstance(value, dict):
            return {key: self.value(one, depth + 1, above) for key, one in value.items()}
        return value

    def _of_text(self, text: str, depth: int, above: tuple[str, ...]) -> Any:
        if text in _NOTHING:
            return None
        if text.startswith("$$"):
            return text[1:]
        if _TYPED.match(text):
            return text[2:]
        match = _PATH.fullmatch(text)
        if match is None or match[1] not in self._lines:
            return text
        if match[1] in above or len(above) > _LONGEST_WAY:
            return None
        found = self._lines[match[1]]
        for step in filter(None, match[2].split(":")):
            found = _part(found, step)
        return self.value(found, depth + 1, (*above, match[1]))


def _part(value: Any, step: str) -> Any:
    """A part of a value, by its key, its number, or what React calls it in an element."""
    if isinstance(value, dict):
        return value.get(step)
    if not isinstance(value, list):
        return None
    at = _PARTS[step] if _is_element(value) and step in _PARTS else int(step) if step.isdigit() else -1
    return value[at] if 0 <= at < len(value) else None


def body_of_flight(lines: dict[str, Any]) -> Element | None:
    """The elements that the lines describe, below one `body`; None where they describe none."""
    builder = _Builder(lines)
    body = lxml.html.Element("body")
    for key, value in lines.items():
        if key not in builder.used:
            builder.add(body, value, 0)
    return body if len(body) else None


class _Builder:
    """Makes elements of values, each referenced line once."""

    def __init__(self, lines: dict[str, Any]) -> None:
        self._lines = lines
        self._left = _MOST_ELEMENTS
        self.used: set[str] = set()

    def add(self, parent: Element, value: Any, depth: int) -> None:
        """Append what a value describes to an element."""
        if depth > _DEEPEST or self._left <= 0:
            return
        if isinstance(value, str):
            self._add_text(parent, value, depth)
        elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            _append_text(parent, str(value))
        elif _is_element(value):
            self._add_element(parent, value[1], value[3], depth)
        elif isinstance(value, list):
            for child in value:
                self.add(parent, child, depth + 1)

    def _add_text(self, parent: Element, text: str, depth: int) -> None:
        reference = _REFERENCE.fullmatch(text)
        if reference is None:
            if text.startswith("$$"):
                _append_text(parent, text[1:])
            elif not text.startswith("$") or text[1:2].isdigit():
                _append_text(parent, text)
        elif reference[1] in self._lines and reference[1] not in self.used:
            self.used.add(reference[1])
            self.add(parent, self._lines[reference[1]], depth + 1)

    def _add_element(self, parent: Element, kind: str, props: dict[str, Any], depth: int) -> None:
        self._left -= 1
        element = parent
        if kind.startswith("$"):
            kind = _tag_of_component(props)
        if _TAG.fullmatch(kind) and kind not in ("html", "head", "body", "script", "style"):
            element = lxml.html.Element(kind, _attributes(props))
            parent.append(element)
        inner = props.get("dangerouslySetInnerHTML")
        if isinstance(inner, dict) and isinstance(inner.get("__html"), str) and inner["__html"].strip():
            element.append(lxml.html.fragment_fromstring(inner["__html"], create_parent="div"))
        self.add(element, props.get("children"), depth + 1)


def _tag_of_component(props: dict[str, Any]) -> str:
    """What a component of the client becomes, by what it is given: a link, something with a label; else its children.

    The links of Next.js are such components, and so are the icons of most sets.
    """
    if isinstance(props.get("href"), str):
        return "a"
    return "span" if any(isinstance(props.get(name), str) for name in _LABELS) else ""


def _is_element(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) >= 4
        and value[0] == "$"
        and isinstance(value[1], str)
        and isinstance(value[3], dict)
    )


def _attributes(props: dict[str, Any]) -> dict[str, str]:
    named = ((_NAMES.get(name, name), value) for name, value in props.items())
    return {
        name: str(value).removeprefix("$") if str(value).startswith("$$") else str(value)
        for name, value in named
        if _ATTRIBUTE.fullmatch(name)
        and isinstance(value, (str, int, Decimal))
        and not isinstance(value, bool)
        and "\0" not in str(value)
    }


def _append_text(parent: Element, text: str) -> None:
    clean = "".join(char for char in text if char >= " " or char in "\n\t")
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean
    else:
        parent.text = (parent.text or "") + clean
