"""Icons that a font draws where their names stand as text: `<span class="material-icons">star_border</span>`."""

from __future__ import annotations

import lxml.etree

from scrapers.html.elements import Element

_SIGN = b"material-"
_drawn_by_names = lxml.etree.XPath(
    "//body//*[contains(@class, 'material-icons') or contains(@class, 'material-symbols')]"
)
_CLASSES = {
    "star": "icon star-filled",
    "star_rate": "icon star-filled",
    "grade": "icon star-filled",
    "star_half": "icon star-half",
    "star_border": "icon star-empty",
    "star_outline": "icon star-empty",
} | {
    name: word
    for word, names in {
        "icon-check": "check check_circle check_box check_small done done_all task_alt verified",
        "icon-x": "close cancel clear block do_not_disturb highlight_off check_box_outline_blank",
        "icon-minus": "remove horizontal_rule",
    }.items()
    for name in names.split()
}
"""The names of icons as classes of sets whose classes name them."""

_DOLLARS = frozenset(("attach_money", "paid", "monetization_on"))


def put_icons_for_names(root: Element, page: bytes) -> None:
    """Make such names icons of a set that names them by classes; `page` is the page in UTF-8."""
    if _SIGN not in page:
        return
    for element in _drawn_by_names(root):
        name = (element.text or "").strip()
        if len(element) or " " in name or not name:
            continue
        element.tag = "i"
        element.text = "$" if name in _DOLLARS else None
        element.set("class", "" if name in _DOLLARS else _CLASSES.get(name, "icon"))
