"""The text of a page as it is read: in composed characters, without hints, invisible characters and breaks in words."""

from __future__ import annotations

import re
import unicodedata

from scrapers.document import Document
from scrapers.screening import text_of

_HINT = re.compile("ⓘ|ℹ\ufe0f?|🛈")
"""What opens a hint beside the words that it is about, and is no part of them."""

_INVISIBLE = "\xad\u200b\u2060\ufeff"
_BREAKS = re.compile(f"(?<![0-9])[{_INVISIBLE}]+|[{_INVISIBLE}]+(?![0-9])")
"""Where a word may be broken or must not be, which nobody sees. Between digits they make a number none."""

_NAMED_BREAK = re.compile(r"&(?:shy|#173|#x0*ad|#8203|#x200b|#8288|#x2060|#65279|#xfeff);", re.IGNORECASE)

_HINTS = tuple(sign.encode() for sign in "ⓘℹ🛈")
_UNSEEN = tuple(sign.encode() for sign in _INVISIBLE)
_NARROW_SPACE = "\u202f".encode()
_ASCII = bytes(range(128))
"""All but a few bytes of a page, which is searched for signs without them."""


def plain_text(document: Document) -> str:
    """The text in composed characters, without invisible ones."""
    text = text_of(document).text
    others = document.body.translate(None, _ASCII)
    if not _stand_alone(others):
        text = unicodedata.normalize("NFC", text)
    if any(sign in others for sign in _HINTS):
        text = _HINT.sub("", text)
    named, count = _NAMED_BREAK.subn("\u200b", text) if "&" in text else (text, 0)
    if count or any(sign in others for sign in _UNSEEN):
        text = _BREAKS.sub("", named)
    if _NARROW_SPACE in others:
        text = text.replace("\u202f", "\xa0")
    return text


def _stand_alone(others: bytes) -> bool:
    """Whether no character beyond ASCII can be composed with the one before it, so that the text is as it should be.

    What can be is a mark, or a letter of those scripts that have no upper case (Hangul's vowels).
    """
    signs = set(others.decode(errors="replace"))
    return all(unicodedata.category(sign) not in _COMPOSED and unicodedata.is_normalized("NFC", sign) for sign in signs)


_COMPOSED = frozenset(("Mn", "Mc", "Lo"))
