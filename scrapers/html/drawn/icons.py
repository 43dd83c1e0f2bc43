"""What an icon says by the name that its set gives it, or by how it is drawn."""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.html.drawn.icon_modalities import SHAPES, WHAT, sided
from scrapers.html.elements import Element

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


def named_icon(element: Element) -> str | None:
    """The word for an icon whose set names it: `lucide-check`, `data-icon="x"`, `<use href="#check">`."""
    if _REMOVES.search(element.get("class") or ""):
        return None
    names = [element.get(name) or "" for name in ("data-icon", "data-lucide", "data-testid", "class")]
    names += [name_of_component(element)]
    addresses = [address_of_use(use) for use in element.iter("{*}use")]
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
    names = f"{element.get('class') or ''} {name_of_component(element)}".lower()
    return next((SHAPES[match[1]] for match in _NAMED_ICON.finditer(names) if match[1] in SHAPES), None)


def name_of_component(element: Element) -> str:
    """What a custom element for an icon draws: `<ion-icon name="star-outline">`, `<iconify-icon icon="mdi:star">`."""
    named = (element.get("name") or element.get("icon") or "") if is_icon_component(element) else ""
    return str(named).rpartition(":")[2]


def is_icon_component(element: Element) -> bool:
    """Whether an element is a custom one for icons."""
    return str(element.tag).endswith("-icon")


def address_of_use(use: Element) -> str:
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
