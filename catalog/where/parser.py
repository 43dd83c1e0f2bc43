"""The grammar of filters: tokens become a small tree of our own, before any column or SQL is known.

    filter     = either
    either     = both { "or" both }
    both       = unary { "and" unary }
    unary      = "not" unary | "(" either ")" | predicate
    predicate  = NAME [ operator value
                      | [ "not" ] "in" "(" value { "," value } ")"
                      | [ "not" ] "has" value
                      | [ "not" ] "like" value
                      | "is" [ "not" ] "null" ]
    operator   = "=" | "==" | "!=" | "<" | "<=" | ">" | ">="
    value      = WORD | 'quoted' | "quoted" | "true" | "false"

A name alone is a predicate where its column is a truth value. Keywords may be in capitals. The parser goes down by
recursion, at most `MAX_DEPTH` levels, and a chain of `and` or `or` is one node, so no filter can exhaust a stack.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalog.where.errors import WhereError
from catalog.where.lexer import Token, tokens

MAX_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it was written; what it means depends on its column."""

    text: str
    quoted: bool
    column: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """One question about one column. `operator` is one of `= != < <= > >= in has like null truth`."""

    name: str
    column: int
    operator: str
    operator_column: int
    values: tuple[Value, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; of what is unknown, the opposite is unknown too."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Node, ...]


Node = Predicate | Not | All | Either


def parse_where(text: str) -> Node:
    """The tree of a filter.

    Raises `WhereError` at the column where the text ceases to be a filter.
    """
    parser = _Parser(text)
    if parser.next.kind == "end":
        raise WhereError("the filter is empty; write one, such as author = google", text, parser.next.column)
    node = parser.either(0)
    if parser.next.kind != "end":
        raise parser.error("expected `and`, `or` or the end of the filter")
    return node


def required_values(text: str, name: str) -> frozenset[str] | None:
    """The texts of which a column has to have one for a filter to hold; None where it may have any, as far as is seen.

    >>> sorted(required_values("component in (prompt, completion) and usd < 1", "component"))
    ['completion', 'prompt']
    >>> required_values("component = prompt or usd < 1", "component")
    """
    return _required(parse_where(text), name)


def _required(node: Node, name: str) -> frozenset[str] | None:
    match node:
        case Predicate(asked, _, "=" | "in", _, values, False) if asked == name:
            return frozenset(value.text for value in values)
        case All(parts):
            found = [one for part in parts if (one := _required(part, name)) is not None]
            return frozenset.intersection(*found) if found else None
        case Either(parts):
            each = [_required(part, name) for part in parts]
            every = [one for one in each if one is not None]
            return frozenset.union(*every) if len(every) == len(each) else None
    return None


def requires_null(text: str, name: str) -> bool:
    """Whether a column has to be missing for a filter to hold, as far as is seen.

    >>> requires_null("provider is null and usd < 1", "provider"), requires_null("usd < 1", "provider")
    (True, False)
    """
    node = parse_where(text)
    parts = node.parts if isinstance(node, All) else (node,)
    return any(
        isinstance(one, Predicate) and (one.name, one.operator, one.negated) == (name, "null", False) for one in parts
    )


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.at = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += token.kind != "end"
        return token

    def taken(self, kind: str, *values: str) -> bool:
        """Step over the next token if it is this one."""
        if self.next.kind == kind and (not values or self.next.value in values):
            self.at += 1
            return True
        return False

    def error(self, expected: str) -> WhereError:
        seen = "the end" if self.next.kind == "end" else f"`{self.next.value[:40]}`"
        return WhereError(f"{expected}, not {seen}", self.text, self.next.column)

    def either(self, depth: int) -> Node:
        parts = [self.both(depth)]
        while self.taken("keyword", "or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self, depth: int) -> Node:
        parts = [self.unary(depth)]
        while self.taken("keyword", "and"):
            parts.append(self.unary(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def unary(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise WhereError(f"the filter is nested more than {MAX_DEPTH} levels deep", self.text, self.next.column)
        if self.taken("keyword", "not"):
            return Not(self.unary(depth + 1))
        if self.taken("("):
            node = self.either(depth + 1)
            if not self.taken(")"):
                raise self.error("expected `and`, `or` or `)`")
            return node
        return self.predicate()

    def predicate(self) -> Predicate:
        if self.next.kind != "word":
            raise self.error("expected the name of a column, `not` or `(`")
        name = self.take()
        operator = self.next
        if self.taken("operator"):
            return Predicate(name.value, name.column, operator.value, operator.column, (self.value(),))
        if self.taken("keyword", "is"):
            negated = self.taken("keyword", "not")
            if not self.taken("keyword", "null"):
                raise self.error("expected `null` or `not null`")
            return Predicate(name.value, name.column, "null", operator.column, negated=negated)
        negated = self.taken("keyword", "not")
        operator = self.next
        if self.taken("keyword", "in"):
            return Predicate(name.value, name.column, "in", operator.column, self.list_of_values(), negated)
        if self.taken("keyword", "has", "like"):
            return Predicate(name.value, name.column, operator.value, operator.column, (self.value(),), negated)
        if negated or (self.next.kind not in ("end", ")") and self.next.value not in ("and", "or")):
            allowed = (
                "`in`, `has` or `like`" if negated else "`=`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `has`, `like` or `is`"
            )
            raise self.error(f"expected {allowed} after {name.value[:40]!r}")
        return Predicate(name.value, name.column, "truth", name.column)

    def list_of_values(self) -> tuple[Value, ...]:
        if not self.taken("("):
            raise self.error("expected `(` and a list of values after `in`")
        values = [self.value()]
        while self.taken(","):
            values.append(self.value())
        if not self.taken(")"):
            raise self.error("expected `,` or `)`")
        return tuple(values)

    def value(self) -> Value:
        token = self.next
        if token.kind in ("word", "quoted") or (token.kind == "keyword" and token.value in ("true", "false")):
            self.take()
            return Value(token.value, token.kind == "quoted", token.column)
        if token.kind == "keyword" and token.value == "null":
            raise self.error("expected a value (ask for a missing one with `is null`)")
        raise self.error(
            "expected a value (a keyword as a text needs quotes)" if token.kind == "keyword" else "expected a value"
        )
