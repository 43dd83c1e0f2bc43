"""Records that repeat, letter for letter, from one document of a source to the next: read once, recognised afterwards.

Nineteen records in twenty of a listing are those of the listing before, mostly in the same order. A `Recollection`
walks through the text of a list beside the records of the last one, and where a record's text stands there again it
gives the value that was read from it then. Nothing is guessed: an object's text ends where the object ends, so the
same text at the place where a record begins is the same record. What is not plainly a list of objects is left to the
ordinary decoder.

The values are shared between documents; nobody may change them.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from scrapers.api.strict_json import DECODER, HALF_OR_NUL, refuse_endless_strings
from scrapers.errors import UnreadableDocument

_OPENING = re.compile(r'\s*\{\s*"data"\s*:\s*\[\s*(?=\{)')
_BETWEEN = re.compile(r"\s*(?:,\s*(?=\{)|(\]))")
_AHEAD = 8
"""How many records may have gone at one place before the rest is looked for by id."""


class _Kept(NamedTuple):
    text: str
    value: dict[str, Any]


class _Whole(NamedTuple):
    text: str
    records: list[dict[str, Any]]
    start: int


class Recollection:
    """The records of the last document that was read, in their order.

    The first document is decoded in one piece, which is faster, and taken apart only when another one comes.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Know nothing again."""
        self._last: list[_Kept] = []
        self._places: dict[Any, int] = {}
        self._whole: _Whole | None = None

    def value(self, text: str) -> dict[str, Any] | None:
        """The value of a document `{"data": [...], ...}`; None for any other, and for one that is in any way odd."""
        opening = _OPENING.match(text)
        if opening is None:
            return None
        refuse_endless_strings(text)
        try:
            return (
                self._recalled(text, opening.end()) if self._last or self._whole else self._first(text, opening.end())
            )
        except (ValueError, ArithmeticError, RecursionError, UnreadableDocument):
            return None  # the ordinary decoder says what is wrong

    def _first(self, text: str, start: int) -> dict[str, Any]:
        """A document with nothing to recall it by: decoded in one piece, and taken apart when the next one comes."""
        _refuse_suspect(text, 0, len(text))
        value: dict[str, Any] = DECODER.decode(text)
        if not all(type(record) is dict for record in value["data"]):
            raise ValueError("no list of objects")
        self._whole = _Whole(text, value["data"], start)
        return value

    def _recalled(self, text: str, start: int) -> dict[str, Any]:
        if self._whole is not None:
            whole, self._whole = self._whole, None
            pieces, _ = self._records(whole.text, whole.start)
            self._keep([_Kept(piece.text, record) for piece, record in zip(pieces, whole.records, strict=True)])
        kept, end = self._records(text, start)
        rest = text[:start] + text[end - 1 :]
        _refuse_suspect(rest, 0, len(rest))
        around = DECODER.decode(rest)
        self._keep(kept)
        return {**around, "data": [one.value for one in kept]}

    def _keep(self, kept: list[_Kept]) -> None:
        self._last = kept
        self._places = {
            one.value.get("id"): place for place, one in enumerate(kept) if type(one.value.get("id")) is str
        }

    def _records(self, text: str, place: int) -> tuple[list[_Kept], int]:
        """The list's records and where it ends. Raises `ValueError` for what is no list of objects."""
        last, places = self._last, self._places
        records: list[_Kept] = []
        at = 0
        while True:
            for ahead in range(at, min(at + _AHEAD, len(last))):
                if text.startswith(last[ahead].text, place):
                    kept, at = last[ahead], ahead + 1
                    end = place + len(kept.text)
                    break
            else:
                value, end = DECODER.raw_decode(text, place)
                _refuse_suspect(text, place, end)
                kept = _Kept(text[place:end], value)
                at = places.get(value.get("id"), at - 1) + 1 if type(value.get("id")) is str else at
            records.append(kept)
            after = _BETWEEN.match(text, end)
            if after is None:
                raise ValueError("no list of objects")
            if after[1]:
                return records, after.end()
            place = after.end()


def _refuse_suspect(text: str, start: int, end: int) -> None:
    """Raise `ValueError` where a stretch may hold a NUL or half a character, which the ordinary decoder looks for."""
    if HALF_OR_NUL.search(text, start, end) is not None:
        raise ValueError("a NUL, or half a character")
