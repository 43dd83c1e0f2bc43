"""The words of an HTML element: its text, line by line, with icons read for what they say.

An icon speaks through its `aria-label`, its `title`, its `alt` or the name that its set gives it; one that is silent is
a mark, `●` filled or `○` empty, for a rating may be a count of them. Elements come from `lxml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from scrapers.outline import BLANK, TELLING, Cell, Link, plainly_spaced

Element = Any
"""An `lxml` element; the library has no types of its own."""

SKIPPED = frozenset(("script", "style", "noscript", "template", "dialog", "select", "textarea", "iframe"))
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_ICONS = frozenset(("svg", "img", "i", "picture", "use"))
_ROLES = frozenset(("img", "meter"))
_GRIDS = frozenset(("table", "grid", "treegrid"))
_NAMED_ICON = re.compile(
    r"(?:^|[\s#/])(?:(?:lucide|fa|bi|icon|tabler-icon|mdi|ti|heroicon)-)?([a-z]+(?:-[a-z]+)*)(?=$|\s)"
)
_ICON_WORDS = dict.fromkeys(("check", "check-circle", "circle-check", "tick", "checkmark", "checkicon"), "Yes")
_ICON_WORDS |= dict.fromkeys(
    ("x", "x-circle", "circle-x", "times", "cross", "xmark", "close", "closeicon", "x-mark"), "No"
)
_ICON_WORDS |= {"minus": "—", "dash": "—"}
_EMPTY = re.compile(
    r"(?:^|[\s_-])(?:empty|outline|outlined|muted|gr[ae]y|slate|zinc|neutral|off|inactive|unfilled|"
    r"faded|none|transparent)"
)
_FILLED = re.compile(
    r"(?:^|[\s_-])(?:filled|full|solid|active|on|yellow|amber|gold|orange|fill-(?!none|transparent)\w+|true|checked)"
)
_PICTOGRAM = re.compile(r"(?:^|[\s_-])(?:star|dollar|icon|dot|pip)")
_YEAR = re.compile(r"[0-9]{4}")
_GLYPHS = re.compile(r"[$★⭐●]+")
_VARIANT = re.compile(r"\S*:\S+")
_DIMMED = re.compile(
    r"(?:^|[\s_-])(?:opacity-(?:[1-6]?[05])(?![0-9])|(?:gr[ae]y|slate|zinc|neutral|stone)-(?:50|[1-5]00)(?![0-9])|"
    r"muted|dim(?:med)?|faded|empty|off|inactive|unfilled|disabled)"
)
_SEE_THROUGH = re.compile(r"opacity:(?:0?\.[0-6]|[1-6]?[0-9]%)")
_DIM_START, _DIM_END = "\x01", "\x02"
_DIM = re.compile(f"{_DIM_START}[^{_DIM_END}]*{_DIM_END}")
_COUNTED_GLYPH = re.compile(r"[$★⭐●](?!\s*[0-9.])")


def words_of(element: Element, skip: Element | None = None) -> Cell:
    """What an element says. `skip` is a descendant to leave out."""
    if len(element):
        reader = _Reader(skip)
        reader.read_children(element)
        return reader.cell()
    text = element.text
    if not text:
        return BLANK
    return _short_cell(text) if len(text) < _SHORT else Cell(_collapsed(text))


def words_of_each(elements: list[Element]) -> list[Cell]:
    """What each of some elements says. Most cells of a table hold a few letters and nothing else."""
    return [
        _short_cell(text) if not len(one) and (text := one.text) and len(text) < _SHORT else words_of(one)
        for one in elements
    ]


_SHORT = 64
"""Characters. The words of a shorter cell, `Yes` or `Zero-shot`, come again and again."""


@lru_cache(maxsize=2048)
def _short_cell(text: str) -> Cell:
    return Cell(_collapsed(text))


def _collapsed(text: str) -> str:
    """The text with white space made single."""
    if "\xa0" not in text:
        return " ".join(text.split())
    return " ".join(plainly_spaced(text).replace("\xa0", "\0").split()).replace("\0", "\xa0")


class _Reader:
    """Collects the words of one element. Nesting is bounded, because the parser refuses deeper trees."""

    def __init__(self, skip: Element | None) -> None:
        self._skip = skip
        self._text: list[str] = []
        self._icons: list[str] = []
        self._links: list[Link] = []
        self._marks: list[str] = []
        self._tables: list[Element] = []

    def cell(self) -> Cell:
        """What was read. A table within a cell speaks only where the cell has no words of its own."""
        text = _lines(_lit("".join(self._text)))
        if not text and not self._icons and self._tables:
            return words_of(self._tables[0])
        if not text:
            text = "\n".join(dict.fromkeys(self._icons))
        return Cell(text, tuple(self._links), "".join(self._marks))

    def read_children(self, element: Element) -> None:
        text = self._text
        if element.text:
            text.append(element.text)
        beside = False
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in SKIPPED and child is not self._skip and not is_hidden(child):
                if beside and tag not in BLOCKS:
                    text.append(" ")
                self._read(child, tag)
                beside = not child.tail
            if child.tail:
                text.append(child.tail)

    def _read(self, element: Element, tag: str) -> None:
        if tag == "br":
            self._text.append("\n")
            return
        if tag == "table" or element.get("role") in _GRIDS:
            self._tables.append(element)
            return
        label = label_of(element)
        if label and _is_telling(label):
            if label.lower().endswith("available"):
                self._read_linked(element)  # the badge of what stands within: `<a title="Unavailable">Acme: One</a>`
            self._text.append(f"\n{label}\n")
        elif tag in _ICONS or element.get("role") in _ROLES:
            self._read_icon(element, label)
        elif tag in BLOCKS:
            self._text.append("\n")
            self.read_children(element)
            self._text.append("\n")
        elif tag == "a" and element.get("href"):
            self._read_linked(element)
        elif tag == "time":
            self._read_time(element)
        elif not len(element) and not (element.text or "").strip() and tag != "button":
            self._read_silent(element, label)
        elif _is_dimmed(element):
            self._text += (_DIM_START, "".join(element.itertext()).strip(), _DIM_END)
        else:
            self._read_labelled(element, label if tag != "button" else None)

    def _read_linked(self, element: Element) -> None:
        start = len(self._text)
        self.read_children(element)
        if address := element.get("href"):
            self._links.append(Link(address.strip(), _lines(_lit("".join(self._text[start:])))))

    def _read_labelled(self, element: Element, label: str | None) -> None:
        words, marks = len(self._text), len(self._marks)
        icons = len(self._icons)
        self.read_children(element)
        if label and not "".join(self._text[words:]).strip() and len(self._icons) == icons:
            del self._marks[marks:]
            self._icons.append(label)

    def _read_icon(self, element: Element, label: str | None) -> None:
        inner = (element.text or "").strip() if element.tag == "i" else ""
        if label:
            self._icons.append(label)
        elif inner:
            self._text += (_DIM_START, inner, _DIM_END) if _is_dimmed(element) else (inner,)
        elif word := _named_icon(element):
            self._icons.append(word)
        elif element.tag != "img":
            self._marks.append(mark_of(element))

    def _read_silent(self, element: Element, label: str | None) -> None:
        if label:
            self._icons.append(label)
        elif _PICTOGRAM.search((element.get("class") or "").lower()):
            self._marks.append(mark_of(element))

    def _read_time(self, element: Element) -> None:
        start = len(self._text)
        self.read_children(element)
        stated = element.get("datetime")
        if stated and not _YEAR.search("".join(self._text[start:])):
            self._text[start:] = [stated]


@lru_cache(maxsize=256)
def _is_telling(label: str) -> bool:
    return TELLING.fullmatch(label) is not None


def _is_dimmed(element: Element) -> bool:
    """Whether an element greys out the glyphs that it holds: `$$` of `$$$$$` in full colour, the rest for the scale."""
    said = _VARIANT.sub("", (element.get("class") or "").lower())
    style = (element.get("style") or "").replace(" ", "")
    if not (_DIMMED.search(said) or _SEE_THROUGH.search(style)):
        return False
    return _GLYPHS.fullmatch("".join("".join(element.itertext()).split())) is not None


def _lit(text: str) -> str:
    """The text without glyphs that are greyed out beside others that are not. Where all are grey, grey is a style."""
    if _DIM_START not in text:
        return text
    lit = _DIM.sub("", text)
    whole = text.replace(_DIM_START, "").replace(_DIM_END, "")
    return lit if _COUNTED_GLYPH.search(lit) else whole


def _lines(text: str) -> str:
    """The lines of a text, without empty ones, white space made single."""
    if "\n" not in text and "  " not in text and "\t" not in text and "\xa0" not in text:
        return text.strip()
    return _short_lines(text) if len(text) < _SHORT else _kept_lines(text)


def _kept_lines(text: str) -> str:
    kept = (_collapsed(line) for line in text.split("\n"))
    return "\n".join(line for line in kept if line)


_short_lines = lru_cache(maxsize=1024)(_kept_lines)


def is_hidden(element: Element) -> bool:
    """Whether nobody sees the element; a panel behind a tab is only out of sight."""
    get = element.get
    role, style, is_marked = get("role"), get("style"), get("hidden") is not None
    if not (style or is_marked):
        return bool(role == "tooltip")
    return (is_marked or "display:none" in style.replace(" ", "")) and role != "tabpanel"


def label_of(element: Element) -> str | None:
    """What an element is called in `aria-label`, a `title` element, `title` or `alt`."""
    get = element.get
    label = get("aria-label") or get("title") or get("alt")
    if not label and element.tag == "svg":
        title = next(element.iterchildren("{*}title"), None)
        label = title.text if title is not None else None
    return " ".join(label.split()) if label and label.strip() else None


def _named_icon(element: Element) -> str | None:
    """The word for an icon whose set names it: `lucide-check`, `data-icon="x"`, `<use href="#check">`."""
    names = [element.get(name) or "" for name in ("data-icon", "data-lucide", "data-testid", "class")]
    names += [use.get("href") or use.get("xlink:href") or "" for use in element.iter("{*}use")]
    for name in names:
        for match in _NAMED_ICON.finditer(name.lower()):
            if match[1] in _ICON_WORDS:
                return _ICON_WORDS[match[1]]
    return None


def mark_of(element: Element) -> str:
    """`●` for a filled icon, `○` for an empty one, `◐` for a half, by what its attributes say.

    A set such as lucide writes `fill="none"` on every icon and fills it by a class, so a class speaks before `fill`.
    """
    get = element.get
    said = " ".join(
        get(name) or "" for name in ("class", "data-filled", "data-state", "aria-checked", "data-icon")
    ).lower()
    if "half" in said:
        return "◐"
    if "fill-none" in said or "fill-transparent" in said or get("data-filled") == "false":
        return "○"
    if _FILLED.search(said):
        return "●" if not re.search(r"fill-(?:muted|gr[ae]y|slate|zinc|neutral)", said) else "○"
    if _EMPTY.search(said):
        return "○"
    shape = next((child for child in element if isinstance(child.tag, str) and child.get("fill")), None)
    fill = (get("fill") or (shape.get("fill") if shape is not None else "") or "").lower()
    return "○" if fill in ("none", "transparent") or _is_grey(fill) else "●"


def _is_grey(fill: str) -> bool:
    match = re.fullmatch(r"#([0-9a-f]{6}|[0-9a-f]{3})", fill)
    if match is None:
        return fill in ("gray", "grey", "lightgray", "lightgrey", "silver")
    size = len(match[1]) // 3
    parts = [int(match[1][i : i + size] * (3 - size), 16) for i in range(0, size * 3, size)]
    return max(parts) - min(parts) <= 24 and min(parts) >= 128
