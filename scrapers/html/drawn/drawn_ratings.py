"""Ratings that are drawn: five buttons of which one is chosen, and five stars that are cut off after some.

<label><input type="radio" name="speed" value="3" checked><span class="sr-only">3 stars</span></label>
<div class="stars">☆☆☆☆☆<div style="width: 60%">★★★★★</div></div>
<div class="rating"><div aria-label="1 star"></div><div aria-label="2 stars" aria-current="true"></div>...
"""

from __future__ import annotations

import re
from itertools import islice

import lxml.etree

from scrapers.html.drawn.stated_ratings import WIDTH, put_stated_ratings, say
from scrapers.html.elements import Element

_RADIO = re.compile(rb"""type=["']?radio""")
_radios = lxml.etree.XPath("//input[@type='radio']")
_strips = lxml.etree.XPath("//*[contains(@style, 'width') and contains(@style, '%')]")
_current = lxml.etree.XPath("//*[@aria-current='true' and @aria-label]")
_STARS = re.compile(r"([1-5])(?: stars?)?", re.IGNORECASE)
_FIVE_STARS = re.compile(r"\s*(?:[★⭐$]\s*){5}")
_ALL_STARS = re.compile(r"\s*(?:[★⭐☆$]\s*){5,10}")
_SCALE = ["1", "2", "3", "4", "5"]
_MOST_BESIDE = 6
"""Elements of five grey stars, and the strip over them."""
_HIGHEST = 3
"""How many elements above a button the one of all five may be."""


def put_drawn_ratings(root: Element, page: bytes) -> None:
    """Put the rating in words in place of what draws it; a dash where none of five buttons is chosen."""
    if b"radio" in page and _RADIO.search(page):
        for button in _radios(root):
            if button.get("value") == "1" and (whole := _whole(button)) is not None:
                chosen = [one for one in whole.iter("input") if one.get("checked") is not None]
                value = chosen[0].get("value") if chosen else "0"
                say(whole, "—" if value == "0" else f"{value} out of 5")
    put_stated_ratings(root, page)
    if b"aria-current" in page:
        for star in _current(root):
            _say_which_is_current(star)
    if "★".encode() in page and b"style=" in page and b"width" in page:
        for strip in _strips(root):
            width = WIDTH.search(strip.get("style"))
            if width and int(width[1]) <= 100 and _FIVE_STARS.fullmatch("".join(strip.itertext())):
                parent = strip.getparent()
                is_small = parent is not None and len(parent) <= _MOST_BESIDE
                is_over_others = is_small and _ALL_STARS.fullmatch("".join(parent.itertext()))
                rating = f"{int(width[1]) / 20:g}"
                say(parent if is_over_others else strip, f"{rating} out of 5")


def _say_which_is_current(star: Element) -> None:
    """Say which of five elements that are called after their stars is the current one: `4 stars`."""
    group = star.getparent()
    named = [_STARS.fullmatch(one.get("aria-label") or "") for one in group] if len(group) == len(_SCALE) else []
    if all(named) and [match[1] for match in named if match] == _SCALE and not "".join(group.itertext()).strip():
        say(group, f"{_SCALE[group.index(star)]} out of 5")


def _whole(button: Element) -> Element | None:
    """The element around five buttons of these values, and nothing but words of theirs."""
    whole = button
    for _ in range(_HIGHEST):
        whole = whole.getparent()
        if whole is None:
            return None
        inputs = islice(whole.iter("input"), 2 * len(_SCALE))
        buttons = [one.get("value") for one in inputs if one.get("type") == "radio"]
        if len(buttons) >= len(_SCALE):
            is_scale = sorted(buttons) in (_SCALE, ["0", *_SCALE])
            return whole if is_scale and _says_no_more(whole) else None
    return None


def _says_no_more(whole: Element) -> bool:
    words = re.findall(r"[^\W\d_]+", "".join(whole.itertext()).lower())
    return set(words) <= {"star", "stars", "of", "out", "rating", "rated"}
