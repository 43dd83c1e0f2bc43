"""Tables in plain text with one blank between cells, as between words: what some extractors leave of a table.

    Provider Endpoint Name Context Length Pricing (Input) Pricing (Output)
    Pear Cloud Pear Cloud | acme/one-1 8K $1 / 1M tokens $2 / 1M tokens

The names of columns say what each cell may be; a list of models leaves two of them blank, of which an extractor then
leaves nothing, and its icons may be none. A line is a row where it can be taken apart in one way only, or
several are, as icons stand on a line each. What cannot be told is torn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from scrapers.outline import Cell, Table
from scrapers.page.words import RATED, Topic, component_of, field_of, topic_of_headers
from scrapers.prose.claims import BENCHMARKS
from scrapers.text.cells import cell_of
from scrapers.text.lines import TextLines
from scrapers.text.tables.columns import is_certain
from scrapers.text.tables.flat import has_kind

_FEWEST_NAMES = 3
_MOST_LINES = 4000
_MOST_WORDS = 40
_TALLEST = 20
"""Lines of a row."""
_MOST_BLANK = 3
"""Lines between the names and the first row."""
_MOST_LEFT = 3
"""Words that may be left of the last cell for another line: `4s` of `1m 4s`."""
_MOST_TORN = 50
"""Rows that nobody can take apart, beyond which this is no table."""

_DAY = r"[A-Z][a-z]{2,8}\.? [0-9]{1,2}, [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DASH = "[—–-]"
_STROKE = re.compile(r"\w-$")
_COUNT = r"[0-9][0-9.,]*[KM]?(?: tokens)?"
_PER = r"(?: ?/ ?(?:1?[MK]\b(?: tokens)?|[a-z]+)| per (?:1?[MK]|million) tokens)?"
_AMOUNT = rf"<?(?:(?:US ?)?\$|USD )[0-9][0-9.,]*(?: USD)?{_PER}|[0-9][0-9.,]* USD{_PER}|Free|Variable|Varies"
_FLAG = "Yes|No|yes|no|[✓✔✅✗✘❌✕×]"
_ICONS = r"[A-Z][a-z]+ (?:in|out)put(?:,? [A-Z][a-z]+ (?:in|out)put)*"
_RATING = "[★☆⭐]{1,5}|[$]{1,5}"
_SAYS: dict[str, str] = {
    **dict.fromkeys(("date", "released"), _DAY),
    **dict.fromkeys(("context", "max_output"), _COUNT),
    "size": "~?[0-9][0-9.]*[BMT]",
    **dict.fromkeys(("reasoning", "free"), _FLAG),
    "executions": "[0-9][0-9,]*",
    "accuracy": "[0-9][0-9.]* ?%",
    "percentile": "[0-9]{1,3}(?:st|nd|rd|th)?",
    "duration": "[0-9][0-9.]* ?(?:ms|s|min|m|h)(?: [0-9][0-9.]* ?(?:ms|s|min|m))*",
    **dict.fromkeys(("price", "cost"), _AMOUNT),
    "modalities": _ICONS,
}
"""What a cell of a column says, if it is not words of any kind."""

_OF_ICONS = frozenset(("modalities", "inputs", "outputs"))
_WORDS = r"\S+(?: \S+)*"
_NAMED = "|".join(map(re.escape, BENCHMARKS))
_OF_OTHERS = re.compile(r"[★☆⭐$%]|\b[A-Z][a-z]{2} [0-9]{2}, [0-9]{4}|\b(?:in|out)put\b")
"""What no name and no other words have in them; a cell that has it is what is left of another row."""


def spaced_table(
    lines: TextLines, names: tuple[str, ...], *, height: int = 1, is_aligned: bool = False
) -> Table | None:
    """The table below so many lines that are made of the names of columns, which the lines are then past; None, and
    nothing moved, where no row of one is.

    Where cells are aligned, though not with the names, every line must be a row.
    """
    topic = topic_of_headers(names) if len(names) >= _FEWEST_NAMES else None
    if topic is None:
        return None
    if topic == "models":
        names = with_blank_names(names)
    at = lines.at + height
    first = next((line for line in range(at, at + _MOST_BLANK + 1) if lines.peek(line).strip()), at)
    block: list[str] = []
    end = first
    header = [lines.peek(line).split() for line in range(lines.at, at)]
    while len(block) < _MOST_LINES and (line := lines.peek(end).strip()) and not lines.ends_table(end):
        if [lines.peek(below).split() for below in range(end, end + height)] == header:
            end += height  # it comes again on the next sheet of what was printed
            continue
        block.append(" ".join(line.split()))
        end += 1
    table = Table(names)
    if not _read_rows(topic, block, table, 1 if is_aligned else _TALLEST) or not table.rows or not is_certain(table):
        return None
    if is_aligned and table.torn:
        return None
    lines.at = end
    return table


def with_blank_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of columns of a list of models, with those that the page leaves blank: of models and of their icons."""
    fields = [field_of("models", name) for name in names]
    if fields[0] == "released" and "name" not in fields:
        names, fields = ("Model", *names), ["name", *fields]
    at = next((at for at, field in enumerate(fields) if field in RATED), 0)
    return names if not at or _OF_ICONS.intersection(fields) else (*names[:at], "Modalities", *names[at:])


