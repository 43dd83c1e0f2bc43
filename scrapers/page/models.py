"""The list of the author's models on a page: name, availability, release, size, context, modalities and ratings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from scrapers.dates import calendar_date
from scrapers.figure import Figure
from scrapers.outline import Cell, Outline, Table
from scrapers.page.badges import ENDS_OF_NEWS, NEWS, STATUS, is_gone, says_gone, split_status
from scrapers.page.foreign_models import without_foreign
from scrapers.page.modalities import modalities, one_side
from scrapers.page.rows import LONGEST_NAME, Notes, Row
from scrapers.page.subject import (
    Slug,
    is_author_of,
    is_called_by,
    model_id_of,
    slug_form,
    slug_of,
    slug_of_address,
    variant_in_name,
)
from scrapers.page.sums import sums_up
from scrapers.page.tables import is_remark, table_rows
from scrapers.page.words import RATED, field_of, own_name
from scrapers.sizes import Count, ParameterCount, parameter_count, token_count
from scrapers.values import is_blank, rating, yes_or_no


@dataclass(slots=True)
class Listed:
    """One row of the list."""

    name: str
    place: str
    slug: Slug | None = None
    model_id: str | None = None
    is_available: bool | None = None
    released_on: date | None = None
    size: ParameterCount | None = None
    context: Count | None = None
    inputs: list[str] | None = None
    outputs: list[str] | None = None
    ratings: dict[str, Figure | None] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def listed_models(outline: Outline, notes: Notes) -> list[Listed]:
    """Every model of the page's lists, in their order; one that is listed twice the same appears once."""
    found: dict[tuple[str, Slug | None], Listed] = {}
    elsewhere: list[Listed] = []
    for section, table in outline.tables("models"):
        named = _with_named_columns(table)
        if _are_ratings_shifted(named):
            notes.warn("shifted_columns", "ratings stand below the headers of others; none is read", section.heading)
            named = _without_ratings(named)
        _warn_of_nameless(named, notes, section.heading)
        for row in table_rows(section, named, "models", notes):
            model = _listed(row, notes)
            if model is not None:
                _add(found, model, notes)
                if section.topic is None or table.title:
                    elsewhere.append(model)
    listed = without_foreign(list(found.values()), elsewhere, notes) if elsewhere else list(found.values())
    _distrust_full_ratings(listed, notes)
    return listed


def _warn_of_nameless(table: Table, notes: Notes, where: str) -> None:
    """Say of a column without a name what it says, unless that is what nearly every list has: marks and numbers."""
    for index in (index for index, header in enumerate(table.headers) if not header):
        cells = (row[index].words for row in table.rows if index < len(row) and not is_remark(row))
        if (said := next((words for words in cells if re.search(r"[^\W\d_]{3}", words)), None)) is not None:
            notes.warn("unread_column", f"a column without a name: {said[:200]!r}", where)
        elif not _says_modalities(table) and any(row[index].marks for row in table.rows if index < len(row)):
            notes.warn("unread_column", "a column of icons that say nothing, and none that says the modalities", where)


def _says_modalities(table: Table) -> bool:
    return any(field_of("models", header) in ("modalities", "inputs", "outputs") for header in table.headers if header)


_MOST_FULL = 8


def _distrust_full_ratings(listed: list[Listed], notes: Notes) -> None:
    """Take back the ratings where every one is the best: five stars were drawn for each, and only colours told them
    apart, which no text keeps."""
    stated = [value for model in listed for value in model.ratings.values() if value is not None]
    if len(stated) >= _MOST_FULL and set(stated) == {5}:
        notes.warn("unread_ratings", f"all of {len(stated)} ratings are five of five", listed[0].place)
        for model in listed:
            model.ratings.clear()


def _add(found: dict[tuple[str, Slug | None], Listed], model: Listed, notes: Notes) -> None:
    twin = found.setdefault((model.name, model.slug), model)
    if twin is model:
        return
    same = all(getattr(twin, name) == getattr(model, name) for name in ("released_on", "context", "size", "ratings"))
    if not same:
        notes.reject("duplicate_row", f"{model.name!r} is listed twice with different values", model.place)


def _with_named_columns(table: Table) -> Table:
    """The table with names for the columns that the page leaves blank, which their content tells apart.

    The page names neither the column of the models' names nor that of the modality icons. A column whose header says
    something else is taken for that of the names only where the table has no other, and its cells lead to models.
    """
    headers = list(table.headers)
    fields = {field_of("models", header) for header in headers if header}
    rows = [row for row in table.rows if not is_remark(row)]
    best: tuple[int, int] | None = None
    for index in (index for index, header in enumerate(headers) if not field_of("models", header)):
        cells = [row[index] for row in rows if index < len(row) and not is_blank(row[index].text)]
        said = {cell.words for cell in cells}
        if cells and 2 * sum(map(_is_modalities, said)) > len(said):
            headers[index] = "Modalities"
        elif not headers[index] and (named := sum(_names_a_model(cell) for cell in cells)):
            best = max(best or (0, 0), (named, -index))
    if best and not fields & {"name"}:
        headers[-best[1]] = "Model"
    elif rows and not fields & {"name"}:
        at = next((at for at, header in enumerate(headers) if header and _is_of_links(rows, at)), None)
        if at is not None:
            headers[at] = "Model"
    return replace(table, headers=tuple(headers))


