"""The tables of a page's data: of its records, the facts that have names here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from scrapers.html.data.facts import is_priced, ranks_of
from scrapers.html.data.prices import (
    Bare,
    Terms,
    bare_amount,
    dollars_of_cents,
    priced_text,
    terms_of,
    unit_of_all,
    without_cents,
)
from scrapers.html.data.records import records_of, words_of_key
from scrapers.money import stated_unit
from scrapers.outline import BLANK, Cell, Table
from scrapers.page.words import NATURAL_UNITS, RATED, Topic, component_of, field_of, topic_of

SUBJECTS = frozenset("model|model data|model info|current model|model details".split("|"))
"""Keys below which the page's own model stands."""

PAIRED = ("label", "value")
"""Columns of a table of specifications, which no object has as its keys."""

_OWN_FACTS = frozenset(("Architecture", "Top Provider", "Limits", "Details", "Info", "Specs", "Specifications"))
"""Objects that hold facts of what they are part of, even where they bear a name."""

_OF_ANOTHER = ("name", "slug", "id", "title")
"""An object that has one of these is a thing of its own: an author, the model that another was made from."""

_OTHER_NAMES = ("Display Name", "Full Name")

_DATED = ("released", "date", "cutoff", "expires")
"""Of these a number is a moment."""

_MOMENT = re.compile(r"[0-9]{9,13}(?:\.[0-9]+)?")
_COUNTED = ("context", "max_output", "max_prompt", "executions")
"""Of these `128000.0` is a whole number."""

_PRICED: tuple[Topic, ...] = ("prices", "pricing", "history", "endpoints")


_SHARE = re.compile(r"0(?:\.[0-9]{1,24})?|1(?:\.0{1,24})?")
_FEWEST_SHARES = 3


class _Fact(NamedTuple):
    """A cell below its header; `bare` where it is a price of nobody knows how many tokens, `part` the name of what
    states it within the record, where the header does not have it."""

    header: str
    cell: Cell
    bare: Bare | None = None
    part: str = ""


def table_of_data(heading: str, topic: Topic, node: Any) -> Table | None:
    """A table of the records' known fields. A block of data holds much that no page shows; that is left where it is."""
    records = records_of(topic, node)
    kept = "prices" if topic == "pricing" else topic
    rows = [_row(kept, list(_known_facts(topic, record, Terms()))) for record in records]
    if topic in _PRICED and stated_unit(heading) is None:
        rows = _with_unit_of_all(rows)
    elif topic == "benchmarks":
        rows = _with_shares(rows)
    headers = list(dict.fromkeys(name for row in rows for name in row))
    if not headers or (topic != "specifications" and len(headers) < 2):
        return None
    empty = Cell("—") if topic == "benchmarks" else BLANK
    return Table(tuple(headers), [[row[name].cell if name in row else empty for name in headers] for row in rows])


def _row(topic: Topic, facts: list[tuple[int, _Fact]]) -> dict[str, _Fact]:
    """The facts of a record by their headers. What a part of it says never speaks before what it says itself."""
    said = {field_of(topic, fact.header) or component_of(fact.header) for depth, fact in facts if not depth}
    if topic in _PRICED:
        facts = _with_parts(facts)
    row: dict[str, _Fact] = {}
    for depth, fact in facts:
        if not depth or (field_of(topic, fact.header) or component_of(fact.header)) not in said:
            row[fact.header] = fact
    return row


_OF_NOW = frozenset(("standard", "default", "current", "base", "regular", "on demand"))
_OF_SOME = frozenset(("batch", "flex", "priority", "previous", "old", "former", "original"))
"""Parts of a record whose prices are for those who ask for them, or are no more."""


def _with_parts(facts: list[tuple[int, _Fact]]) -> list[tuple[int, _Fact]]:
    """The facts of a record, with the name of its part before the header of a price where others say otherwise."""
    stated: dict[str, set[str]] = {}
    for _, fact in facts:
        stated.setdefault(fact.header, set()).add(fact.cell.text)
    return [
        (depth, fact._replace(header=f"{fact.part} {fact.header}"))
        if fact.part.lower() in _OF_SOME
        or (fact.part and len(stated[fact.header]) > 1 and fact.part.lower() not in _OF_NOW)
        else (depth, fact)
        for depth, fact in facts
    ]


