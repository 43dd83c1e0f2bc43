"""`catalog scrape`: the scheduled job."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from catalog.cli.app import DB, DataDir, app, settings
from catalog.cli.output import complain, note
from catalog.cli.write import now, print_summary

if TYPE_CHECKING:
    from catalog.ingest import Outcome
    from catalog.job import Job
    from catalog.settings import Settings


@app.command()
def scrape(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources; all where none is named.")] = None,
    model: Annotated[list[str] | None, typer.Option("--model", help="Only this model's pages; repeatable.")] = None,
    endpoints: Annotated[
        Literal["all", "changed", "none"], typer.Option("--endpoints", help="For which models endpoints are asked.")
    ] = "all",
    budget: Annotated[int | None, typer.Option("--budget", min=0, help="At most so many pages, stalest first.")] = None,
    base_url: Annotated[list[str] | None, typer.Option("--base-url", help="SOURCE=URL of a mirror.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the changes it would store.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run as one JSON object.")] = False,
    list_sources: Annotated[bool, typer.Option("--sources", help="List the sources and stop.")] = False,
    concurrency: Annotated[int | None, typer.Option("--concurrency", min=1, max=64, help="Requests at once.")] = None,
    log_format: Annotated[Literal["text", "json"] | None, typer.Option("--log-format", help="On stderr.")] = None,
    notify: Annotated[str | None, typer.Option("--notify", help="A command or address told of changes.")] = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """The scheduled job: fetch, archive, parse, check, store, summarise.

    Example: `catalog scrape` or `catalog scrape openrouter_models --dry-run`
    """
    if list_sources:
        from catalog.cli.parse import sources as print_sources

        print_sources(None)
        return
    from catalog.job import Job, Plan
    from catalog.session import writing_session

    chosen = settings(db, data_dir, concurrency=concurrency, log_format=log_format, notify=notify)
    set_up_logging(chosen["log_format"])
    plan = Plan(_known(sources), model or (), endpoints, budget, _mirrors(base_url or []))
    with writing_session(chosen, "scrape", now=now, dry_run=dry_run) as session, fetcher_for(chosen, plan) as fetcher:
        job = Job(session, fetcher, plan)
        with _bar() as tell:
            job.run(tell)
        session.exit_code = job.exit_code
        _report(job, as_json=as_json, dry_run=dry_run)
    raise typer.Exit(job.exit_code)


def fetcher_for(chosen: Settings, plan: Any) -> Any:
    """The way to the web as the settings want it; only hosts that `--base-url` names may be private."""
    from urllib.parse import urlsplit

    from catalog.version import VERSION
    from scrapers.fetch_settings import FetchSettings
    from scrapers.fetcher import Fetcher

    hosts = frozenset(filter(None, (urlsplit(url).hostname for url in plan.base_urls.values())))
    return Fetcher(
        FetchSettings(
            deadline_s=chosen["deadline_s"],
            retries=chosen["retries"],
            concurrency=chosen["concurrency"],
            spacing_s=0.0 if hosts else chosen["spacing_s"],
            contact=chosen["contact"] or None,
            version=VERSION,
            trust_private_hosts=hosts,
        ),
        now=now,
    )


def _known(sources: list[str] | None) -> list[str]:
    from catalog.errors import UsageError
    from scrapers.source import all_sources

    for slug in sources or []:
        if slug not in all_sources():
            raise UsageError(f"no source {slug!r}; there are {', '.join(all_sources())}")
    return list(sources or all_sources())


def _mirrors(given: list[str]) -> dict[str, str]:
    from catalog.errors import UsageError

    mirrors = {}
    for text in given:
        source, sign, url = text.partition("=")
        if not sign or not url.startswith(("http://", "https://")):
            raise UsageError(f"--base-url is SOURCE=URL, not {text!r}")
        mirrors[_known([source])[0]] = url
    return mirrors


class _bar:
    """A progress bar on a terminal's stderr; in a log nothing but the summary's lines."""

    def __enter__(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (TextColumn("Fetching"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.progress = Progress(*columns, console=console, disable=not console.is_terminal, transient=True)
        self.progress.__enter__()
        task = self.progress.add_task("Fetching", total=0)
        total = 0

        def tell(more: int | None, outcome: Outcome | None) -> None:
            nonlocal total
            if more is not None:
                total += more
                self.progress.update(task, total=total)
            else:
                self.progress.update(task, advance=1)

        return tell

    def __exit__(self, *error: Any) -> None:
        self.progress.__exit__(*error)


def _report(job: Job, *, as_json: bool, dry_run: bool) -> None:
    """One line a source for a log, or the run as one object."""
    summary = job.session.summary
    if as_json:
        found = summary.as_dict() | {
            "exit_code": job.exit_code,
            "failed": job.failed,
            "absent": job.absent,
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for slug in job.plan.sources:
        mine = [outcome for outcome in summary.outcomes if outcome.source == slug]
        parts = [f"{len(mine)} answers", f"{sum(outcome.changes for outcome in mine)} changes"]
        parts += [f"{len(job.failed[slug])} not fetched"] if slug in job.failed else []
        typer.echo(f"{slug}: {', '.join(parts)}")
    for slug, messages in job.failed.items():
        for message in messages[:5]:
            complain(f"{slug}: {message}")
        if len(messages) > 5:
            complain(f"{slug}: … and {len(messages) - 5} more")
    if job.absent:
        note(f"{len(job.absent)} addresses are not there (404)")
    print_summary(summary, as_json=False, dry_run=dry_run)


def set_up_logging(form: str) -> None:
    """Logs on stderr: a line of text, or one JSON object a line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines() if form == "json" else logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO if form == "json" else logging.WARNING, force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)


_PLAIN = frozenset(vars(logging.makeLogRecord({})))


class _JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, and whatever else was said."""

    def format(self, record: logging.LogRecord) -> str:
        more = {key: value for key, value in vars(record).items() if key not in _PLAIN and key != "message"}
        told = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **more,
        }
        return json.dumps(told, ensure_ascii=False, default=str)
