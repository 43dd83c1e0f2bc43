"""The program, called in the process of a test, and the commands and options that it has."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from typing import Any, NamedTuple, TextIO

import typer

import catalog.cli
from catalog.cli.app import _GLOBAL

typer.main.get_command = cache(typer.main.get_command)
"""Typer would make all commands anew for every call, which takes as long as a short answer."""


class Ran(NamedTuple):
    """What a call printed and how it ended."""

    code: int
    out: str
    err: str


Call = Callable[..., Ran]
"""A way to call the program with some words."""


def called(*words: object) -> Ran:
    """Call the program with these words, and with output that is no terminal."""
    out, err = io.StringIO(), io.StringIO()
    code = exit_code([str(word) for word in words], out, err)
    return Ran(code, out.getvalue(), err.getvalue())


def exit_code(words: Sequence[str], out: TextIO, err: TextIO) -> int:
    """Call the program with these words; how it ended."""
    typed, sys.argv = sys.argv, ["catalog", *words]
    _GLOBAL.clear()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            catalog.cli.main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        sys.argv = typed
    return 0


@cache
def commands() -> dict[str, Any]:
    """Every command by the words that call it: `models`, `db upgrade`, …; the program itself is the empty text."""
    catalog.cli.register()
    return dict(_below("", typer.main.get_command(catalog.cli.app)))


def _below(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield words, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _below(f"{words} {name}".strip(), child)


def options(command: Any) -> dict[str, Any]:
    """The options of a command by each of their names, `--help` included."""
    found = {name: one for one in command.params if one.param_type_name == "option" for name in option_names(one)}
    return found | {"--help": None, "-h": None}


def option_names(option: Any) -> list[str]:
    """The names of an option, those that say no included."""
    return [*option.opts, *option.secondary_opts]
