"""Badges of scores on cards, which need no label for what they say: `Free`, `No reasoning`, `98.0%`, `Zero-shot`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from scrapers.outline import BLANK, CARD_TITLE, Line, Table
from scrapers.page.score_groups import may_be_category, said_by
from scrapers.page.words import field_of
from scrapers.prose.claims import BENCHMARKS
from scrapers.text.labels.card_labels import FLAGS, Card, CardLabels, head_of, labelled
from scrapers.text.labels.stated_labels import Labels

_BESIDE = re.compile(r"\s+[·•|]\s+")
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})? ?%")
_STRATEGY = re.compile(
    r"(?:zero|one|two|few|many|multi|single|[0-9]{1,2})[- ]shot(?: .{1,20})?|chain[- ]of[- ]thoughts?|CoT|"
    r"self[- ]consistency|(?:tree|graph)[- ]of[- ]thoughts?|(?:direct|standard|step[- ]by[- ]step) prompting|ReAct",
    re.IGNORECASE,
)


def with_badges(cards: list[Card], read: CardLabels) -> list[Card]:
    """The cards of scores with what their badges say as labels do: how the run was made, its category, its accuracy."""
    above = [card[: head_of(card, read)] for card in cards]
    named = _place_of_names(above)
    heads = [_head_of_score(head, card[len(head) :], named) for head, card in zip(above, cards, strict=True)]
    heads = [head._replace(others=[_told(line, head, read) for line in head.others]) for head in heads]
    if not any("category" in _fields_of(head, read) for head in heads):
        heads = _with_categories(heads, read)
    return [[head.title, *head.others, *head.rest] for head in heads]


class _Head(NamedTuple):
    """What stands on the card of a score before its first label, and the rest of its lines."""

    title: Line
    others: list[Line]
    rest: list[Line]


def _place_of_names(heads: list[Card]) -> int:
    """Where on the cards the benchmark's name stands that no heading marks: first, or where all are known ones."""
    for at in range(min(map(len, heads))):
        if all(head[at].text in BENCHMARKS for head in heads):
            return at
    return 0


def _head_of_score(head: Card, rest: Card, named: int) -> _Head:
    if not head:
        return _Head(rest[0], [], rest[1:])
    at = next((at for at, line in enumerate(head) if line.role == "title"), named)
    title = head[at]._replace(role="title") if field_of("benchmarks", head[at].text) in FLAGS else head[at]
    beside = [line._replace(text=text) for line in (*head[:at], *head[at + 1 :]) for text in _BESIDE.split(line.text)]
    said = {_plain(line.text): line for line in reversed(beside)}
    return _Head(title, [line for line in beside if said[_plain(line.text)] is line], rest)


def _plain(text: str) -> str:
    """A text by which to know it again: a bar may say `98%` beside `98.0%`."""
    return f"{float(text.strip('% ')):g}%" if _PERCENT.fullmatch(text) else text


def _told(line: Line, head: _Head, read: CardLabels) -> Line:
    """A line of a head under the label that it needs none for: `Free`, `No reasoning`, `98.0%`, `Zero-shot`."""
    stated = _fields_of(head, read)
    said = said_by(line.text)
    is_alone = len(head.others) == 1 and field_of("benchmarks", line.text) == "reasoning"
    if said.field == "reasoning" and "reasoning" not in stated:
        return labelled("Reasoning", line, said.text)
    if field_of("benchmarks", line.text) in FLAGS - stated and not is_alone:  # one alone may as well be a category
        return labelled(line.text, line, "Yes")
    if _PERCENT.fullmatch(line.text) and "accuracy" not in stated:
        return labelled("Accuracy", line)
    return labelled("Strategy", line) if _STRATEGY.fullmatch(line.text) and "strategy" not in stated else line


def _fields_of(head: _Head, read: CardLabels) -> set[str]:
    """What the labels of a card are, in the words of `page/words.py`."""
    return {name for line in (*head.others, *head.rest) if (name := read.label(line))}


def _with_categories(heads: list[_Head], read: CardLabels) -> list[_Head]:
    """The heads with a label before their only words without one, where these may be a category on every card."""
    plain = [[line for line in head.others if read.labels.stated(line) is None or _is_flag(line)] for head in heads]
    if not all(len(lines) == 1 and may_be_category(lines[0].text) for lines in plain):
        return heads
    return [
        head._replace(others=[labelled("Category", line) if line is lines[0] else line for line in head.others])
        for head, lines in zip(heads, plain, strict=True)
    ]


def _is_flag(line: Line) -> bool:
    return field_of("benchmarks", line.text) in FLAGS


def with_badges_of_titles(table: Table) -> Table:
    """The table of cards with columns for what stands in their titles below the names of the benchmarks."""
    at = next((at for at, header in enumerate(table.headers) if header == CARD_TITLE), None)
    if at is None or not any(len(row) > at and "\n" in row[at].text for row in table.rows):
        return table
    if any(len(row) != len(table.headers) for row in table.rows):
        return table
    read = CardLabels("benchmarks", Labels("benchmarks", []))
    facts = [
        [
            Line(f"{name}: {cell.words}")
            for name, cell in zip(table.headers, row, strict=True)
            if cell.text and cell is not row[at]
        ]
        for row in table.rows
    ]
    cards = [[*map(Line, row[at].text.split("\n")), *rest] for row, rest in zip(table.rows, facts, strict=True)]
    heads = [card[: len(card) - len(rest)] for card, rest in zip(with_badges(cards, read), facts, strict=True)]
    told = [dict(filter(None, (read.labels.stated(line) for line in head[1:] if read.label(line)))) for head in heads]
    added = tuple(dict.fromkeys(name for one in told for name in one))
    if not added or any(field_of("benchmarks", name) in map(_field, table.headers) for name in added):
        return table
    titles = ["\n".join(line.text for line in head if line is head[0] or not read.label(line)) for head in heads]
    rows = [
        [*row[:at], row[at]._replace(text=title), *row[at + 1 :], *(one.get(name) or BLANK for name in added)]
        for row, title, one in zip(table.rows, titles, told, strict=True)
    ]
    return replace(table, headers=(*table.headers, *added), rows=rows)


def _field(header: str) -> str | None:
    return field_of("benchmarks", header)
