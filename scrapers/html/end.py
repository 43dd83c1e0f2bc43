"""Where a page in HTML ends: at its closing tag, or, where what may be is left out, when all else is closed."""

from __future__ import annotations

import re
from collections import Counter

_CLOSED = re.compile(
    r"</html\s*>\s*(?:(?:<!--(?:(?!-->).)*-->|<(script|noscript)\b(?:(?!</\1).)*</\1\s*>)\s*)*$",
    re.IGNORECASE | re.DOTALL,
)
"""The end of a page, after which a network may have put its scripts. What ends a comment cannot stand within one, so
that there is one way only to read what comes, however much."""

_TAIL = 20_000
"""Characters in which the closing tag stands."""

_LEFT_OUT = re.compile(r"</(?:head|body|html)\s*>")
_NEVER_LEFT_OUT = re.compile(
    r"<(/?)(main|div|section|article|header|footer|nav|aside|figure|details|table|ul|ol|dl|h[1-6]|span|a|button|"
    r"script|style|template|svg(?![^<>]{0,300}/>))(?=[\s>/])"
)


def is_closed(text: str) -> bool:
    """Whether a page ends with its closing tag, or is one that a program made smaller by all that may be left out."""
    tail = text[-_TAIL:]
    end = "</html"
    at = tail.rfind(end) if end in tail else tail.lower().rfind(end)
    return (at >= 0 and _CLOSED.match(tail, at) is not None) or _is_whole_without(text)


def _is_whole_without(text: str) -> bool:
    """Whether a page leaves out the ends of its head and body too, and everything that must be closed is."""
    lower = text.lower()
    if _LEFT_OUT.search(lower):
        return False
    counts = Counter(match.groups() for match in _NEVER_LEFT_OUT.finditer(lower))
    names = {name for _, name in counts}
    return bool(names & {"main", "div", "section"}) and all(counts["", name] == counts["/", name] for name in names)
