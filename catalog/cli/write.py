"""The commands that write: import, rebuild, review, replay of a parser's fix."""

import re
import signal
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.app import DB, DataDir, Formatted, TerminatedError, app, named_source, settings
from catalog.cli.output import Format, complain, counted, note, print_frame, print_json

if TYPE_CHECKING:
    from catalog.runs.ingest import Outcome
    from catalog.runs.review import Stored
    from catalog.runs.session import Summary


SHOWN = 5
"""How many messages of a kind are shown; `--json` has all of them."""


def now() -> datetime:
    """The clock of this call; only the command line reads it."""
    return datetime.now(UTC)


@app.command("import")
def import_files(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Saved pages, API answers (.json, .json.gz), folders of them.")
    ] = None,
    git: Annotated[Path | None, typer.Option("--git", help="A git repository whose history is to be read.")] = None,
    path: Annotated[str | None, typer.Option("--path", help="The file in the repository, with --git.")] = None,
    observed_at: Annotated[
        str | None, typer.Option("--observed-at", help="When it was seen, where the file does not say.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="The source, where the content does not tell.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and judge, store nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run as one JSON object.")] = False,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Store saved files as captures; what is stored already is left alone.

    Example: `catalog import data/sample` or `catalog import --git repo --path models.json`
    """
    from catalog.errors import UsageError
    from catalog.instants import read_instant
    from catalog.runs.git_history import git_versions, is_shallow
    from catalog.runs.importing import saved_documents
    from catalog.runs.rehearsal import rehearsal
    from catalog.runs.session import writing_session

    opened = rehearsal if dry_run else writing_session
    with failure_as_object(dry_run) if as_json else nullcontext():
        if (git is None) == (not paths):
            raise UsageError("name files or folders, or a repository with --git and a file in it with --path")
        if (git is None) != (path is None):
            raise UsageError("--git and --path go together")
        seen = read_instant(observed_at) if observed_at else None
        chosen = None if source is None else named_source(source)
        if git is not None and path is not None:
            documents = git_versions(git, path)
            if is_shallow(git):
                note(f"{git} is a shallow clone and lacks older versions; git fetch --unshallow brings them")
        else:
            documents = saved_documents(paths or [], observed_at=seen)
        if not documents:
            raise UsageError("there is nothing to import: no .json, .html or .txt file in these folders")
        with (
            opened(settings(db, data_dir), "import", now=now) as session,
            progress(len(documents), "Importing") as step,
        ):
            session.take(documents.of(chosen), step)
    print_summary(session.summary, as_json=as_json, dry_run=dry_run)
    raise typer.Exit(session.summary.exit_code)


@app.command()
def rebuild(
    thinned: Annotated[
        bool, typer.Option("--thinned", help="Even if the archive lacks captures that the database has.")
    ] = False,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Make the database again from the archive; the old one is kept until the new one is whole.

    Example: `catalog rebuild`
    """
    from catalog.runs.rebuild import rebuild_database

    chosen = settings(db, data_dir)
    with progress(None, "Rebuilding") as step:
        result = rebuild_database(chosen, now=now, tell=step, may_lack=thinned)
    note(f"{result.captures} captures from the archive; digest {result.digest}")


@app.command()
def replay(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources; all where none is named.")] = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Read the archive again with today's parsers; what they read otherwise becomes a correction, not a change.

    Example: `catalog replay benchable_page`
    """
    from catalog.runs.replay import replay_sources

    for source in sources or []:
        named_source(source)
    result = replay_sources(settings(db, data_dir), sources or None, now=now)
    note(f"{counted(result.scopes, 'scope')} read again, {counted(result.corrections, 'version')} corrected")
    for count, what in ((result.moved, "taken for another scope now"), (result.unread, "not readable now")):
        if count:
            note(f"{counted(count, 'capture')} left as before, {what}; `catalog rebuild` tells of them anew")


@app.command()
def review(
    capture: Annotated[int | None, typer.Argument(help="The number of a capture; none lists those that wait.")] = None,
    accept: Annotated[str | None, typer.Option("--accept", help="Accept it, for this reason.")] = None,
    reject: Annotated[
        str | None, typer.Option("--reject", help="Refuse it for good, for this reason, even if it was accepted.")
    ] = None,
    run: Annotated[int | None, typer.Option("--run", help="All captures of this run: to list, or to refuse.")] = None,
    last: Annotated[
        int | None, typer.Option("--last", min=1, help="List so many captures, those seen last first.")
    ] = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """List the captures that the guard held back, or decide on one; the reason is kept.

    Example: `catalog review 17 --accept "the provider announced it"`
    """
    from catalog.errors import UsageError
    from catalog.runs.review import captures_of_run, decide, held_captures, last_captures, refuse

    chosen = settings(db, data_dir)
    _check_review(capture, accept, reject, run, last)
    if capture is not None:
        outcome = decide(chosen, capture, reason=accept or reject or "", accept=accept is not None, now=now)
        note(f"capture {capture}: {outcome}")
        return
    if last is not None:
        found = last_captures(chosen, last)
    else:
        found = held_captures(chosen) if run is None else captures_of_run(chosen, run)
    nothing = f"run {run} brought nothing that is stored; after `catalog rebuild` it is not known who brought what"
    if reject is not None:
        if not found:
            raise UsageError(nothing)
        refuse(chosen, found, reason=reject, now=now)
        note(f"run {run}: {counted(len(found), 'capture')} refused")
        return
    columns = ["capture", "source", "scope", "observed_at", "reason"]
    if last is not None:
        columns = ["capture", "run", "source", "scope", "observed_at", "verdict", "reason"]
    elif run is not None:
        columns = ["capture", "source", "scope", "observed_at", "verdict", "reason"]
    _print_captures(found, columns, form)
    if not found:
        note("nothing was captured yet" if last else "nothing is held back" if run is None else nothing)


def _check_review(
    capture: int | None, accept: str | None, reject: str | None, run: int | None, last: int | None
) -> None:
    """Refuse options of `catalog review` that do not go together."""
    from catalog.errors import UsageError

    if capture is not None and run is not None:
        raise UsageError("say either which capture or which run")
    if last is not None and (accept, reject, capture, run) != (None, None, None, None):
        raise UsageError("--last lists captures; which of them is meant is said by its number")
    if accept is not None and reject is not None:
        raise UsageError('say either --accept "why" or --reject "why"')
    if capture is None and (accept is not None or (reject is not None and run is None)):
        raise UsageError("say which capture: its number comes first; `catalog review` alone lists those that are held")
    if capture is not None and accept is None and reject is None:
        raise UsageError('say --accept "why" or --reject "why"')


def _print_captures(found: "Sequence[Stored]", columns: list[str], form: Format | None) -> None:
    import pandas as pd

    from catalog.instants import moment

    rows = [one._asdict() | {"capture": one.id, "observed_at": moment(one.instant)} for one in found]
    most_telling = ("capture", "run", "observed_at", "verdict", "scope", "reason", "source")
    table = [name for name in most_telling if name in columns]
    print_frame(pd.DataFrame(rows, columns=columns), form, as_asked=True, table_columns=table)


@contextmanager
def progress(total: int | None, title: str) -> "Iterator[Callable[[Outcome], None]]":
    """A progress bar on a terminal's stderr; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda outcome: bar.update(task, advance=1)


@contextmanager
def failure_as_object(dry_run: bool) -> Iterator[None]:
    """Print an error that ends a run as a JSON object, so that whoever reads `--json` gets one in any case."""
    from catalog.errors import exit_code_of

    try:
        yield
    except (Exception, KeyboardInterrupt) as error:
        code = exit_code_of(error)
        if isinstance(error, KeyboardInterrupt):
            code = 128 + (signal.SIGTERM if isinstance(error, TerminatedError) else signal.SIGINT)
        told = {"exit_code": code, "dry_run": dry_run, "error": str(error) or "interrupted"}
        print_json(told)
        raise


def print_summary(summary: "Summary", *, as_json: bool, dry_run: bool = False) -> None:
    """What a run did: an object for scripts, or a few lines with every document that was not stored."""
    if as_json:
        print_json(summary.as_dict())
        return
    for outcome in summary.outcomes:
        if outcome.verdict in ("held", "refused"):
            complain(f"{outcome.name}: {outcome.verdict}: {outcome.reason}")
    for message in drift_lines(summary.outcomes, dry_run=dry_run):
        note(message)
    counts = summary.counts
    parts = [f"{counts['accepted']} captures {'would be ' if dry_run else ''}stored, {summary.changes} changes"]
    parts += [f"{counts['known']} known already"] if counts["known"] else []
    parts += [f"{counts['held']} held for review (catalog review)"] if counts["held"] else []
    parts += [f"{counts['refused']} refused"] if counts["refused"] else []
    typer.echo("; ".join(parts))


def drift_lines(outcomes: "Sequence[Outcome]", *, dry_run: bool = False) -> Iterator[str]:
    """The warnings of a run by source and kind: a few of each, how many more there are, and where they all are.

    A key that came or went is told once, however many records had it at which capture and whatever it held; another
    warning is told once whatever the number of its records.
    """
    kinds: defaultdict[tuple[str, str], dict[str, dict[int, str]]] = defaultdict(dict)
    for capture, outcome in enumerate(outcomes):
        for warning in outcome.warnings:
            said = _COUNT_OF_RECORDS.sub("", warning.message)
            subject = said.rpartition("`")[0] if warning.code in _OF_KEYS else said
            alike = kinds[outcome.source or "", warning.code].setdefault(subject or said, {})
            alike.setdefault(capture, warning.message)
    is_cut = False
    for (source, code), messages in kinds.items():
        for by_capture in list(messages.values())[:SHOWN]:
            first, count = next(iter(by_capture.values())), len(by_capture)
            told = first if count == 1 else f"{_COUNT_OF_RECORDS.sub('', first)} ({count} captures)"
            yield f"{source}: {code}: {told}"
        if (left := len(messages) - SHOWN) > 0:
            yield f"{source}: {code}: … and {left} more"
            is_cut = True
    if is_cut:
        all_of_them = "--json" if dry_run else '`catalog sql "SELECT * FROM drift"`'
        yield f"{all_of_them} has all of these warnings"


_OF_KEYS = frozenset({"drift_unknown_key", "drift_missing_key"})
"""The warnings about a key, whose name stands first in them."""

_COUNT_OF_RECORDS = re.compile(r"; [0-9]+ records, here the first$")
