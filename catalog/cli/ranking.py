"""The commands that put models in an order: rank, pareto, alternatives."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catalog.cli.app import DB, AsOf, DataDir, Formatted, KnownAt, Model, Where, app, open_catalog, whole_filter
from catalog.cli.nothing import note_no_alternative, note_no_model
from catalog.cli.output import Format, chosen, counted, note, print_frame, shown

if TYPE_CHECKING:
    from catalog.api import Catalog
    from catalog.comparing.rank import Answer


Weights = Annotated[
    str | None, typer.Option("--weights", help="Of the blended price: 'prompt=3,completion=1'.", show_default=False)
]
By = Annotated[list[str] | None, typer.Option("--by", help="A measure; may be repeated.", show_default=False)]


@app.command()
def rank(
    by: Annotated[list[str], typer.Option("--by", help="The measure: price, context, ability, a benchmark, …")],
    where: Where = None,
    weights: Weights = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="The first so many.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Models in the order of one measure, the best first; who lacks it is named.

    Example: `catalog rank --by price --where 'context_tokens >= 200K'`
    """
    from catalog.errors import UsageError

    if len(by) > 1:
        raise UsageError(
            f"an order has one measure, not {len(by)}; `catalog pareto` takes two or three: {', '.join(by)}"
        )
    told = whole_filter(where)
    with open_catalog(db, data_dir) as catalog:
        answer = catalog.rank(by[0], where=told, weights=_weights(weights), as_of=as_of, known_at=known_at)
        _note_nobody(answer, catalog, as_of, known_at)
    _print_answer(answer, form, limit)


@app.command()
def pareto(
    x: Annotated[str, typer.Option("--x", help="The first measure.")] = "price",
    y: Annotated[str, typer.Option("--y", help="The second measure.")] = "context",
    z: Annotated[str | None, typer.Option("--z", help="A third measure.")] = None,
    where: Where = None,
    weights: Weights = None,
    include_free: Annotated[bool, typer.Option("--include-free", help="Free models too, at a price of 0.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """The front: models that no other beats in all the measures.

    Example: `catalog pareto --x price --y ability`
    """
    with open_catalog(db, data_dir) as catalog:
        answer = catalog.pareto(
            [name for name in (x, y, z) if name],
            where=whole_filter(where),
            weights=_weights(weights),
            include_free=include_free,
            as_of=as_of,
            known_at=known_at,
        )
        _note_nobody(answer, catalog, as_of, known_at)
    _print_answer(answer, form, None)


@app.command()
def alternatives(
    model: Model,
    by: By = None,
    where: Where = None,
    weights: Weights = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="The first so many.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Models at least as good, with at least its modalities and context, for less; with the saving.

    Example: `catalog alternatives google/gemini-2.5-pro --by ability`
    """
    told = whole_filter(where)
    with open_catalog(db, data_dir) as catalog, catalog.snapshot():
        answer = catalog.alternatives(
            model, by=by or (), where=told, weights=_weights(weights), as_of=as_of, known_at=known_at
        )
        name = catalog.resolve(model, as_of=as_of, known_at=known_at).key
        note_no_alternative(answer, catalog, name, where=told, as_of=as_of, known_at=known_at)
    _print_answer(answer, form, limit, {"price_usd": f"price of {name}, USD per M tokens"})


def _weights(text: str | None) -> dict[str, Any] | None:
    from catalog.errors import UsageError

    if text is None:
        return None
    parts = [part.partition("=") for part in text.split(",")]
    if not all(sign for _, sign, _ in parts):
        raise UsageError(f"weights are component=number, comma between, not {text!r}")
    names = [name.strip() for name, _, _ in parts]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError(f"--weights has {twice} twice: {text!r}")
    return dict(zip(names, (value.strip() for *_, value in parts), strict=True))


def _note_nobody(answer: "Answer", catalog: "Catalog", as_of: str | None, known_at: str | None) -> None:
    """Say why nobody is in an order; where all are left out of it, that is told of them."""
    if answer.left_out.empty:
        note_no_model(answer, catalog, as_of=as_of, known_at=known_at)


def _print_answer(
    answer: "Answer", form: Format | None, limit: int | None, called: Mapping[str, str] | None = None
) -> None:
    """The rows, and on stderr what the answer states besides, under names that may be `called` otherwise."""
    frame = answer if limit is None else answer.head(limit)
    is_counted = chosen(form) == "table" and frame.index.name == "position"
    print_frame(frame, form, index=not is_counted)
    for name, value in answer.attrs.items():
        if name == "measures":
            value = "; ".join(
                f"{key}: {one['is']} ({one['unit']}), {one['better']} is better" for key, one in value.items()
            )
        if value != []:
            heading = (called or {}).get(str(name), str(name).replace("_", " "))
            note(f"{heading}: {shown(value)}")
    if len(answer.left_out):
        reasons = answer.left_out["reason"].value_counts()
        told = "; ".join(f"{count} × {reason}" for reason, count in reasons.head(4).items())
        told += f"; {counted(len(reasons) - 4, 'more reason')}" if len(reasons) > 4 else ""
        note(f"left out: {counted(len(answer.left_out), 'model')} ({told})")
