"""Cards that are elements of one kind side by side, each with its lines: a table with a card a row.

What tells such cards apart is where their elements begin and end, so that a badge or a label of unknown name at the end
of one is no part of the next one's title. Lines without elements, of a text, are told apart by their labels instead
(`labelled_lines.py`), and so are those of elements that are no cards: columns of a layout, or pairs of labels and
values.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from scrapers.outline import Line
from scrapers.page.score_groups import may_be_category
from scrapers.page.subject import slug_of
from scrapers.page.words import Topic, component_of, field_of
from scrapers.text.flat_tables import SAID
from scrapers.text.label_order import TITLED, labels_first
from scrapers.text.stated_labels import LABEL, Labels

_FEWEST_LABELS = 2
_FLAG = SAID["free"]
_FLAGS = frozenset(("reasoning", "free"))
"""What may stand on a card as a badge, which says yes by its being there."""

Card = list[Line]


def cards_of_blocks(topic: Topic, lines: list[Line]) -> list[Card] | None:
    """The lines of each card, ready to be read one by one; None where elements tell no cards apart."""
    if topic not in TITLED or not any(line.blocks for line in lines):
        return None
    read = _Read(topic, Labels(topic, lines))
    if topic == "benchmarks":
        lines = [_marked(line, after) for line, after in zip(lines, [*lines[1:], Line("")], strict=True)]
    said = [read.label(line) for line in lines]
    for depth in range(max(len(line.blocks) for line in lines)):
        cards = _cards_at(depth, lines, said)
        if cards:
            cards = [_with_unknown_pairs(card, depth, read) for card in _without_numbers(cards)]
            cards = _with_badges(cards, read) if topic == "benchmarks" else cards
            cards = [_with_names(card, read) for card in cards] if topic == "endpoints" else cards
            return [labels_first(topic, card) for card in cards]
    return None


class _Read(NamedTuple):
    """How the lines of a section are read."""

    topic: Topic
    labels: Labels

    def label(self, line: Line) -> str | None:
        """What a line says that is certainly a label, in the words of `page/words.py`, or None."""
        stated = self.labels.stated(line) if line.role != "title" else None
        if stated is None:
            return None
        name = field_of(self.topic, stated[0]) or component_of(stated[0])
        return None if name in _FLAGS and stated[1] is None and line.role != LABEL else name


def _marked(line: Line, after: Line) -> Line:
    """The line as a label, where it could be a badge but for the yes or no below it."""
    is_flag = not line.role and field_of("benchmarks", line.text) in _FLAGS
    return line._replace(role=LABEL) if is_flag and _FLAG.fullmatch(after.text) else line


def _cards_at(depth: int, lines: list[Line], said: list[str | None]) -> list[Card] | None:
    """The lines of the elements at a depth, if each is a card: two labels at least that all of them have, each once.

    `said` has the label that each line certainly is.
    """
    parts: list[tuple[bool, Card, list[str]]] = []
    for block, group in groupby(zip(lines, said, strict=True), key=lambda pair: _block(pair[0], depth)):
        part = list(group)
        parts.append((bool(block), [line for line, _ in part], [name for _, name in part if name]))
    while parts and not parts[-1][2]:
        parts.pop()  # what leads to more of them
    start = next((at for at, (_, _, names) in enumerate(parts) if names), len(parts))
    parts = parts[start:]
    if len(parts) < 2 or not all(is_block for is_block, _, _ in parts):
        return None
    if any(len(names) != len(set(names)) for _, _, names in parts):
        return None
    common = set(parts[0][2]).intersection(*(names for _, _, names in parts))
    return [part for _, part, _ in parts] if len(common) >= _FEWEST_LABELS else None


def _block(line: Line, depth: int) -> tuple[int, ...]:
    """The element at a depth that a line stands in, empty for none."""
    return line.blocks[: depth + 1] if len(line.blocks) > depth else ()


def _head(card: Card, read: _Read) -> int:
    """How many lines stand on a card before its first label."""
    return next((at for at, line in enumerate(card) if read.label(line)), len(card))


def _without_numbers(cards: list[Card]) -> list[Card]:
    """The cards without their numbers, where each begins with its own."""
    numbered = all(card[0].text.strip("#.) ").lstrip("0") == str(at) for at, card in enumerate(cards, 1))
    return [card[1:] for card in cards] if numbered and all(len(card) > 1 for card in cards) else cards


def _with_unknown_pairs(card: Card, depth: int, read: _Read) -> Card:
    """The card with the labels of unknown names marked as such, where an element holds one and its value."""
    stated = [read.labels.stated(line) for line in card]
    marked = list(card)
    for at in range(_head(card, read) + 1, len(card) - 1):
        awaits = (before := stated[at - 1]) is not None and before[1] is None
        is_free = not (awaits or stated[at] or stated[at + 1] or card[at].role)
        if is_free and marked[at - 1].role != LABEL and _is_pair(card, at, depth):
            marked[at] = card[at]._replace(role=LABEL)
    return marked


def _is_pair(card: Card, at: int, depth: int) -> bool:
    """Whether a line and the next one are all that an element within the card holds."""
    here, after = card[at].blocks, card[at + 1].blocks
    shared = next((n for n, pair in enumerate(zip(here, after, strict=False)) if pair[0] != pair[1]), len(here))
    shared = min(shared, len(after))
    if shared <= depth + 1:
        return False
    block = here[:shared]
    beside = (card[at - 1], card[at + 2]) if at + 2 < len(card) else (card[at - 1],)
    return all(line.blocks[:shared] != block for line in beside)


def _with_badges(cards: list[Card], read: _Read) -> list[Card]:
    """The cards of scores with what their badges say as labels do: that the run used reasoning, and its category."""
    heads = [_head_of_score(card, read) for card in cards]
    has_category = any(read.label(line) == "category" for card in cards for line in card)
    if not has_category and all(len(head.others) == 1 and may_be_category(head.others[0].text) for head in heads):
        heads = [head._replace(others=[_labelled("Category", head.others[0])]) for head in heads]
    return [[head.title, *head.others, *head.flags, *head.rest] for head in heads]


class _Head(NamedTuple):
    """What stands on the card of a score before its first label, and the rest of its lines."""

    title: Line
    others: list[Line]
    flags: list[Line]
    rest: list[Line]


def _head_of_score(card: Card, read: _Read) -> _Head:
    end = _head(card, read)
    head, rest = card[:end], card[end:]
    if not head:
        return _Head(rest[0], [], [], rest[1:])
    at = next((at for at, line in enumerate(head) if line.role == "title"), 0)
    beside = [*head[:at], *head[at + 1 :]]
    stated = {field_of("benchmarks", label[0]) for line in rest if (label := read.labels.stated(line))}
    flags = [line for line in beside if field_of("benchmarks", line.text) in _FLAGS - stated]
    if len(flags) == len(beside) == 1 and field_of("benchmarks", flags[0].text) == "reasoning":
        flags = []  # the only badge of a card, which may as well be a category
    others = [line for line in beside if line not in flags]
    title = head[at]._replace(role="title") if field_of("benchmarks", head[at].text) in _FLAGS else head[at]
    return _Head(title, others, [_labelled(line.text, line, "Yes") for line in flags], rest)


def _labelled(label: str, line: Line, value: str = "") -> Line:
    return line._replace(text=f"{label}: {value or line.text}", role="")


def _with_names(card: Card, read: _Read) -> Card:
    """The card with the endpoint's name under a label, wherever it stands, and the provider's name above all others.

    What else stands in the head is no part of the provider's name where a heading is, or where the endpoint's name
    begins with it.
    """
    end = _head(card, read)
    stated = [read.labels.stated(line) for line in card]
    awaits = [False, *(label is not None and label[1] is None for label in stated[:-1])]
    named = [at for at, line in enumerate(card) if not (stated[at] or awaits[at]) and _is_endpoint_name(line.text)]
    if len(named) != 1 or end < 1 + (named[0] < end) or any(read.label(line) == "endpoint" for line in card):
        return card
    name = card[named[0]]
    head = [line for line in card[:end] if line is not name]
    titles = [line for line in head if line.text == name.text.rpartition("|")[0].strip()]
    titles = titles or [line for line in head if line.role] or head
    rest = [line for line in card[end:] if line is not name]
    return [*(titles if len(titles) == 1 else head), _labelled("Endpoint Name", name), *rest]


def _is_endpoint_name(text: str) -> bool:
    return slug_of(text.rpartition("|")[2].strip()) is not None
