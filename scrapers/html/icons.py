"""What an icon says: in a label, by the name that its set gives it, as a stated value, or as a mark that is counted.

Sets of icons tell a filled star from an empty one in many ways: by classes, by `fill`, by colour, by opacity, on the
icon or on the element that wraps it. What nothing tells of one icon, its neighbours may: of five stars in two looks,
the first look is the filled one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from scrapers.html.icon_modalities import SHAPES, WHAT, sided

Element = Any
"""An `lxml` element; the library has no types of its own."""

_NAMED_ICON = re.compile(
    r"(?:^|[\s#/])(?:i-)?(?:(?:lucide|fa|bi|icon|tabler|tabler-icon|mdi|ti|ri|ph|heroicons?|pi|bxs?|las?|uil|anticon|codicon|"
    r"octicon|fi|feather|oi|typcn|zmdi|eva|cil|material-symbols)[-:])?"
    r"([a-z]+[0-9]?(?:-[a-z0-9]+)*)(?=$|\s)"
)
"""A name behind that of its set: `fa-check`, `pi-times-circle`, `i-lucide:check`."""

_FILE = re.compile(r"(?:^|/)([A-Za-z0-9-]{1,40})\.(?:svg|png|webp|gif)(?:$|\?)")
"""The file of an icon: `/icons/check.svg`."""

_STYLE = re.compile(r"-(?:(?:16|20|24)-)?(?:solid|outline|bold|fill|filled|rounded|thin|light)$")
"""What sets add to a name for the way in which it is drawn."""

_YES = (
    "check|check-circle|circle-check|circle-check-big|check-circle-fill|check-circle-icon|check-big|check-icon|check-lg|"
    "check-line|check-mark|check-square|square-check|square-check-big|badge-check|check-check|check-circle-2|"
    "circle-check-2|check2|check2-circle|check2-square|tick|checkmark|checkmark-circle|"
    "checkmark-circle-outline|checkmark-outline|checkmark-done|checkmark-sharp|checkicon|checkcircleicon|checkcircle|checkboxicon"
)
_NO = (
    "x|x-circle|circle-x|x-circle-fill|x-circle-icon|x-icon|x-lg|x-square|square-x|octagon-x|circle-xmark|xmark-circle|"
    "close-outline|close-sharp|close-circle-outline|times|times-circle|cross|cross-circled|xmark|close|close-line|close-circle|closeicon|clearicon|cancelicon|x-mark"
)
_ICON_WORDS = dict.fromkeys(_YES.split("|"), "Yes") | dict.fromkeys(_NO.split("|"), "No")
_ICON_WORDS |= dict.fromkeys(("minus", "dash", "minus-icon"), "—")
_ICON_WORDS |= dict.fromkeys(("arrow-right", "arrow-long-right", "arrow-narrow-right", "move-right"), "→")
_ICON_WORDS |= {
    f"{before}{word}": word.capitalize() for word in ("available", "unavailable") for before in ("", "is-", "status-")
}
_SIDED = re.compile(f"(?:icon-)?(?:(?P<what>{WHAT})-(?P<side>input|output)|(?P<before>input|output)-(?P<after>{WHAT}))")
"""The name of an icon for one modality of one side: `image-input`, `output-text`."""

_REMOVES = re.compile(r"(?:delete|remove)-?icon|(?:chip|tag|pill)[a-z_-]*(?:close|remove|delete)", re.IGNORECASE)
"""The class of a cross on a chip that takes the chip away, and denies nothing."""

_SPACED = re.compile(r"(?<=[0-9])(?=[a-z-])|(?<=[a-z])(?=[0-9-])|[\s,]+", re.IGNORECASE)
_DRAWINGS = dict.fromkeys(
    (
        "m 20 6 9 17",
        "m 20 6 l 9 17",
        "20 6 9 17",
        "m 4.5 12.75 l 6 6",
        "m 4.5 12.75 6 6",
        "m 5 13 l 4 4",
        "m 16.707 5.293",
    ),
    "Yes",
) | dict.fromkeys(("m 18 6 6 18", "m 18 6 l 6 18", "m 6 18 l 18 6", "m 6 18 18 6", "m 4.293 4.293"), "No")
"""How the sets lucide, feather and heroicons draw a tick and a cross."""

_VARIANT = re.compile(r"\S*:\S+")
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
HINTS = (
    "data-tip", "data-tooltip", "data-tooltip-content", "data-original-title", "data-bs-original-title",
    "data-bs-title", "data-tippy-content", "aria-description",
)  # fmt: skip
_SCALES = ("data-rating", "data-score", "data-value")
_FRACTION = re.compile(r"[1-4]\.[0-9]{1,2}")
"""A fraction of anything else than a rating may be an amount, or seconds."""
_OF_FIVE = re.compile(r"[0-5](?:\.[0-9])? ?(?:out of|of|/) ?5(?: stars?)?", re.IGNORECASE)
_SHARE = re.compile(r"0?\.[0-9]{1,24}|[01](?:\.0{1,24})?")
"""A part of one, which is the most of a meter that does not say what its most is."""

_OF_STARS = re.compile(r"stars?(?:$|-)|rating|-rate$")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,12})?")

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
METERS = frozenset(("meter", "progressbar", "slider"))
"""The roles of elements that state their value in an attribute."""

RADIOS = frozenset(("radiogroup",))
"""The role of an element of which one part is chosen."""

SWITCHES = frozenset(("checkbox", "switch"))
"""The roles of elements that are on or off."""


def writable(text: str) -> str:
    """The text without control characters, which `lxml` reads in a page and does not let anybody write."""
    return _UNWRITABLE.sub("", text)


def label_of(element: Element) -> str | None:
    """What an element is called in `aria-label`, a `title` element, `title` or `alt`; an icon is known to be one."""
    get = element.get
    label = get("aria-label") or get("title") or get("alt")
    if not label and element.tag == "svg":
        title = next(element.iterchildren("{*}title"), None)
        label = title.text if title is not None else None
    return " ".join(label.split()).removesuffix(" icon") if label and label.strip() else None


def hint_of(element: Element) -> str | None:
    """What an element shows when it is pointed at, where a script makes the tooltip: `data-tip="Text input"`,
    or `<x-tooltip content="Text input">`."""
    names = (*HINTS, "content") if "-" in element.tag else HINTS
    return next((" ".join(hint.split()) for name in names if (hint := element.get(name))), None)


def stated_value(element: Element, role: str | None) -> str | None:
    """The value of a meter or of a switch in words: `3 out of 5`, `91%`, `Yes`. None for any other element."""
    get, tag = element.get, element.tag
    if tag == "input" and get("type") == "radio":
        return _checked_star(element)
    if role in SWITCHES or (tag == "input" and get("type") == "checkbox"):
        is_on = get("checked") is not None or get("aria-checked") == "true" or get("data-state") == "checked"
        return "Yes" if is_on else "No"
    if tag in ("meter", "progress"):
        return _out_of(get("value"), get("max") or "1")
    if role in METERS:
        spoken = str(get("aria-valuetext") or "").strip()
        if _OF_FIVE.fullmatch(spoken):
            return spoken
        return _out_of(get("aria-valuenow"), get("aria-valuemax") or ("100" if role == "progressbar" else None))
    if role == "radiogroup":
        return _checked(element)
    if tag == "input" and get("type") == "range":
        return _out_of(get("value"), get("max"))
    if (value := get("data-rating")) and _FRACTION.fullmatch(value):
        return _out_of(value, "5")
    return next((_out_of(value, "5") for name in _SCALES if (value := get(name)) and value in "12345"), None)


def stated_by_component(element: Element) -> str | None:
    """What a custom element says in its attributes: `<x-rating value="3" max="5">`, `<x-icon label="Text input">`.

    The most of a rating is five where it does not say another, as in all libraries of components.
    """
    get, tag = element.get, str(element.tag)
    of_stars = _OF_STARS.search(tag)
    value = get("value") or (get("rating") or get("score") or get("stars") if of_stars else None)
    if tag.endswith("-number") and value and _NUMBER.fullmatch(value):
        return f"${value}" if (get("type"), get("currency")) == ("currency", "USD") else value
    most = get("max") or ("5" if of_stars else None)
    return _out_of(value, most) or get("label") or get("data-label")


def _checked_star(button: Element) -> str | None:
    """Which of five buttons that are drawn as stars a checked one is; before them may stand one that is no star."""
    buttons = [one for one in button.getparent().iterchildren("input") if one.get("type") == "radio"]
    stars = buttons[1:] if len(buttons) == 6 else buttons
    is_star = len(stars) == 5 and button in stars and button.get("checked") is not None
    return _out_of(str(stars.index(button) + 1), "5") if is_star else None


def _checked(group: Element) -> str | None:
    """Which of five radio buttons is checked, the last one where all up to it are; of half a button, half."""
    buttons = [one for one in group.iterdescendants() if one.get("role") == "radio"]
    checked = [at for at, one in enumerate(buttons, 1) if one.get("aria-checked") == "true"]
    if len(buttons) != 5 or not checked:
        return None
    last = buttons[checked[-1] - 1]
    is_half = "half" in f"{last.get('class')} {last.getparent().get('class')}"
    return _out_of(f"{checked[-1] - 1}.5" if is_half else str(checked[-1]), "5")


def _out_of(value: str | None, most: str | None) -> str | None:
    if not value or not most:
        return None
    if most == "1" and _SHARE.fullmatch(value):
        return f"{Decimal(value).scaleb(2):f}%"
    return f"{value}%" if most == "100" else f"{value} out of {most}"


def named_icon(element: Element) -> str | None:
    """The word for an icon whose set names it: `lucide-check`, `data-icon="x"`, `<use href="#check">`."""
    if _REMOVES.search(element.get("class") or ""):
        return None
    names = [element.get(name) or "" for name in ("data-icon", "data-lucide", "data-testid", "class")]
    names += [_name_of_component(element)]
    addresses = [_address_of_use(use) for use in element.iter("{*}use")]
    if (stated := sided(element, names[3], addresses)) is not None:
        return stated
    names += addresses
    if element.tag == "img" and _is_alone(element) and (drawn := _FILE.search(element.get("src") or "")) is not None:
        names.append(drawn[1])
    for name in names:
        for match in _NAMED_ICON.finditer(name.lower()):
            if (word := _ICON_WORDS.get(match[1]) or _ICON_WORDS.get(_STYLE.sub("", match[1]))) is not None:
                return word
            if (side := _SIDED.fullmatch(match[1])) is not None:
                return f"{side['what'] or side['after']} {side['side'] or side['before']}".capitalize()
    return _drawn_icon(element) if element.tag == "svg" else None


def _is_alone(picture: Element) -> bool:
    """Whether a picture is all that stands in the cell of a table; beside words it may be a decoration or a button."""
    around = picture.getparent()
    while around is not None and around.tag in ("span", "div") and len(around) == 1:
        around = around.getparent()
    return around is not None and around.tag in ("td", "th") and not any(text.strip() for text in around.itertext())


def shape_of(element: Element) -> str | None:
    """The modality for which an icon of a set stands, by its name, where an arrow beside it tells the side."""
    names = f"{element.get('class') or ''} {_name_of_component(element)}".lower()
    return next((SHAPES[match[1]] for match in _NAMED_ICON.finditer(names) if match[1] in SHAPES), None)


def _name_of_component(element: Element) -> str:
    """What a custom element for an icon draws: `<ion-icon name="star-outline">`, `<iconify-icon icon="mdi:star">`."""
    named = (element.get("name") or element.get("icon") or "") if is_icon_component(element) else ""
    return str(named).rpartition(":")[2]


def is_icon_component(element: Element) -> bool:
    """Whether an element is a custom one for icons."""
    return str(element.tag).endswith("-icon")


def _address_of_use(use: Element) -> str:
    """What a `use` element draws: `#icon-check`, `/sprite.svg#star`."""
    return use.get("href") or use.get("xlink:href") or ""


def _drawn_icon(element: Element) -> str | None:
    """The word for an icon of a set that names none, by how it is drawn."""
    shapes = element.iter("path", "polyline")
    return next((word for shape in shapes if (word := _drawn(shape.get("d") or shape.get("points") or ""))), None)


@lru_cache(maxsize=256)
def _drawn(lines: str) -> str | None:
    lines = _SPACED.sub(" ", lines[:40]).strip().lower()
    return next((word for start, word in _DRAWINGS.items() if lines.startswith(start)), None)


def word_of_label(label: str) -> str:
    """What an icon's label says, which may be no more than the icon's name.

    >>> word_of_label("check-circle"), word_of_label("Text input")
    ('Yes', 'Text input')
    """
    return _ICON_WORDS.get(label.lower(), label)


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
        + _name_of_component(element)
        + "".join(child.get("fill") or _address_of_use(child) for child in element[:2])
    )


def _values(element: Element) -> Iterator[str]:
    return (f"={value}" if (value := element.get(name)) is not None else "" for name in _LOOK)


def is_lit(element: Element) -> bool:
    """Whether an element says itself that it is a filled one."""
    return _evidence(element) == "●"


def _evidence(element: Element) -> str:
    """The mark that an element's own attributes tell; empty where they tell none.

    A set such as lucide writes `fill="none"` on every icon and fills it by a class, so a class speaks before `fill`.
    """
    get = element.get
    said = " ".join(
        get(name) or ""
        for name in ("class", "data-filled", "data-state", "aria-checked", "data-icon", "data-testid", "src", "variant")
    ).lower()
    said += f" {_name_of_component(element)}"
    if element.tag == "svg" and (use := next(element.iterchildren("{*}use"), None)) is not None:
        said += f" {_address_of_use(use).rpartition('#')[2].lower()}"
    if said.strip() and (mark := _said_mark(said, is_unfilled=get("data-filled") == "false")):
        return mark
    shape = next((child for child in element if isinstance(child.tag, str) and child.get("fill")), None)
    fill = (get("fill") or (shape.get("fill") if shape is not None else "") or "").lower()
    if styled := _STYLED_COLOUR.search(get("style") or ""):
        fill = styled[1].strip().lower()
    if fill in ("", "currentcolor"):
        return ""
    return "○" if fill in ("none", "transparent") or is_grey(fill) else "●"


@lru_cache(maxsize=512)
def _said_mark(said: str, *, is_unfilled: bool) -> str:
    said = _VARIANT.sub("", said)
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
