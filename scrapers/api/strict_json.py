"""JSON as RFC 8259 has it, and nothing that Python's `json` lets through besides.

`json.loads` takes duplicate keys (the last wins, silently), `NaN`, lone surrogates, and numbers of any size; it reads
fractions as binary floats. Here a fraction is an exact `Decimal`, a duplicate key refuses the document, and a number
that is none (`NaN`, `Infinity`, `1e999999999`) becomes an `Unreadable`, so that the one record that holds it can be
set aside while the others are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Context, Decimal, Inexact, Overflow, Underflow
from functools import lru_cache
from typing import Any, NamedTuple

from scrapers.errors import CutDocument, UnreadableDocument
from scrapers.values import exact_decimal

DEEPEST = 32
"""Levels of nesting that a subtree of unforeseen shape may have; the answers known have five in all."""

MOST_DIGITS = 40
"""Digits of an integer; longer ones are no count, date or price of anything."""

_WINDOW = 1024 * 1024
"""A stretch of this size without one quotation mark is a string (or a number, or blanks) that no answer holds."""


class Unreadable(NamedTuple):
    """A literal that is no JSON number, or too large for one, in the words that were read."""

    text: str


class Decoded(NamedTuple):
    """A JSON document. `is_suspect` says that some record may hold an `Unreadable`, a NUL or half a character."""

    value: Any
    is_suspect: bool


def decode(text: str) -> Decoded:
    """The value of a JSON text.

    Raises `CutDocument` where it stops in the middle, `UnreadableDocument` where it is no JSON, has a key twice in one
    object, is nested past all measure or holds a string of megabytes.
    """
    refuse_endless_strings(text)
    try:
        value, holds_unreadable = _value(text)
    except json.JSONDecodeError as error:
        if _is_cut(text, error):
            raise CutDocument(f"the JSON stops in the middle, after {len(text):,} characters: {error.msg}") from None
        raise UnreadableDocument(f"no JSON: {error.msg} at character {error.pos:,}") from None
    except RecursionError:
        raise UnreadableDocument("the JSON is nested past all measure") from None
    return Decoded(value, holds_unreadable or HALF_OR_NUL.search(text) is not None)


_SOUND = Context(prec=MOST_DIGITS, Emax=99, Emin=-99, traps=[Inexact, Overflow, Underflow])
"""Reads a fraction exactly, or raises: what it takes needs no second look."""

_fraction = lru_cache(maxsize=1 << 12)(_SOUND.create_decimal)
"""The same fractions stand in a listing again and again: default temperatures, shares of wins, scores."""


def _value(text: str) -> tuple[Any, bool]:
    """The value, and whether a literal in it could not be read.

    All numbers being sound, as they nearly always are, no Python runs for them. Only otherwise is the text decoded
    once more, with hooks that look at each.
    """
    nonsense: list[Unreadable] = []

    def unreadable(literal: str) -> Unreadable:
        nonsense.append(Unreadable(literal[:MOST_DIGITS]))
        return nonsense[-1]

    def fraction(literal: str) -> Decimal | Unreadable:
        try:
            return exact_decimal(literal)
        except ValueError:
            return unreadable(literal)

    def integer(literal: str) -> int | Unreadable:
        return int(literal) if len(literal) <= MOST_DIGITS else unreadable(literal)

    try:
        value = json.loads(text, object_pairs_hook=_object, parse_float=_fraction, parse_constant=unreadable)
    except json.JSONDecodeError:
        raise
    except (ArithmeticError, ValueError):  # a fraction out of range, or an integer of thousands of digits
        value = json.loads(
            text, object_pairs_hook=_object, parse_float=fraction, parse_int=integer, parse_constant=unreadable
        )
    return value, bool(nonsense)


HALF_OR_NUL = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""What may become a NUL or half a character."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise UnreadableDocument(f"the key {twice[:80]!r} stands twice in one object; which one holds, nobody knows")
    return read


def _refuse_constant(literal: str) -> None:
    raise ValueError(f"{literal} is no number")


DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_fraction, parse_constant=_refuse_constant)
"""Reads JSON in which every number is sound, and raises for any other."""


def refuse_endless_strings(text: str) -> None:
    """Raise `UnreadableDocument` for a string of megabytes, before it is decoded."""
    for start in range(0, len(text) - _WINDOW, _WINDOW):
        if text.find('"', start, start + _WINDOW) < 0:
            raise UnreadableDocument(f"a megabyte without a quotation mark from character {start:,} on")


def _is_cut(text: str, error: json.JSONDecodeError) -> bool:
    """Whether the error is the text's end: within the last token, or in a string that never ends.

    What stands behind the value, or a bracket or comma too many before the end, is no cut.
    """
    left = text.rstrip()[error.pos :]
    is_too_much = error.msg == "Extra data" or left[:1] in ("]", "}", ",", ":")
    return error.msg.startswith("Unterminated string") or (len(left) < len('"\\ud83d') and not is_too_much)


def is_deeper_than(value: Any, limit: int = DEEPEST) -> bool:
    """Whether a value is nested more than `limit` levels deep; without recursion."""
    level = [value]
    for _ in range(limit + 1):
        level = [child for item in level for child in _children(item)]
        if not level:
            return False
    return True


def flaw(value: Any) -> str | None:
    """Why a value of a suspect document cannot be kept: a number that is none, a NUL, half a character; or None."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, Unreadable):
            return f"{item.text!r} is no number"
        if isinstance(item, str):
            if "\x00" in item:
                return f"a NUL character in {item[:40]!r}"
            if any("\ud800" <= character <= "\udfff" for character in item):
                return f"half a character in {item[:40]!r}"
        else:
            pending.extend(_children(item))
            if isinstance(item, dict):
                pending.extend(item)
    return None


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
