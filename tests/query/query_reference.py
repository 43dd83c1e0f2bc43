"""Slow, obvious answers, written from the documents alone, that the real ones are compared with.

Three-valued logic is Python's `True`, `False` and `None`.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any

COMPARE = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(tree: Any, row: Mapping[str, Any]) -> bool | None:
    """Whether a filter holds for a row. A tree is `("and", …)`, `("or", …)`, `("not", x)` or `(name, asked, value)`."""
    match tree:
        case ("and", *parts):
            values = [holds(part, row) for part in parts]
            return False if False in values else None if None in values else True
        case ("or", *parts):
            values = [holds(part, row) for part in parts]
            return True if True in values else None if None in values else False
        case ("not", part):
            value = holds(part, row)
            return None if value is None else not value
        case (name, "is null", _):
            return row[name] is None
        case (name, "is not null", _):
            return row[name] is not None
        case (name, asked, value):
            have = row[name]
            if have is None:
                return None
            match asked:
                case "in":
                    return have in value
                case "not in":
                    return have not in value
                case "has":
                    return value in have
                case "not has":
                    return value not in have
                case "like":
                    return like(value.lower(), have.lower())
                case _:
                    return bool(COMPARE[asked](have, value))
    raise AssertionError(tree)


def like(pattern: str, text: str) -> bool:
    """SQL's `like` without an escape: `%` is any text, `_` one character."""
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(like(pattern[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in ("_", text[0]) and like(pattern[1:], text[1:])
