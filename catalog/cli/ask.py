"""The commands that ask about models: models, show, prices, history, changes, endpoints, benchmarks, ratings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catalog.cli.app import (
    DB,
    AsOf,
    DataDir,
    Format,
    Formatted,
    KnownAt,
    Model,
    Models,
    Where,
    app,
    listed,
    settings,
    whole_filter,
)
from catalog.cli.output import chosen, note, print_frame, print_object, shown

if TYPE_CHECKING:
    import pandas as pd

    from catalog.api import Catalog
    from catalog.show import Everything

MODEL_TABLE = (
    "model",
    "context",
    "prompt_usd",
    "completion_usd",
    "released",
    "input",
    "output",
    "params",
    "ability",
    "speed",
    "cost",
    "available",
)
"""The most telling first: a narrow terminal leaves out the last."""


FEW = 4
"""So many models stand side by side under the benchmarks; more of them below each other."""


def open_catalog(db: str | None, data_dir: Any) -> "Catalog":
    """The catalogue of this call, for reading."""
    from catalog.api import Catalog

    found = settings(db, data_dir)
    return Catalog(found.db, data_dir=found.data_dir)


@app.command()
def models(
    where: Where = None,
    sort: Annotated[
        list[str] | None, typer.Option("--sort", help="Columns, comma between; - in front: descending.")
    ] = None,
    columns: Annotated[list[str] | None, typer.Option("--columns", help="Which columns, comma between.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="The first so many.")] = None,
    unresolved: Annotated[
        bool, typer.Option("--unresolved", help="Instead the names that nothing ties to a known model.")
    ] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """The catalogue as rows.

    Example: `catalog models --where 'context_tokens >= 200K and author = google' --sort -released_on`
    """
    if unresolved:
        with open_catalog(db, data_dir) as catalog:
            print_frame(catalog.unresolved(), form)
        note("a line in data/aliases.csv (alias, canonical_slug, variant) says whom a name means")
        return
    wanted = listed(columns)
    with open_catalog(db, data_dir) as catalog:
        frame = catalog.models(
            as_of=as_of,
            known_at=known_at,
            where=whole_filter(where),
            sort=listed(sort) or (),
            columns=wanted,
            limit=limit,
        )
    if wanted is None and chosen(form) in ("table", "markdown"):
        print_frame(_model_table(frame), form, index=True, table_columns=MODEL_TABLE, title=f"{len(frame)} models")
    else:
        print_frame(frame, form, index=True, as_asked=True)


def _model_table(frame: "pd.DataFrame") -> "pd.DataFrame":
    """The models as a person scans them: a tilde before what is rounded, a dash for what nobody states."""
    return frame.assign(
        available=[
            "no" if value is False else shown(None) if missing else "missing"
            for value, missing in zip(frame["is_available"].astype(object), frame["missing_since"].isna(), strict=True)
        ],
        released=[shown(value) for value in frame["released_on"]],
        params=_about(frame["parameter_count"], frame["parameter_count_is_approximate"]),
        context=_about(frame["context_tokens"], frame["context_is_rounded"]),
        input=[shown(value).replace(", ", " ") for value in frame["input_modalities"]],
        output=[shown(value).replace(", ", " ") for value in frame["output_modalities"]],
    )


def _about(counts: "pd.Series", rounded: "pd.Series") -> list[str]:
    return [
        ("~" if about is True else "") + shown(count, "context_tokens")
        for count, about in zip(counts, rounded.astype(object), strict=True)
    ]


@app.command()
def show(
    model: Model,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Everything known of one model.

    Example: `catalog show google/gemini-2.5-pro`
    """
    from catalog.show import everything

    with open_catalog(db, data_dir) as catalog:
        found = everything(catalog, model, as_of=as_of, known_at=known_at)
    form = chosen(form)
    if form == "json":
        import json

        from catalog.cli.output import plain

        typer.echo(json.dumps(plain(found.as_dict()), ensure_ascii=False, indent=1))
    elif form == "csv":
        print_frame(found.as_rows(), form)
    else:
        _print_everything(found, form)


def _print_everything(found: "Everything", form: Format) -> None:
    if form == "markdown":
        import pandas as pd

        facts = [(name.replace("_", " "), shown(value)) for name, value in found.headline()]
        print_frame(pd.DataFrame(facts, columns=["fact", "value"]), form)
    else:
        print_object(((name.replace("_", " "), value) for name, value in found.headline()), form)
    for title, frame in found.tables():
        if not frame.empty:
            typer.echo(f"\n{'## ' if form == 'markdown' else ''}{title}\n")
            print_frame(frame, form)


