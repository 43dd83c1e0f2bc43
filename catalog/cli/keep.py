"""The commands that keep the catalogue: status, verify, db, config, export, report, sql."""

import re
import sys
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urljoin

import typer

from catalog.cli.app import DB, AsOf, DataDir, Folder, Formatted, KnownAt, app, open_catalog, settings
from catalog.cli.output import Format, chosen, complain, note, on_one_line, print_frame, print_json, print_object
from catalog.cli.shown import short_age, short_size
from catalog.cli.write import now

if TYPE_CHECKING:
    from catalog.status import Age, Health
    from catalog.verify import Problem

database = typer.Typer(help="The database's schema: upgrade, current, check.", no_args_is_help=True)
app.add_typer(database, name="db")
config = typer.Typer(help="The settings and where they come from.", no_args_is_help=True)
app.add_typer(config, name="config")


@app.command()
def status(
    max_age: Annotated[str | None, typer.Option("--max-age", help="Fail where a source is older, e.g. 26h.")] = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Health and freshness: last good captures, what is held back, drift, disk, versions.

    Example: `catalog status --max-age 26h`
    """
    from catalog.status import health_of, too_old, what_waits

    limit = None if max_age is None else _age(max_age)
    with open_catalog(db, data_dir) as catalog, catalog.snapshot(), catalog.asked() as (connection, _):
        disagreements = catalog.conflicts().groupby(["model", "field"]).ngroups
        listed = len(catalog.models(columns=()))
        at = now()
        health = health_of(connection, catalog.settings.data_dir, now=at, disagreements=disagreements, listed=listed)
    if chosen(form) == "json":
        found = health._asdict() | {"sources": [one._asdict() for one in health.sources]}
        print_json(found)
    else:
        _print_health(health, chosen(form))
    if limit is None:  # a monitor gets one line, of what it asked
        for line in what_waits(health):
            note(line)
    elif problems := too_old(health, limit, now=at):
        complain("; ".join(problems))
        raise typer.Exit(1)


def _print_health(health: "Health", form: Format) -> None:
    """The catalogue and then its sources; for scripts one row a value, under the source that it is of."""
    import pandas as pd

    facts = {name: value for name, value in health._asdict().items() if name != "sources"}
    run = facts.pop("last_run") or {}
    facts |= {f"last_run_{name}": run.get(name) for name in ("command", "started_at", "exit_code")}
    if form == "table":
        facts["models"] = f"{facts.pop('listed'):,} listed, {facts['models']:,} ever known"
        facts |= {
            name: short_size(size) for name, size in facts.items() if name.endswith("_bytes") and size is not None
        }
        print_object(((name.removesuffix("_bytes").replace("_", " "), value) for name, value in facts.items()), form)
        typer.echo("")
        sources = pd.DataFrame([one._asdict() for one in health.sources]).rename(columns={"age_hours": "age"})
        if "age" in sources:
            sources["age"] = [None if pd.isna(age) else short_age(age) for age in sources["age"]]
        print_frame(sources, form)
        return
    rows: list[tuple[str | None, str, object]] = [(None, name, value) for name, value in facts.items()]
    for one in health.sources:
        rows += [(one.source, name, value) for name, value in one._asdict().items() if name != "source"]
    print_frame(pd.DataFrame(rows, columns=["source", "measure", "value"], dtype=object), form)


def _age(text: str) -> "Age":
    from catalog.errors import UsageError
    from catalog.status import Age

    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*(m|h|d)", text.strip())
    if not found:
        raise UsageError(f"not a length of time: {text!r}; write 90m, 26h or 2d")
    return Age(float(found[1]), found[2])  # a time, not money


@app.command()
def verify(
    deep: Annotated[bool, typer.Option("--deep", help="Read every archived document and check its hash.")] = False,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Integrity: broken intervals, altered rows, missing documents; and the digest of the content.

    Example: `catalog verify --deep --format json`
    """
    from catalog.aliases import default_aliases
    from catalog.database import open_engine, reading
    from catalog.migrate import check_revision
    from catalog.verify import DOCUMENT, content_digest, problems
    from scrapers.archive import Archive

    chosen_settings = settings(db, data_dir)
    engine = open_engine(chosen_settings.db, read_only=True)
    check_revision(engine)
    with reading(engine) as connection:
        archive, aliases = Archive(chosen_settings.data_dir / "raw"), default_aliases(chosen_settings.data_dir)
        found = list(problems(connection, archive, deep=deep, aliases=aliases))
        digest = content_digest(connection)
    engine.dispose()
    _print_verified(found, digest, form or "table")  # lines are easy to search, too, for what reads them in a pipe
    if found:
        of_archive = sum(problem.kind == DOCUMENT for problem in found)
        remedies = {
            "of the archive, whose files a backup may have": of_archive,
            "of the database, which `catalog rebuild` makes again": len(found) - of_archive,
        }
        told = "; ".join(f"{count} {remedy}" for remedy, count in remedies.items() if count)
        complain(f"{len(found)} problem{'s' if len(found) > 1 else ''}: {told}")
        raise typer.Exit(6)


def _print_verified(found: "list[Problem]", digest: str, form: Format) -> None:
    """The digest and the problems: lines for a person, an object, or rows, of which the digest is the last."""
    if form == "json":
        print_json({"ok": not found, "digest": digest, "problems": [problem._asdict() for problem in found]})
    elif form == "table":
        for problem in found:
            typer.echo(on_one_line(f"{problem.kind}  {problem.where}  {problem.message}"))
        typer.echo(f"digest {digest}")
        if not found:
            typer.echo("ok")
    else:
        import pandas as pd

        rows = [*found, ("digest", None, digest)]
        print_frame(pd.DataFrame(rows, columns=["kind", "where", "message"], dtype=object), form)


@database.command("upgrade")
def db_upgrade(
    revision: Annotated[str, typer.Argument(help="The revision; the newest by default.")] = "head",
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Make the schema, or bring it up to this program; a SQLite file is copied beside itself first.

    Example: `catalog db upgrade`
    """
    from catalog.database import open_engine
    from catalog.migrate import upgrade

    engine = open_engine(settings(db, data_dir).db)
    before, after, backup = upgrade(engine, revision, now=now())
    engine.dispose()
    if backup is not None:
        note(f"the database as it was: {backup}")
    typer.echo(f"{before or 'empty'} -> {after}" if before != after else f"{after}: nothing to do")


@database.command("current")
def db_current(db: DB = None, data_dir: DataDir = None) -> None:
    """Print the database's revision and the program's.

    Example: `catalog db current`
    """
    from catalog.database import open_engine
    from catalog.migrate import HEAD, current_revision

    engine = open_engine(settings(db, data_dir).db, read_only=True)
    typer.echo(f"database {current_revision(engine) or 'empty'}, program {HEAD}")
    engine.dispose()


@database.command("check")
def db_check(db: DB = None, data_dir: DataDir = None) -> None:
    """Say whether the database's schema is this program's; exit 7 where it is not.

    Example: `catalog db check`
    """
    from catalog.database import open_engine
    from catalog.migrate import HEAD, check_revision

    engine = open_engine(settings(db, data_dir).db, read_only=True)
    check_revision(engine)
    engine.dispose()
    typer.echo(f"{HEAD}: the schema is this program's")


@config.command("show")
def config_show(form: Formatted = None, db: DB = None, data_dir: DataDir = None) -> None:
    """Every setting, its value and where it came from: flag, environment, file or default.

    Example: `catalog config show`
    """
    import pandas as pd

    from catalog.database import shown_database
    from catalog.settings import SETTINGS

    found = settings(db, data_dir)
    rows = []
    for name, setting in SETTINGS.items():
        value = found.db if name == "db" else found[name]
        if name == "db":
            value = shown_database(str(value))
        elif name in ("notify", "proxy"):
            value = _without_secret(str(value))
        rows.append((name, str(value), found.origin[name], setting.description))
    print_frame(pd.DataFrame(rows, columns=["setting", "value", "origin", "description"]), form)


def _without_secret(value: str) -> str:
    """An address or a command without what may be a secret: all of the one but its host, the words of the other."""
    from scrapers.fetching.addresses import shown_url

    if value.lower().startswith(("http://", "https://")):
        return f"{shown_url(urljoin(value, '/'))}…"
    word, more, _ = value.rpartition("@")[2].partition(" ")
    return f"{word} …" if more else word


@app.command()
def export(
    directory: Folder,
    form: Annotated[Literal["csv", "parquet"], typer.Option("--format", "-f", help="The format.")] = "csv",
    tables: Annotated[list[str] | None, typer.Option("--table", help="Only this table; may be repeated.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="History from this time on.")] = None,
    partition: Annotated[
        Literal["day", "month"] | None, typer.Option("--partition", help="Split the histories by date.")
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV for machines: nothing is neutralised for spreadsheets.")
    ] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """The tables as files, with a data dictionary (`datapackage.json`).

    Example: `catalog export out --format parquet --as-of 2026-05-01`
    """
    with open_catalog(db, data_dir) as catalog:
        files = catalog.export(
            directory,
            format=form,
            tables=tables,
            since=since,
            partition=partition,
            raw=raw,
            as_of=as_of,
            known_at=known_at,
        )
    for file in files:
        typer.echo(f"{file.path}\t{file.rows} rows")


@app.command()
def report(
    directory: Folder, as_of: AsOf = None, known_at: KnownAt = None, db: DB = None, data_dir: DataDir = None
) -> None:
    """The comparison as a web page with charts; it needs no network.

    Example: `catalog report site`
    """
    from catalog.report import write_report

    with open_catalog(db, data_dir) as catalog:
        path = write_report(catalog, directory, as_of=as_of, known_at=known_at)
    typer.echo(str(path))


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="One SELECT; - reads it from standard input.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")] = 10_000,
    timeout_s: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds until it is stopped.")] = 5.0,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Ask the views in SQL, reading only: model_now, price_now, price_history, endpoint_now, benchmark_now, …

    Example: `catalog sql "SELECT author, count(*) AS models FROM model_now GROUP BY author ORDER BY models DESC"`
    """
    from catalog.errors import UsageError
    from catalog.sql import ask

    try:
        text = sys.stdin.read() if query == "-" else query
    except UnicodeDecodeError as error:
        raise UsageError(f"the query on standard input cannot be read: {error}") from error
    frame, cut = ask(settings(db, data_dir).db, text, limit=limit, timeout_s=timeout_s)
    print_frame(frame, form, as_asked=True)
    if cut:
        note(f"only the first {limit} rows; --limit allows more")
