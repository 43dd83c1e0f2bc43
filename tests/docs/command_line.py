"""The tree of commands of the program: for the page that lists them, and for the words that other pages use."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Any

import typer

import catalog.cli


@cache
def commands() -> dict[str, Any]:
    """Every command by the words that call it: `models`, `db upgrade`, …; the program itself is the empty text."""
    for module in pkgutil.iter_modules(catalog.cli.__path__):
        importlib.import_module(f"catalog.cli.{module.name}")
    return dict(_below("", typer.main.get_command(catalog.cli.app)))


def _below(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield words, command
    for name, child in getattr(command, "commands", {}).items():
        yield from _below(f"{words} {name}".strip(), child)


def options(command: Any) -> dict[str, Any]:
    """The options of a command by each of their names, `--help` included."""
    found = {name: one for one in command.params if one.param_type_name == "option" for name in _names(one)}
    return found | {"--help": None, "-h": None}


def _names(option: Any) -> list[str]:
    return [*option.opts, *option.secondary_opts]


_HEAD = """\
# The commands

<!-- Made from the program by `pytest tests/docs --update-docs`; do not edit. -->

What `catalog COMMAND --help` says, for every command. Options that many commands share are settings too: they can be
given in the environment (`CATALOG_DB`, `CATALOG_DATA_DIR`) or in `catalog.toml`, and `catalog config show` lists them
all. Rows are printed as a table on a terminal and as CSV elsewhere, unless `--format` says otherwise; messages go to
standard error.
"""


def page() -> str:
    """The text of `docs/commands.md`."""
    parts = [_HEAD]
    for words, command in commands().items():
        if words and not hasattr(command, "commands"):
            parts += _section(words, command)
    return "\n".join(parts)


def _section(words: str, command: Any) -> list[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    usage = " ".join(["catalog", words, "[OPTIONS]", *map(_placeholder, arguments)])
    lines = [f"## `catalog {words}`", "", *inspect.cleandoc(command.help).splitlines(), "", "```text", usage, "```", ""]
    rows = [(f"`{_placeholder(one)}`", one.help) for one in arguments]
    rows += [(_spelled(one), one.help) for one in command.params if one.param_type_name == "option" and not one.hidden]
    if rows:
        lines += ["| | |", "|---|---|", *(f"| {name} | {_cell(text)} |" for name, text in rows), ""]
    return lines


def _placeholder(argument: Any) -> str:
    name = argument.name.upper() + ("…" if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _spelled(option: Any) -> str:
    names = ", ".join(f"`{name}`" for name in _names(option))
    choices = getattr(option.type_descriptor.annotation, "__args__", ())
    words = [choice for choice in choices if isinstance(choice, str)]
    return names + (f" ({', '.join(words)})" if words else "")


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")