@app.command()
def prices(
    models: Models = None,
    all_sources: Annotated[bool, typer.Option("--all-sources", help="Every source's prices, not the best's.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """The prices, by endpoint.

    Example: `catalog prices google/gemini-2.5-pro --as-of 2026-05-01`
    """
    with open_catalog(db, data_dir) as catalog:
        frame = catalog.prices(models or None, as_of=as_of, known_at=known_at, all_sources=all_sources)
    table = ("model", "provider", "tag", "component", "usd", "unit", "conditions", "state", "valid_from", "source")
    print_frame(frame, form, table_columns=table)


@app.command()
def history(
    models: Models = None,
    field: Annotated[str | None, typer.Option("--field", help="One field, such as prompt or context_tokens.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """How any field changed, with dates and evidence.

    Example: `catalog history google/gemini-2.5-flash --field prompt`
    """
    from catalog.errors import UsageError

    if not models:
        raise UsageError("name a model; `catalog changes` has the changes of all of them")
    with open_catalog(db, data_dir) as catalog:
        frame = catalog.history(models, field=field, as_of=as_of, known_at=known_at)
    if chosen(form) == "table":
        print_plots(frame, *([[field, f"price.{field}"]] if field else []))
    table = ("model", "field", "value", "unit", "provider", "valid_from", "valid_to", "source", "document_sha256")
    print_frame(frame, form, table_columns=table)


def print_plots(frame: Any, fields: Sequence[str] = ("price.prompt", "price.completion")) -> None:
    """A step line of each of these fields that moved in numbers, for a terminal."""
    from catalog.plot import is_drawable, step_plot

    until = frame.attrs.get("heard_until")
    for (model, name, provider, source), rows in frame.groupby(["model", "field", "provider", "source"], dropna=False):
        if name in fields and len(rows) > 1 and is_drawable(rows):
            where = "" if provider != provider or provider is None else f" at {provider}"
            typer.echo(f"{model} {name}{where} ({source})\n{step_plot(rows, until)}\n")


@app.command()
def changes(
    since: Annotated[str | None, typer.Option("--since", help="From this time on.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Up to this time; a date includes its day.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Kinds, comma between.")] = None,
    model: Annotated[list[str] | None, typer.Option("--model", help="Of this model; may be repeated.")] = None,
    author: Annotated[
        list[str] | None, typer.Option("--author", help="Of this author's models; may be repeated.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="As this source tells it.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Every transition between captures, unclassified.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """The change log: new, price, removed, returned, fact changed, corrected.

    Example: `catalog changes --since 2026-05-01 --kind price --author google`
    """
    with open_catalog(db, data_dir) as catalog:
        frame = catalog.changes(
            since=since,
            until=until,
            kinds=listed(kind),
            models=model or None,
            author=listed(author),
            source=source,
            raw=raw,
            as_of=as_of,
            known_at=known_at,
        )
    from catalog.changes import NOISE

    noise = {name: count for name, count in (frame.attrs.get("left_out") or {}).items() if name in NOISE}
    table = [
        name for name in ("observed_at", "model_id", "kind", "field", "old", "new", "provider", "note") if name in frame
    ]
    print_frame(frame, form, table_columns=table, title=f"{len(frame)} changes")
    if noise:
        parts = ", ".join(f"{count} {name}" for name, count in sorted(noise.items()))
        note(f"left out, being no change of the market: {parts}; --kind shows them")


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
    with open_catalog(db, data_dir) as catalog:
        frame = catalog.endpoints(models or None, as_of=as_of, known_at=known_at)
    table = (
        "model",
        "provider",
        "prompt_usd",
        "completion_usd",
        "sets_headline",
        "context_tokens",
        "quantization",
        "uptime_percent_30m",
        "latency_ms_p50",
        "throughput_tps_p50",
        "max_output_tokens",
        "tag",
        "status",
    )
    print_frame(frame, form, table_columns=table)
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
    from catalog.show import score_matrix

    with open_catalog(db, data_dir) as catalog:
        frame = catalog.benchmarks(models or None, as_of=as_of, known_at=known_at)
    if rows:
        print_frame(frame, form)
        return
    matrix = score_matrix(frame)
    if chosen(form) == "table" and 0 < len(matrix) <= FEW:
        matrix = matrix.T.rename_axis(index="benchmark", columns=None)
    print_frame(matrix, form, index=True, names_as_they_are=True)


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
    with open_catalog(db, data_dir) as catalog:
        frame = catalog.ratings(models or None, as_of=as_of, known_at=known_at)
    print_frame(frame, form, table_columns=("model", "dimension", "value", "source", "valid_from"))


@app.command()
def explain(
    model: Model,
    field: Annotated[str, typer.Argument(help="A field: prompt, context_tokens, rating.speed, …")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Where a value comes from: source, time, document, place in it, parser, and what other sources say.

    Example: `catalog explain google/gemini-2.5-pro prompt`
    """
    with open_catalog(db, data_dir) as catalog:
        frame = catalog.explain(model, field, as_of=as_of, known_at=known_at)
    if chosen(form) != "table":
        print_frame(frame, form)
        return
    for number, (_, row) in enumerate(frame.iterrows()):
        if number:
            typer.echo("")
        print_object(((str(name).replace("_", " "), shown(value)) for name, value in row.items()), "table")


@app.command()
def conflicts(
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Where sources disagree. A rounded value does not disagree with the exact one that it rounds.

    Example: `catalog conflicts`
    """
    from catalog.conflicts import conflicts_of

    with open_catalog(db, data_dir) as catalog:
        frame = conflicts_of(catalog, as_of=as_of, known_at=known_at)
    print_frame(frame, form)
