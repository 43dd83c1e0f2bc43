"""The facts of the model that a page is about: its description, specifications, parameters and features."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scrapers.dates import calendar_date
from scrapers.outline import Cell, Outline, Table
from scrapers.page.lists import content_of, features, parameters
from scrapers.page.modalities import modalities, one_side
from scrapers.page.models import Listed
from scrapers.page.rows import Notes
from scrapers.page.subject import Slug, model_id_of, slug_of
from scrapers.page.tables import is_nothing
from scrapers.page.words import Topic, field_of, own_name
from scrapers.records import Model
from scrapers.sizes import Count, ParameterCount, parameter_count, token_count
from scrapers.values import is_blank, yes_or_no


def subject_model(outline: Outline, slug: Slug | None, own: Listed | None, names: list[str], notes: Notes) -> Model:
    """The page's subject: what the page says of it, and what its row in the list of models adds."""
    model = Model(
        canonical_slug=slug.slug if slug else None,
        variant=slug.variant if slug else "standard",
        author=slug.author if slug else None,
        name=_name_of(own, names),
        description=_description(outline),
        supported_parameters=parameters(outline),
        supported_features=features(outline),
        place="page",
        places={"description": "Author's Description", **_headings(outline)},
    )
    if (model.description or "").endswith("…"):
        notes.warn("cut_description", f"the page cuts this short: {(model.description or '')[-80:]!r}", "page")
    for label, cell, where in specifications(outline, notes):
        _apply(model, label, cell, where, notes)
    if own is not None:
        _merge(model, own, notes)
    return model


def _name_of(own: Listed | None, names: list[str]) -> str | None:
    """The name in the subject's row, or that of the page where there is no row, or one that cuts it short."""
    if own is None:
        return names[0] if names else None
    begun = own.name.removesuffix("…").removesuffix("...").rstrip()
    whole = (name for name in names if begun != own.name and name.startswith(begun) and not name.endswith(("…", "...")))
    return next(whole, own.name)


def listed_model(listed: Listed, author: str | None) -> Model:
    """Another model of the list."""
    model = Model(
        model_id=listed.model_id,
        canonical_slug=listed.slug.slug if listed.slug else None,
        variant=listed.slug.variant if listed.slug else "standard",
        author=listed.slug.author if listed.slug else author,
        name=listed.name,
        is_subject=False,
        place=listed.place,
        places=listed.places,
    )
    _take(model, listed)
    model.extra |= listed.extra
    return model


def _take(model: Model, listed: Listed) -> None:
    model.is_available = listed.is_available
    model.released_on = listed.released_on
    model.input_modalities = listed.inputs
    model.output_modalities = listed.outputs
    if listed.context is not None:
        model.context_tokens, model.context_is_rounded = listed.context
    if listed.size is not None:
        model.parameter_count, model.parameter_count_is_approximate = listed.size


_MERGED = ("model_id", "released_on", "is_available", "input_modalities", "output_modalities")


_SECTIONS: dict[str, Topic] = {"supported_parameters": "parameters", "supported_features": "features"}
"""The fields that a whole section states."""


def _headings(outline: Outline) -> dict[str, str]:
    return {name: section.heading for name, topic in _SECTIONS.items() for section in outline.about(topic)[:1]}


def _merge(model: Model, own: Listed, notes: Notes) -> None:
    """Add the subject's row to the page's own facts, which speak first; an exact count beats a rounded one."""
    row = Model()
    _take(row, own)
    row.model_id = own.model_id
    assert model.places is not None
    for name in _MERGED:
        mine, listed = getattr(model, name), getattr(row, name)
        if mine is None and listed is not None:
            setattr(model, name, listed)
            model.places[name] = own.places.get(name, own.place)
        elif listed is not None and mine != listed:
            notes.warn("disagreement", f"{name} is {mine} here and {listed} in the list of models", own.place)
    _merge_count(model, row, ("context_tokens", "context_is_rounded"), own)
    _merge_count(model, row, ("parameter_count", "parameter_count_is_approximate"), own)
    model.places["name"] = own.places.get("name", own.place)
    model.extra |= {key: value for key, value in own.extra.items() if key not in model.extra}


def _merge_count(model: Model, row: Model, fields: tuple[str, str], own: Listed) -> None:
    value, inexact = fields
    if getattr(row, value) is None or model.places is None:
        return
    if getattr(model, value) is None or (getattr(model, inexact) and not getattr(row, inexact)):
        for name in fields:
            setattr(model, name, getattr(row, name))
            model.places[name] = own.places.get(name, own.place)


def _description(outline: Outline) -> str | None:
    for section in outline.about("description"):
        text = "\n".join(_without_repeats([line.text for line in content_of(section)])).strip()
        if text := _BUTTON.sub("", text):
            return text
    return None


_BUTTON = re.compile(r"(?<=[.!?…])\s+(?:(?:read|show|see) (?:more|less|all))[.…]*$", re.IGNORECASE)
"""What a link at the end of a text says: `Read more`."""

_SHORTEST_SENTENCE = 40


def _without_repeats(lines: list[str]) -> list[str]:
    """The lines without sentences said before: a page has one for narrow windows and one for wide ones."""
    return [text for at, text in enumerate(lines) if len(text) < _SHORTEST_SENTENCE or text not in lines[:at]]