_STARS = re.compile(r"[★☆⭐$]{1,5}")


def _are_ratings_shifted(table: Table) -> bool:
    """Whether a converter left empty cells out, so that what follows stands one column too far to the left."""
    of_stars = [at for at, header in enumerate(table.headers) if field_of("models", header) in ("speed", "ability")]
    nameless = [at for at, header in enumerate(table.headers) if not header]
    return any(
        any(_STARS.fullmatch(row[at].text) for at in nameless) or any("$" in row[at].text for at in of_stars)
        for row in table.rows
        if len(row) == len(table.headers)
    )


def _without_ratings(table: Table) -> Table:
    headers = ("" if field_of("models", header) in RATED else header for header in table.headers)
    return replace(table, headers=tuple(headers))


def _is_modalities(words: str) -> bool:
    try:
        both = modalities(words)
    except ValueError:
        return False
    return bool(both[0] or both[1])


def _is_of_links(rows: list[list[Cell]], at: int) -> bool:
    return all(at < len(row) and any(slug_of_address(link.address) for link in row[at].links) for row in rows)


def _names_a_model(cell: Cell) -> bool:
    if any(slug_of_address(link.address) for link in cell.links):
        return True
    return bool(re.search(r"[^\W\d_]{2}", cell.text)) and not any(char in cell.text for char in "★☆$")


_TYPED: dict[str, Callable[[str], object]] = {
    "released": calendar_date,
    "size": parameter_count,
    "context": token_count,
}


_OF_CELLS = re.compile(r"[★☆⭐]|\b[A-Z][a-z]{2} [0-9]{2}, |(?:\b[A-Z][a-z]+ (?:in|out)put\b.*){2}", re.DOTALL)
"""What stands in other cells than that of a name: stars, days and icons."""


def _listed(row: Row, notes: Notes) -> Listed | None:
    noted = len(notes.warnings)
    model = _read_row(row, notes)
    if model is None or len(notes.warnings) == noted or not notes.are_misplaced(row, _TYPED, noted, of="models"):
        return model
    return None


def _read_row(row: Row, notes: Notes) -> Listed | None:
    cell = row.get("name")
    name, is_available, slug = _name(cell) if cell else ("", None, None)
    if not name or len(name) > LONGEST_NAME or _is_modalities(name) or _OF_CELLS.search(name):
        notes.reject("nameless_row", f"no model is named in {row.words!r}", row.place, of="models")
        return None
    if sums_up(name) and slug is None:
        notes.leave_out(row)
        return None
    _warn_of_confusable(name, notes, row.where("name"))
    if name.endswith(("…", "...")):
        notes.warn("cut_name", f"the page cuts this name short: {name!r}", row.where("name"))
    model = Listed(name, row.place, slug, is_available=is_available)
    if slug is None and (stated := row.text("slug")):
        model.slug = slug_of(stated)
    if model.slug is not None and model.slug.variant == "standard":
        model.slug = model.slug._replace(variant=variant_in_name(name))
    if (stated := row.text("model_id")) is not None:
        model.model_id = model_id_of(stated, row.header("model_id"))
    if (status := row.text("availability")) is not None:
        model.is_available = _availability(status, notes, row.where("availability"))
    model.released_on = row.read("released", calendar_date, notes)
    model.size = row.read("size", parameter_count, notes)
    model.context = row.read("context", token_count, notes)
    _read_modalities(row, model, notes)
    for dimension in RATED:
        cell = row.get(dimension)
        if cell is not None and cell.text:
            model.ratings[dimension] = row.read(dimension, rating, notes)
        elif cell is not None and cell.marks:
            model.ratings[dimension] = notes.read(rating, Cell(cell.marks), row.where(dimension))
    model.places = row.places(_COLUMN_OF_FIELD)
    for at, column in row.columns.unknown:
        if not is_blank(row.cells[at].text):
            model.extra[own_name(column.header)] = row.cells[at].words
    return model


_COLUMN_OF_FIELD = {
    "name": "name",
    "is_available": "name",
    "released_on": "released",
    "parameter_count": "size",
    "parameter_count_is_approximate": "size",
    "context_tokens": "context",
    "context_is_rounded": "context",
    "input_modalities": "modalities",
    "output_modalities": "modalities",
}


