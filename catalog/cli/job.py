"""`catalog scrape`: the scheduled job."""

import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from catalog.cli.app import DB, DataDir, app, named_source, settings
from catalog.cli.logs import set_up_logging
from catalog.cli.output import complain, note, print_json
from catalog.cli.tell import introduce_listener, missing_listener, tell_listener
from catalog.cli.write import SHOWN, drift_lines, failure_as_object, now

if TYPE_CHECKING:
    import pandas as pd

    from catalog.runs.ingest import Outcome
    from catalog.runs.job import Job, SourceReport, Tell
    from catalog.runs.targets import Plan
    from catalog.settings import Settings
    from scrapers.fetching.fetcher import Fetcher
    from scrapers.fetching.settings import FetchSettings

log = logging.getLogger("catalog.scrape")


@app.command()
def scrape(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources; all where none is named.")] = None,
    model: Annotated[list[str] | None, typer.Option("--model", help="Only this model's pages; repeatable.")] = None,
    endpoints: Annotated[
        Literal["all", "changed", "none"], typer.Option("--endpoints", help="For which models endpoints are asked.")
    ] = "all",
    budget: Annotated[int | None, typer.Option("--budget", min=0, help="At most so many pages, stalest first.")] = None,
    base_url: Annotated[list[str] | None, typer.Option("--base-url", help="SOURCE=URL of a mirror.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the changes it would store, touch nothing.")
    ] = False,
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

        print_sources("json" if as_json else None)
        return
    set_up_logging(log_format or os.environ.get("CATALOG_LOG_FORMAT", ""))  # also for what is wrong with the settings
    with failure_as_object(dry_run) if as_json else nullcontext():
        chosen = settings(db, data_dir, concurrency=concurrency, log_format=log_format, notify=notify)
        set_up_logging(chosen["log_format"])

        from catalog.runs.targets import Plan

        plan = Plan(_known(sources), _models(model or []), endpoints, budget, _mirrors(base_url or []))
        job, unknown, changes = _ran(chosen, plan, dry_run)
    for line in unknown:
        complain(line)
    code = job.session.exit_code or (2 if unknown else 0)
    for one in job.reports.values():
        log.info("%s: done", one.source, extra={"event": "source", "source": one.source, **_counts(one)})
    if as_json:
        print_json(_as_object(job, code, changes))
    else:
        _print(job, changes)
    raise typer.Exit(code)


def _ran(chosen: "Settings", plan: "Plan", dry_run: bool) -> "tuple[Job, list[str], pd.DataFrame | None]":
    """A run that came to its end, a line on each model that nobody has heard of, and of a dry run the changes."""
    from catalog.runs.job import Job

    limits = fetch_settings(chosen, plan)
    if chosen["notify"] and (why := missing_listener(chosen["notify"])):
        complain(f"{why}; the run goes on")
    changes: pd.DataFrame | None = None
    with _session(chosen, dry_run=dry_run) as session, _fetcher(limits) as fetcher:
        if chosen["notify"] and not dry_run:
            introduce_listener(session, chosen["notify"], limits)
        job = Job(session, fetcher, plan)
        with _progress() as tell:
            job.run(tell)
        if dry_run:
            from catalog.runs.rehearsal import new_transitions

            changes = new_transitions(session)
        elif chosen["notify"]:
            tell_listener(session, chosen["notify"], limits)
        unknown = job.unknown_models
    return job, unknown, changes


def _session(chosen: "Settings", *, dry_run: bool) -> Any:
    if dry_run:
        from catalog.runs.rehearsal import rehearsal

        return rehearsal(chosen, "scrape", now=now)
    from catalog.runs.session import writing_session

    return writing_session(chosen, "scrape", now=now)


def fetch_settings(chosen: "Settings", plan: "Plan") -> "FetchSettings":
    """The limits of the fetch layer as the settings want them.

    Only hosts that `--base-url` names may be private. Requests are not spaced where every source is on this machine.
    """
    from catalog.errors import UsageError
    from catalog.version import VERSION
    from scrapers.fetching.addresses import named_host
    from scrapers.fetching.settings import FetchSettings

    hosts = {slug: named_host(url) for slug, url in plan.base_urls.items()}
    is_local = all(hosts.get(slug) in ("127.0.0.1", "::1", "localhost") for slug in plan.sources)
    try:
        return FetchSettings(
            deadline_s=chosen["deadline_s"],
            retries=chosen["retries"],
            outage_wait_s=chosen["outage_wait_s"],
            concurrency=chosen["concurrency"],
            spacing_s=0.0 if is_local else chosen["spacing_s"],
            contact=chosen["contact"] or None,
            version=VERSION,
            trust_private_hosts=frozenset(hosts.values()),
            proxy=chosen["proxy"] or None,
            ca_file=chosen["ca_file"] or None,
        )
    except ValueError as error:
        raise UsageError(str(error)) from error


def _fetcher(limits: "FetchSettings") -> "Fetcher":
    from catalog.errors import UsageError
    from scrapers.fetching.fetcher import Fetcher

    try:
        return Fetcher(limits, now=now)
    except OSError as error:
        raise UsageError(f"ca_file, {limits.ca_file}: cannot be read: {error.strerror or error}") from error


def _known(sources: list[str] | None) -> list[str]:
    """The slugs of the sources that are named, each once; of all where none is."""
    from scrapers.source import all_sources

    return list(dict.fromkeys(named_source(slug).slug for slug in sources or all_sources()))


def _mirrors(given: list[str]) -> dict[str, str]:
    from catalog.errors import UsageError
    from scrapers.fetching.addresses import named_host, shown_url
    from scrapers.fetching.errors import Refused

    mirrors = {}
    for text in given:
        source, sign, url = text.partition("=")
        if not sign or not url.startswith(("http://", "https://")):
            shown = shown_url(text) if "://" in source else f"{source}{sign}{shown_url(url)}"
            raise UsageError(f"--base-url is SOURCE=URL, not {shown!r}")
        try:
            named_host(url)
        except Refused as error:
            raise UsageError(f"--base-url: {error}") from error
        mirrors[named_source(source).slug] = url
    return mirrors


def _models(given: list[str]) -> list[str]:
    """The models that are named, none of which may be anything but an id or a slug: it becomes part of an address."""
    from catalog.errors import UsageError
    from scrapers.api.contract import Rejected
    from scrapers.api.model_card import checked_id

    try:
        return [checked_id("--model", model) for model in given]
    except Rejected as error:
        raise UsageError(str(error)) from error


@contextmanager
def _progress() -> "Iterator[Tell]":
    """A progress bar on a terminal's stderr; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda more, outcome: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Fetching"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Fetching", total=0)
        total = 0

        def tell(more: int | None, outcome: "Outcome | None") -> None:
            nonlocal total
            if more is not None:
                total += more
                bar.update(task, total=total)
            else:
                bar.update(task, advance=1)

        yield tell


def _counts(report: "SourceReport") -> dict[str, Any]:
    return {
        "asked": report.asked,
        "stored": report.count("accepted"),
        "unchanged": report.unchanged,
        "known": report.count("known"),
        "held": report.count("held"),
        "refused": report.count("refused"),
        "absent": len(report.absent),
        "forbidden": len(report.forbidden),
        "failed": len(report.failed) + len(report.busy),
        "changes": report.changes,
    }


def _as_object(job: "Job", code: int, changes: "pd.DataFrame | None") -> dict[str, Any]:
    """The run as `docs/operations.md` describes it."""
    sources = {
        slug: _counts(one) | {"absent": one.absent, "forbidden": one.forbidden, "failed": [*one.failed, *one.busy]}
        for slug, one in job.reports.items()
    }
    found = job.session.summary.as_dict() | {"exit_code": code, "dry_run": changes is not None, "sources": sources}
    if "told" in job.session.notes:
        found["told"] = job.session.notes["told"]
    if changes is not None:
        from catalog.cli.output import plain_rows

        found["transitions"] = plain_rows(changes[list(RAW_COLUMNS)])
    return found


RAW_COLUMNS = ("observed_at", "source", "model_id", "kind", "field", "old", "new")


def _print(job: "Job", changes: "pd.DataFrame | None") -> None:
    """One line a source; and of a dry run the changes, with all else on stderr."""
    for report in job.reports.values():
        counts = {word: number for word, number in _counts(report).items() if number or word in ("asked", "stored")}
        line = f"{report.source}: {', '.join(f'{number} {word}' for word, number in counts.items())}"
        typer.echo(line, err=changes is not None)
        _explain(report)
    for line in drift_lines(job.session.summary.outcomes, dry_run=changes is not None):
        typer.echo(line, err=changes is not None)
    if changes is not None:
        from catalog.cli.output import print_frame

        print_frame(changes[list(RAW_COLUMNS)], None)


def _explain(report: "SourceReport") -> None:
    """Why a source did not give all that was asked of it, in a few lines."""
    doubts = [
        f"{one.name}: {one.verdict}: {one.reason}" for one in report.outcomes if one.verdict in ("held", "refused")
    ]
    for messages in (report.failed, report.busy, report.forbidden, doubts):
        counted = Counter(messages)  # of a host whose robots.txt cannot be had every page tells the same
        for message, count in list(counted.items())[:SHOWN]:
            complain(f"{report.source}: {message}{f' ({count} addresses)' if count > 1 else ''}")
        if more := sum(list(counted.values())[SHOWN:]):
            complain(f"{report.source}: … and {more} more")
    if report.count("held"):
        note(f"{report.source}: `catalog review` shows what is held, and takes the decision")
    if report.seems_moved:
        complain(f"{report.source}: all {report.asked} addresses are gone; has the source moved?")
