"""Half characters and NUL in what a page's scripts hold. Neither is text: no database takes them, nor does lxml.

JavaScript counts a character such as an emoji as two, and a text that was cut between them, or sent in two parts, has
half of it. A browser shows U+FFFD in the place of one; so it is read here.
"""

from __future__ import annotations

import re
from typing import Any

HALF_OR_NUL = re.compile("\\\\u(?:0000|[dD][89a-fA-F])|[\0\ud800-\udfff]")
"""What is a NUL or half a character, or may become one where the text is JSON."""


def whole_text(text: str) -> str:
    """Text as a browser shows it: halves that meet are a character, and U+FFFD stands for one alone and for NUL.

    >>> whole_text("\\ud83d\\ude00") == "\U0001f600", whole_text("a\\ud83db\\0") == "a\ufffdb\ufffd"
    (True, True)
    """
    if HALF_OR_NUL.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")


def whole_value(value: Any) -> Any:
    """A JSON value with `whole_text` in place of all texts in it."""
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, list):
        return [whole_value(child) for child in value]
    return {whole_text(key): whole_value(one) for key, one in value.items()} if isinstance(value, dict) else value
