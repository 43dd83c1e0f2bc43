"""The filter grammar of `--where` and `where=`: text in, a SQLAlchemy expression with bound parameters out."""

from catalog.where.compile import OPERATORS, Kind, WhereColumn, compile_where
from catalog.where.errors import WhereError, near_then_others, nearest_first
from catalog.where.parser import parse_where, required_values, requires_null

__all__ = [
    "OPERATORS",
    "Kind",
    "WhereColumn",
    "WhereError",
    "compile_where",
    "near_then_others",
    "nearest_first",
    "parse_where",
    "required_values",
    "requires_null",
]
