"""The plain rows of a page's long tables, read from its text before it is parsed.

Nearly all of a large page is rows that hold words and nothing else, `<tr><td>..</td><td>..</td></tr>`, one after the
other in the same markup. To build elements of them only to take their words out again is most of what a page costs. So
a long run of such rows is cut out of the text, and a single row that is marked with its number stands in its place:
what surrounds it is parsed as it would be. A row with anything but words in its cells stays where it is, and so does
the first row of every run, from which a table without marked headers knows its columns.

Whoever reads a page this way must look at `PlainRows.are_all_read` afterwards: a run that no table has taken, because
it stood in a script, in a comment, or in a table that only lays out the page, must not have been cut out.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

from scrapers.html.elements import Element
from scrapers.html.words import cells_of_texts
from scrapers.outline import Cell

_SHORTEST = 8
"""Rows. A shorter run is not worth its mark."""

_MARK = "data-plain-rows"
_END = "</tr>"
_ATTRIBUTES = (
    r'(?:\s++(?:(?:class|align|valign|width|data-slot|data-state|data-v-[0-9a-f]++)(?:="[^"<>&]*+")?+|'
    r'role="(?:row|cell|gridcell)"))*+\s*+'
)
"""Those that say nothing about what a row tells. Spans, labels and what hides a row are not among them."""

_UNPLAIN = r"<&\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff"
"""What is no text, or text that a parser changes."""

_ROW = re.compile(rf"\s*+<tr{_ATTRIBUTES}>\s*+(?:<td{_ATTRIBUTES}>[^{_UNPLAIN}]*+</td>\s*+)++")
_STRUCK = "line-through"
_BETWEEN = re.compile(r"(?:\s*+<tr[^>]*+>\s*+|</td>\s*+)(?:<td[^>]*+>)?+")
_unplain = re.compile(f"[{_UNPLAIN}]").search


def _is_plain(text: str) -> bool:
    """Whether nothing in a text is markup, or changed by a parser; most texts say so without a search."""
    return (text.isprintable() and "<" not in text and "&" not in text) or _unplain(text) is None


class PlainRows:
    """The runs of plain rows of one page, and `page`, its text with a marked row in place of each."""

    def __init__(self, text: str) -> None:
        self.page = text
        self._runs: list[list[list[str]]] = []
        self._read: set[int] = set()
        pieces = text.split(_END)
        if len(pieces) > _SHORTEST:
            self._cut(pieces)

    @property
    def are_all_read(self) -> bool:
        """Whether each run was taken by a table."""
        return len(self._read) == len(self._runs)

    def at(self, cells: list[Element]) -> list[list[Cell]] | None:
        """The rows for which the row of these cells stands; None where it stands for itself."""
        if not self._runs or (number := cells[0].getparent().get(_MARK)) is None:
            return None
        self._read.add(int(number))
        return cells_of_texts(self._runs[int(number)])

    def _cut(self, pieces: list[str]) -> None:
        """Cut the runs out of a page that was divided at the ends of its rows. What follows the last end is no row."""
        shapes: dict[str, _Shape] = {}
        rows = [None if place == 0 else _texts(piece, shapes) for place, piece in enumerate(pieces[:-1])]
        kept: list[str] = []
        place = 0
        for is_plain, group in groupby(rows, key=lambda texts: texts is not None):
            run = [texts or [] for texts in group]
            if is_plain and len(run) >= _SHORTEST and "<tr" in pieces[place - 1]:
                kept.append(f'<tr {_MARK}="{len(self._runs)}"><td></td>')
                self._runs.append(run)
            else:
                kept += pieces[place : place + len(run)]
            place += len(run)
        if self._runs:
            page = _END.join([*kept, pieces[-1]])
            if page.count(_MARK) == len(self._runs):
                self.page = page
            else:  # the page itself has such a mark
                self._runs.clear()


class _Shape(NamedTuple):
    """The markup of a row, which most often is that of the next one too: what stands before, between and after its
    texts."""

    start: str
    between: list[str]
    end: str
    is_even: bool

    def texts(self, row: str) -> list[str] | None:
        """The texts of a row of this shape; None for a row of another."""
        if not (row.startswith(self.start) and row.endswith(self.end)):
            return None
        inner = row[len(self.start) : -len(self.end)]
        texts = inner.split(self.between[0]) if self.is_even else _parted(inner, self.between)
        return texts if len(texts) == len(self.between) + 1 and _is_plain("".join(texts)) else None


def _parted(row: str, between: list[str]) -> list[str]:
    """The texts between these pieces of markup, as far as they follow one another."""
    texts: list[str] = []
    start = 0
    for markup in between:
        end = row.find(markup, start)
        if end < 0:
            break
        texts.append(row[start:end])
        start = end + len(markup)
    return [*texts, row[start:]]


def _texts(row: str, shapes: dict[str, _Shape]) -> list[str] | None:
    """The texts of a plain row, up to its end, and None for any other; `shapes` holds the last one of each opening."""
    opening = row[: row.find(">")]
    shape = shapes.get(opening)
    texts = shape.texts(row) if shape is not None else None
    if texts is None and _ROW.fullmatch(row) and _STRUCK not in row:
        markup = _BETWEEN.findall(row)
        shape = shapes[opening] = _Shape(markup[0], markup[1:-1], markup[-1], len(set(markup[1:-1])) == 1)
        texts = shape.texts(row)
    return texts


NO_PLAIN_ROWS = PlainRows("")
"""For a page that is read as it stands."""
