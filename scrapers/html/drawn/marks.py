"""Icons that are counted: which are filled, which are empty, and how many that makes of five.

Sets of icons tell a filled star from an empty one in many ways: by classes, by `fill`, by colour, by opacity, on the
icon or on the element that wraps it. What nothing tells of one icon, its neighbours may: of five stars in two looks,
the first look is the filled one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from scrapers.html.drawn.icons import address_of_use, name_of_component
from scrapers.html.elements import Element

VARIANT = re.compile(r"\S*:\S+")
_EMPTY = re.compile(
    r"(?:^|[\s_-])(?:empty|iconempty|outline|outlined|muted|gr[ae]y|slate|zinc|neutral|stone|(?:off|far|none)(?![a-z])|"
    r"regular|border|starbordericon|star-o(?![a-z])|inactive|unfilled|unchecked|faded|transparent|disabled|"
    r"opacity-(?:[1-6]?[05])(?![0-9]))"
)
_FILLED = re.compile(
    r"(?:^|[\s_-])(?:filled|iconfilled|full|solid|(?:on|fas|true)(?![a-z])|active|yellow|amber|gold|orange|checked|"
    r"fill-(?!none|transparent)\w+)"
)
_FILLED_GREY = re.compile(r"fill-(?:muted|gr[ae]y|slate|zinc|neutral|stone)")
_LOOK = (
    "class", "style", "fill", "src", "alt", "title", "stroke", "color", "data-filled", "data-state", "data-icon",
    "data-highlighted", "data-active", "data-selected", "variant",
)  # fmt: skip
_STYLED_COLOUR = re.compile(r"(?:^|[;\s])(?:color|fill|background(?:-color)?)\s*:\s*([^;]+)", re.IGNORECASE)
_RATING_ICON = re.compile(
    r"(?:(filled|full|solid|active|gold|yellow|lit)|(empty|outlined?|blank|unfilled|inactive|gr[ae]y|hollow)|(half))"
    r"[ -](?:star|dollar(?: sign)?|coin|dot)(?: icon)?",
    re.IGNORECASE,
)


def mark_of_label(label: str) -> str | None:
    """The mark for an icon that is labelled as one of several: `Filled star`, `☆`. None for any other label."""
    if label in ("★", "⭐", "☆"):
        return "○" if label == "☆" else "●"
    match = _RATING_ICON.fullmatch(label)
    return None if match is None else "●" if match[1] else "○" if match[2] else "◐"


def mark_of(element: Element) -> tuple[str, str]:
    """`●` for a filled icon, `○` for an empty one, `◐` for a half, by what its attributes say; and how it looks.

    An icon that says nothing of the kind may stand in an element that does, alone or with others of five, of which the
    rest stands beside; one that nothing is known of counts.
    """
    mark, look = _evidence(element), _look(element)
    parent = element.getparent()
    while parent is not None and parent.tag in _AROUND and (len(parent) == 1 or _is_some_of_five(parent)):
        mark = mark or _evidence(parent)
        look += _look(parent)
        parent = parent.getparent()
    return mark or "●", look


_AROUND = frozenset(("span", "i", "div", "li", "b"))


def _is_some_of_five(element: Element) -> bool:
    """Whether an element holds some of five icons of a kind, and the element beside it the others:
    `<b><i/><i/></b><b class="text-gray-300"><i/><i/><i/></b>`."""
    beside = element.getnext() if element.getnext() is not None else element.getprevious()
    whole = element.getparent()
    if beside is None or whole is None or len(whole) != 2 or len(element) + len(beside) != 5 or not len(beside):
        return False
    return len({(icon.tag, len(icon)) for icon in (*element, *beside)}) == 1


def counted_marks(marks: list[tuple[str, str]]) -> str:
    """The marks of some icons side by side. Where all are the same by themselves, their looks tell them apart."""
    said = "".join(mark for mark, _ in marks)
    if len(marks) == 5 and len(set(said)) == 1:
        runs = [len(list(run)) for _, run in groupby(look for _, look in marks)]
        if len(runs) == 2:
            return "●" * runs[0] + "○" * runs[1]
    return said


def _look(element: Element) -> str:
    return (
        "\0".join(_values(element))
        + name_of_component(element)
        + "".join(child.get("fill") or address_of_use(child) for child in element[:2])
    )


def _values(element: Element) -> Iterator[str]:
    return (f"={value}" if (value := element.get(name)) is not None else "" for name in _LOOK)


def is_lit(element: Element) -> bool:
    """Whether an element says itself that it is a filled one."""
    return _evidence(element) == "●"


def _evidence(element: Element) -> str:
    """The mark that an element's own attributes tell; empty where they tell none.

    A set such as lucide writes `fill="none"` on every icon and fills it by a class, so a class speaks before `fill`; a
    dollar sign is drawn in lines and never filled.
    """
    get = element.get
    said = " ".join(
        get(name) or ""
        for name in ("class", "data-filled", "data-state", "aria-checked", "data-icon", "data-testid", "src", "variant")
    ).lower()
    said += f" {name_of_component(element)}"
    if element.tag == "svg" and (use := next(element.iterchildren("{*}use"), None)) is not None:
        said += f" {address_of_use(use).rpartition('#')[2].lower()}"
    if said.strip() and (mark := _said_mark(said, is_unfilled=get("data-filled") == "false")):
        return mark
    shape = next((child for child in element if isinstance(child.tag, str) and child.get("fill")), None)
    fill = (get("fill") or (shape.get("fill") if shape is not None else "") or "").lower()
    if styled := _STYLED_COLOUR.search(get("style") or ""):
        fill = styled[1].strip().lower()
    if fill in ("", "currentcolor") or (fill == "none" and "dollar" in said):
        return ""
    return "○" if fill in ("none", "transparent") or is_grey(fill) else "●"


@lru_cache(maxsize=512)
def _said_mark(said: str, *, is_unfilled: bool) -> str:
    said = VARIANT.sub("", said)
    if "half" in said:
        return "◐"
    if is_unfilled or "fill-none" in said or "fill-transparent" in said or _FILLED_GREY.search(said):
        return "○"
    return "●" if _FILLED.search(said) else "○" if _EMPTY.search(said) else ""


def is_grey(colour: str) -> bool:
    """Whether a colour is one that things are greyed out in: a light one without a hue.

    >>> is_grey("#d1d5db"), is_grey("#facc15"), is_grey("silver")
    (True, False, True)
    """
    match = re.fullmatch(r"#([0-9a-f]{6}|[0-9a-f]{3})", colour)
    if match is None:
        return colour in ("gray", "grey", "lightgray", "lightgrey", "silver")
    size = len(match[1]) // 3
    parts = [int(match[1][i : i + size] * (3 - size), 16) for i in range(0, size * 3, size)]
    return max(parts) - min(parts) <= 24 and min(parts) >= 128
