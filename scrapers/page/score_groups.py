"""Scores in groups: rows that say something of those below them, and tables of a category or benchmark under its title.

What a group says becomes a column of its table, `Reasoning: Yes` or `Category: Code`, so that a row is read the same
whether its table has that column or not. Words without a label are a category only where all others about them are
groups too; a row or a title of which nobody can tell stays, to be warned of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from scrapers.outline import BLANK, Cell, Outline, Section, Table, table_topic
from scrapers.page.words import field_of, header_words, is_known_header, plain_words, topic_of
from scrapers.values import is_blank, yes_or_no

_HEADERS = {name: name.capitalize() for name in ("benchmark", "category", "reasoning", "strategy", "free")}
_LONGEST = 40
_FEWEST_CATEGORIES = 2
_FEWEST_COLUMNS = 3
"""In a table of two a row with one cell may be a benchmark that has no score."""

_COUNT = re.compile(r"(?<=[a-z])\s*\((?:[0-9]{1,4})(?: (?:benchmarks?|runs?|results?|tests?))?\)$")
"""How many rows a group has: `Code (12)`."""

_WITHOUT = re.compile(r"(?:without|no|non) (?:reasoning|thinking)|(?:reasoning|thinking)(?: mode)? (?:off|disabled)")
_WITH = re.compile(r"with (?:reasoning|thinking)|(?:reasoning|thinking)(?: mode)? (?:on|enabled)")
_NO_CATEGORY = re.compile(
    r"\b(?:results?|scores?|table|summary|overview|details?|best|worst|top|bottom|all|overall|total|average|mean|median|"
    r"previous|latest|recent|older|new|old|vs|versus|with|without|by|per|of|no|none|not|yet|other|others|free|paid|"
    r"reasoning|thinking|strateg(?:y|ies)|comparison|runs?|benchmarks?|models?|providers?|endpoints?|version|see|note|notes|show|more)\b|[0-9]|[.!?;|$%]"
)
"""What the name of a category does not have: it may sum the others up, or be of other models or another time."""


class Said(NamedTuple):
    """What a group says of its rows; `field` is empty where words have no label."""

    field: str
    text: str


def with_groups_of_scores(outline: Outline) -> Outline:
    """The outline, with a column in each table of scores for what the rows and titles above the scores say of them."""
    for section in outline.sections:
        tables = [table for table in section.tables if table_topic(section, table) == "benchmarks"]
        tables = [table for table in tables if table.rows and table.headers and not (table.is_cards or table.unplaced)]
        for table in tables:
            _put_modes(table)
            if any(map(_is_alone, table.rows)):
                _put_groups(table)
        if section.topic == "benchmarks" and any(table.title for table in tables):
            _put_titles(section, tables)
    return outline


_ACCURACY = re.compile(r"\b(?:accuracy|score)s?\b|[()%]", re.IGNORECASE)
_MODES = {"standard": "No", "default": "No", "reasoning": "Yes", "thinking": "Yes"}


def _put_modes(table: Table) -> None:
    """Make two rows of one that has its accuracy with and without reasoning in a column each."""
    if "accuracy" in _fields(table):
        return
    names = [_ACCURACY.sub("", header).strip() for header in table.headers]
    said = [said_by(name) for name in names]
    modes = {
        at: mode
        for at, (name, one) in enumerate(zip(names, said, strict=True))
        if (mode := _MODES.get(plain_words(name)) or (one.text if one.field == "reasoning" else None))
    }
    if sorted(modes.values()) != ["No", "Yes"] or any(len(row) != len(names) for row in table.rows):
        return
    kept = [at for at in range(len(names)) if at not in modes]
    table.headers = (*(table.headers[at] for at in kept), "Reasoning", "Accuracy")
    table.rows = [
        [*(row[at] for at in kept), Cell(mode), row[column]]
        for row in table.rows
        for column, mode in modes.items()
        if not is_blank(row[column].text)
    ]


def is_untold_title(table: Table) -> bool:
    """Whether the title of a table of scores may be a category that its rows lack."""
    return bool(table.title) and "category" not in _fields(table) and _is_category(table.title)


def _is_alone(row: list[Cell]) -> bool:
    """Whether a row has one cell across all columns, or nothing beside its first cell, not even a dash."""
    if len(row) < _FEWEST_COLUMNS or (row[1].text and row[1].text != row[0].text):
        return False
    first, *others = row
    if is_blank(first.text) or len(first.text) > _LONGEST:
        return False
    return all(cell == BLANK for cell in others) or all(cell == first for cell in others)


def said_by(text: str) -> Said:
    """What the words of a group say.

    >>> said_by("Reasoning: Yes"), said_by("Without Reasoning"), said_by("Code")
    (Said(field='reasoning', text='Yes'), Said(field='reasoning', text='No'), Said(field='', text='Code'))
    """
    text = _COUNT.sub("", text)
    label, colon, value = text.partition(":")
    value = value.strip()
    if colon and (name := field_of("benchmarks", label)) in _HEADERS and value:
        if name in ("benchmark", "category", "strategy"):
            return Said(name, value)
        try:
            return Said(name, "Yes" if yes_or_no(value) else "No")
        except ValueError:
            return Said("", text)
    words = plain_words(text)
    if _WITHOUT.fullmatch(words):
        return Said("reasoning", "No")
    return Said("reasoning", "Yes") if _WITH.fullmatch(words) else Said("", text)


def _is_category(text: str) -> bool:
    """Whether words alone may be the name of a category."""
    words = plain_words(text)
    is_name = any(map(str.isalpha, words)) and len(text) <= _LONGEST and not _NO_CATEGORY.search(text.lower())
    return is_name and ":" not in text and topic_of(text) is None and not is_known_header(header_words(text))


def may_be_category(text: str) -> bool:
    """Whether words that stand beside the name of a benchmark may be its category."""
    return plain_words(text) == "reasoning" or _is_category(text)


def _is_benchmark(text: str) -> bool:
    """Whether a title may be the benchmark of which the table below it has the runs: `Coding`, `GSM8K`."""
    return plain_words(text) == "reasoning" or _is_category(re.sub("[0-9]", "x", text))


def are_categories(said: Collection[Said]) -> bool:
    """Whether the words without a label are categories: several, each another, and all of them such names.

    `Reasoning` is one among several others, but may say how the runs were made beside one other or a group that does.
    """
    plain = [one.text for one in said if not one.field]
    others = [text for text in plain if plain_words(text) != "reasoning"]
    if len(others) < _FEWEST_CATEGORIES or len(set(plain)) < len(plain):
        return False
    return all(map(_is_category, others)) and (plain == others or all(one.field != "reasoning" for one in said))


def _put_groups(table: Table) -> None:
    said = {at: said_by(words) for at, words in _words_of_groups(table.rows)}
    plain = [at for at, one in said.items() if not one.field]
    may_be = "category" not in _fields(table) and 0 in said and are_categories(said.values())
    leads = all(at + 1 < len(table.rows) and at + 1 not in plain for at in plain)
    if may_be and leads and len(table.rows) - 1 not in said:
        said = {at: one if one.field else Said("category", one.text) for at, one in said.items()}
    said = {at: one for at, one in said.items() if one.field and at + 1 < len(table.rows)}
    levels = list(dict.fromkeys(one.field for one in said.values()))
    holding: dict[str, str] = {}
    rows: list[list[Cell]] = []
    groups: list[dict[str, str]] = []
    for at, row in enumerate(table.rows):
        if at not in said:
            rows.append(row)
            groups.append(dict(holding))
            continue
        one = said[at]
        inner = levels[levels.index(one.field) :]
        holding = {name: text for name, text in holding.items() if name not in inner} | {one.field: one.text}
    table.rows = rows
    for name in levels:
        _put_column(table, name, [group.get(name, "") for group in groups])


def _words_of_groups(rows: list[list[Cell]]) -> Iterator[tuple[int, str]]:
    """What each row that is alone says of those up to the next one, without their number, where it is theirs."""
    alone = [at for at, row in enumerate(rows) if _is_alone(row)]
    for at, after in zip(alone, [*alone[1:], len(rows)], strict=True):
        words = rows[at][0].words
        yield at, words.removesuffix(f" {after - at - 1}")


def _put_titles(section: Section, tables: list[Table]) -> None:
    titles = [[title for title in (table.title, *table.above) if title] for table in tables]
    said = {title: said_by(title) for above in titles for title in above}
    if all("benchmark" not in _fields(table) for table in tables):
        nearest = [next((title for title in above if not said[title].field), "") for above in titles]
        if len(set(nearest)) >= _FEWEST_CATEGORIES and all(map(_is_benchmark, nearest)):
            said |= {title: Said("benchmark", title) for title in nearest}
    if are_categories(said.values()) and all("category" not in _fields(table) for table in tables):
        said = {title: one if one.field else Said("category", one.text) for title, one in said.items()}
    elsewhere = {line.text for line in section.lines if line.role == "title"} - set(said)
    for table, above in zip(tables, titles, strict=True):
        for title in above:
            one = said[title]
            if one.field and not (one.field == "category" and elsewhere):
                _put_column(table, one.field, [one.text] * len(table.rows))
                table.title = "" if title == table.title else table.title


def _fields(table: Table) -> set[str | None]:
    return {field_of("benchmarks", header) for header in table.headers}


def _put_column(table: Table, name: str, stated: list[str]) -> None:
    """Add a column, or put into the one of that name what its rows leave blank."""
    at = next((at for at, header in enumerate(table.headers) if field_of("benchmarks", header) == name), None)
    cells = [Cell(text) if text else BLANK for text in stated]
    width = len(table.headers)
    if at is None:
        table.headers = (*table.headers, _HEADERS[name])
        table.header_links = (*table.header_links, ()) if table.header_links else ()
        table.rows = [
            [*row, cell if not _is_alone(row) else row[-1]] if len(row) == width else row
            for row, cell in zip(table.rows, cells, strict=True)
        ]
        return
    for row, cell in zip(table.rows, cells, strict=True):
        if len(row) == width and row[at] == BLANK and not row[at].marks and not _is_alone(row):
            row[at] = cell
