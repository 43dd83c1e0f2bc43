"""A filter's text as tokens. Nothing but the characters of the grammar gets through; the rest is refused by column."""

from __future__ import annotations

import re
from typing import NamedTuple

from catalog.where.errors import WhereError

MAX_LENGTH = 4_000
MAX_TOKENS = 500

KEYWORDS = frozenset({"and", "or", "not", "in", "has", "is", "null", "like", "true", "false"})


class Token(NamedTuple):
    """One token: `kind` is `word`, `quoted`, `keyword`, `operator`, `(`, `)`, `,` or `end`; `column` counts from 1."""

    kind: str
    value: str
    column: int


_TOKEN = re.compile(
    r"""
      (?P<space>    [ \t\r\n]+ )
    | (?P<quoted>   '(?:[^'\x00-\x08\x0b\x0c\x0e-\x1f]|'')*' | "(?:[^"\x00-\x08\x0b\x0c\x0e-\x1f]|"")*" )
    | (?P<operator> == | != | <= | >= | = | < | > )
    | (?P<mark>     [(),] )
    | (?P<word>     [A-Za-z0-9_~+.-][A-Za-z0-9_~+./:-]* )
    """,
    re.VERBOSE,
)


def tokens(text: str) -> list[Token]:
    """The tokens of a filter, closed by one of kind `end`.

    >>> [token.value for token in tokens("author = google and context_tokens >= 200K")]
    ['author', '=', 'google', 'and', 'context_tokens', '>=', '200K', '']

    Raises `WhereError` for a character that the grammar does not know, an open quote, or more than `MAX_LENGTH`
    characters or `MAX_TOKENS` tokens.
    """
    if len(text) > MAX_LENGTH:
        raise WhereError(
            f"the filter has {len(text):,} characters; {MAX_LENGTH:,} are the most",
            text[: MAX_LENGTH + 1],
            MAX_LENGTH + 1,
        )
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _refusal(text, at)
        if match.lastgroup != "space":
            found.append(_token(text, match))
            if len(found) > MAX_TOKENS:
                raise WhereError(f"the filter has more than {MAX_TOKENS} words and signs", text, at + 1)
        at = match.end()
    return [*found, Token("end", "", len(text) + 1)]


def _token(text: str, match: re.Match[str]) -> Token:
    value, column = match.group(), match.start() + 1
    if match.lastgroup == "quoted":
        quote = value[0]
        content = value[1:-1].replace(quote * 2, quote)
        if any("\ud800" <= c <= "\udfff" for c in content):
            raise WhereError("the quoted text holds half a character (a lone surrogate)", text, column)
        return Token("quoted", content, column)
    if match.lastgroup == "word" and value.lower() in KEYWORDS:
        return Token("keyword", value.lower(), column)
    if match.lastgroup == "mark":
        return Token(value, value, column)
    if match.lastgroup == "operator":
        return Token("operator", "=" if value == "==" else value, column)
    return Token("word", value, column)


def _refusal(text: str, at: int) -> WhereError:
    character = text[at]
    if character in "'\"":
        return WhereError("a quote is opened and never closed, or holds a control character", text, at + 1)
    shown = repr(character) if character.isprintable() else f"U+{ord(character):04X}"
    return WhereError(
        f"the character {shown} has no meaning in a filter; put a text that holds it in quotes", text, at + 1
    )
