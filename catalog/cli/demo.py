"""`catalog demo`: the bundled sample, imported and shown; what `make run` runs."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from catalog.cli.app import DB, DataDir, app, settings
from catalog.cli.output import print_frame
from catalog.cli.write import now, print_summary, progress

if TYPE_CHECKING:
    from catalog.runs.session import Session

_COMPARED = ("google/gemini-2.5-pro", "google/gemini-2.5-flash", "deepseek/deepseek-v4-flash")
_SHOWN = (
    "released_on", "context_tokens", "max_output_tokens", "input_modalities", "output_modalities", "price.prompt",
    "price.completion", "price.input_cache_read", "rating.speed", "rating.ability", "rating.cost",
)  # fmt: skip


def sample_folder() -> Path:
    """Where the sample is: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "data" / "sample"
    return inside if inside.is_dir() else package.parent / "data" / "sample"


@app.command()
def demo(db: DB = None, data_dir: DataDir = None) -> None:
    """Import the bundled sample into an empty catalogue and show what can be asked; no network, key or server.

    Example: `catalog demo`
    """
    from catalog.api import Catalog
    from catalog.runs.importing import saved_documents
    from catalog.runs.ingest import Incoming
    from catalog.runs.session import writing_session

    chosen = settings(db, data_dir)
    documents = list(saved_documents([sample_folder()], observed_at=None))
    with writing_session(chosen, "demo", now=now) as session:
        _require_no_others(session, {one.document.sha256 for one in documents if isinstance(one, Incoming)})
        with progress(len(documents), "Importing the sample") as step:
            session.take(documents, step)
        counts, changed, code = session.summary.counts, session.summary.changes, session.summary.exit_code
    if code:
        print_summary(session.summary, as_json=False, dry_run=False)
        raise typer.Exit(code)
    if counts["accepted"] == 0:
        _heading(f"Nothing new: all {counts['known']} captures of the sample are stored already, 0 changes")
    else:
        _heading(f"Stored {counts['accepted']} captures of the sample in {chosen.db} ({changed} statements)")
    with Catalog(chosen.db) as catalog:
        _tour(catalog, chosen.data_dir / "exports")
    _heading("Try next")
    typer.echo("  catalog scrape                     fetch today's models, endpoints and pages (this one asks the net)")
    typer.echo("  catalog models --where 'author = google' --sort -released_on")
    typer.echo("  catalog cost --input 2M --output 400K --cached 50% --limit 10")
    if not (Path.cwd() / "catalog").is_dir():
        return
    typer.echo("\n(in this checkout the command is .venv/bin/catalog)")


def _require_no_others(session: "Session", sample: set[str]) -> None:
    """Keep the sample out of a catalogue of other captures, whose history it is no part of."""
    from sqlalchemy import text

    from catalog.database import reading
    from catalog.errors import UsageError

    with reading(session.store.engine) as connection:
        stored = set(connection.execute(text("SELECT document_sha256 FROM capture")).scalars())
    if stored - sample and sample - stored:
        raise UsageError(
            f"{session.settings.db} has other captures, and the sample would become part of their history;"
            " try `catalog demo --db demo/catalog.db --data-dir demo`"
        )


def _tour(catalog, exports: Path) -> None:  # type: ignore[no-untyped-def]
    from catalog.change_log.changes import NOISE
    from catalog.cli.compare import comparison_table

    log = catalog.changes()
    told = log[log["kind"].isin(("new", "removed", "returned", "price"))]
    _heading(f"{len(log)} changes of the market were found; the last ten comings, goings and prices")
    columns = [name for name in ("observed_at", "model_id", "kind", "field", "old", "new") if name in told]
    print_frame(told.tail(10)[columns], "table")
    left_out = {kind: count for kind, count in (log.attrs.get("left_out") or {}).items() if kind in NOISE}
    if left_out:
        typer.echo(f"(left out, being no change of the market: {', '.join(f'{n} {k}' for k, n in left_out.items())})")

    _heading("Three models side by side")
    frame = catalog.compare(list(_COMPARED))
    shown = frame.loc[[field for field in _SHOWN if field in frame.index]]
    print_frame(comparison_table(shown), "table")

    model = _moved_most(log)
    if model is not None:
        from catalog.cli.history import print_plots

        _heading(f"The prompt price of {model}")
        history = catalog.history(model, field="prompt")
        history = history[history["provider"].isna()]
        print_plots(history)
        print_frame(history[["value", "unit", "source", "valid_from", "valid_to"]], "table")

    for form in ("csv", "parquet"):
        files = catalog.export(exports / form, format=form)
        typer.echo(f"{len(files)} tables as {form} in {exports / form}")


def _moved_most(log) -> str | None:  # type: ignore[no-untyped-def]
    """The model whose prompt price moved most often."""
    moved = log[(log["kind"] == "price") & (log["field"] == "price.prompt")]["model_id"].value_counts()
    return None if moved.empty else str(sorted(moved[moved == moved.max()].index)[0])


def _heading(text: str) -> None:
    typer.echo("")
    typer.echo(text)
