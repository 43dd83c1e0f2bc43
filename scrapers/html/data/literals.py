"""Data that a script writes in JavaScript's own words instead of JSON: keys without quotes, `'text'`, `void 0`, `!1`.

Frameworks and bundlers write it so because it is shorter, and some put what repeats into a function's arguments:

    (function(a,b){b.name=a;return {author:a,models:[b]}}("acme",{}))

Nothing is run: text that is more than plain values holds no data. Source of the forms: `devalue`, by which SvelteKit
and Nuxt 2 write the data of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

_DEEPEST = 60
_DEEPEST_CALL = 3
_MOST_VALUES = 100_000
"""Values of a literal, and again with all that its names stand for: each name may stand in a hundred places."""

_QUOTED = r""""(?:[^"\\\n]|\\[\s\S])*+"|'(?:[^'\\\n]|\\[\s\S])*+'"""
_TOKEN = re.compile(
    rf"(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/)*+"
    rf"({_QUOTED}|-?(?:[0-9]{{1,40}}\.?[0-9]{{0,40}}|\.[0-9]{{1,40}})(?:[eE][+-]?[0-9]{{1,2}})?(?![\w.])"
    r"|[A-Za-z_$][\w$]{0,99}|=>|[][{}(),:;=.!])"
)
_PASSED_OVER = re.compile(rf"{_QUOTED}|(?P<bracket>[][{{}}()])|[^][{{}}()\"']++|[\"']")
_SPACE = re.compile(r"\s*")
_NO_CHARACTER = "\ufffd"
"""In place of a NUL, or of half a character in a form of which no second half comes: no database takes either."""

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|([\s\S]))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": _NO_CHARACTER, "\n": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None, "Infinity": None}
_SHARED = "$R"
_SHARING = re.compile(r"\s*\$R\s*=>\s*")
"""How `seroval` begins, by which Solid and TanStack Start write the data of a page, every value with a number."""

_CLOSING = {"{": "}", "[": "]", "(": ")"}


