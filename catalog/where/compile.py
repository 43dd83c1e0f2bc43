"""A filter's tree as one SQLAlchemy expression, in which every value of the text is a bound parameter.

Unknown stays unknown, as in SQL: a comparison with a null column holds neither way, so `author != google` leaves out
the models whose author nobody states, and so does `not author = google`. Only `is null` and `is not null` see them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BigInteger, Boolean, Date, Double, Text, and_, bindparam, func, not_, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import NullType, TypeEngine

from catalog.where import literals
from catalog.where.errors import WhereError, near_then_others
from catalog.where.functions import in_code_point_order, in_order_of_amounts, json_array_has
from catalog.where.parser import All, Either, Node, Not, Predicate, Value, parse_where

Kind = Literal["text", "number", "money", "date", "instant", "bool", "list"]


@dataclass(frozen=True, slots=True)
class WhereColumn:
    """A column that a filter may name: the SQL expression, and what its values are.

    | kind | the expression holds | a value is written |
    |---|---|---|
    | `text` | text | `google`, `'Gemini 2.5 Pro'` |
    | `number` | an integer or a double | `200000`, `200K`, `0.5` |
    | `money` | whole pico-USD, and in `exact` the amount's text | `0.25`, `'$0.25'` |
    | `date` | a date | `2026-01-31` |
    | `instant` | whole microseconds since 1970 UTC | `2026-01-31` (the whole day), `2026-01-31T14:30Z` |
    | `bool` | a truth value | `true`, `false`, or the name alone |
    | `list` | a JSON array of texts, as text | `has image` |
    """

    expression: ColumnElement[Any]
    kind: Kind
    exact: ColumnElement[Any] | None = None


_ORDER = ("=", "!=", "<", "<=", ">", ">=", "in", "is null")
OPERATORS: dict[Kind, tuple[str, ...]] = {
    "text": (*_ORDER, "like"),
    "number": _ORDER,
    "money": _ORDER,
    "date": _ORDER,
    "instant": ("=", "!=", "<", "<=", ">", ">=", "is null"),
    "bool": ("=", "!=", "is null"),
    "list": ("has", "is null"),
}
"""What may be asked of each kind of column."""

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_where(text: str, columns: Mapping[str, WhereColumn]) -> ColumnElement[bool]:
    """The expression of a filter over these columns.

    Raises `WhereError` for a text that is no filter, a name that is not in `columns` (it lists them, nearest first), an
    operator that the column's kind does not have, or a value that is not of the kind.
    """
    return _Compiler(text, columns).node(parse_where(text))


class _Compiler:
    def __init__(self, text: str, columns: Mapping[str, WhereColumn]) -> None:
        self.text = text
        self.columns = columns

    def node(self, node: Node) -> ColumnElement[bool]:
        match node:
            case All(parts):
                return and_(*map(self.node, parts))
            case Either(parts):
                return or_(*map(self.node, parts))
            case Not(part):
                return not_(self.node(part).self_group())
            case Predicate():
                expression = self.predicate(node, self.named(node))
                return not_(expression) if node.negated else expression

    def named(self, asked: Predicate) -> WhereColumn:
        if asked.name in self.columns:
            return self.columns[asked.name]
        names = ", ".join(near_then_others(asked.name, self.columns))
        raise WhereError(f"there is no column {asked.name[:60]!r}; there are: {names}", self.text, asked.column)

    def predicate(self, asked: Predicate, column: WhereColumn) -> ColumnElement[bool]:
        self.check_operator(asked, column.kind)
        expression: Any = column.expression
        match asked.operator:
            case "null":
                return _as_bool(expression.is_(None))
            case "truth":
                return _as_bool(expression == _bound(True, expression, Boolean()))
            case "has":
                return json_array_has(expression, bindparam(None, asked.values[0].text, type_=Text()))
            case "like":
                return self.like(expression, asked.values[0])
            case "in":
                return or_(*(self.equals(value, column) for value in asked.values))
        if column.kind == "money":
            return self.money(asked.operator, asked.values[0], column)
        if column.kind == "instant":
            return self.instant(expression, asked)
        value = self.value(asked.values[0], column)
        if column.kind == "text" and asked.operator not in ("=", "!="):
            expression = in_code_point_order(expression)
        return _as_bool(_COMPARE[asked.operator](expression, value))

    def check_operator(self, asked: Predicate, kind: Kind) -> None:
        allowed = OPERATORS[kind]
        if asked.operator == "truth":
            if kind == "bool":
                return
            message = f"{asked.name} is a {kind} and needs one of: {', '.join(allowed)}"
        elif asked.operator in allowed or asked.operator == "null":
            return
        else:
            message = f"`{asked.operator}` is not for {asked.name}, a {kind}; there are: {', '.join(allowed)}"
        raise WhereError(message, self.text, asked.operator_column)

    def value(self, value: Value, column: WhereColumn) -> Any:
        try:
            match column.kind:
                case "number":
                    number = literals.bound_number(literals.number(value.text))
                    return bindparam(None, number, type_=BigInteger() if isinstance(number, int) else Double())
                case "date":
                    return _bound(literals.day(value.text), column.expression, Date())
                case "bool":
                    return _bound(literals.truth(value.text), column.expression, Boolean())
                case _:
                    return _bound(value.text, column.expression, Text())
        except ValueError as error:
            raise self.bad_value(value, error) from None

    def equals(self, value: Value, column: WhereColumn) -> ColumnElement[bool]:
        if column.kind == "money":
            return self.money("=", value, column)
        return _as_bool(column.expression == self.value(value, column))

    def money(self, sign: str, value: Value, column: WhereColumn) -> ColumnElement[bool]:
        """By whole pico-USD, which are a rounded amount; where these are equal, by the exact texts of the amounts."""
        try:
            amount = literals.money(value.text)
        except ValueError as error:
            raise self.bad_value(value, error) from None
        whole: Any = bindparam(None, amount.pico, type_=BigInteger())
        rounded: Any = column.expression
        if column.exact is None:
            return _as_bool(_COMPARE[sign](rounded, whole))
        text = bindparam(None, amount.text, type_=Text())
        exactly = _COMPARE[sign](in_order_of_amounts(column.exact), in_order_of_amounts(text))
        among_equals = and_(rounded == whole, exactly)
        apart = {"=": None, "<=": "<", ">=": ">"}.get(sign, sign)
        return among_equals if apart is None else or_(_COMPARE[apart](rounded, whole), among_equals)

    def instant(self, expression: Any, asked: Predicate) -> ColumnElement[bool]:
        """A date is its whole day: `> 2026-01-31` begins with February, `= 2026-01-31` is any time of that day."""
        try:
            first, end = (bindparam(None, at, type_=BigInteger()) for at in literals.instants(asked.values[0].text))
        except ValueError as error:
            raise self.bad_value(asked.values[0], error) from None
        match asked.operator:
            case "=":
                return and_(expression >= first, expression < end)
            case "!=":
                return or_(expression < first, expression >= end)
            case "<":
                return _as_bool(expression < first)
            case "<=":
                return _as_bool(expression < end)
            case ">":
                return _as_bool(expression >= end)
            case _:
                return _as_bool(expression >= first)

    def like(self, expression: Any, value: Value) -> ColumnElement[bool]:
        r"""`%` is any text, `_` one character, after `\` they are themselves; the database folds both sides."""
        escapes = value.text.replace("\\\\", "")
        if any(part[:1] not in ("%", "_") for part in escapes.split("\\")[1:]):
            raise self.bad_value(value, ValueError(r"after `\` comes `%`, `_` or `\`"))
        pattern = func.lower(bindparam(None, value.text, type_=Text()))
        return _as_bool(func.lower(expression).like(pattern, escape="\\"))

    def bad_value(self, value: Value, error: ValueError) -> WhereError:
        return WhereError(f"{value.text[:60]!r} cannot be read: {error}", self.text, value.column)


def _bound(value: Any, expression: ColumnElement[Any], default: TypeEngine[Any]) -> Any:
    """A bound parameter of the column's own type, so that it reaches the driver as the column's values do."""
    kind = default if isinstance(expression.type, NullType) else expression.type
    return bindparam(None, value, type_=kind)


def _as_bool(expression: Any) -> ColumnElement[bool]:
    """What SQLAlchemy's operators return is typed by the operand; a comparison is a truth value."""
    result: ColumnElement[bool] = expression
    return result
