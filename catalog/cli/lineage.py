"""The commands that show where it comes from: explain, conflicts."""

from typing import Annotated

import typer

from catalog.cli.app import DB, AsOf, DataDir, Formatted, KnownAt, Model, app, open_catalog
from catalog.cli.nothing import note_nothing
from catalog.cli.output import chosen, print_frame, print_object, shown

_CALLED = {"document_sha256": "document hash"}
"""So that a line with its 64 signs fits the narrowest of usual terminals."""


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
        print_object(
            ((_CALLED.get(str(name), str(name).replace("_", " ")), shown(value)) for name, value in row.items()),
            "table",
        )


@app.command()
def conflicts(
    as_of: AsOf = None, known_at: KnownAt = None, form: Formatted = None, db: DB = None, data_dir: DataDir = None
) -> None:
    """Where sources disagree. A rounded value does not disagree with the exact one that it rounds.

    Example: `catalog conflicts`
    """
    with open_catalog(db, data_dir) as catalog:
        frame = catalog.conflicts(as_of=as_of, known_at=known_at)
        note_nothing(frame, catalog, "disagreement", as_of=as_of, known_at=known_at)
    table = ("model", "field", "source", "value", "stated_since", "answers")
    print_frame(frame, form, table_columns=table, folded=("model",))
