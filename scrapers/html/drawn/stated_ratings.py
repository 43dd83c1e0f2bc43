"""Ratings that elements state in attributes, for scripts and style sheets to draw: put in words in their place.

<div class="stars" style="--rating: 3"></div>     <span data-stars="3"><svg/><svg/><svg/><svg/><svg/></span>
<i class="stars stars-3"></i>                     <img src="/stars-3.svg" alt="">
<div class="level"><span class="bar on"></span> (three of these) <span class="bar"></span> (two) </div>
<div><svg/>(five)<div style="width: 60%"><svg/>(five)</div></div>
"""

from __future__ import annotations

import re

import lxml.etree

from scrapers.html.drawn.marks import counted_marks, is_lit, mark_of
from scrapers.html.elements import Element

_SIGNS = re.compile(
    rb"data-(?:rating|stars|score|value)|--[a-z-]{0,20}(?:star|rating|rate|score|value)[a-z-]{0,20}\s*:"
)
_STATING = lxml.etree.XPath(
    "//*[@data-rating or @data-stars or @data-rating-value or @data-score or @data-value or contains(@style, '--')]"
)
_NAMES = ("data-rating", "data-stars", "data-rating-value", "data-score")
_VARIABLE = re.compile(r"--([a-z-]*)\s*:\s*([0-5](?:\.[0-9])?)\s*(?:;|$)")
_OF_RATINGS = re.compile(r"star|rating|rate(?![a-z])|score", re.IGNORECASE)
_FIGURE = re.compile(r"[1-5]|[0-4]\.[0-9]|5\.0")

_CODED = re.compile(r"(?:^|\s)(?:[a-z]+[-_]{1,2})*(?:stars?|rating|rate)[-_]{1,2}([1-5])(?=\s|$)")
_HAS_CODE = " or ".join(
    f"contains(@class, '{word}{sign}')" for word in ("star", "stars", "rating", "rate") for sign in "-_"
)
_classed = lxml.etree.XPath(f"//*[@class and not(*) and not(text()[normalize-space()]) and ({_HAS_CODE})]")
_CODES = re.compile(rb"(?:stars?|rating|rate)[-_]{1,2}[1-5][\s\"']")
_PICTURE = re.compile(
    r"(?:^|/)[a-z-]*(?:stars?|rating)[-_]?([1-5])(?:[.-][0-9a-z]+)?\.(?:svg|png|webp|gif)$", re.IGNORECASE
)
_PICTURES = re.compile(rb"(?:stars?|rating)[-_]?[1-5][^\"'<>\s]*\.(?:svg|png|webp|gif)")

_EMPTY_ONES = (b"></span>", b"></div>", b"></li>", "★</li>".encode())
_FIVES = lxml.etree.XPath(
    "//*[count(*) = 5 and (count(span) = 5 or count(div) = 5 or count(li) = 5 or count(b) = 5)"
    " and not(text()[normalize-space()])]"
)
_COUNTED = re.compile(r"star|rating|rate(?![a-z])|dot|pip|bar|level|dollar|coin|meter|segment", re.IGNORECASE)
_GLYPH = re.compile("[★⭐●$]")

_strips = lxml.etree.XPath(
    "//*[(contains(@style, 'width') and contains(@style, '%')) or contains(@style, 'clip-path')]"
)
_CUT_OFF = re.compile(rb"width\s*:\s*[0-9]{2,3}(?:\.0+)?%|clip-path\s*:\s*inset")
WIDTH = re.compile(r"(?:^|;)\s*width\s*:\s*([0-9]{1,3})(?:\.0+)?%")
"""How much of its place a strip takes that is drawn over others."""

_CUT = re.compile(r"clip-path\s*:\s*inset\(0(?:px)? ([0-9]{1,3})(?:\.0+)?% 0(?:px)? 0(?:px)?\)")
_ICONS = ("svg", "i", "img")
_MOST_INSIDE = 64
"""Elements within a rating."""


def say(element: Element, words: str) -> None:
    """Put words in place of what an element holds."""
    del element[:]
    element.text = words
    for name in ("style", "aria-label", "title", "role"):
        element.attrib.pop(name, None)
    if element.tag in ("fieldset", "img", "i"):
        element.tag = "span"


