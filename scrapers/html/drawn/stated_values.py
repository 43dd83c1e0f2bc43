"""Values that elements state in attributes instead of words: meters, switches, buttons of which one is chosen."""

from __future__ import annotations

import re
from decimal import Decimal

from scrapers.html.elements import Element

_SCALES = ("data-rating", "data-score", "data-value")
_FRACTION = re.compile(r"[1-4]\.[0-9]{1,2}")
"""A fraction of anything else than a rating may be an amount, or seconds."""

_OF_FIVE = re.compile(r"[0-5](?:\.[0-9])? ?(?:out of|of|/) ?5(?: stars?)?", re.IGNORECASE)
_SHARE = re.compile(r"0?\.[0-9]{1,24}|[01](?:\.0{1,24})?")
"""A part of one, which is the most of a meter that does not say what its most is."""

_OF_STARS = re.compile(r"stars?(?:$|-)|rating|-rate$")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,12})?")
METERS = frozenset(("meter", "progressbar", "slider"))
"""The roles of elements that state their value in an attribute."""

RADIOS = frozenset(("radiogroup",))
"""The role of an element of which one part is chosen."""

SWITCHES = frozenset(("checkbox", "switch"))
"""The roles of elements that are on or off."""


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
