"""What a page's data state exactly, or besides, of what its tables show: `131072` for `131K`, `$0.075` for `$0.08`.

A row of the data completes the one that is shown of the same provider, model or component, as long as they agree in all
that both state: then one of two figures is the other, rounded, and the exact one is meant.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from scrapers.money import Amount, amount, stated_unit
from scrapers.outline import BLANK, Cell, Outline, Section, Table, table_topic
from scrapers.page.subject import slug_of, slug_of_address
from scrapers.page.words import Topic, component_of, field_of
from scrapers.sizes import is_displayed_as
from scrapers.values import is_blank

_KEYS: dict[Topic, str] = {"endpoints": "provider", "models": "name"}
_ADDED: dict[Topic, frozenset[str]] = {
    "endpoints": frozenset(("max_output", "max_prompt", "quantization", "context")),
    "models": frozenset(("size", "released", "context", "inputs", "outputs")),
}
"""What a row may lack that its data state."""

_PAIR = frozenset(("label", "value"))
_COUNTED = frozenset(("context", "size", "max_output", "max_prompt"))
_WHOLE = re.compile(r"[0-9][0-9,]{0,20}")
_ROUNDED = re.compile(r"\$ ?[0-9,]*\.(?P<cents>[0-9]{2,})(?![0-9])")


class _Field(NamedTuple):
    """What a cell states: its field, or what it is the price of, below its header."""

    name: str
    header: str
    cell: Cell
    is_price: bool

    @property
    def usd(self) -> Amount | None:
        """The price that it states, for a million tokens where nothing else is said; None where it states none."""
        try:
            return amount(self.cell.words, stated_unit(self.header)) if self.is_price else None
        except ValueError:
            return None


def put_exact_values(outline: Outline, sections: list[Section]) -> None:
    """Complete the tables of an outline by what the sections of its data state."""
    for topic in _KEYS:
        given = _tables_of(sections, topic)
        for _, table in outline.tables(topic) if given else ():
            if table.headers and all(len(row) == len(table.headers) for row in table.rows):
                _complete(topic, table, given[0])
    if given := _tables_of(sections, "specifications"):
        for section in outline.about("specifications"):
            for table in section.tables:
                _complete_specifications(table, given[0])
    given = _tables_of(sections, "prices")
    shown = [table for _, table in outline.tables("prices") if table.rows]
    if given and len(shown) == 1:
        _complete_prices(shown[0], given[0])


def contradict(outline: Outline, section: Section) -> bool:
    """Whether a section says other prices of the model than the outline has."""
    known = [_by_component(table) for _, table in outline.tables("prices")]
    return any(not _agree(one, _by_component(table)) for one in known for table in section.tables)


def _tables_of(sections: list[Section], topic: Topic) -> list[Table]:
    return [table for one in sections for table in one.tables if table.rows and table_topic(one, table) == topic]


def _fields(topic: Topic, headers: tuple[str, ...], row: list[Cell]) -> dict[str, _Field]:
    found: dict[str, _Field] = {}
    for header, cell in zip(headers, row, strict=False):
        component = component_of(header) if topic != "models" else None
        named = field_of(topic, header) or component
        if named and not is_blank(cell.text):
            found.setdefault(named, _Field(named, header, cell, named == component))
    return found


def _complete(topic: Topic, table: Table, given: Table) -> None:
    """Complete the rows of a list by those of the data that are of the same, and of no other."""
    shown = [_fields(topic, table.headers, row) for row in table.rows]
    stated = [_fields(topic, given.headers, row) for row in given.rows]
    pairs = []
    for at, one in enumerate(shown):
        same = [more for more in stated if _are_of_one(one, more, _KEYS[topic])]
        if len(same) == 1 and sum(_are_of_one(other, same[0], _KEYS[topic]) for other in shown) == 1:
            pairs.append((at, same[0]))
    pairs = [(at, more) for at, more in pairs if _agree(shown[at], more)]
    added = dict.fromkeys(
        field.header
        for at, more in pairs
        for field in more.values()
        if field.name not in _said(topic, table) and (field.is_price or field.name in _ADDED[topic])
    )
    for at, more in pairs:
        for place, header in enumerate(table.headers):
            exact = more.get(field_of(topic, header) or component_of(header) or "")
            if exact and (cell := _exact(shown[at].get(exact.name), exact)) is not None:
                table.rows[at][place] = cell
    by_row = dict(pairs)
    table.headers = (*table.headers, *added)
    for at, row in enumerate(table.rows):
        by_header = {field.header: field.cell for field in by_row.get(at, {}).values()}
        row += [by_header.get(header, BLANK) for header in added]


def _said(topic: Topic, table: Table) -> set[str | None]:
    said = {field_of(topic, header) or component_of(header) for header in table.headers}
    return said | {"inputs", "outputs"} if said & {"modalities", ""} or "" in table.headers else said


def _are_of_one(shown: dict[str, _Field], stated: dict[str, _Field], key: str) -> bool:
    """Whether two rows are of the same provider, or of the same model by its slug or else its name."""
    one, other = shown.get(key), stated.get(key)
    slugs = [_slug_in(fields, key) for fields in (shown, stated)] if key == "name" else [None, None]
    if None not in slugs:
        return slugs[0] == slugs[1]
    return bool(one and other) and _first_line(one) == _first_line(other)


def _first_line(field: _Field | None) -> str:
    text = field.cell.text.partition("\n")[0] if field else ""
    return text.removesuffix("Unavailable").strip().casefold()


def _slug_in(fields: dict[str, _Field], key: str) -> str | None:
    links = fields[key].cell.links if key in fields else ()
    linked = next((slug for link in links if (slug := slug_of_address(link.address))), None)
    stated = fields.get("slug") or fields.get("model_id")
    slug = linked or (slug_of(stated.cell.words) if stated else None)
    return slug.key if slug else None


def _agree(shown: dict[str, _Field], stated: dict[str, _Field]) -> bool:
    """Whether all prices and counts that both state are the same, or one is the other rounded."""
    both = [(one, stated[name]) for name, one in shown.items() if name in stated]
    return all(_are_same(one, other) or _exact(one, other) is not None for one, other in both)


def _are_same(one: _Field, other: _Field) -> bool:
    if one.is_price:
        return _of_amount(one) is not None and _of_amount(one) == _of_amount(other)
    if one.name not in _COUNTED:
        return True
    return one.cell.words.replace(",", "").split(" ")[0].casefold() == other.cell.words.replace(",", "").casefold()


def _of_amount(field: _Field) -> tuple[Decimal | None, str] | None:
    return (read.usd, read.unit or "mtok") if (read := field.usd) is not None else None


def _exact(shown: _Field | None, stated: _Field) -> Cell | None:
    """What stands in place of a cell that is shown rounded; None where it is not, or is of something else."""
    if shown is None:
        return None
    if shown.is_price:
        return _exact_price(shown, stated)
    if shown.name in _COUNTED and _WHOLE.fullmatch(stated.cell.text):
        return stated.cell if is_displayed_as(shown.cell.words, stated.cell.words) else None
    return None


def _exact_price(shown: _Field, stated: _Field) -> Cell | None:
    one, other, rounded = _of_amount(shown), _of_amount(stated), _ROUNDED.search(shown.cell.words)
    if not one or not other or rounded is None or one[1] != other[1] or not one[0] or not other[0] or one == other:
        return None
    half = Decimal(5).scaleb(-1 - len(rounded["cents"]))
    return _cell_of(other) if abs(one[0] - other[0]) <= half and one[1] == "mtok" else None


def _cell_of(stated: tuple[Decimal | None, str]) -> Cell:
    usd, unit = stated
    return Cell(f"${usd or 0:f} / {'1M tokens' if unit == 'mtok' else unit}")


def _complete_prices(table: Table, given: Table) -> None:
    """Complete the prices of a table, in a row for each or all in one row, by those that the data state."""
    at = {field_of("prices", header): at for at, header in enumerate(table.headers)}
    shown, stated = _by_component(table), _by_component(given)
    is_listed = set(at) == {"label", "price"} and len(shown) == len(table.rows)
    is_row = len(table.rows) == 1 and "price" not in at
    if not (is_listed or is_row) or any(len(row) != len(table.headers) for row in table.rows):
        return
    if not shown.keys() & stated.keys() or not _agree(shown, stated):
        return
    numbers = {name: number for number, name in enumerate(shown)}
    for name, exact in stated.items():
        said = _of_amount(exact)
        cell = exact.cell if said is None or said[0] is None else _cell_of(said)
        if name in shown:
            if (rounded := _exact(shown[name], exact)) is not None and is_listed:
                table.rows[numbers[name]][at["price"]] = rounded
        elif is_listed:
            row = {at["label"]: Cell(name.replace("_", " ")), at["price"]: cell}
            table.rows.append([row[0], row[1]])
        else:
            table.headers = (*table.headers, name.replace("_", " "))
            table.rows[0].append(cell)


def _by_component(table: Table) -> dict[str, _Field]:
    """The prices of a table that has one of each, in a row for each or in one row, without those of other names."""
    at = {field_of("prices", header): at for at, header in enumerate(table.headers)}
    if not {"label", "price"} <= set(at):
        fields = _fields("prices", table.headers, table.rows[0]) if len(table.rows) == 1 else {}
        return {name: one for name, one in fields.items() if one.is_price}
    found: dict[str, _Field] = {}
    for row in (row for row in table.rows if len(row) == len(table.headers)):
        component = component_of(row[at["label"]].words)
        if component in found:
            return {}
        if component is not None:
            found[component] = _Field(component, table.headers[at["price"]], row[at["price"]], True)
    return found


def _complete_specifications(table: Table, given: Table) -> None:
    """Put the counts that the data state exactly in place of those of a table with a label a row, or a column."""
    if len(given.rows) != 1:
        return
    stated = _fields("specifications", given.headers, given.rows[0])
    is_of_pairs = {field_of("specifications", header) for header in table.headers} <= _PAIR
    for row in table.rows:
        for at, label in [(1, row[0].words)] if is_of_pairs and len(row) == len(_PAIR) else enumerate(table.headers):
            named = field_of("specifications", label) or ""
            if named in _COUNTED and named in stated and at < len(row):
                row[at] = _exact(_Field(named, label, row[at], False), stated[named]) or row[at]
