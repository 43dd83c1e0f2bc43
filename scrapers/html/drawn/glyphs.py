"""Stars and dollar signs of which some are lit: the others are greyed out, or look otherwise than the first ones."""

from __future__ import annotations

import re

from scrapers.html.drawn.marks import VARIANT, is_grey
from scrapers.html.elements import Element

_GLYPHS = re.compile(r"[$★⭐●]+")
_GLYPH_STARTS = ("$", "★", "⭐", "●")
_DIMMED = re.compile(
    r"(?:^|[\s_-])(?:opacity-(?:[1-6]?[05])(?![0-9])|(?:gr[ae]y|slate|zinc|neutral|stone)-(?:50|[1-5]00)(?![0-9])|"
    r"muted|subdued|unlit|ghost|placeholder|dim(?:med)?|faded|empty|off|inactive|unfilled|disabled)"
)
_SEE_THROUGH = re.compile(r"opacity:(?:0?\.[0-6]|[1-6]?[0-9]%)")
_COLOUR = re.compile(r"(?:^|;)color:([^;]+)")
DIM_START, DIM_END = "\x01", "\x02"
_DIM = re.compile(f"{DIM_START}[^{DIM_END}]*{DIM_END}")
_COUNTED_GLYPH = re.compile(r"[$★⭐●](?!\s*[0-9.])")


def is_dimmed(element: Element) -> bool:
    """Whether an element greys out the glyphs that it holds: `$$` of `$$$$$` in full colour, the rest for the scale."""
    if (element.text or "")[:1] in _GLYPH_STARTS and (second := _comes_second(element)) is not None:
        return second
    said = VARIANT.sub("", (element.get("class") or "").lower())
    style = (element.get("style") or "").replace(" ", "").lower()
    colour = _COLOUR.search(style) if style else None
    if not (_DIMMED.search(said) or _SEE_THROUGH.search(style) or (colour and is_grey(colour[1]))):
        return False
    return _GLYPHS.fullmatch("".join("".join(element.itertext()).split())) is not None


def _comes_second(element: Element) -> bool | None:
    """Whether glyphs have the second of two looks, which five side by side have: the first look is the lit one."""
    if _continues(element):
        return True
    looks: list[tuple[str, str | None, str | None]] = []
    count = 0
    for beside in element.getparent():
        if len(beside) or not _GLYPHS.fullmatch((beside.text or "").strip()) or (beside.tail or "").strip():
            return None
        look = (beside.tag, beside.get("class"), beside.get("style"))
        if look not in looks[-1:]:
            looks.append(look)
        count += len(beside.text.strip())
    if count != 5 or len(looks) != 2:
        return None
    return (element.tag, element.get("class"), element.get("style")) == looks[1]


def _continues(element: Element) -> bool:
    """Whether glyphs make five with those before them in the element around, of which they are marked off:
    `★★★<b>★★</b>`."""
    around, own = element.getparent(), (element.text or "").strip()
    before = "".join((around.text or "").split())
    is_alone = len(around) == 1 and not len(element) and not (element.tail or "").strip()
    return is_alone and bool(before) and len(before) + len(own) == 5 and set(before + own) == {own[0]}


def lit(text: str) -> str:
    """The text without glyphs that are greyed out beside others that are not. Where all are grey, grey is a style."""
    if DIM_START not in text:
        return text
    kept = _DIM.sub("", text)
    whole = text.replace(DIM_START, "").replace(DIM_END, "")
    return kept if _COUNTED_GLYPH.search(kept) else whole