def _read_rows(topic: Topic, block: list[str], table: Table, tallest: int) -> bool:
    """Take the lines apart, of which several may be a row; False where too many are none.

    Below a line that is none and ends none, nobody can tell where the next row begins.
    """
    last = re.compile(rf"(?:.* )?{_group(topic, _fields(topic, table.headers)[-1], '')}")
    at = 0
    is_amid = False
    while at < len(block):
        row = ""
        for end in range(at + 1, min(at + tallest, len(block)) + 1):
            row = _with_next(row, block[end - 1])
            cells = _cells(topic, table.headers, row) if len(row.split()) <= _MOST_WORDS else None
            if cells is not None:
                rest = block[end] if end < len(block) and len(block[end].split()) <= _MOST_LEFT else ""
                longer = _cells(topic, table.headers, f"{row} {rest}") if rest and tallest > 1 else None
                whole = f"{cells[0].text} {rest}" if longer is None and rest else ""
                if whole in BENCHMARKS:  # a printed page has a row in the middle between the lines of its name
                    longer = [cell_of(whole), *cells[1:]]
                if is_amid:
                    table.torn.append(row)
                else:
                    table.rows.append(longer or cells)
                at = end + (longer is not None)
                is_amid = False
                break
        else:
            table.torn.append(block[at])
            is_amid = last.fullmatch(block[at]) is None
            at += 1
        if len(table.torn) > _MOST_TORN:
            return False
    return True


def _with_next(row: str, line: str) -> str:
    """A row with one more of its lines; a word may be broken after a stroke."""
    return f"{row}{line}" if _STROKE.search(row) else f"{row} {line}".strip()


def _cells(topic: Topic, names: tuple[str, ...], row: str) -> list[Cell] | None:
    """The cells of a row, where the first way to see it is the last one too."""
    if topic == "models" and "input" in row and "output" not in row.lower():
        return None  # the icons go on elsewhere
    for ways in _patterns(topic, names):
        found = [way.fullmatch(row) for way in ways]
        if found[0] is not None and all(match and match.groups() == found[0].groups() for match in found):
            cells = found[0].groups("")
            kinds = [has_kind(topic, name) or field_of(topic, name) in ("modalities", "ignored") for name in names]
            is_mixed = any(_OF_OTHERS.search(cell) for cell, is_kind in zip(cells, kinds, strict=True) if not is_kind)
            return None if is_mixed else [cell_of(text) for text in cells]
    return None


@lru_cache(maxsize=64)
def _patterns(topic: Topic, names: tuple[str, ...]) -> list[tuple[re.Pattern[str], ...]]:
    """The patterns of a row: with as few words in each cell as can be and with as many, and then the same with what is
    known of cells that are words alone."""
    fields = _fields(topic, names)
    found = [tuple(re.compile("".join(_groups(topic, fields, more))[1:]) for more in ("?", ""))]
    if fields[:2] == ["provider", "endpoint"]:  # `Acme Acme | acme/one-1`
        others = "".join(f" {_group(topic, field, '')}" for field in fields[2:])
        found.insert(0, (re.compile(rf"({_WORDS}?) (\1(?: \([^()]*\))? \\?\| \S+){others}"),))
    if fields[:1] == ["benchmark"]:
        rests = (" ".join(_group(topic, field, more) for field in fields[1:]) for more in ("?", ""))
        found.append(tuple(re.compile(rf"((?:{_NAMED})(?: \([^()]*\))?) {rest}") for rest in rests))
    return found


def _fields(topic: Topic, names: tuple[str, ...]) -> list[str]:
    return [field_of(topic, name) or ("price" if component_of(name) else "") for name in names]


def _groups(topic: Topic, fields: list[str], more: str) -> Iterator[str]:
    """The patterns of some cells, each with the blank before it; icons need not be there."""
    for at, field in enumerate(fields):
        group = f" {_group(topic, field, more)}"
        yield f"(?:{group})?" if at and field == "modalities" else group


def _group(topic: Topic, field: str, more: str) -> str:
    if topic == "models" and field in RATED:
        return f"({_RATING}|{_DASH})"
    if field in _SAYS:
        return f"({_SAYS[field]}|{_DASH})"
    return rf"(\S+(?: \S+)*{more})"
