"""The commands that compare: compare, rank, pareto, alternatives, cost."""

import math
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
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
    open_catalog,
    whole_filter,
)
from catalog.cli.output import chosen, counted, note, print_frame, shown

if TYPE_CHECKING:
    import pandas as pd

    from catalog.api import Catalog
    from catalog.rank import Answer

Weights = Annotated[
    str | None, typer.Option("--weights", help="Of the blended price: 'prompt=3,completion=1'.", show_default=False)
]
By = Annotated[list[str] | None, typer.Option("--by", help="A measure; may be repeated.", show_default=False)]


@app.command()
def compare(
    models: Models = None,
    everything: Annotated[bool, typer.Option("--all", help="Every field, not only those that differ.")] = False,
    as_of: Annotated[list[str] | None, typer.Option("--as-of", help="A time; two compare with the past.")] = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Models side by side; what differs is marked `*`, the better side where better is defined.

    Example: `catalog compare google/gemini-2.5-pro openai/gpt-4o`
    """
    from catalog.errors import UsageError

    if not models or (len(models) < 2 and len(as_of or []) < 2):
        raise UsageError("name two models or more, or one with --as-of twice")
    with open_catalog(db, data_dir) as catalog:
        times: Any = as_of if as_of is None or len(as_of) > 1 else as_of[0]
        frame = catalog.compare(models, as_of=times, known_at=known_at)
    if len(_compared(frame)) < 2:
        raise UsageError(f"all of these name {', '.join(_compared(frame))}, and nothing can be set beside itself")
    if chosen(form) in ("table", "markdown"):
        print_frame(comparison_table(frame, everything=everything), form, fits=False)
    else:
        print_frame(frame, form, index=True)


def _compared(frame: "pd.DataFrame") -> list[str]:
    return [name for name in frame.columns if name not in ("unit", "differs", "better")]


LONG = ("description", "extra", "supported_parameters", "reasoning", "is_subject", "context_is_rounded")


def comparison_table(frame: "pd.DataFrame", *, everything: bool = False) -> "pd.DataFrame":
    """A comparison for a person: one line a field, long texts left out, differences marked."""
    import pandas as pd

    columns = _compared(frame)
    rows = []
    for field, row in frame.iterrows():
        if not everything and (str(field) in LONG or all(shown(row[name]) in ("", "—") for name in columns)):
            continue
        better = (row["better"] or "").split(", ") if isinstance(row["better"], str) else []
        cells = [_exact(row[name], str(field)) + (" ✓" if name in better else "") for name in columns]
        rows.append(["*" if row["differs"] else "", _labelled(str(field), row["unit"]), *cells])
    return pd.DataFrame(rows, columns=["≠", "field", *columns])


def _labelled(field: str, unit: Any) -> str:
    """A field with its unit, in few words."""
    if not isinstance(unit, str) or unit in ("date", "tokens", "parameters") or field.startswith("benchmark."):
        return field
    short = unit.replace("USD per mtok", "$/M").replace("USD per ", "$/")
    return f"{field} ({short})" if short == unit else f"{field} {short}"


def _exact(value: Any, field: str) -> str:
    """A value with all of its digits, so that two that differ look different."""
    if field.endswith("_tokens") and isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:,}".removesuffix(".0")
    return shown(value, field)


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
    with open_catalog(db, data_dir) as catalog:
        answer = catalog.alternatives(
            model,
            by=by or (),
            where=whole_filter(where),
            weights=_weights(weights),
            as_of=as_of,
            known_at=known_at,
        )
    _print_answer(answer, form, limit)


@app.command()
def cost(
    models: Models = None,
    input_tokens: Annotated[
        str | None, typer.Option("--input", help="Tokens of all prompts: 2M, 400K, 1500.", show_default=False)
    ] = None,
    output_tokens: Annotated[
        str | None, typer.Option("--output", help="Tokens of all answers.", show_default=False)
    ] = None,
    cached: Annotated[str | None, typer.Option("--cached", help="Of the input from the cache: tokens or 50%.")] = None,
    cache_write: Annotated[
        str | None, typer.Option("--cache-write", help="Of the input, written to the cache.")
    ] = None,
    reasoning: Annotated[str | None, typer.Option("--reasoning", help="Of the output, reasoning.")] = None,
    images: Annotated[str | None, typer.Option("--images", help="Images sent.")] = None,
    requests: Annotated[
        str | None,
        typer.Option(
            "--requests",
            help="Into how many requests it is divided, one unless said: input over requests is the prompt's length,"
            " which decides the tier.",
            show_default=False,
        ),
    ] = None,
    searches: Annotated[str | None, typer.Option("--searches", help="Web searches.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="The UTC time of day, 14:30; all day otherwise.")] = None,
    hours: Annotated[str | None, typer.Option("--hours", help="UTC hours instead: 9-17, or weighed 8:3,9:1.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="A series of days from this one.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="The last day of the series.")] = None,
    usage: Annotated[Path | None, typer.Option("--usage", help="A CSV of date, model and tokens instead.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="The cheapest so many.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """What a workload costs on each model and endpoint, tiers and conditions applied, at any date.

    Example: `catalog cost --input 2M --output 400K --cached 50% --as-of 2026-05-01`
    """
    from catalog.errors import UsageError
    from catalog.workload import read_workload

    work = {
        "input_tokens": input_tokens,
        "output_tokens": output_tokens,
        "cached_tokens": cached,
        "cache_write_tokens": cache_write,
        "reasoning_tokens": reasoning,
        "images": images,
        "requests": requests,
        "web_searches": searches,
        "hours": hours,
        "at": _clock(at),
    }
    given = {name for name, value in work.items() if value is not None}
    if usage is not None:
        if given or models or since or until or as_of:
            raise UsageError("a usage file says the models, the quantities and the days; give it alone")
        _print_usage(usage, form, limit, known_at, db, data_dir)
        return
    if given <= {"requests", "hours", "at"}:
        raise UsageError("say what is to be priced: --input and --output tokens, --images, --searches, or --usage FILE")
    if (since is None) != (until is None):
        raise UsageError("a series of days needs both --since, its first day, and --until, its last")
    if since is not None and as_of is not None:
        raise UsageError("--as-of is one day and --since … --until a series of them; give one of the two")
    asked = read_workload(**work)
    with open_catalog(db, data_dir) as catalog:
        if since is None or until is None:
            frame = catalog.workload_cost(asked, models or None, as_of=as_of, known_at=known_at)
            frame = _cheapest_first(frame)
        else:
            days = _days(since, until)
            frame = catalog.workload_cost_series(asked, days, models or None, known_at=known_at)
            frame["day"] = frame["day"].dt.date.astype(object)  # a day at whose end it is priced, and no instant of it
            _note_missing_days(days, set(frame["day"]))
    table = [
        name for name in ("day", "model", "provider", "tag", "cost_usd", "state", "reason", "note") if name in frame
    ]
    print_frame(frame if limit is None else frame.head(limit), form, table_columns=table)


def _note_missing_days(days: Sequence[date], priced: set[date]) -> None:
    missing = [day for day in days if day not in priced]
    if missing:
        note(f"no price is known on {len(missing)} of {len(days)} days, from {missing[0]} to {missing[-1]}")


def _cheapest_first(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Exact costs first, then intervals by their lower end, then what was refused."""
    order = frame["state"].map({"exact": 0, "interval": 1, "refused": 2})
    return (
        frame.assign(_order=order)
        .sort_values(["_order", "cost_usd_low", "model"], kind="stable", na_position="last")
        .drop(columns="_order")
    )


def _clock(text: str | None) -> time | None:
    from catalog.errors import UsageError

    try:
        return None if text is None else time.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"a time of day is 14:30, not {text!r}") from error


