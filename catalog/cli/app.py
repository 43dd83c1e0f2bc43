"""The Typer application and the options that many commands share.

The modules of the commands have no `from __future__ import annotations`: Typer would compile each of their 500
annotations at every start, a sixth of the time that a start takes.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import TyperException
from typer.core import TyperGroup

from catalog.cli.output import Format, complain

if TYPE_CHECKING:
    from catalog.api import Catalog
    from catalog.settings import Settings
    from scrapers.source import Source


class InterruptedProgramError(Exception):
    """Somebody pressed Ctrl-C, or sent the signal of it, or that of an end (`TerminatedError`)."""


class TerminatedError(KeyboardInterrupt):
    """Whoever started the program wants it to end (SIGTERM)."""


class _Program(TyperGroup):
    """The program; it tells its caller of an interruption, which Typer would swallow, and the likeliest option."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise InterruptedProgramError from error
        except TyperException as raised:
            refused: Any = raised
            if possible := getattr(refused, "possibilities", None):  # the nearest first; Typer would sort them
                typed = getattr(refused, "option_name", "")
                meant = [one for one in possible if one.startswith(typed)] or possible
                refused.message += f"; did you mean {' or '.join(meant)}?"
                refused.possibilities = None
            raise


app = typer.Typer(
    name="catalog",
    cls=_Program,
    help="The catalogue of AI models that remembers: prices, endpoints, scores and their history.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",  # Markdown takes a third of the start
    context_settings={"help_option_names": ["-h", "--help"]},
)

DB = Annotated[str | None, typer.Option("--db", help="A SQLite file or a postgresql:// URL.", show_default=False)]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="The folder of the archive and the database.", show_default=False)
]
Formatted = Annotated[
    Format | None,
    typer.Option(
        "--format", "-f", help="How rows are printed; a table on a terminal, CSV otherwise.", show_default=False
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="True in the world at this time (UTC); a date is its end.", show_default=False),
]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", help="As far as the catalogue had been told by then.", show_default=False)
]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", "-w", help="A filter: 'context_tokens >= 200K and author = google'.", show_default=False),
]


def _folder(given: str) -> Path:
    """A folder that is named; Typer would take an empty text, as of an unset shell variable, for the current one."""
    if not given.strip():
        raise typer.BadParameter("nothing is no folder; the one you are in is called .")
    return Path(given)


Folder = Annotated[Path, typer.Argument(help="The folder to write to.", parser=_folder, show_default=False)]
Model = Annotated[str, typer.Argument(help="A model's id, permanent slug or exact name.", show_default=False)]
Models = Annotated[
    list[str] | None, typer.Argument(help="Models by id, permanent slug or exact name.", show_default=False)
]

_GLOBAL: dict[str, Any] = {}


def _version(shown: bool) -> None:
    if shown:
        from catalog.version import VERSION

        typer.echo(f"catalog {VERSION}")
        raise typer.Exit


def listed(words: Sequence[str] | None) -> list[str] | None:
    """The words of an option that takes several, be it repeated or with commas between; None where it is not given.

    >>> listed(["price,fact", "new"])
    ['price', 'fact', 'new']
    """
    return [word.strip() for several in words for word in several.split(",")] if words else None


def whole_filter(filters: Sequence[str] | None) -> str | None:
    """The filter of an option that is repeated: all of them hold. None where it is not given.

    >>> whole_filter(["author = google or author = openai", "context_tokens > 1M"])
    '(author = google or author = openai) and (context_tokens > 1M)'
    """
    if filters is None or len(filters) < 2:
        return filters[0] if filters else None
    from catalog.where.parser import parse_where

    for one in filters:
        parse_where(one)  # a bracket that closes in the one must have opened there
    return " and ".join(f"({one})" for one in filters)


@app.callback()
def main_options(
    db: DB = None,
    data_dir: DataDir = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """The catalogue of AI models that remembers: prices, endpoints, scores and their history."""
    _GLOBAL.update(db=db, data_dir=data_dir)


def settings(db: str | None = None, data_dir: Path | None = None, **flags: Any) -> "Settings":
    """The settings of this call: the command's own options, then those before the command, then the rest."""
    from catalog.settings import read_settings, unknown_variables

    for line in unknown_variables():
        complain(line)
    given = {"db": db or _GLOBAL.get("db"), "data_dir": data_dir or _GLOBAL.get("data_dir"), **flags}
    return read_settings({name: str(v) if isinstance(v, Path) else v for name, v in given.items()})


def named_source(slug: str) -> "Source":
    """The source of a slug that a user gave. Raises `UsageError`, which lists the sources, where there is none."""
    from catalog.errors import UsageError
    from scrapers.source import all_sources

    if slug not in all_sources():
        raise UsageError(f"no source {slug!r}; there are {', '.join(all_sources())}")
    return all_sources()[slug]


def open_catalog(db: str | None, data_dir: Path | None) -> "Catalog":
    """The catalogue of this call, for reading."""
    from catalog.api import Catalog

    found = settings(db, data_dir)
    return Catalog(found.db, data_dir=found.data_dir)
