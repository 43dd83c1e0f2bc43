"""The commands that show what there is: models, show, prices."""

from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.app import (
    DB,
    AsOf,
    DataDir,
    Formatted,
    KnownAt,
    Model,
    Models,
    Where,
    app,
    listed,
    open_catalog,
    whole_filter,
)
from catalog.cli.nothing import note_no_model, note_nothing
from catalog.cli.output import Format, chosen, counted, note, note_unlisted, print_frame, print_object, shown

if TYPE_CHECKING:
    import pandas as pd

    from catalog.cli.whole_model import Everything


MODEL_TABLE = (
    "model", "context", "prompt_usd", "completion_usd", "released", "input", "output", "params", "ability", "speed",
    "cost", "available",
)  # fmt: skip
"""The most telling first: a narrow terminal leaves out the last."""


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
            frame = catalog.unresolved()
            note_nothing(frame, catalog, "unresolved name")
        print_frame(frame, form)
        if len(frame):
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
        note_no_model(frame, catalog, as_of=as_of, known_at=known_at)
    if wanted is None and chosen(form) in ("table", "markdown"):
        matching = frame.attrs["matching"]
        title = (
            counted(matching, "model") if len(frame) == matching else f"{len(frame):,} of {counted(matching, 'model')}"
        )
        print_frame(_model_table(frame), form, index=True, table_columns=MODEL_TABLE, title=title)
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
    from catalog.cli.whole_model import everything
    from catalog.questions.nothing import not_listed

    with open_catalog(db, data_dir) as catalog:
        found = everything(catalog, model, as_of=as_of, known_at=known_at)
    if not found.is_listed:
        note(not_listed([found.key], as_of, known_at))
    form = chosen(form)
    if form == "json":
        from catalog.cli.output import plain, print_json

        print_json(plain(found.as_dict()))
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
    with open_catalog(db, data_dir) as catalog, catalog.snapshot():
        frame = catalog.prices(models or None, as_of=as_of, known_at=known_at, all_sources=all_sources)
        gone = catalog.unlisted(frame["model"], as_of=as_of, known_at=known_at)
        note_nothing(frame, catalog, "price", models, as_of=as_of, known_at=known_at)
    table = ("model", "provider", "tag", "component", "usd", "unit", "conditions", "state", "valid_from", "source")
    print_frame(frame, form, table_columns=table)
    note_unlisted(gone)
