"""Facts as the change log words them: text, the same from SQLite and PostgreSQL."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean

from catalog.rows import canonical_json
from catalog.version_tables import TABLES


@lru_cache(maxsize=256)
def is_truth(kind: int, field: str) -> bool:
    """Whether a column of a version table is true or false; SQLite gives 1 and 0."""
    return isinstance(TABLES[kind].c[field].type, Boolean)


def fact_as_text(kind: int, field: str, value: Any) -> str | None:
    """A value of a version table as the change log words it, the same from SQLite and PostgreSQL."""
    if value is None:
        return None
    return ("true" if value else "false") if is_truth(kind, field) else str(value)


@lru_cache(maxsize=8192)
def extra_facts(said: str | None) -> dict[str, str]:
    """The extra facts as texts; a key whose value is null says nothing."""
    values = json.loads(said) if said else {}
    return {
        word: value if isinstance(value, str) else canonical_json(value) or ""
        for word, value in values.items()
        if value is not None
    }