class LiteralReader:
    """Reads the value that begins at a place of a script. `at` is how far it came, whether or not that was a value.

    >>> LiteralReader("{id:'a/b',free:!1,price:.5,at:new Date(1e12),none:void 0,}", 0).read()
    {'id': 'a/b', 'free': False, 'price': Decimal('0.5'), 'at': '2001-09-09T01:46:40Z', 'none': None}
    >>> LiteralReader("(function(a,b){b.name=a;return [b,a]}('x',{}))", 0).read()
    [{'name': 'x'}, 'x']
    """

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._names: dict[str, Any] = {}
        self._numbered: dict[str, Any] = {}
        self._calls = 0
        self._left = _MOST_VALUES
        self.at = at

    def read(self) -> Any:
        """The value. Raises `ValueError` for what is none."""
        return self._parted(self._value(0), 0)

    def _parted(self, value: Any, depth: int) -> Any:
        """The value, in which nothing is part of itself or of two others."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise ValueError("more values than a page has")
        if isinstance(value, list):
            return [self._parted(one, depth + 1) for one in value]
        return {k: self._parted(one, depth + 1) for k, one in value.items()} if isinstance(value, dict) else value

    def _peek(self) -> str:
        match = _TOKEN.match(self._text, self.at)
        return match[1] if match else ""

    def _take(self, wanted: str = "") -> str:
        match = _TOKEN.match(self._text, self.at)
        if match is None or (wanted and match[1] != wanted):
            raise ValueError(f"no literal: {self._text[self.at : self.at + 20]!r}")
        self.at = match.end()
        return match[1]

    def _takes(self, wanted: str) -> bool:
        return self._peek() == wanted and bool(self._take())

    def _value(self, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise ValueError("more values than a page has, or nested beyond reason")
        start, token = self.at, self._take()
        if token == "{":
            return dict(self._pairs(depth + 1))
        if token == "[":
            return list(self._values("]", depth + 1))
        if token == "(":
            return self._in_brackets(depth + 1)
        if token[0] in "\"'":
            return unquoted(token)
        if token[-1].isdigit() and token[0] in "-.0123456789":
            return _number(token)
        if token in ("!", "void"):
            number = _number(self._take())
            return None if token == "void" else not number
        if token == "new":
            return self._made(depth + 1)
        if token == _SHARED:
            return self._shared(depth + 1)
        if token in _WORDS or token in self._names:
            return self._names[token] if token in self._names else _WORDS[token]
        self.at = start
        raise ValueError(f"no plain value: {token!r}")

    def _shared(self, depth: int) -> Any:
        """A value that has a number by which it may stand elsewhere too: `$R[1]={a:1}`, then `$R[1]`."""
        self._take("[")
        number = self._take()
        self._take("]")
        if self._takes("="):
            self._numbered[number] = self._value(depth)
        return self._numbered.get(number)

    def _values(self, closing: str, depth: int) -> Iterator[Any]:
        while not self._takes(closing):
            yield self._value(depth)
            if not self._takes(","):
                self._take(closing)
                return

    def _pairs(self, depth: int) -> Iterator[tuple[str, Any]]:
        while not self._takes("}"):
            key = self._take()
            if key[0] in "\"'":
                key = unquoted(key)
            elif not re.fullmatch(r"[\w$]+", key):
                raise ValueError(f"no key: {key!r}")
            self._take(":")
            yield key, self._value(depth)
            if not self._takes(","):
                self._take("}")
                return

    def _made(self, depth: int) -> Any:
        kind = self._take()
        self._take("(")
        values = list(self._values(")", depth))
        value = values[0] if values else None
        if kind == "Date" and len(values) == 1 and isinstance(value, (str, int, Decimal)):
            return value if isinstance(value, str) else _moment(value)
        if kind == "Set" and isinstance(value, list):
            return value
        if kind == "Map" and isinstance(value, list) and all(isinstance(one, list) and len(one) == 2 for one in value):
            return {str(key): one for key, one in value}
        raise ValueError(f"no plain value: a {kind}")

    def _in_brackets(self, depth: int) -> Any:
        """A value in brackets: the one that a function returns which is called at once, or any other."""
        if (shared := _SHARING.match(self._text, self.at)) is not None:
            self.at = shared.end()
            return self._value(depth)
        is_arrow = self._peek() == "("
        if not is_arrow and not self._takes("function"):
            value = self._value(depth)
            self._take(")")
            return value
        self._take("(")
        names = list(self._parameters())
        if is_arrow:
            self._take("=>")
        body, is_block = self.at, self._peek() == "{"
        self._pass_over()
        is_closed = self._takes(")")
        self._take("(")
        arguments = list(self._values(")", depth))
        if not is_closed:
            self._take(")")
        after = self.at
        self._calls += 1
        if self._calls > _DEEPEST_CALL or len(arguments) > len(names):
            raise ValueError("no function that only holds what repeats")
        outer, self.at = self._names, body
        self._names = outer | dict.fromkeys(names) | dict(zip(names, arguments, strict=False))
        value = self._returned(depth) if is_block else self._value(depth)
        self._names, self.at = outer, after
        self._calls -= 1
        return value

    def _parameters(self) -> Iterator[str]:
        while not self._takes(")"):
            yield self._take()
            self._takes(",")

    def _returned(self, depth: int) -> Any:
        """What the body of a function returns, which may first say of its arguments what they hold."""
        self._take("{")
        while not self._takes("return"):
            if self._peek() not in self._names:
                raise ValueError("no argument that holds something")
            holder = self._names[self._take()]
            key: Any = self._take() if self._takes(".") else self._key_in_brackets(depth)
            self._take("=")
            value = self._value(depth)
            if isinstance(holder, dict):
                holder[str(key)] = value
            elif isinstance(holder, list) and key == len(holder):
                holder.append(value)
            else:
                raise ValueError("no argument that holds something")
            self._takes(";")
        value = self._value(depth)
        self._takes(";")
        self._take("}")
        return value

    def _key_in_brackets(self, depth: int) -> Any:
        self._take("[")
        key = self._value(depth)
        self._take("]")
        return key

    def _pass_over(self) -> None:
        """Go to the end of what is in brackets here."""
        expected: list[str] = []
        self.at = _SPACE.match(self._text, self.at).end()  # type: ignore[union-attr]  # it matches anywhere
        for match in islice(_PASSED_OVER.finditer(self._text, self.at), _MOST_VALUES):
            bracket = match["bracket"]
            if bracket in _CLOSING:
                expected.append(_CLOSING[bracket])
            elif not expected or (bracket and expected.pop() != bracket):
                break
            elif not expected:
                self.at = match.end()
                return
        raise ValueError("brackets that are not closed")


def unquoted(token: str) -> str:
    """The text of a literal in its quotes."""
    inner = token[1:-1]
    return _ESCAPE.sub(_character, inner) if "\\" in inner else inner


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if not code:
        return _ESCAPED.get(match[4], match[4])
    number = int(code, 16)
    return _NO_CHARACTER if number == 0 or (match[3] and 0xD800 <= number <= 0xDFFF) else chr(number)


def _number(token: str) -> int | Decimal:
    if not re.match(r"-?\.?[0-9]", token):
        raise ValueError(f"no number: {token!r}")
    return int(token) if token.lstrip("-").isdigit() else Decimal(token)


def _moment(milliseconds: int | Decimal) -> str:
    if not 0 <= milliseconds < 10**14:
        raise ValueError("a time that no page states")
    return datetime.fromtimestamp(int(milliseconds // 1000), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
