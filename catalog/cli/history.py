"""The commands that show how it changed: history, changes."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from catalog.cli.app import DB, AsOf, DataDir, Formatted, KnownAt, Models, app, listed, open_catalog
from catalog.cli.nothing import note_nothing
from catalog.cli.output import chosen, counted, note, on_one_line, print_frame


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
        note_nothing(frame, catalog, "change", models, as_of=as_of, known_at=known_at)
    if chosen(form) == "table":
        print_plots(frame, *([[field, f"price.{field}"]] if field else []))
    if chosen(form) in ("table", "markdown"):
        frame = frame.assign(field=[_in_words(name) for name in frame["field"]])
    print_frame(frame, form, table_columns=_told_apart_by(frame))


def _in_words(field: str) -> str:
    """A field as people read it.

    >>> _in_words('price.prompt if {"min_prompt_tokens":200000}'), _in_words("price.prompt")
    ('price.prompt (prompt > 200,000 tokens)', 'price.prompt')
    """
    from catalog.comparing.compare import conditions_text

    price, _, conditions = field.partition(" if {")
    if not conditions or not field.startswith("price."):
        return field
    told, end = json.JSONDecoder().raw_decode("{" + conditions)
    return f"{price} ({conditions_text(told)}){conditions[end - 1 :]}"


def _told_apart_by(frame: Any) -> list[str]:
    """The columns of a table; a tag or a scope only where rows of one field differ in nothing else."""
    finer = [name for name in ("tag", "scope") if _has_several(frame, name)]
    return [
        "model",
        "field",
        "value",
        "unit",
        "provider",
        *finer,
        "valid_from",
        "valid_to",
        "source",
        "document_sha256",
    ]


def _has_several(frame: Any, name: str) -> bool:
    told = frame.groupby(["model", "field", "source", "provider"], dropna=False)[name].nunique(dropna=False)
    return bool((told > 1).any())


def print_plots(frame: Any, fields: Sequence[str] = ("price.prompt", "price.completion")) -> None:
    """A step line of each of these fields that moved in numbers, for a terminal."""
    from catalog.plot import is_drawable, step_plot

    heard_until = frame.attrs.get("heard_until", {})
    shows_tag, shows_scope = (_has_several(frame, name) for name in ("tag", "scope"))
    by = ["model", "field", "provider", "tag", "source", "scope"]
    for (model, name, provider, tag, source, scope), rows in frame.groupby(by, dropna=False):
        if name in fields and len(rows) > 1 and is_drawable(rows):
            where = "" if provider != provider or provider is None else f" at {provider}"
            where += f" {tag}" if where and shows_tag else ""
            voice = f"{source}, {scope}" if shows_scope else source
            typer.echo(on_one_line(f"{model} {name}{where} ({voice})"))
            typer.echo(f"{step_plot(rows, heard_until.get((source, scope)))}\n")


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
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="The last so many.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Formatted = None,
    db: DB = None,
    data_dir: DataDir = None,
) -> None:
    """The change log: new, price, removed, returned, fact changed, corrected.

    Example: `catalog changes --since 2026-05-01 --kind price --author google`
    """
    from catalog.instants import read_end

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
        end = min((time for time in (until, as_of) if time is not None), key=read_end, default=None)
        note_nothing(frame, catalog, "change", model, as_of=end, known_at=known_at, since=since)
    from catalog.change_log.changes import NOISE

    title = counted(len(frame), "change")
    if limit is not None and limit < len(frame):
        frame, title = frame.tail(limit), f"the last {limit:,} of {title}"
    if chosen(form) in ("table", "markdown"):
        moved = [_moved(old, new) for old, new in zip(frame["old"], frame["new"], strict=True)]
        frame = frame.assign(old=[old for old, _ in moved], new=[new for _, new in moved])
    noise = {name: count for name, count in (frame.attrs.get("left_out") or {}).items() if name in NOISE}
    table = [
        name for name in ("observed_at", "model_id", "kind", "field", "old", "new", "provider", "note") if name in frame
    ]
    print_frame(frame, form, table_columns=table, title=title)
    if noise:
        parts = ", ".join(f"{count} {name}" for name, count in sorted(noise.items()))
        note(f"left out, being no change of the market: {parts}; --kind shows them")


def _moved(old: Any, new: Any) -> tuple[Any, Any]:
    """Two values as people compare them: of lists and objects what is not in both, behind the rest.

    A text that only begins like one, such as a description with a link in front, stays whole.

    >>> _moved('["seed","stop","tools"]', '["seed","tools","top_k"]'), _moved("4", "3")
    (('… stop', '… top_k'), ('4', '3'))
    >>> _moved('{"top_p":null,"temperature":1}', '{"top_p":null,"temperature":0.7}')
    ('… temperature 1', '… temperature 0.7')
    """
    if not (isinstance(old, str) and isinstance(new, str) and old[:1] == new[:1] and old[:1] in ("[", "{")):
        return old, new
    try:
        was, now = (_parts(json.loads(value)) for value in (old, new))
    except (ValueError, RecursionError):
        return old, new
    alone = [", ".join(part for part in one if part not in other) for one, other in ((was, now), (now, was))]
    rest = "… " if any(part in now for part in was) else ""
    return f"{rest}{alone[0]}".rstrip() or old, f"{rest}{alone[1]}".rstrip() or new


def _parts(value: Any) -> list[str]:
    """The entries of a list, or the fields of an object, in words."""
    if isinstance(value, list):
        return [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value]
    return [f"{name} {json.dumps(one, ensure_ascii=False)}" for name, one in value.items()]