def _days(since: str, until: str) -> list[Any]:
    from datetime import timedelta

    from catalog.errors import UsageError
    from catalog.instants import read_instant

    first, last = read_instant(since).date(), read_instant(until).date()
    if not 0 <= (last - first).days <= 3660:
        raise UsageError("the series must run forward, over ten years at the most")
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


def _print_usage(
    file: Path, form: Format | None, limit: int | None, known_at: str | None, db: str | None, data_dir: Path | None
) -> None:
    """Every row of the file in its order, those without a price as refused with the reason; the total on stderr."""
    import sys

    from catalog.errors import UsageError

    if str(file) != "-" and not file.is_file() and not file.is_fifo():
        raise UsageError(f"{file}: there is no such file")
    with open_catalog(db, data_dir) as catalog:
        priced = catalog.price_usage(sys.stdin if str(file) == "-" else file, known_at=known_at)
        heard = _last_capture(catalog)
    frame = priced.rows
    exact = frame["cost_usd"].notna().sum() == len(priced.priced)
    amounts = ("cost_usd",) if exact else ("cost_usd", "cost_usd_low", "cost_usd_high")
    table = [str(name) for name in frame if not str(name).startswith("cost_usd") or name in amounts]
    frame = frame.reset_index()
    print_frame(frame if limit is None else frame.head(limit), form, table_columns=["line", *table])
    low, high = priced.total_usd_low, priced.total_usd_high
    note(f"total {low:f} USD" if low == high else f"total {low:f} to {high:f} USD")
    if later := priced.later_than(heard):
        note(f"{counted(later, 'row')} later than the last capture, {heard:%Y-%m-%d %H:%M}, at the prices of then")
    if len(priced.unpriced):
        note(f"{counted(len(priced.unpriced), 'row')} could not be priced:")
        reasons = priced.unpriced.reset_index().groupby("reason", sort=False)["line"].agg(["first", "size"])
        for reason, first, size in list(reasons.itertuples(name=None))[:20]:
            note(f"  line {first}{f' and {size - 1} more' if size > 1 else ''}: {reason}")
        if len(reasons) > 20:
            note(f"  and {len(reasons) - 20} more reasons; the rows above have each its own")


def _last_capture(catalog: "Catalog") -> datetime | None:
    from catalog.database import reading
    from catalog.instants import moment
    from catalog.status import last_capture

    with reading(catalog.engine) as connection:
        at = last_capture(connection)
    return None if at is None else moment(at)


def _weights(text: str | None) -> dict[str, Any] | None:
    from catalog.errors import UsageError

    if text is None:
        return None
    parts = [part.partition("=") for part in text.split(",")]
    if not all(sign for _, sign, _ in parts):
        raise UsageError(f"weights are component=number, comma between, not {text!r}")
    return {name.strip(): value.strip() for name, _, value in parts}


def _print_answer(answer: "Answer", form: Format | None, limit: int | None) -> None:
    frame = answer if limit is None else answer.head(limit)
    is_counted = chosen(form) == "table" and frame.index.name == "position"
    print_frame(frame, form, index=not is_counted)
    for name, value in answer.attrs.items():
        if name == "measures":
            value = "; ".join(
                f"{key}: {one['is']} ({one['unit']}), {one['better']} is better" for key, one in value.items()
            )
        if value != []:
            note(f"{str(name).replace('_', ' ')}: {shown(value)}")
    if len(answer.left_out):
        reasons = answer.left_out["reason"].value_counts()
        told = "; ".join(f"{count} × {reason}" for reason, count in reasons.head(4).items())
        told += f"; {len(reasons) - 4} more reasons" if len(reasons) > 4 else ""
        note(f"left out: {counted(len(answer.left_out), 'model')} ({told})")
