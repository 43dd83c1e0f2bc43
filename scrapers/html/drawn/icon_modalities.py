"""The modality of an icon and its side, as classes, attributes and the names of drawings have them."""

from __future__ import annotations

import re
from typing import Any

Element = Any
"""An `lxml` element; the library has no types of its own."""

WHAT = "text|image|file|audio|video|speech|embedding"
_WHATS = frozenset(WHAT.split("|"))
_SIDES = frozenset(("input", "output"))
_DRAWN_SIDE = re.compile(rf"(?:^|[#/-])({WHAT})-(in|out)(?:put)?$")
"""The end of the address of an icon, or the name of its picture: `#image-in`, `text-output`."""

SHAPES = {
    name: what
    for what, names in {
        "text": "type|text|font|letter-text|align-left|text-cursor|fonts|text-fields|typography|case-sensitive",
        "image": "image|images|picture|photo|image-icon|photograph",
        "audio": "audio|audio-lines|volume|volume-2|volume-up|volume-high|mic|microphone|music|headphones|speaker-wave",
        "video": "video|film|video-camera|videocam|camera-video|clapperboard",
        "file": "file|file-text|paperclip|file-earmark|document|document-text",
    }.items()
    for name in names.split("|")
}
"""The names of icons that sets have for each modality."""


def sided(element: Element, classes: str, addresses: list[str]) -> str | None:
    """The modality and its side that an icon has in two attributes or two classes, or in the name of its drawing."""
    what, side = element.get("data-modality"), element.get("data-direction") or element.get("data-side")
    said = f"{what} {side}" if what and side else classes if "put" in classes else ""
    words = said.lower().replace("_", " ").replace("-", " ").split()
    whats, sides = _WHATS.intersection(words), _SIDES.intersection(words)
    if len(whats) == len(sides) == 1:
        return f"{next(iter(whats))} {next(iter(sides))}".capitalize()
    if element.tag == "img":
        addresses = [(element.get("src") or "").rpartition("/")[2].partition(".")[0]]
    drawn = next((match for address in addresses if (match := _DRAWN_SIDE.search(address.lower()))), None)
    return f"{drawn[1]} {drawn[2]}put".capitalize() if drawn else None
