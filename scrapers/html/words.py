"""The words of an HTML element: its text, line by line, with icons read for what they say.

An icon speaks through its `aria-label`, its `title`, its `alt` or the name that its set gives it; one that is silent is
a mark, `●` filled or `○` empty, for a rating may be a count of them. Elements come from `lxml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

import lxml.etree

from scrapers.html.drawn.glyphs import DIM_END, DIM_START, is_dimmed, lit
from scrapers.html.drawn.icons import is_icon_component, named_icon, shape_of, word_of_label
from scrapers.html.drawn.marks import counted_marks, mark_of, mark_of_label
from scrapers.html.drawn.stated_values import METERS, RADIOS, SWITCHES, stated_by_component, stated_value
from scrapers.html.elements import Element, hint_of, label_of
from scrapers.html.seen import (
    is_block,
    is_column,
    is_hidden,
    is_one_of_five,
    is_pressed,
    selects,
    stands_apart,
)
from scrapers.html.spacing import SHORT, collapsed, flowing, lines_of
from scrapers.outline import BLANK, TELLING, Cell, Link
from scrapers.page.words import is_known_header

SKIPPED = frozenset(("script", "style", "noscript", "template", "dialog", "select", "textarea", "iframe"))
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_ICONS = frozenset(("svg", "img", "i", "picture", "use"))
_STATED = frozenset(("input", "meter", "progress"))
_SAYING = frozenset(("button", "time"))
"""Elements that are read for what they are, though they have no words."""

_STATED_ROLES = METERS | SWITCHES | RADIOS
_PICTOGRAM = re.compile(r"(?:^|[\s_-])(?:star|dollar|icon|dot|pip|status|input|output)|(?:^|\s)i-[a-z]+[-:]")
_SIDE = re.compile(r"(input|output)s?(?: modalit(?:y|ies))?:?", re.IGNORECASE)
_SIDES = re.compile(r"(?:\W*\b(?:in|out)(?:puts?)?(?: modalit(?:y|ies))?:?\W*){2}", re.IGNORECASE)
"""The names of both sides, beside which icons say what is of each: `In: … · Out: …`."""
GRIDS = frozenset(("table", "grid", "treegrid"))
_YEAR = re.compile(r"[0-9]{4}")
_SLASHED = re.compile(r"[0-9]{1,2}([/.])[0-9]{1,2}\1[0-9]{2,4}")
_BAR = re.compile(r"(?:^|;)\s*width\s*:\s*([0-9]{1,3})%")
_ICON_START, _ICON_END = "\x03", "\x04"
_ICON = re.compile(f"{_ICON_START}[^{_ICON_END}]*{_ICON_END}")
_SHAPE_START, _SHAPE_END = "\x05", "\x06"
_SHAPE = re.compile(f"{_SHAPE_START}([^{_SHAPE_END}]*){_SHAPE_END}")
_SHAPED = re.compile(r"(?:\s*\b(?:text|image|audio|video|file)\b\s*)+")
_BETWEEN_ICONS = re.compile(r"[\s→+,|/·]*(?:→|->)?[\s→+,|/·]*")


def words_of(element: Element, skip: Element | None = None) -> Cell:
    """What an element says. `skip` is a descendant to leave out."""
    if len(element):
        if skip is None:
            first = element[0]
            if first.tag == "a" and (cell := _cell_of_link(element, first)) is not None:
                return cell
            if first.tag in _ICONS:
                return _cell_of_icons(element)
        return _read(element, skip)
    text = element.text
    if not text:
        return BLANK
    return _short_cell(text) if len(text) < SHORT else Cell(collapsed(text))


def _read(element: Element, skip: Element | None) -> Cell:
    reader = _Reader(skip)
    reader.read_children(element)
    return reader.cell()


_OF_LINKS = frozenset(("href", "class", "target", "rel", "data-slot", "data-discover"))
"""Attributes of a link that say nothing but where it leads."""


def _cell_of_link(element: Element, link: Element) -> Cell | None:
    """What an element says that holds the words of one link and nothing else; None for any other."""
    if len(element) > 1 or len(link) or (element.text or "").strip() or (link.tail or "").strip():
        return None
    address, words = link.get("href"), collapsed(link.text or "")
    if not (address and words and words.isprintable() and _OF_LINKS.issuperset(link.keys())):
        return None
    return Cell(words, (Link(address.strip(), words),))


def _cell_of_icons(element: Element) -> Cell:
    """What an element says that begins with an icon. Lists have the same few icons in row after row."""
    markup = lxml.etree.tostring(element, with_tail=False)
    cell = _known_icons.get(markup)
    if cell is None:
        if len(_known_icons) >= _MOST_ICONS:
            _known_icons.clear()
        cell = _known_icons[markup] = _read(element, None)
    return cell


_known_icons: dict[bytes, Cell] = {}
_MOST_ICONS = 256


def words_of_each(elements: list[Element]) -> list[Cell]:
    """What each of some elements says. Most cells of a table hold a few letters and nothing else."""
    return [
        _short_cell(text) if not len(one) and (text := one.text) and len(text) < SHORT else words_of(one)
        for one in elements
    ]


def cells_of_texts(rows: list[list[str]]) -> list[list[Cell]]:
    """What the cells of some rows say that hold these texts and nothing else. Each text is looked at once."""
    cells = {text: Cell(collapsed(text)) if text else BLANK for text in set(chain.from_iterable(rows))}
    return [list(map(cells.__getitem__, row)) for row in rows]


@lru_cache(maxsize=2048)
def _short_cell(text: str) -> Cell:
    return Cell(collapsed(text)) if text else BLANK


class _Reader:
    """Collects the words of one element. Nesting is bounded, because the parser refuses deeper trees."""

    def __init__(self, skip: Element | None) -> None:
        self._skip = skip
        self._text: list[str] = []
        self._icons: list[str] = []
        self._links: list[Link] = []
        self._marks: list[tuple[str, str]] = []
        self._tables: list[Element] = []
        self._shapes = 0

    def cell(self) -> Cell:
        """What was read. Icons speak where there are no words, a table within where there are neither."""
        whole = lit("".join(self._text))
        if self._shapes:
            whole = self._with_shapes(whole)
        text = lines_of(_ICON.sub("", whole) if self._icons else whole)
        if not text and not self._icons and self._tables:
            return words_of(self._tables[0])
        if "\n" in text and _is_said_twice(text):
            text = text.partition("\n")[0]
        if not text:
            text = " ".join(self._icons) if "→" in self._icons else "\n".join(dict.fromkeys(self._icons))
        elif self._icons and (
            _SIDES.fullmatch(text) or ("\n" in text and all(line.endswith(":") for line in text.split("\n")))
        ):
            text = lines_of(whole.replace(_ICON_START, " ").replace(_ICON_END, ", "))
        elif self._icons and (_BETWEEN_ICONS.fullmatch(text) or (self._icons == ["→"] and text.count("$") == 2)):
            text = " ".join(whole.replace(_ICON_START, " ").replace(_ICON_END, " ").split())
        elif self._icons and (text.endswith(":") or (all(map(_is_telling, self._icons)) and is_known_header(text))):
            text += "\n" + "\n".join(dict.fromkeys(self._icons))  # what the name of its column stands before
        return Cell(text, tuple(self._links), counted_marks(self._marks) if self._marks else "")

    def _with_shapes(self, whole: str) -> str:
        """The text with the modalities for which icons stand, if there is nothing else but an arrow between them."""
        sides = _SHAPE.sub(r" \1 ", whole.replace(_ICON_START, "").replace(_ICON_END, "")).split("→")
        if len(sides) == 2 and self._shapes == len(self._marks) and all(_SHAPED.fullmatch(side) for side in sides):
            self._marks.clear()
            self._icons.clear()
            return " → ".join(", ".join(side.split()) for side in sides)
        return _SHAPE.sub("", whole)

    def read_children(self, element: Element) -> None:
        text = self._text
        if element.text:
            text.append(flowing(element.text))
        beside, before = False, element.text
        space = "\n" if is_column(element.get("class")) else " "
        for child in element:
            tag, after = child.tag, child.tail
            if isinstance(tag, str) and tag not in SKIPPED and child is not self._skip:
                if is_hidden(child):
                    if child.get("role") == "tooltip":
                        self._read_tooltip(child)
                else:
                    is_below = tag not in BLOCKS and is_block(child.get("class"))
                    is_apart = (before or after) and tag not in BLOCKS and stands_apart(child.get("class"))
                    if is_below:
                        text.append("\n")
                    elif is_apart or (beside and tag not in BLOCKS):
                        is_line = self._skip is not None and stands_apart(child.get("class"))
                        text.append("\n" if is_line else space)  # of what stands beside the facts of a card
                    self._read(child, tag)
                    beside = not after
                    if is_apart or is_below:
                        text.append("\n" if is_below else " ")
            if after:
                text.append(flowing(after))
            before = after

    def _read(self, element: Element, tag: str) -> None:
        if tag == "br":
            self._text.append("\n")
            return
        role = element.get("role")
        if tag == "table" or role in GRIDS:
            self._tables.append(element)
            return
        if tag in _STATED or role in _STATED_ROLES:
            if selects(label_of(element) or ""):
                return
            if value := stated_value(element, role):
                self._add_icon(value)
                return
        if tag == "input" and element.get("type") == "radio":
            return
        label = label_of(element)
        if label and _is_telling(label):
            if label.lower().endswith("available") and any(map(str.isalnum, "".join(element.itertext()))):
                self._read_linked(element)  # the badge of what stands within: `<a title="Unavailable">Acme: One</a>`
            self._text.append(f"\n{label}\n")
        elif label and len(element) and _SIDE.fullmatch(label):
            self._text.append(f"\n{label.rstrip(':')}: {words_of(element).text.replace(chr(10), ', ')}\n")
        elif tag in _ICONS or (role == "img" and (label or not len(element))):
            self._read_icon(element, label)
        elif not len(element) and not (element.text or "").strip() and tag not in _SAYING:
            if tag == "a" and (address := element.get("href")):
                self._links.append(Link(address.strip(), ""))
            self._read_silent(element, tag, label)
        elif tag in BLOCKS:
            self._text.append("\n")
            if len(element) and (hint := hint_of(element)):
                self._read_labelled(element, hint)
            else:
                self.read_children(element)
            self._text.append("\n")
        elif tag == "a" and element.get("href"):
            self._read_linked(element)
        elif tag == "time":
            self._read_time(element)
        elif (tag == "button" or stands_apart(element.get("class"))) and is_pressed(element, tag, label):
            return
        elif is_dimmed(element):
            self._text += (DIM_START, "".join(element.itertext()).strip(), DIM_END)
        else:
            self._read_labelled(element, label if tag != "button" else None)

    def _read_tooltip(self, element: Element) -> None:
        words = words_of(element).words
        if _is_telling(words):
            self._text.append(f"\n{words}\n")

    def _add_icon(self, words: str) -> None:
        self._icons.append(words)
        self._text.append(f"{_ICON_START}{words}{_ICON_END}")

    def _read_linked(self, element: Element) -> None:
        start = len(self._text)
        self.read_children(element)
        if address := element.get("href"):
            words = _ICON.sub("", lit("".join(self._text[start:])))
            self._links.append(Link(address.strip(), lines_of(words)))

    def _read_labelled(self, element: Element, label: str | None) -> None:
        words, marks = len(self._text), len(self._marks)
        icons, shapes = len(self._icons), self._shapes
        self.read_children(element)
        said = "".join(self._text[words:])
        said = _SHAPE.sub("", said) if self._shapes > shapes else said
        is_silent = not said.strip()
        if (label or len(element)) and len(self._icons) == icons and (is_silent or not any(map(str.isalnum, said))):
            label = label or hint_of(element)
            if label and (is_silent or _is_telling(label)):
                del self._marks[marks:]
                if self._shapes > shapes or not is_silent:
                    self._shapes = shapes
                    del self._text[words:]
                self._add_icon(label)

    def _read_icon(self, element: Element, label: str | None) -> None:
        inner = (element.text or "").strip() if element.tag == "i" else ""
        label = label or hint_of(element)
        if label and (mark := mark_of_label(label)):
            self._marks.append((mark, ""))
        elif label:
            self._add_icon(word_of_label(label))
        elif inner:
            self._text += (DIM_START, inner, DIM_END) if is_dimmed(element) else (inner,)
        elif word := named_icon(element):
            self._add_icon(word)
        elif element.tag != "img" or "star" in (element.get("src") or ""):
            self._marks.append(mark_of(element))
            if shape := shape_of(element):
                self._shapes += 1
                self._text.append(f"{_SHAPE_START}{shape}{_SHAPE_END}")

    def _read_silent(self, element: Element, tag: str, label: str | None) -> None:
        said = label or hint_of(element) or stated_value(element, None)
        said = said or (stated_by_component(element) if "-" in tag else None)
        if said or (said := named_icon(element) if is_icon_component(element) else None):
            self._add_icon(said)
        elif is_icon_component(element):
            self._marks.append(mark_of(element))
        elif not is_one_of_five(element) and (bar := _BAR.search(element.get("style") or "")):
            self._read_bar(element, int(bar[1]))
        elif (
            is_icon := _PICTOGRAM.search((element.get("class") or "").lower()) or element.get("data-modality")
        ) or is_one_of_five(element):
            if is_icon and (word := named_icon(element)):
                self._add_icon(word)
            else:
                self._marks.append(mark_of(element))
        elif tag in BLOCKS:
            self._text.append("\n")

    def _read_bar(self, element: Element, percent: int) -> None:
        """What a width shows of a strip of five stars: whole stars only. Other bars only repeat what stands beside."""
        classes = f"{element.get('class')} {element.getparent().get('class')}".lower()
        if percent in (20, 40, 60, 80, 100) and ("star" in classes or "rating" in classes):
            self._add_icon(f"{percent // 20} out of 5")

    def _read_time(self, element: Element) -> None:
        start = len(self._text)
        self.read_children(element)
        stated = element.get("datetime")
        if stated and _YEAR.match(stated) and not says_a_day("".join(self._text[start:])):
            self._text[start:] = [stated]


def says_a_day(words: str) -> bool:
    """Whether the words of a `time` say the day that it means: with its year, and not `6/2/2026`, which is two days."""
    return _YEAR.search(words) is not None and _SLASHED.search(words) is None


def _is_said_twice(text: str) -> bool:
    """Whether every line says the same: icons for light and for dark windows, `Yes` and `Yes`."""
    lines = text.split("\n")
    return len(set(lines)) == 1 and _is_telling(lines[0])


@lru_cache(maxsize=256)
def _is_telling(label: str) -> bool:
    return TELLING.fullmatch(label) is not None
