"""The commands that tell others: feeds, hooks, and the copy to another database."""

import re
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.app import DB, DataDir, Folder, app, settings
from catalog.cli.output import complain, note
from catalog.cli.write import now

if TYPE_CHECKING:
    from catalog.runs.session import Session
    from catalog.telling.notify import Listener
    from scrapers.fetching.settings import FetchSettings

SITE = "https://openrouter.ai/models"


@app.command()
def feed(
    directory: Folder,
    since: Annotated[str | None, typer.Option("--since", help="Changes from this time on.")] = None,
    title: Annotated[str, typer.Option("--title", help="What the feeds are called.")] = "AI models: changes",
    site_url: Annotated[str, typer.Option("--site-url", help="The page to which the feeds belong.")] = SITE,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """The changes of the market as an Atom feed and a JSON feed; files that would not change are left alone.

    Example: `catalog feed public --since 2026-05-01 --site-url https://example.org/models`
    """
    from catalog.database import open_engine, reading
    from catalog.errors import UsageError
    from catalog.migrate import check_revision

    if not re.match(r"https?://[^/\s]", site_url):
        raise UsageError(f"--site-url is the address of a page, such as {SITE}, not {site_url!r}")
    chosen = settings(db, data_dir)
    engine = open_engine(chosen.db, read_only=True)
    try:
        check_revision(engine)
        from catalog.change_log.changes import market_changes
        from catalog.change_log.rules import Rules
        from catalog.instants import micros, moment, read_instant
        from catalog.questions.frames import Moment
        from catalog.status import last_capture
        from catalog.telling.feed import write_feeds

        begin = None if since is None else micros(read_instant(since))
        with reading(engine) as connection:
            heard = last_capture(connection)
            if heard is None:
                raise UsageError("nothing was captured yet; `catalog scrape` or `catalog import` comes first")
            changes = market_changes(connection, Moment(), since=begin, rules=Rules(flap_days=chosen["flap_days"]))
    finally:
        engine.dispose()
    for path in write_feeds(directory, changes, title=title, site_url=site_url, updated=moment(heard)):
        typer.echo(str(path))


@app.command("copy")
def copy_to(
    to: Annotated[str, typer.Option("--to", help="A postgresql:// URL or a SQLite file, without captures yet.")],
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Copy the whole database to another one: SQLite to PostgreSQL, or back. The archive stays where it is.

    Example: `catalog copy --to postgresql://catalog@db.example.org/catalog`
    """
    from catalog.runs.copy import copy_catalogue

    chosen = settings(db, data_dir)
    copied = copy_catalogue(chosen.db, to, chosen.data_dir)
    note(f"{copied.rows} rows; set CATALOG_DB, or `db` in catalog.toml, to the new address")
    typer.echo(f"digest {copied.digest}")


def missing_listener(notify: str) -> str | None:
    """Why nobody will be told by this command, as far as it can be said before; None for an address."""
    from catalog.telling.notify import missing_command

    program = None if _is_address(notify) else missing_command(notify)
    return program and f"notify: there is no program {program!r} that could be run"


def introduce_listener(session: "Session", notify: str, limits: "FetchSettings") -> None:
    """Note a new listener at the beginning of a run: what the run stores is news to it, even if the run dies.

    Where that cannot be noted the run goes on; its end says so.
    """
    from catalog.change_log.rules import Rules
    from catalog.database import reading
    from catalog.errors import StoreError
    from catalog.instants import micros
    from catalog.telling.notify import introduce

    rules, begin = Rules(flap_days=session.settings["flap_days"]), micros(session.started_at)
    with suppress(StoreError), reading(session.store.engine) as connection:
        introduce(connection, _listener(notify, limits), session.settings.data_dir, begin=begin, rules=rules)


def tell_listener(session: "Session", notify: str, limits: "FetchSettings") -> None:
    """Tell a command or an address what is new in the market since it was told last.

    What was not delivered is said here, keeps the run from ending with 0, and is told with the next.
    """
    from catalog.change_log.rules import Rules
    from catalog.database import reading
    from catalog.errors import PartialFailure, StoreError
    from catalog.instants import micros
    from catalog.telling.notify import NotDelivered
    from catalog.telling.notify import notify as tell

    listener = _listener(notify, limits)
    try:
        if why := missing_listener(notify):
            raise NotDelivered(why)
        with reading(session.store.engine) as connection:
            session.notes["told"] = tell(
                connection,
                listener,
                session.settings.data_dir,
                begin=micros(session.started_at),
                now=micros(session.now()),
                rules=Rules(flap_days=session.settings["flap_days"]),
            )
    except NotDelivered as error:
        complain(f"not told: {error}; it will be with the next run")
        session.notes["told"] = 0
        session.exit_code = session.exit_code or PartialFailure.exit_code
    except StoreError as error:
        complain(f"not told: {error}")
        session.exit_code = error.exit_code


def _is_address(notify: str) -> bool:
    return notify.lower().startswith(("http://", "https://"))


def _listener(notify: str, limits: "FetchSettings") -> "Listener":
    from catalog.telling.notify import command_listener, webhook_listener
    from scrapers.fetching.posting import post_json

    if not _is_address(notify):
        return command_listener(notify)
    return webhook_listener(notify, partial(post_json, settings=limits, now=now, monotonic=time.monotonic))
