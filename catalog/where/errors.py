"""What is wrong with a filter, and where: the column, the words around it with a caret, and what is allowed instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from catalog.errors import UsageError

_WINDOW = 70
_CLOSE = 0.7
"""From which likeness on a name may be meant."""


class WhereError(UsageError):
    """A filter that cannot be read or asked.

    `column` counts characters of `text` from 1; `message` is the first line alone, without the caret.
    """

    def __init__(self, message: str, text: str, column: int) -> None:
        self.message = message
        self.text = text
        self.column = column
        super().__init__(f"{message}\n{_pointed(text, column)}" if text.strip() else message)


def _pointed(text: str, column: int) -> str:
    """The words around the column on one line, whatever the text holds, and a caret under the column."""
    start = max(0, min(column - 1 - _WINDOW // 2, len(text) - _WINDOW))
    shown = "".join(c if c.isprintable() else "?" for c in text[start : start + _WINDOW])
    before, after = "…" if start else "", "…" if start + _WINDOW < len(text) else ""
    caret = " " * (len(before) + column - 1 - start) + "^"
    return f"  {before}{shown}{after}\n  {caret}"


def nearest_first(name: str, allowed: Iterable[str]) -> list[str]:
    """The allowed names, those most like `name` first.

    >>> nearest_first("contxt_tokens", ["author", "context_tokens", "name"])[0]
    'context_tokens'
    """
    return sorted(sorted(allowed), key=_likeness(name), reverse=True)


def near_then_others(name: str, allowed: Iterable[str]) -> list[str]:
    """All of the allowed names: those that `name` may be a slip of, the nearest first, then the others by the alphabet.

    >>> near_then_others("contxt_tokens", ["variant", "author", "context_tokens"])
    ['context_tokens', 'author', 'variant']
    """
    likeness = _likeness(name)
    return sorted(sorted(allowed), key=lambda one: -near if (near := likeness(one)) >= _CLOSE else 0.0)


def _likeness(name: str) -> Callable[[str], float]:
    matcher = SequenceMatcher(b=name[:100].lower())

    def likeness(candidate: str) -> float:
        matcher.set_seq1(candidate.lower())
        return matcher.ratio()

    return likeness
