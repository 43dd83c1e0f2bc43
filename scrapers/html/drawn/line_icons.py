"""Words in place of the icons that stand outside of tables, so that a line of a card says what its icons say."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import islice

import lxml.etree

from scrapers.html.drawn.icons import is_icon_component
from scrapers.html.elements import Element, label_of, writable
from scrapers.html.seen import is_repeated_for_listeners
from scrapers.html.words import words_of
from scrapers.outline import TELLING, Cell, is_control
from scrapers.page.words import is_known_header

_ICONS = ("svg", "img", "picture", "meter", "progress", "input", "i")
_STATED = lxml.etree.XPath(
    ".//*[@role='img' or @role='meter' or @role='progressbar' or @role='switch' or @role='checkbox'"
    " or @role='radiogroup' or @data-rating]"
)
_LABELLED = lxml.etree.XPath(".//*[self::span or self::div][@aria-label or @title]")
"""What may say how many of its glyphs are lit: all five stars are there, and a style sheet cuts them off."""

_UNAVAILABLE = lxml.etree.XPath(".//*[@title='Unavailable' or @aria-label='Unavailable']")
_RATED = re.compile(r"\b([0-5](?:\.[0-9])?)(?: ?(?:out of|of|/) ?5\b| stars?\b)", re.IGNORECASE)
_SILENT_HOLDERS = frozenset(("span", "div", "button", "abbr", "i", "b", "s", "u", "label"))
_GLYPHS = re.compile(r"\s*[$★☆⭐●○]+\s*")
_COUNTED = re.compile(r"star|dollar|rating|coin|dot|pip", re.IGNORECASE)


_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,24})?%")
_FIGURE = re.compile(r"[0-9]")

_MOST_ICONS = 64
"""Icons that say something together. More are a pattern, or an attack."""


def put_words_for_icons(root: Element) -> None:
    """Text in place of the icons below an element, and of what holds nothing but icons."""
    for heard in [one for one in root.iter("span", "small") if is_repeated_for_listeners(one)]:
        heard.text = None
        del heard[:]
    for glyphs in _LABELLED(root):
        said = _said_of_glyphs(glyphs)
        if said is not None:
            del glyphs[:]
            glyphs.text = writable(f" {said} ")
    custom = [one for one in root.iter() if isinstance(one.tag, str) and "-" in one.tag]
    _put_runs_together(root, custom)
    done: set[Element] = set()
    components = [one for one in custom if _is_silent_component(one)]
    for icon in [*_STATED(root), *components, *root.iter(*_ICONS)]:
        if icon in done or any(above in done for above in icon.iterancestors()) or _folds(icon):
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


def _said_of_glyphs(element: Element) -> str | None:
    """What a label says of signs, or in place of any: how many of them are lit, or what they mean; None where there
    are words."""
    label = label_of(element) or ""
    if not TELLING.fullmatch(label):
        return None
    if any(map(str.isalnum, "".join(element.itertext()))):
        return None
    rated = _RATED.search(label)
    return f"{rated[1]} out of 5" if rated else label


_FOLDED = frozenset(("div", "section", "article", "header", "h2", "h3", "h4"))


def _folds(box: Element) -> bool:
    """Whether a box to tick folds and unfolds what stands behind it, and says nothing of it."""
    if box.tag != "input" or box.get("type") != "checkbox" or box.get("disabled") is not None:
        return False
    after, around = box.getnext(), box.getparent()
    if is_control((box.tail or "").strip()):
        return True
    is_first = box.getprevious() is None and not (around.text or "").strip() and not (box.tail or "").strip()
    return is_first and after is not None and after.tag in _FOLDED and around.tag in _FOLDED


def _is_silent_component(element: Element) -> bool:
    """Whether a custom element says what it has to say in its attributes alone."""
    return "-" in element.tag and element.tag != "x-table" and _is_silent(element)


def _put_runs_together(root: Element, custom: list[Element]) -> None:
    """Put icons that stand side by side, with words before or behind them, in an element of their own."""
    for icon in [*root.iter("i", "svg", "img"), *filter(is_icon_component, custom)]:
        parent = icon.getparent()
        before = icon.getprevious()
        if parent is None or (before is not None and before.tag == icon.tag and not (before.tail or "").strip()):
            continue
        run = [icon]
        while not (run[-1].tail or "").strip() and (after := run[-1].getnext()) is not None and after.tag == icon.tag:
            run.append(after)
        if (
            1 < len(run) <= _MOST_ICONS
            and not (_is_silent(parent) and parent.tag in _SILENT_HOLDERS)
            and all(_is_silent(one) or one.tag == "svg" for one in run)
        ):
            holder = lxml.etree.Element("span")
            icon.addprevious(holder)
            holder.tail, run[-1].tail = run[-1].tail, None
            holder.extend(run)


def _put_out_grey_glyphs(root: Element) -> None:
    """Leave of a run of glyphs those that are lit: `$$` of `$$$$$`, of which three are greyed out. Words may stand
    before it, `Cost: $$$$$`."""
    for glyph in list(root.iter("span", "i", "b")):
        if len(glyph) or not _GLYPHS.fullmatch(glyph.text or ""):
            continue
        run = glyph.getparent()
        if run is None or (len(run) < 2 and not _GLYPHS.fullmatch(run.text or "")):
            continue
        if _GLYPHS.fullmatch("".join("".join(run.itertext()).removeprefix(_words_before(run)).split())):
            lit = words_of(run).words
            del run[:]
            run.text = writable(lit)


def _words_before(run: Element) -> str:
    return run.text if run.text and not _GLYPHS.fullmatch(run.text) else ""


def _whole(icon: Element, root: Element) -> Element:
    """The largest element that holds an icon, perhaps others beside it, and no text."""
    whole, parent = icon, icon.getparent()
    while parent is not root and parent.tag in _SILENT_HOLDERS and len(parent) <= _MOST_ICONS and _is_silent(parent):
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


_NEAR = 4
"""How many elements above an icon its words may stand."""
_MOST_PIECES = 64
"""Elements and pieces of text around an icon, of which a label and a remark have a few."""


def _beside(element: Element) -> str:
    """The words nearest to an element, of those around it."""
    around = element
    for _ in range(_NEAR):
        around = around.getparent()
        if around is None or len(around) > _MOST_PIECES:
            return ""
        if words := " ".join("".join(islice(around.itertext(), _MOST_PIECES)).split()):
            return words.rstrip(": ")
    return ""


def _telling(cell: Cell, element: Element) -> str | None:
    lines = cell.text.split("\n") if cell.text else []
    if len(lines) == 1 and _PERCENT.fullmatch(lines[0]):
        return lines[0] if is_known_header(_beside(element)) else None  # beside others it repeats what they say
    if lines and all(line in ("Yes", "No") or TELLING.fullmatch(line) for line in lines):
        return cell.words
    if lines:
        is_remark = element.tag == "svg" and _FIGURE.search(_beside(element))
        return cell.words if " " in cell.text and not is_remark and next(element.iter("img"), None) is None else None
    if len(cell.marks) < 2 or len(cell.marks) > 5:
        return None
    before = element.getprevious()
    is_rating = {"○", "●"} <= set(cell.marks) or (before is not None and is_known_header(words_of(before).words))
    return cell.marks if is_rating or _COUNTED.search(lxml.etree.tostring(element, encoding="unicode")) else None
