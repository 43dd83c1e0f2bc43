"""The command that sets models side by side: compare."""

import math
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catalog.cli.app import DB, DataDir, Formatted, KnownAt, Models, app, open_catalog
from catalog.cli.output import chosen, print_frame, shown

if TYPE_CHECKING:
    import pandas as pd


@app.command()
def compare(
    models: Models = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also long texts and empty fields, which a table leaves out.")
    ] = False,
    as_of: Annotated[list[str] | None, typer.Option("--as-of", help="A time; two compare with the past.")] = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """Models side by side; what differs is marked `*`, the better side where better is defined.

    CSV and JSON always have every field, with the columns `differs` and `better`.

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
