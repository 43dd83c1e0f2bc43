"""The command that prices a workload or a file of usage: cost."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from catalog.cli.app import DB, AsOf, DataDir, Formatted, KnownAt, Models, Where, app, open_catalog, whole_filter
from catalog.cli.nothing import note_no_cost
from catalog.cli.output import Format, chosen, counted, note, note_unlisted, print_frame

if TYPE_CHECKING:
    import pandas as pd

    from catalog.api import Catalog
    from catalog.costs.usage import PricedUsage
    from catalog.workload import Workload


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
    cache_write_1h: Annotated[
        str | None, typer.Option("--cache-write-hour", help="Of the input, written to the cache for an hour.")
    ] = None,
    audio: Annotated[str | None, typer.Option("--audio", help="Of the input, audio.")] = None,
    reasoning: Annotated[str | None, typer.Option("--reasoning", help="Of the output, reasoning.")] = None,
    audio_output: Annotated[str | None, typer.Option("--audio-output", help="Of the output, audio.")] = None,
    images: Annotated[str | None, typer.Option("--images", help="Images sent, besides the input.")] = None,
    tokens_per_image: Annotated[
        str | None, typer.Option("--tokens-per-image", help="Tokens in each, where they are priced by the token.")
    ] = None,
    image_outputs: Annotated[
        str | None, typer.Option("--image-outputs", help="Images made, besides the output.")
    ] = None,
    tokens_per_image_output: Annotated[
        str | None, typer.Option("--tokens-per-image-output", help="Tokens in each of those.")
    ] = None,
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
    usage: Annotated[
        Path | None, typer.Option("--usage", help="A CSV of date, model and tokens instead; - is standard input.")
    ] = None,
    where: Where = None,
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

    work = {
        "input_tokens": input_tokens,
        "output_tokens": output_tokens,
        "cached_tokens": cached,
        "cache_write_tokens": cache_write,
        "cache_write_1h_tokens": cache_write_1h,
        "audio_tokens": audio,
        "reasoning_tokens": reasoning,
        "audio_output_tokens": audio_output,
        "images": images,
        "tokens_per_image": tokens_per_image,
        "image_outputs": image_outputs,
        "tokens_per_image_output": tokens_per_image_output,
        "requests": requests,
        "web_searches": searches,
        "hours": hours,
        "at": at,
    }
    given = {name for name, value in work.items() if value is not None}
    if usage is not None:
        if given or models or where or since or until or as_of:
            raise UsageError("a usage file says the models, the quantities and the days; give it alone")
        _print_usage(usage, form, limit, known_at, db, data_dir)
        return
    if given <= _HOW_AND_WHEN:
        raise UsageError(
            "say what is to be priced: --input and --output tokens, --images, --image-outputs, --searches,"
            " or --usage FILE"
        )
    if (since is None) != (until is None):
        raise UsageError("a series of days needs both --since, its first day, and --until, its last")
    if since is not None and as_of is not None:
        raise UsageError("--as-of is one day and --since … --until a series of them; give one of the two")
    asked = _workload(work)
    with open_catalog(db, data_dir) as catalog, catalog.snapshot():
        if since is None or until is None:
            costs = _costs_at(catalog, asked, models, whole_filter(where), as_of, known_at)
        else:
            costs = _costs_on(catalog, asked, _days(since, until), models, whole_filter(where), known_at)
    table = ("day", "model", "provider", "tag", "cost_usd", "state", "reason", "note")
    frame = costs.frame if limit is None else costs.frame.head(limit)
    print_frame(frame, form, table_columns=[name for name in table if name in frame])
    note_unlisted([model for model in costs.unlisted if model in set(frame["model"])])
    for model in sorted(costs.unpriced.keys() - set(frame["model"])):
        note(f"{model} could not be priced: {costs.unpriced[model]}")


class _Costs(NamedTuple):
    """What a workload costs, the models that were not listed then, and why others of those named have no price."""

    frame: "pd.DataFrame"
    unlisted: list[str]
    unpriced: dict[str, str]


def _costs_at(
    catalog: "Catalog",
    asked: "Workload",
    models: Sequence[str] | None,
    where: str | None,
    as_of: str | None,
    known_at: str | None,
) -> _Costs:
    """The costs at one time, the cheapest first."""
    frame = catalog.workload_cost(asked, models or None, where=where, as_of=as_of, known_at=known_at)
    note_no_cost(frame, catalog, models, where=where, as_of=as_of, known_at=known_at)
    priced = frame[frame["state"] != "refused"]
    unlisted = catalog.unlisted(priced["model"], as_of=as_of, known_at=known_at)
    unpriced = {} if models is None else _reasons(frame, set(priced["model"]))
    return _Costs(_cheapest_first(frame), unlisted, unpriced)


def _costs_on(
    catalog: "Catalog",
    asked: "Workload",
    days: Sequence[date],
    models: Sequence[str] | None,
    where: str | None,
    known_at: str | None,
) -> _Costs:
    """The costs on each of some days, by offer and day."""
    from catalog.instants import read_instant

    frame = catalog.workload_cost_series(asked, days, models or None, where=where, known_at=known_at)
    frame["day"] = frame["day"].dt.date.astype(object)  # a day at whose end it is priced, and no instant of it
    _note_missing_days(days, set(frame["day"]))
    heard = _last_capture(catalog, known_at)
    if heard is not None and len(frame):  # where nothing is priced at all, that is told
        _note_later(sum(read_instant(day) > heard for day in days), "day", heard)
    note_no_cost(frame, catalog, models, where=where, as_of=days[-1].isoformat(), known_at=known_at)
    named = [] if where else [catalog.resolve(word, known_at=known_at).key for word in models or ()]
    unpriced = dict.fromkeys(set(named) - set(frame["model"]), "no price is known on any of the days")
    return _Costs(frame, [], unpriced)


_HOW_AND_WHEN = frozenset(("requests", "hours", "at", "tokens_per_image", "tokens_per_image_output"))
"""The quantities that say how a workload is run, and ask for nothing by themselves."""

_OPTIONS = {
    "input_tokens": "--input",
    "output_tokens": "--output",
    "cached_tokens": "--cached",
    "cache_write_tokens": "--cache-write",
    "cache_write_1h_tokens": "--cache-write-hour",
    "audio_tokens": "--audio",
    "reasoning_tokens": "--reasoning",
    "audio_output_tokens": "--audio-output",
    "images": "--images",
    "tokens_per_image": "--tokens-per-image",
    "image_outputs": "--image-outputs",
    "tokens_per_image_output": "--tokens-per-image-output",
    "web_searches": "--searches",
    "requests": "--requests",
}
"""How the quantities of Python and of a file of usage are given here."""


def _workload(given: dict[str, str | None]) -> "Workload":
    """The workload of these quantities, in whose errors they are called as the options are."""
    from catalog.errors import UsageError
    from catalog.workload import read_workload

    try:
        return read_workload(**given)
    except UsageError as error:
        message = re.sub(r"(?:^|(?<= and ))\w+", lambda word: _OPTIONS.get(word[0], word[0]), str(error))
        raise UsageError(message) from error


def _note_missing_days(days: Sequence[date], priced: set[date]) -> None:
    missing = [day for day in days if day not in priced]
    if missing:
        note(f"no price is known on {len(missing)} of {len(days)} days, from {missing[0]} to {missing[-1]}")


def _reasons(frame: "pd.DataFrame", priced: set[str]) -> dict[str, str]:
    """Why models have no price at all, each by the first reason for it: that of the headline, where it has one."""
    refused = frame[~frame["model"].isin(priced)].drop_duplicates("model")
    return dict(zip(refused["model"], refused["reason"], strict=True))


def _cheapest_first(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Exact costs first, then intervals by their lower end, then what was refused."""
    order = frame["state"].map({"exact": 0, "interval": 1, "refused": 2})
    return (
        frame.assign(_order=order)
        .sort_values(["_order", "cost_usd_low", "model"], kind="stable", na_position="last")
        .drop(columns="_order")
    )


