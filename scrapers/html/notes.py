"""Raised marks: a footnote's mark is no part of the word or of the number that it stands at.

`$0.07<sup>2</sup>` is a price with a note, and no price of 0.072. What is raised and no mark stands apart from what is
before it, and a power says that it is one: it must never be read as more digits.
"""

from __future__ import annotations

import re

from scrapers.html.elements import Element, writable

_MARK = re.compile(r"[*†‡§¶]+|[\[(][0-9a-z*†‡§¶]{1,3}[\])]")
_INLINE = frozenset(("span", "a", "b", "small", "em", "i", "strong"))
_NUMBERS = re.compile(r"[0-9]{1,2}(?:, ?[0-9]{1,2})*")
_TAGGED = re.compile(r"<sup\b[^<>]{0,300}>([^<>]{0,40}|<a\b[^<>]{0,300}>[^<>]{0,40}</a>)</sup>", re.IGNORECASE)


_REFERENCE = re.compile(r"#[a-z:_-]*(?:fn|note|ref|cite)[a-z0-9:._-]*", re.IGNORECASE)


def drop_references(links: list[Element]) -> None:
    """Take out of a tree what leads to a footnote from right behind the words that it is of, raised by a style only."""
    for link in links:
        address = link.get("href") or ""
        if not (address.startswith("#") and (link.get("role") == "doc-noteref" or _REFERENCE.fullmatch(address))):
            continue
        words = "".join(link.itertext()).strip()
        if _NUMBERS.fullmatch(words) or _MARK.fullmatch(words):
            del link[:]
            link.text = None
            link.attrib.pop("href")


_MOST_OF_NUMBERS = 12
"""Characters of what is raised and may be cents."""

_MOST_PIECES = 2
_DOLLARS = re.compile(r"(?:^|[\s>])\$ ?[0-9,]+$")


def drop_notes(raised_elements: list[Element]) -> None:
    """Take the marks of footnotes out of a tree, and set apart what else is raised in it."""
    found = [(raised, "".join(raised.itertext())) for raised in raised_elements]
    are_cents = _are_cents([(_all_before(raised), words) for raised, words in found if len(words) < _MOST_OF_NUMBERS])
    for raised, words in found:
        is_link = any((link.get("href") or "").startswith("#") for link in raised.iter("a"))
        stays = what_stays(_before(raised), words, is_link=is_link, are_cents=are_cents)
        del raised[:]
        raised.text = writable(stays)


def without_tagged_notes(text: str) -> str:
    """The text without marks of footnotes, where a converter left the tags of what was raised.

    >>> without_tagged_notes("$0.07<sup>2</sup> per 10<sup>6</sup> tokens, Acme<sup>[1]</sup>")
    '$0.07 per 10^6 tokens, Acme'
    """
    if "<sup" not in text.lower():
        return text

    def before(match: re.Match[str]) -> str:
        return match.string[max(0, match.start() - 40) : match.start()]

    def stays(match: re.Match[str]) -> str:
        words = re.sub(r"<[^<>]*>", "", match[1])
        return what_stays(before(match), words, is_link="<" in match[1], are_cents=are_cents)

    are_cents = _are_cents([(before(match), match[1]) for match in _TAGGED.finditer(text)])

    return _TAGGED.sub(stays, text)


def _are_cents(raised: list[tuple[str, str]]) -> bool:
    """Whether the numbers that are raised, each with what stands before it, are all two digits behind dollars.

    A page whose notes have numbers begins with the first one, which is of one digit.
    """
    numbers = [(before, words.strip()) for before, words in raised if _NUMBERS.fullmatch(words.strip())]
    return bool(numbers) and all(
        len(words) == 2 and words.isdecimal() and _DOLLARS.search(before[-16:]) for before, words in numbers
    )


def what_stays(before: str, raised: str, *, is_link: bool = False, are_cents: bool = False) -> str:
    """What remains of a raised text that stands right after another; nothing of a footnote's mark.

    Digits after a whole number may be a power, or cents; after a fraction, a unit or a word they are a note's.

    >>> what_stays("$0.27", "2"), what_stays("$3", "75"), what_stays("10", "6"), what_stays("Acme: One", "New")
    ('', '^75', '^6', ' New')
    """
    words = " ".join(raised.split())
    if not words or is_link or _MARK.fullmatch(words):
        return ""
    if _NUMBERS.fullmatch(words) and before:
        last = before.split()[-1] if before.strip() else ""
        if are_cents:
            return f".{words}"
        is_whole = last[-1:].isdigit() and not (len(words) == 1 and re.search(r"[.,]", last))
        return f"^{words}" if is_whole else ""
    return f" {words}" if before and words[0].isalnum() else words


def _all_before(element: Element) -> str:
    """The text before an element in its parent, as far as a sign and a number go in elements of their own."""
    pieces = [_before(element)]
    before = element.getprevious()
    while before is not None and len(pieces) <= _MOST_PIECES and not pieces[-1].startswith("$"):
        pieces.append(_before(before))
        before = before.getprevious()
    return "".join(reversed(pieces))


def _before(element: Element) -> str:
    """The text that stands right before an element, in what it is part of."""
    before = element.getprevious()
    while before is not None and not before.tail and not isinstance(before.tag, str):
        before = before.getprevious()  # React puts comments between texts
    if before is not None:
        return before.tail or "".join(before.itertext())
    parent = element.getparent()
    if parent is None or parent.text or parent.tag not in _INLINE:
        return "" if parent is None else parent.text or ""
    return _before(parent)