def _with_shares(rows: list[dict[str, _Fact]]) -> list[dict[str, _Fact]]:
    """The rows with per cent for accuracies that are fractions, as several must be that are all below 1.

    One alone may be either: no model has less than one per cent in everything, and one may well in something.
    """
    said = [
        fact.cell.text
        for row in rows
        for fact in row.values()
        if _is_accuracy(fact) and fact.cell.text not in ("", "—")
    ]
    if not all(map(_SHARE.fullmatch, said)):
        return rows
    if len({share for text in said if 0 < (share := Decimal(text)) < 1}) < _FEWEST_SHARES:
        return rows
    return [{name: _in_per_cent(fact) for name, fact in row.items()} for row in rows]


def _is_accuracy(fact: _Fact) -> bool:
    return field_of("benchmarks", fact.header) == "accuracy" and "percent" not in fact.header.lower()


def _in_per_cent(fact: _Fact) -> _Fact:
    if not _is_accuracy(fact) or not _SHARE.fullmatch(fact.cell.text):
        return fact
    return fact._replace(cell=Cell(f"{(Decimal(fact.cell.text) * 100).normalize():f}%"))


def _with_unit_of_all(rows: list[dict[str, _Fact]]) -> list[dict[str, _Fact]]:
    """The rows with the unit that their amounts have by their size; where nobody can tell, they stay bare numbers."""
    bare = [one for row in rows for fact in row.values() if (one := _bare(row, fact)) is not None]
    if not bare:
        return rows
    unit = unit_of_all(bare)
    return [{name: _in_unit(fact, _bare(row, fact), unit) for name, fact in row.items()} for row in rows]


def _bare(row: dict[str, _Fact], fact: _Fact) -> Bare | None:
    """A bare amount with what the row says that it pays for; None for what is not paid by the token."""
    if fact.bare is None or fact.bare.component:
        return fact.bare
    label = next((other.cell.text for name, other in row.items() if field_of("prices", name) == "label"), "")
    component = component_of(label) or ""
    return None if component in NATURAL_UNITS else fact.bare._replace(component=component)


def _in_unit(fact: _Fact, bare: Bare | None, unit: str | None) -> _Fact:
    if bare is None or not bare.usd or (unit == "" and not bare.is_of_images):
        return fact
    if bare.is_of_images:  # by the picture where the tokens are paid by the token, and else by nobody knows what
        unit = "image" if unit == "token" else None
    return fact._replace(cell=Cell(f"${bare.usd:f} / {unit}" if unit else f"{bare.usd:f}"))


def _known_facts(
    topic: Topic, record: dict[str, Any], stated: Terms, prefix: str = "", depth: int = 0
) -> Iterator[tuple[int, _Fact]]:
    terms = terms_of(record, stated) if topic in _PRICED else stated
    column_topic: Topic = "prices" if topic == "pricing" else topic
    if topic == "specifications":
        record = {key: value for key, value in record.items() if field_of(topic, words_of_key(key)) not in PAIRED}
    for key, value in record.items():
        plain = without_cents(key)
        if plain is not None and plain in record:
            continue  # dollars stand beside the cents, and may be more exact
        is_cents, key = plain is not None, plain or key
        header = f"{prefix} {_words_of_fact(key)}".strip()
        if isinstance(value, dict):
            own = _words_of_fact(key)
            above = own if prefix and field_of(column_topic, own) else prefix or header
            yield from _facts_of_part(topic, key, value, terms, above, depth)
            continue
        if isinstance(value, list) and topic in ("endpoints", "history") and topic_of(words_of_key(key)) in _PRICES:
            yield from _listed_prices(value, terms, depth)
            continue
        part = ""
        is_price = topic in _PRICED and component_of(header) is not None
        if not (field_of(column_topic, header) or is_price):
            header = _words_of_fact(key)
            if header in _OTHER_NAMES and field_of(column_topic, prefix):
                header = prefix
            is_price = topic in _PRICED and component_of(header) is not None
            if not (field_of(column_topic, header) or is_price):
                continue
            part = prefix
        named = field_of(column_topic, header)
        # The page prints a null as a dash, which says that there is no rating, and in any row of a score.
        is_dash = value is None and (topic == "benchmarks" or (topic == "models" and named in RATED))
        text = "—" if is_dash else text_of(value)
        if named in _DATED and text and _MOMENT.fullmatch(text):
            text = _day_of(int(Decimal(text)))
        elif named in _COUNTED and isinstance(value, Decimal) and value == value.to_integral_value():
            text = f"{value:.0f}"
        elif named == "unit" and text:
            text = text.replace("_", " ")
        if text is None:
            continue
        if is_cents:
            text = dollars_of_cents(text)
        if (is_price and named is None) or (topic in _PRICED and named == "price"):
            text = priced_text(text, terms, header)
            yield depth, _Fact(header, Cell(text), bare_amount(header, key, value, text), part if is_price else "")
        elif topic == "benchmarks" and named == "cost":
            yield depth, _Fact(header, Cell(priced_text(text, terms_of(record, stated), header)))
        else:
            yield depth, _Fact(header, Cell(text))


