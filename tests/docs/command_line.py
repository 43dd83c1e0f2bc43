"""The page that lists every command, in the words of the program's own help."""

from __future__ import annotations

import inspect
from typing import Any

from called_program import commands, option_names

_HEAD = """\
# The commands

<!-- Made from the program by `pytest tests/docs --update-docs`; do not edit. -->

What `catalog COMMAND --help` says, for every command. Options that many commands share are settings too: they can be
given in the environment (`CATALOG_DB`, `CATALOG_DATA_DIR`) or in `catalog.toml`, and `catalog config show` lists them
all. Rows are printed as a table on a terminal and as CSV elsewhere, unless `--format` says otherwise; messages go to
standard error, and so does why an answer has no rows. CSV is UTF-8 wherever it goes; a table shows what the encoding of
the output has, and replaces the rest.
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
    names = ", ".join(f"`{name}`" for name in option_names(option))
    choices = getattr(option.type_descriptor.annotation, "__args__", ())
    words = [choice for choice in choices if isinstance(choice, str)]
    return names + (f" ({', '.join(words)})" if words else "")


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")