def _without_blank_columns(table: Table) -> Table:
    """A table of labels and values without the columns that are blank, of icons or of notes."""
    width = len(table.rows[0]) if table.rows else 0
    if width <= _PAIR or any(len(row) != width for row in table.rows) or len(table.headers) not in (0, width):
        return table
    kept = [at for at in range(width) if any(row[at].text for row in table.rows)]
    if len(kept) != _PAIR:
        return table
    headers = tuple(table.headers[at] for at in kept) if table.headers else ()
    return Table(headers, [[row[at] for at in kept] for row in table.rows], torn=table.torn)


_PAIR = 2


def specifications(outline: Outline, notes: Notes) -> Iterator[tuple[str, Cell, str]]:
    """Label, value and place of every specification: rows of two columns, or a column a label."""
    for section in outline.about("specifications"):
        for line in section.lines if not section.tables else ():
            if not (line.role == "aside" or is_nothing(line.text) or line.text.endswith(":")):
                notes.warn("unread_line", f"no label and its value: {line.text[:200]!r}", section.heading)
        for table in map(_without_blank_columns, section.tables):
            fields = [field_of("specifications", header) for header in table.headers]
            by_row = len(table.headers) in (0, 2) and (not table.headers or set(fields) <= {"label", "value", None})
            for row in table.rows:
                if by_row and len(row) == 2:
                    yield row[0].words, row[1], f"{section.heading} / {row[0].words}"
                elif table.headers:
                    for header, cell in zip(table.headers, row, strict=False):
                        yield header, cell, f"{section.heading} / {header}"
            for text in table.torn:
                names = [field_of("specifications", word) for word in text.split()]
                if names == ["label", "value"]:
                    continue  # the header of a table of which an extractor left lines
                notes.reject("torn_row", f"not a label and its value: {text[:200]!r}", section.heading)


_COUNTS = {"context": ("context_tokens", "context_is_rounded")}
_DATES = {"released": "released_on", "cutoff": "knowledge_cutoff_on", "expires": "expires_on"}
_TEXTS = {
    "model_id": "model_id",
    "tokenizer": "tokenizer",
    "instruct_type": "instruct_type",
    "hugging_face": "hugging_face_id",
}


_OF_RATINGS = ("speed", "ability", "cost", "speed_percentile", "price_percentile", "success_rate")


def _apply(model: Model, label: str, cell: Cell, where: str, notes: Notes) -> None:
    """Put one specification into its field; one that has none is kept under its own name."""
    name = field_of("specifications", label)
    if is_blank(cell.text) or not label:
        return
    places = model.places if model.places is not None else {}
    if name == "context":
        count: Count | None = notes.read(token_count, cell, where)
        if count is not None:
            model.context_tokens, model.context_is_rounded = count
            places["context_tokens"] = places["context_is_rounded"] = where
    elif name == "max_output":
        count = notes.read(token_count, cell, where)
        model.max_output_tokens = count.value if count else None
        places["max_output_tokens"] = where
    elif name == "size":
        size: ParameterCount | None = notes.read(parameter_count, cell, where)
        if size is not None:
            model.parameter_count, model.parameter_count_is_approximate = size
            places["parameter_count"] = places["parameter_count_is_approximate"] = where
    elif name in _DATES:
        _set(model, _DATES[name], notes.read(calendar_date, cell, where), where)
        if name == "cutoff" and model.knowledge_cutoff_on is None:
            model.extra["knowledge_cutoff"] = cell.words
    elif name == "modalities":
        both = notes.read(modalities, cell, where)
        if both is not None:
            _set(model, "input_modalities", both[0] or None, where)
            _set(model, "output_modalities", both[1] or None, where)
    elif name in ("inputs", "outputs"):
        _set(model, "input_modalities" if name == "inputs" else "output_modalities", _side(cell, where, notes), where)
    elif name == "moderated":
        _set(model, "is_moderated", notes.read(yes_or_no, cell, where), where)
    elif name == "availability":
        _set(model, "is_available", notes.read(_availability, cell, where), where)
    elif name in _TEXTS:
        _set(model, _TEXTS[name], model_id_of(cell.words, label) if name == "model_id" else cell.words, where)
    elif name == "slug":
        _check_slug(model, cell, where, notes)
    elif name == "name":
        model.name = model.name or cell.words
    elif name == "author":
        model.author = model.author or cell.words
    elif name not in _OF_RATINGS:
        model.extra[own_name(label)] = cell.words
        notes.warn_once("drift_unknown_header", f"no specification of this name is known: {label!r}", where)


def _set(model: Model, name: str, value: Any, where: str) -> None:
    if value is not None:
        setattr(model, name, value)
        if model.places is not None:
            model.places[name] = where


def _side(cell: Cell, where: str, notes: Notes) -> list[str] | None:
    return notes.read(one_side, cell, where)


def _availability(text: str) -> bool:
    match = re.fullmatch(r"(un)?available", text.strip(), re.IGNORECASE)
    if match is not None:
        return match[1] is None
    try:
        return yes_or_no(text)
    except ValueError:
        raise ValueError(f"neither available nor unavailable: {text!r}") from None


def _check_slug(model: Model, cell: Cell, where: str, notes: Notes) -> None:
    stated = slug_of(cell.words)
    if stated is None:
        notes.warn("unread_value", f"not a slug: {cell.words!r}", where)
    elif model.canonical_slug is None:
        model.canonical_slug, model.variant, model.author = stated.slug, stated.variant, stated.author
    elif model.canonical_slug != stated.slug:
        notes.warn("conflicting_slug", f"{stated.slug} here, {model.canonical_slug} elsewhere", where)
