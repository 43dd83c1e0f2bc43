"""Words in place of the icons that stand outside of tables, so that a line of a card says what its icons say."""

from __future__ import annotations

import re
from copy import deepcopy

import lxml.etree

from scrapers.html_icons import Element, label_of, writable
from scrapers.html_words import is_repeated_for_listeners, words_of
from scrapers.outline import TELLING, Cell
from scrapers.page_words import is_known_header

_ICONS = ("svg", "img", "picture", "meter", "progress", "input", "i")
_STATED = lxml.etree.XPath(
    ".//*[@role='img' or @role='meter' or @role='progressbar' or @role='switch' or @role='checkbox' or @data-rating]"
)
_LABELLED = lxml.etree.XPath(".//*[self::span or self::div][@aria-label or @title]")
"""What may say how many of its glyphs are lit: all five stars are there, and a style sheet cuts them off."""

_UNAVAILABLE = lxml.etree.XPath(".//*[@title='Unavailable' or @aria-label='Unavailable']")
_SILENT_HOLDERS = frozenset(("span", "div", "button", "abbr", "i", "b", "s", "u", "label"))
_GLYPHS = re.compile(r"\s*[$★☆⭐●○]+\s*")
_COUNTED = re.compile(r"star|dollar|rating|coin|dot|pip", re.IGNORECASE)


def put_words_for_icons(root: Element) -> None:
    """Text in place of the icons below an element, and of what holds nothing but icons."""
    for heard in [one for one in root.iter("span", "small") if is_repeated_for_listeners(one)]:
        heard.text = None
        for child in list(heard):
            heard.remove(child)
    for glyphs in _LABELLED(root):
        label = label_of(glyphs) or ""
        if _GLYPHS.fullmatch("".join("".join(glyphs.itertext()).split())) and TELLING.fullmatch(label):
            for child in list(glyphs):
                glyphs.remove(child)
            glyphs.text = writable(label)
    done: set[Element] = set()
    for icon in [*_STATED(root), *root.iter(*_ICONS)]:
        if icon in done or any(above in done for above in icon.iterancestors()):
            continue
        whole = _whole(icon, root)
        words = _words(whole)
        if words is None and icon.tag not in ("svg", "picture"):
            continue
        silent = whole if words is not None else icon
        done.add(silent)
        holder = lxml.etree.Element("span")
        holder.text, holder.tail = writable(f" {words} ") if words else None, writable(silent.tail or "")
        silent.tail = None
        silent.getparent().replace(silent, holder)
    _put_out_grey_glyphs(root)
    for badge in _UNAVAILABLE(root):
        badge.tail = writable(f" Unavailable {badge.tail or ''}")


def _put_out_grey_glyphs(root: Element) -> None:
    """Leave of a run of glyphs those that are lit: `$$` of `$$$$$`, of which three are greyed out."""
    for glyph in list(root.iter("span", "i", "b")):
        run = glyph.getparent()
        if run is None or len(run) < 2 or len(glyph) or not _GLYPHS.fullmatch(glyph.text or ""):
            continue
        if _GLYPHS.fullmatch("".join("".join(run.itertext()).split())):
            lit = words_of(run).words
            for child in list(run):
                run.remove(child)
            run.text = writable(lit)


def _whole(icon: Element, root: Element) -> Element:
    """The largest element that holds an icon, perhaps others beside it, and no text."""
    whole, parent = icon, icon.getparent()
    while parent is not root and parent.tag in _SILENT_HOLDERS and _is_silent(parent):
        whole, parent = parent, parent.getparent()
    return whole


def _is_silent(element: Element) -> bool:
    if (element.text or "").strip() or element.tag == "x-table":
        return False
    return all(
        not (child.tail or "").strip() and (child.tag == "svg" or not isinstance(child.tag, str) or _is_silent(child))
        for child in element
    )


def _words(element: Element) -> str | None:
    """What icons say, where it is more than a name for themselves."""
    if (element.text or "").strip() and element.tag == "i":
        return None
    wrapper = lxml.etree.Element("span")
    wrapper.append(deepcopy(element))
    wrapper[0].tail = None
    return _telling(words_of(wrapper), element)


def _telling(cell: Cell, element: Element) -> str | None:
    lines = cell.text.split("\n") if cell.text else []
    if lines and all(line in ("Yes", "No") or TELLING.fullmatch(line) for line in lines):
        return cell.words
    if lines:
        return cell.words if " " in cell.text and next(element.iter("img"), None) is None else None
    if len(cell.marks) < 2 or len(cell.marks) > 5:
        return None
    before = element.getprevious()
    is_rating = {"○", "●"} <= set(cell.marks) or (before is not None and is_known_header(words_of(before).words))
    return cell.marks if is_rating or _COUNTED.search(lxml.etree.tostring(element, encoding="unicode")) else None