def put_stated_ratings(root: Element, page: bytes) -> None:
    """Put in words what is drawn by scripts and style sheets, where an attribute says how much of it is."""
    if b"rating" in page or b"star" in page or b"data-score" in page:
        _put_what_is_called_a_rating(root, page)
    if b"style=" in page and _CUT_OFF.search(page):
        for strip in _strips(root):
            _say_how_much_is_shown(strip)
    if any(sign in page for sign in _EMPTY_ONES):
        for five in _FIVES(root):
            _say_how_many_are_lit(five)


def _put_what_is_called_a_rating(root: Element, page: bytes) -> None:
    if _SIGNS.search(page):
        for element in _STATING(root):
            if (figure := _stated(element)) and _is_wordless(element):
                say(element, f"{figure} out of 5")
    if _CODES.search(page):
        for element in _classed(root):
            if (coded := _CODED.search(element.get("class").lower())) and not _is_one_of_several(element):
                say(element, f"{coded[1]} out of 5")
    if _PICTURES.search(page):
        for image in list(root.iter("img")):
            if not image.get("alt") and (coded := _PICTURE.search(image.get("src") or "")):
                say(image, f"{coded[1]} out of 5")


def _stated(element: Element) -> str | None:
    """The figure from 1 to 5 that an element's attributes say it shows."""
    if element.get("data-max") not in (None, "5") or element.get("max") not in (None, "5"):
        return None
    called = f"{element.tag} {element.get('class')}"
    figure = next((value for name in _NAMES if (value := element.get(name))), None)
    if figure is None and _OF_RATINGS.search(called):
        figure = element.get("data-value")
    if figure is None and (style := element.get("style")):
        found = [(name, value) for name, value in _VARIABLE.findall(style)]
        figure = next(
            (v for n, v in found if _OF_RATINGS.search(n) or (n == "value" and _OF_RATINGS.search(called))), None
        )
    figure = (figure or "").strip().removesuffix(".0")
    return figure if _FIGURE.fullmatch(figure) and figure >= "1" else None


def _is_one_of_several(element: Element) -> bool:
    """Whether an element is called something, or is beside others of its class: `icon-star-1` is a name of an icon."""
    beside = (element.getprevious(), element.getnext())
    return bool(element.get("aria-label")) or any(
        one is not None and one.get("class") == element.get("class") for one in beside
    )


def _is_wordless(element: Element) -> bool:
    """Whether an element says nothing in words: it is empty, or all that it holds is drawn."""
    inside = list(element.iter())
    return len(inside) <= _MOST_INSIDE and not any(map(str.isalnum, "".join(element.itertext())))


def _say_how_much_is_shown(strip: Element) -> None:
    """Say how many of five icons a strip shows, which is cut off after some and lies over five others."""
    style, whole = strip.get("style"), strip.getparent()
    if match := WIDTH.search(style):
        percent = int(match[1])
    elif match := _CUT.search(style):
        percent = 100 - int(match[1])
    else:
        return
    if whole is None or not 0 < percent <= 100 or percent % 10 or not (_is_wordless(whole) and len(whole) <= 6):
        return
    lit, all_ = _icons_in(strip), _icons_in(whole)
    if lit == 5 and all_ == 10:
        say(whole, f"{percent / 20:g} out of 5")


def _icons_in(element: Element) -> int:
    stars = "".join(element.itertext())
    return sum(1 for _ in element.iter(*_ICONS)) or sum(stars.count(star) for star in "★⭐☆")


def _say_how_many_are_lit(five: Element) -> None:
    """Say how many of five elements of a kind are lit, which hold nothing or a glyph each."""
    texts = {(child.text or "").strip() for child in five}
    if any(len(child) or (child.tail or "").strip() or child.get("aria-label") for child in five) or len(texts) > 1:
        return
    (text,) = texts
    if text and (_GLYPH.fullmatch(text) is None or five[0].tag != "li"):
        return
    if not text and not _COUNTED.search(f"{five.get('class')} {five[0].get('class')}"):
        return
    marks = [mark_of(child) for child in five]
    counted = counted_marks(marks)
    if counted.rstrip("○") == "●" * counted.count("●") and (0 < counted.count("●") < 5 or all(map(is_lit, five))):
        say(five, f"{counted.count('●')} out of 5")
