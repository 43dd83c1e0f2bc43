"""Output whose encoding is not UTF-8: what people read is shown as far as it can be, and data stays whole.

A sign that the encoding does not have is replaced where people read: in tables, in help, in notes. JSON escapes it, and
CSV is UTF-8 wherever it goes.
"""

from __future__ import annotations

import codecs
import json
import sys
from typing import Any

import typer

_REPLACED = "catalog.replaced"
_ASCII = "catalog_ascii"
"""ASCII by another name: click takes a stream of the usual one for one that nobody set up, and writes UTF-8 past it."""

_NEAREST = str.maketrans("—–…·★✓≠┤└─│╮╯╰╭’‘“”", "--.-*+#|+-|++++''\"\"")
"""The nearest ASCII to the characters that our own output and most descriptions use."""


def _replacement(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    near = error.object[error.start : error.end].translate(_NEAREST)
    return "".join(sign if sign.isascii() else "?" for sign in near), error.end


def _ascii(name: str) -> codecs.CodecInfo | None:
    if name != _ASCII:
        return None
    usual = codecs.lookup("ascii")
    return codecs.CodecInfo(
        usual.encode,
        usual.decode,
        incrementalencoder=usual.incrementalencoder,
        incrementaldecoder=usual.incrementaldecoder,
        name=name,
    )


codecs.register_error(_REPLACED, _replacement)
codecs.register(_ascii)


def replace_what_cannot_be_shown() -> None:
    """From now on characters that the output's encoding lacks are replaced instead of refused."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding=_ASCII if _is("ascii") else None, errors=_REPLACED)


def write_utf8() -> None:
    """From now on the output is UTF-8."""
    if hasattr(sys.stdout, "reconfigure") and not _is("utf-8"):
        sys.stdout.reconfigure(encoding="utf-8", errors=_REPLACED)


def print_json(value: Any) -> None:
    """Print a value as JSON, with every sign as it is where the output can have it."""
    typer.echo(json.dumps(value, ensure_ascii=not _is("utf-8"), indent=1))


def _is(encoding: str) -> bool:
    """Whether the output has this encoding; a stream without one (text in memory) counts as UTF-8."""
    return codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name == encoding
