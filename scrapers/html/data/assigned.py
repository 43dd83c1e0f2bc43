"""The values that a page's scripts assign for others to find, or hand to what they start.

window.__DATA__ = {…}        const endpoints = […]        App.state.page = JSON.parse("…")
startPage({…})               React.createElement(App, {…})
"""

from __future__ import annotations

import base64
import json
import re
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import unquote

from scrapers.html.data.half_characters import HALF_OR_NUL, whole_value
from scrapers.html.data.literals import LiteralReader, unquoted
from scrapers.html.data.sections import json_of

_MOST_CHARACTERS = 16_000_000
_MOST_ASSIGNED = 200
_MOST_PLACES = 50_000
"""Places of a script where something might be assigned, most of which have nothing before them that has a name."""

_BEFORE = 200
"""Characters in which the name stands that a value is assigned to."""

_VALUE = re.compile(
    r"(?:(?<![=!<>])=(?![=>])\s*(?P<parsed>JSON\.parse\(\s*(?P<ways>(?:(?:decodeURIComponent|escape|unescape|atob)\(\s*)*))?"
    r"(?=[{\[\"'(`])|[(,]\s*(?=\{))"
)
_NAME = re.compile(r"(?P<name>[\w$]{1,60})(?:[\"']\s*\])?\s*$")
_CALL = re.compile(r"(?P<call>[\w$.]{1,60})\((?:\s*[\w$.]{1,60}(?:\([^(){}]{0,80}\))?\s*,){0,3}\s*$")
_TOLD = re.compile(
    r"track|push|gtag|analytics|log|identify|capture|emit|event|send|beacon|fbq|plausible|mixpanel|amplitude|assign|define",
    re.IGNORECASE,
)
"""What a page calls to tell others of its visitors, and not to show something."""

_TEMPLATE = re.compile(r"`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*+`")
_decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=lambda word: None)


class Assigned(NamedTuple):
    """A value, and the name of what it is assigned to; empty where it is handed to something."""

    name: str
    value: Any


def assigned_values(text: str) -> list[Assigned]:
    """The objects and lists that a script assigns or hands over: in JSON, or in the literals of JavaScript.

    >>> assigned_values('window.__DATA__ = {"a": 1}; run()'), assigned_values("gtag('event', {a: 1})")
    ([Assigned(name='__DATA__', value={'a': 1})], [])
    >>> [value for _, value in assigned_values("(() => { self['data'] = [2] })(); kit.start(app, el, {data: [3]})")]
    [[2], {'data': [3]}]
    >>> assigned_values('let page = JSON.parse(decodeURIComponent("%7B%22a%22:1%7D")), rows = JSON.parse(atob("WzFd"))')
    [Assigned(name='page', value={'a': 1}), Assigned(name='rows', value=[1])]
    """
    found: list[Assigned] = []
    at = 0
    left = _MOST_ASSIGNED if len(text) <= _MOST_CHARACTERS and "__next_f" not in text else 0
    for _ in range(_MOST_PLACES):
        if not left or (match := _VALUE.search(text, at)) is None:
            break
        at = match.end()
        is_call = match[0][0] in "(,"
        before = text[max(0, match.start() - _BEFORE) : match.start() + is_call]
        named = (_CALL if is_call else _NAME).search(before)
        if named is None or (is_call and _TOLD.search(named["call"])):
            continue
        left -= 1
        value, at = _parsed_at(text, at, match["ways"]) if match["parsed"] else value_at(text, at)
        if isinstance(value, (dict, list)):
            found.append(Assigned("" if is_call else named["name"], value))
    if found and HALF_OR_NUL.search(text) is not None:
        return [Assigned(name, whole_value(value)) for name, value in found]
    return found


def value_at(text: str, at: int) -> tuple[Any, int]:
    """The value that stands at a place, None where there is none, and where to go on."""
    try:
        return _decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        reader = LiteralReader(text, at)
    try:
        return reader.read(), max(reader.at, at + 1)
    except (ValueError, RecursionError):
        return None, max(reader.at, at + 1)


def _parsed_at(text: str, at: int, ways: str) -> tuple[Any, int]:
    """The value of the JSON in a text that stands at a place, in whatever way it is written there."""
    if template := _TEMPLATE.match(text, at):
        value, at = unquoted(template[0]), template.end()
    else:
        value, at = value_at(text, at)
    if not isinstance(value, str):
        return None, at
    if "atob" in ways:
        try:
            value = base64.b64decode(value, validate=True).decode()
        except ValueError:
            return None, at
    if "decodeURIComponent" in ways and "escape(" not in ways.replace("unescape(", ""):
        value = unquote(value)
    return json_of(value), at
