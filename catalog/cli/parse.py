"""`catalog parse` and `catalog sources`: the parsers alone, without a database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.app import Formatted, app, named_source
from catalog.cli.output import Format, note, print_frame, print_json

if TYPE_CHECKING:
    from scrapers.records import Records


@app.command()
def parse(
    file: Annotated[Path, typer.Argument(help="A saved page or API answer; .gz too.")],
    source: Annotated[str | None, typer.Option("--source", help="The source, where the content does not tell.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="The address that the file came from.")] = None,
    stats: Annotated[bool, typer.Option("--stats", help="Print the fill rate of each field instead.")] = False,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="json where none is said; csv is one table of every field.", show_default=False
        ),
    ] = None,
) -> None:
    """Print the records in one file and touch nothing.

    Example: `catalog parse data/sample/openrouter_endpoints/2026-06-10T043200Z_openai_gpt-4o.json`
    """
    from dataclasses import replace
    from datetime import UTC, datetime

    from catalog.errors import SourceFailed, UsageError
    from catalog.runs.importing import Unreadable, saved_documents
    from scrapers.errors import DocumentError
    from scrapers.source import source_of

    if file.is_dir():
        raise UsageError(f"{file} is a folder; `catalog import` takes folders, `parse` one file")
    item = next(iter(saved_documents([file], observed_at=datetime(1970, 1, 1, tzinfo=UTC))))
    if isinstance(item, Unreadable):
        raise SourceFailed(f"{item.name}: {item.reason}")
    document = item.document if url is None else replace(item.document, url=url)
    try:
        chosen = source_of(document) if source is None else named_source(source)
        records = chosen.parse(document).records()
    except DocumentError as error:
        raise SourceFailed(f"{file}: {error.code}: {error}") from error
    if stats:
        _print_fill(records, form)
        return
    if form in (None, "json"):
        print_json(records.as_dict())
        return
    for warning in records.warnings:
        note(f"{warning.code}: {warning.message} ({warning.where})")
    _print_lists(records, form)


def _print_lists(records: "Records", form: Format) -> None:
    """The records as tables: in CSV one of every field, for a reader one a list."""
    import pandas as pd

    lists = records.as_dict().items()
    if form == "csv":
        fields = [
            (name, number, field, value)
            for name, rows in lists
            for number, row in enumerate(rows)
            for field, value in row.items()
        ]
        print_frame(pd.DataFrame(fields, columns=["list", "row", "field", "value"], dtype=object), form)
        return
    for name, rows in lists:
        if rows:
            typer.echo(f"{'## ' if form == 'markdown' else ''}{name}\n")
            print_frame(pd.DataFrame(rows, dtype=object), form)
            typer.echo()


def _print_fill(records: "Records", form: Formatted) -> None:
    import pandas as pd

    from scrapers.fill import fill_rates

    rows = [
        (name, field, f"{share:.2f}") for name, fields in fill_rates(records).items() for field, share in fields.items()
    ]
    print_frame(pd.DataFrame(rows, columns=["list", "field", "fill_rate"]), form)


@app.command()
def sources(form: Formatted = None) -> None:
    """List the sources: what each is, its address and its parser's version.

    Example: `catalog sources`
    """
    import pandas as pd

    from scrapers.source import all_sources

    rows = [(s.slug, s.title, s.base_url + s.path, s.version) for s in all_sources().values()]
    print_frame(pd.DataFrame(rows, columns=["source", "title", "address", "parser_version"]), form)