_PRICES: tuple[Topic, ...] = ("prices", "pricing")


def _listed_prices(listed: list[Any], above: Terms, depth: int) -> Iterator[tuple[int, _Fact]]:
    """The prices of a list within a record, each below what it says that is paid for."""
    for entry in listed:
        if not isinstance(entry, dict):
            continue
        facts = [fact for _, fact in _known_facts("prices", entry, terms_of(entry, above), depth=depth)]
        said = {field_of("prices", fact.header): fact for fact in reversed(facts)}
        label, price = said.get("label"), said.get("price")
        if label is not None and price is not None and component_of(label.cell.text):
            bare = price.bare and price.bare._replace(component=component_of(label.cell.text) or "")
            yield depth + 1, price._replace(header=words_of_key(label.cell.text), bare=bare)


def _facts_of_part(
    topic: Topic, key: str, part: dict[str, Any], terms: Terms, header: str, depth: int
) -> Iterator[tuple[int, _Fact]]:
    """The facts that an object states within a record. Of a thing of its own only its name is one."""
    words = words_of_key(key)
    part_topic = topic_of(words) if topic == "specifications" else None
    if topic == "specifications" and is_priced(key, part):
        return
    if part_topic == "summary":
        part = ranks_of(part)
    elif part_topic not in (None, "specifications", "features", "parameters"):
        return
    is_another = any(isinstance(part.get(name), str) for name in _OF_ANOTHER)
    if topic == "benchmarks" and field_of(topic, header) in (None, "benchmark"):
        is_another = False
    if not is_another or words in _OWN_FACTS or (topic == "models" and words.lower() in SUBJECTS):
        yield from _known_facts(topic, part, terms, header, depth + 1)
    elif field_of("prices" if topic == "pricing" else topic, header):
        name = next((part[name] for name in ("displayName", "name", "title", "slug") if part.get(name)), None)
        if isinstance(name, str):
            yield depth + 1, _Fact(header, Cell(name.strip()))


_TIMED = re.compile(r"((?:Avg |Average |Total )?(?:Duration|Time|Latency))(?: In)? (Ms|S|Secs?|Seconds|Minutes)")
_DOLLARS = re.compile(r" (?:In )?(?:Usd|Dollars)(?=$| \()")


def _words_of_fact(key: str) -> str:
    """A key as a column's name: without the verb that asks for a flag, and with a unit of time in brackets.

    >>> _words_of_fact("isAvailable"), _words_of_fact("avgDurationMs"), _words_of_fact("inputUsdPerMillion")
    ('Available', 'Avg Duration (ms)', 'Input (per 1M tokens)')
    """
    words = _DOLLARS.sub("", words_of_key(key).removeprefix("Is "))
    timed = _TIMED.fullmatch(words)
    if timed:
        return f"{timed[1]} ({timed[2].lower()})"
    return "Full Name" if words == "Title" else words


def _day_of(moment: int) -> str:
    """The day of a moment in seconds or milliseconds since 1970; any other number as it stands."""
    seconds = moment // 1000 if moment >= 10**11 else moment
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if 10**9 <= seconds < 10**10 else str(moment)


def text_of(value: Any) -> str | None:
    """A value as a page would print it; None for what no cell can hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (int, Decimal)):
        return f"{value:f}" if isinstance(value, Decimal) and value.is_finite() else str(value)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return None