def _days(since: str, until: str) -> list[date]:
    from datetime import timedelta

    from catalog.errors import UsageError
    from catalog.instants import read_instant

    first, last = read_instant(since).date(), read_instant(until).date()
    if not 0 <= (last - first).days <= 3660:
        raise UsageError("the series must run forward, over ten years at the most")
    return [first + timedelta(days=day) for day in range((last - first).days + 1)]


_OF_ITS_DAY = r" for \d{4}-\d\d-\d\d$"
"""How a reason ends that is of one day, so that rows of other days have it too."""


def _print_usage(
    file: Path, form: Format | None, limit: int | None, known_at: str | None, db: str | None, data_dir: Path | None
) -> None:
    """Every row of the file in its order, those without a price as refused with the reason; the total on stderr."""
    import sys

    from catalog.errors import UsageError

    if str(file) != "-" and not file.is_file() and not file.is_fifo():
        raise UsageError(f"{file} is a folder, no file" if file.is_dir() else f"{file}: there is no such file")
    with open_catalog(db, data_dir) as catalog, catalog.snapshot():
        priced = catalog.price_usage(sys.stdin if str(file) == "-" else file, known_at=known_at)
        heard = _last_capture(catalog, known_at)
    frame = priced.rows
    exact = frame["cost_usd"].notna().sum() == len(priced.priced)
    amounts = ("cost_usd",) if exact else ("cost_usd", "cost_usd_low", "cost_usd_high")
    first = ["date", "model", "provider", "tag", *amounts, "state", "note"]
    quantities = [str(name) for name in frame if name not in first and not str(name).startswith("cost_usd")]
    frame = frame.reset_index()
    if chosen(form) in ("table", "markdown"):
        frame[quantities] = frame[quantities].map(_counted)  # those of refused rows are words
    print_frame(frame if limit is None else frame.head(limit), form, table_columns=["line", *first, *quantities])
    _note_total(priced)
    _note_later(priced.later_than(heard), "row", heard)
    if len(priced.unpriced):
        note(f"{counted(len(priced.unpriced), 'row')} could not be priced:")
        left = priced.unpriced.reset_index()
        left["alike"] = left["reason"].str.replace(_OF_ITS_DAY, " on its day", regex=True)
        reasons = left.groupby("alike", sort=False).agg({"reason": "first", "line": ["first", "size"]})
        for alike, reason, first, size in list(reasons.itertuples(name=None))[:20]:
            note(f"  line {first} and {size - 1} more: {alike}" if size > 1 else f"  line {first}: {reason}")
        if len(reasons) > 20:
            note(f"  and {counted(len(reasons) - 20, 'more reason')}; the rows above have each its own")


def _counted(words: Any) -> Any:
    from catalog.costs.usage import plain_count

    return plain_count(words) if isinstance(words, str) else words


def _note_later(count: int, what: str, heard: datetime | None) -> None:
    if count:
        note(f"{counted(count, what)} later than the last capture, {heard:%Y-%m-%d %H:%M}, at the prices of then")


def _note_total(priced: "PricedUsage") -> None:
    low, high = priced.total_usd_low, priced.total_usd_high
    if not len(priced.priced):
        note("no total: nothing could be priced" if len(priced.unpriced) else "no total: the file has no rows")
    else:
        note(f"total {low:f} USD" if low == high else f"total {low:f} to {high:f} USD")


def _last_capture(catalog: "Catalog", known_at: str | None) -> datetime | None:
    from catalog.instants import moment
    from catalog.status import last_capture

    with catalog.asked(known_at=known_at) as (connection, asked):
        at = last_capture(connection, asked.known)
    return None if at is None else moment(at)
