"""The commands that show what was measured: endpoints, benchmarks, ratings."""

from typing import Annotated

import typer

from catalog.cli.app import DB, AsOf, DataDir, Formatted, KnownAt, Models, app, open_catalog
from catalog.cli.nothing import note_nothing
from catalog.cli.output import chosen, note, note_unlisted, print_frame

FEW = 4
"""So many models stand side by side under the benchmarks; more of them below each other."""


@app.command()
def endpoints(
    models: Models = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Providers side by side: price, context, quantization, uptime, latency.

    Example: `catalog endpoints deepseek/deepseek-v4-flash`
    """
    with open_catalog(db, data_dir) as catalog, catalog.snapshot():
        frame = catalog.endpoints(models or None, as_of=as_of, known_at=known_at)
        gone = catalog.unlisted(frame["model"], as_of=as_of, known_at=known_at)
        note_nothing(frame, catalog, "endpoint", models, as_of=as_of, known_at=known_at)
    table = (
        "model", "provider", "prompt_usd", "completion_usd", "sets_headline", "context_tokens", "quantization",
        "uptime_percent_30m", "latency_ms_p50", "throughput_tps_p50", "max_output_tokens", "tag", "status",
    )  # fmt: skip
    print_frame(frame, form, table_columns=table)
    note_unlisted(gone)
    for model, rows in frame.groupby("model"):
        for component in ("prompt", "completion"):
            known = [amount for amount in rows[f"{component}_usd"] if amount is not None]
            if len(known) > 1:
                low, high = min(known), max(known)
                spread = f"from {low:f} to {high:f} USD per mtok" + (f", {high / low:.1f} times" if low else "")
                note(f"{model}: {component} " + (spread if low < high else f"{low:f} USD per mtok at all of them"))


@app.command()
def benchmarks(
    models: Models = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    rows: Annotated[bool, typer.Option("--rows", help="One row a score instead of a matrix.")] = False,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Scores as a matrix, models by benchmarks.

    Example: `catalog benchmarks google/gemini-2.5-pro openai/gpt-4o`
    """
    from catalog.cli.whole_model import score_matrix

    with open_catalog(db, data_dir) as catalog, catalog.snapshot():
        frame = catalog.benchmarks(models or None, as_of=as_of, known_at=known_at)
        gone = catalog.unlisted(frame["model"], as_of=as_of, known_at=known_at)
        note_nothing(frame, catalog, "score", models, as_of=as_of, known_at=known_at)
    if rows:
        print_frame(frame, form)
        note_unlisted(gone)
        return
    matrix = score_matrix(frame)
    if chosen(form) == "table" and 0 < len(matrix) <= FEW:
        matrix = matrix.T.rename_axis(index="benchmark", columns=None)
    print_frame(matrix, form, index=True, names_as_they_are=True)
    note_unlisted(gone)


@app.command()
def ratings(
    models: Models = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Speed, ability, cost and the percentiles that the pages state.

    Example: `catalog ratings google/gemini-2.5-pro`
    """
    with open_catalog(db, data_dir) as catalog, catalog.snapshot():
        frame = catalog.ratings(models or None, as_of=as_of, known_at=known_at)
        gone = catalog.unlisted(frame["model"], as_of=as_of, known_at=known_at)
        note_nothing(frame, catalog, "rating", models, as_of=as_of, known_at=known_at)
    print_frame(frame, form, table_columns=("model", "dimension", "value", "source", "valid_from"))
    note_unlisted(gone)
