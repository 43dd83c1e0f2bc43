"""Records that repeat, letter for letter, from one document of a source to the next: read once, recognised afterwards.

Nineteen records in twenty of a listing are those of the listing before, mostly in the same order. A `Recollection`
walks through the text of a list beside the text of the last one, and where a run of records stands there again it gives
the values that were read from it then. Nothing is guessed: an object's text ends where the object ends, so the same
text at the place where a record begins is the same record. What is not plainly a list of objects is left to the
ordinary decoder.

The values are shared between documents; nobody may change them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from scrapers.api.strict_json import DECODER, HALF_OR_NUL, refuse_endless_strings
from scrapers.errors import UnreadableDocument

_OPENING = re.compile(r'\s*\{\s*"data"\s*:\s*\[\s*(?=\{)')
_BETWEEN = re.compile(r"\s*(?:,\s*(?=\{)|(\]))")
_AHEAD = 8
"""How many records may have gone at one place before the rest is looked for by id."""


class Run(NamedTuple):
    """Records that follow each other, from `start` to before `end`; they stood in the last document from `before` on.

    None where they did not.
    """

    start: int
    end: int
    before: int | None


class Recalled(NamedTuple):
    """The runs of a document's records, and what was made of each record of the last document."""

    runs: Sequence[Run]
    made: Sequence[Any]


class _List(NamedTuple):
    """The records of a list, the id of each (None where that is no text), and where it begins and ends in the text."""

    text: str
    values: list[dict[str, Any]]
    ids: list[str | None]
    starts: list[int]
    ends: list[int]


_NOTHING = _List("", [], [], [], [])


class Recollection:
    """The records of the last document that was read, in their order.

    The first document is decoded in one piece, which is faster, and taken apart only when another one comes. What was
    made of its records (`keep`) is given back with the runs of the next document.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Know nothing again."""
        self._last = _NOTHING
        self._whole: tuple[str, int, list[dict[str, Any]]] | None = None
        self._places: dict[str | None, int] | None = None
        self._made: Sequence[Any] = ()
        self.recalled: Recalled | None = None

    def value(self, text: str) -> dict[str, Any] | None:
        """The value of a document `{"data": [...], ...}`; None for any other, and for one that is in any way odd.

        `recalled` says then which records stood in the last document.
        """
        self.recalled = None
        opening = _OPENING.match(text)
        if opening is None:
            return None
        refuse_endless_strings(text)
        try:
            is_first = self._whole is None and self._last is _NOTHING
            return self._first(text, opening.end()) if is_first else self._recalled(text, opening.end())
        except (ValueError, ArithmeticError, RecursionError, UnreadableDocument):
            return None  # the ordinary decoder says what is wrong

    def keep(self, records: Any, made: Sequence[Any]) -> None:
        """Take in what was made of each of the last document's records; of another document's nothing is kept."""
        if records is (self._last.values if self._whole is None else self._whole[2]):
            self._made = made

    def _first(self, text: str, start: int) -> dict[str, Any]:
        """A document with nothing to recall it by: decoded in one piece, and taken apart when the next one comes."""
        _refuse_suspect(text, 0, len(text))
        value: dict[str, Any] = DECODER.decode(text)
        if not all(type(record) is dict for record in value["data"]):
            raise ValueError("no list of objects")
        self._whole = text, start, value["data"]
        return value

    def _recalled(self, text: str, start: int) -> dict[str, Any]:
        if self._whole is not None:
            (whole, begins, values), self._whole = self._whole, None
            apart, _, _ = self._records(whole, begins)
            self._last = apart._replace(values=values)
        records, runs, end = self._records(text, start)
        rest = text[:start] + text[end - 1 :]
        _refuse_suspect(rest, 0, len(rest))
        around = DECODER.decode(rest)
        self.recalled = Recalled(runs, self._made)
        self._last, self._places, self._made = records, None, ()
        return {**around, "data": records.values}

    def _records(self, text: str, place: int) -> tuple[_List, list[Run], int]:
        """The list's records, in runs, and where it ends. Raises `ValueError` for what is no list of objects."""
        last = self._last
        found = _List(text, [], [], [], [])
        runs: list[Run] = []
        at = 0
        while True:
            start = len(found.values)
            before, after = self._run(text, place, at)
            if before < after:
                shift = place - last.starts[before]
                found.values.extend(last.values[before:after])
                found.ids.extend(last.ids[before:after])
                found.starts.extend([begins + shift for begins in last.starts[before:after]])
                found.ends.extend([ends + shift for ends in last.ends[before:after]])
                runs.append(Run(start, start + after - before, before))
                at = after
            else:
                value, end = DECODER.raw_decode(text, place)
                _refuse_suspect(text, place, end)
                found.values.append(value)
                found.ids.append(stated if type(stated := value.get("id")) is str else None)
                found.starts.append(place)
                found.ends.append(end)
                runs.append(Run(start, start + 1, None))
                at = self._after(found.ids[-1], at)
            ended = _BETWEEN.match(text, found.ends[-1])
            if ended is None:
                raise ValueError("no list of objects")
            if ended[1]:
                return found, runs, ended.end()
            place = ended.end()

    def _run(self, text: str, place: int, at: int) -> tuple[int, int]:
        """From where to where the last document's records, one of the next few at first, stand at a place."""
        last, starts, ends = self._last.text, self._last.starts, self._last.ends
        for first in range(at, min(at + _AHEAD, len(starts))):
            begins = starts[first]
            if text.startswith(last[begins : ends[first]], place):
                break
        else:
            return at, at
        shift, after, step = place - begins, first + 1, 1
        while step:  # by leaps that double as long as the text is the same, and halve where it is not
            leap = after + step
            if leap <= len(ends) and text.startswith(last[ends[after - 1] : ends[leap - 1]], ends[after - 1] + shift):
                after, step = leap, 2 * step
            else:
                step //= 2
        return first, after

    def _after(self, of: str | None, at: int) -> int:
        """Where the last document goes on after the record of an id; at the same place where it had none."""
        if of is None:
            return at
        ids = self._last.ids
        if at < len(ids) and ids[at] == of:
            return at + 1
        if self._places is None:
            self._places = dict(zip(ids, range(len(ids)), strict=True))
        return self._places.get(of, at - 1) + 1


def _refuse_suspect(text: str, start: int, end: int) -> None:
    """Raise `ValueError` where a stretch may hold a NUL or half a character, which the ordinary decoder looks for."""
    if HALF_OR_NUL.search(text, start, end) is not None:
        raise ValueError("a NUL, or half a character")