def _name(cell: Cell) -> tuple[str, bool | None, Slug | None]:
    """The name, without the badge that may be glued to it; what the badge says; and the slug of the cell's link."""
    linked = next(((slug, link.text) for link in cell.links if (slug := slug_of_address(link.address))), None)
    if ":\n" in cell.text or (linked and ":\n" in linked[1]):  # the author on a line of his own, `Acme:` above `One`
        cell = cell._replace(text=cell.text.replace(":\n", ": "))
        linked = linked and (linked[0], linked[1].replace(":\n", ": "))
    slug = linked[0] if linked else None
    is_available: bool | None = None
    names: list[str] = []
    for line in cell.text.split("\n"):
        is_available = False if is_gone(line) else is_available
        line, stated = split_status(_without_slug(NEWS.sub("", line) if line[-1:] in ENDS_OF_NEWS else line))
        is_available = is_available if stated is None else stated
        if (named := slug_of(line)) is not None:
            slug = slug or named
        elif _says_a_word(line):
            names.append(line)
    name = NEWS.sub("", _FLAGS.sub("", " ".join(names)))
    if linked and is_available is None and cell.text.startswith(linked[1]) and says_gone(cell.text[len(linked[1]) :]):
        is_available = False
    if linked and linked[1] and not slug_of(linked[1]):
        lines = (_without_slug(NEWS.sub("", _unled(line, names))) for line in linked[1].split("\n"))
        said = [_FLAGS.sub("", line) for line, _ in map(split_status, lines) if _says_a_word(line)]
        short = _below_author(said, linked[0]) if said else name
        name = next((line for line in names if _is_of_author(line, short)), short)
    return name, is_available, slug


_LEADS = re.compile(
    r"(?:view|see|open|go to|explore|visit|learn more about|(?:view |see )?details (?:for|of|about)) ", re.I
)


def _unled(line: str, names: list[str]) -> str:
    """What a link says without the verb that only those who listen are told, if the name stands beside it: `View One`
    over a whole card."""
    led = _LEADS.match(line)
    return line[led.end() :] if led and line[led.end() :] in names else line


def _below_author(lines: list[str], slug: Slug) -> str:
    """The name on the lines of a link: the first, unless it is the author, and the one below is what the slug says."""
    first, *others = lines
    if not others or is_called_by(slug, first) or not is_called_by(slug, others[0]):
        return first
    is_author = is_author_of(slug.author, first) or slug_form(first).startswith(f"{slug.author}-")
    return others[0] if is_author else first


def _is_of_author(name: str, short: str) -> bool:
    """Whether a name is that of a link with its author before it, who may have a link of his own: `Acme: One`."""
    return name.endswith(f": {short}") and name.count(": ") == short.count(": ") + 1


def _without_slug(line: str) -> str:
    """A name without the slug, and what is new, that a title has on the same line: `Acme: One acme/one-1 New`."""
    if "/" not in line:
        return line
    name, _, last = NEWS.sub("", line).rpartition(" ")
    return name if name and slug_of(last) else line


_FLAGS = re.compile(r"^(?:[\U0001F1E6-\U0001F1FF]{2}\s*)+")
"""The flag of a country before a name."""


def _says_a_word(line: str) -> bool:
    """Whether a line is more than a mark: `🚫` beside a name is not one."""
    return not is_blank(line) and (line[0].isalnum() or any(map(str.isalnum, line)))


_STATUSES = dict.fromkeys(("active", "online", "live", "operational", "🟢"), True) | dict.fromkeys(
    ("inactive", "offline", "not available", "currently unavailable", "🔴"), False
)
"""What a column says of models that answer or do not."""


def _availability(status: str, notes: Notes, where: str) -> bool | None:
    if match := STATUS.fullmatch(status.strip()):
        return match[1] is None
    if (word := status.strip().lower()) in _STATUSES:
        return _STATUSES[word]
    try:
        return yes_or_no(status)
    except ValueError:
        notes.warn("unread_value", f"neither available nor unavailable: {status!r}", where)
        return None


def _read_modalities(row: Row, model: Listed, notes: Notes) -> None:
    both = row.read("modalities", modalities, notes)
    cell = row.get("modalities")
    if cell is not None and cell.marks and not cell.text:
        notes.warn("unread_value", f"icons that say no modalities: {cell.marks}", row.where("modalities"))
    if both is not None:
        model.inputs, model.outputs = list(both[0]) or None, list(both[1]) or None
    for column, name in (("inputs", "inputs"), ("outputs", "outputs")):
        words = row.read(column, one_side, notes)
        if words is not None:
            setattr(model, name, list(words))


def _warn_of_confusable(name: str, notes: Notes, where: str) -> None:
    """A word that mixes Latin letters with Cyrillic or Greek ones is meant to be mistaken for another."""
    if name.isascii():
        return
    for word in re.findall(r"[^\W\d_]+", name):
        scripts = {unicodedata.name(char, "?").partition(" ")[0] for char in word}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN"}:
            notes.warn("confusable_name", f"letters of several scripts in one word: {word!r}", where)
