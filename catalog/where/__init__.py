"""The filter grammar of `--where` and `where=`: text in, a SQLAlchemy expression with bound parameters out."""

from catalog.where.compile import WhereColumn, compile_where
from catalog.where.errors import WhereError, near_then_others, nearest_first
from catalog.where.parser import required_values, requires_null

__all__ = [
    "WhereColumn",
    "WhereError",
    "compile_where",
    "near_then_others",
    "nearest_first",
    "required_values",
    "requires_null",
]
