"""Cards that are elements of one kind side by side, each with its lines: a table with a card a row.

What tells such cards apart is where their elements begin and end, so that a badge or a label of unknown name at the end
of one is no part of the next one's title. Lines without elements, of a text, are told apart by their labels instead
(`labelled_lines.py`), and so are those of elements that are no cards: columns of a layout, or pairs of labels and
values.
"""

from __future__ import annotations

from itertools import groupby

from scrapers.dates import is_date
from scrapers.outline import Line
from scrapers.page.subject import slug_of
from scrapers.page.words import Topic
from scrapers.text.labels.card_labels import Card, CardLabels, head_of, labelled, marked
from scrapers.text.labels.label_order import TITLED, labels_first
from scrapers.text.labels.score_badges import with_badges
from scrapers.text.labels.stated_labels import LABEL, Labels

_FEWEST_LABELS = 2


def cards_of_blocks(topic: Topic, lines: list[Line]) -> list[Card] | None:
    """The lines of each card, ready to be read one by one; None where elements tell no cards apart."""
    if topic not in TITLED or not any(line.blocks for line in lines):
        return None
    read = CardLabels(topic, Labels(topic, lines))
    if topic == "benchmarks":
        lines = [marked(line, after) for line, after in zip(lines, [*lines[1:], Line("")], strict=True)]
    said = [read.label(line) for line in lines]
    for depth in range(max(len(line.blocks) for line in lines)):
        cards = _cards_at(depth, lines, said)
        if cards:
            cards = [_labels_above(card, depth, read) for card in _without_numbers(cards)]
            cards = [_with_unknown_pairs(card, depth, read) for card in cards]
            cards = with_badges(cards, read) if topic == "benchmarks" else cards
            cards = [_with_names(card, read) for card in cards] if topic == "endpoints" else cards
            cards = _with_days(cards, read) if topic == "models" else cards
            cards = [_dated_first(card) for card in cards] if topic == "history" else cards
            return [labels_first(topic, card) for card in cards]
    return None


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


def _without_numbers(cards: list[Card]) -> list[Card]:
    """The cards without their numbers, where each begins with its own."""
    numbered = all(card[0].text.strip("#.) ").lstrip("0") == str(at) for at, card in enumerate(cards, 1))
    return [card[1:] for card in cards] if numbered and all(len(card) > 1 for card in cards) else cards


def _labels_above(card: Card, depth: int, read: CardLabels) -> Card:
    """The card with each label before its value, where elements hold a value and a label below it: `65K`, `Context`."""
    stated = [read.labels.stated(line) for line in card]
    bare = [at for at, label in enumerate(stated) if label is not None and label[1] is None]
    if not bare or not all(at > 0 and stated[at - 1] is None and _is_pair(card, at - 1, depth) for at in bare):
        return card
    ordered = list(card)
    for at in bare:
        ordered[at - 1], ordered[at] = ordered[at], ordered[at - 1]
    return ordered


def _with_unknown_pairs(card: Card, depth: int, read: CardLabels) -> Card:
    """The card with the labels of unknown names marked as such, where an element holds one and its value."""
    stated = [read.labels.stated(line) for line in card]
    found = list(card)
    for at in range(head_of(card, read) + 1, len(card) - 1):
        awaits = (before := stated[at - 1]) is not None and before[1] is None
        is_free = not (awaits or stated[at] or stated[at + 1] or card[at].role)
        if is_free and found[at - 1].role != LABEL and _is_pair(card, at, depth):
            found[at] = card[at]._replace(role=LABEL)
    return found


def _is_pair(card: Card, at: int, depth: int) -> bool:
    """Whether a line and the next one are all that an element within the card holds."""
    here, after = card[at].blocks, card[at + 1].blocks
    shared = next((n for n, pair in enumerate(zip(here, after, strict=False)) if pair[0] != pair[1]), len(here))
    shared = min(shared, len(after))
    if shared <= depth + 1:
        return False
    block = here[:shared]
    beside = (*card[max(0, at - 1) : at], *card[at + 2 : at + 3])
    return all(line.blocks[:shared] != block for line in beside)


def _with_days(cards: list[Card], read: CardLabels) -> list[Card]:
    """The cards of models with their days of release under a label, where each has a day and none a label for it."""
    if any(read.label(line) == "released" for card in cards for line in card):
        return cards
    days = [[line for line in card if is_date(line.text)] for card in cards]
    if not all(len(lines) == 1 for lines in days):
        return cards
    return [
        [line for line in card if line is not day] + [labelled("Released", day)]
        for card, (day,) in zip(cards, days, strict=True)
    ]


def _dated_first(card: Card) -> Card:
    """The card of a change with its day first, which may stand on the right of what changed."""
    days = [line for line in card if is_date(line.text)]
    return [*days, *(line for line in card if line is not days[0])] if len(days) == 1 else card


def _with_names(card: Card, read: CardLabels) -> Card:
    """The card with the endpoint's name under a label, wherever it stands, and the provider's name above all others.

    What else stands in the head is no part of the provider's name where a heading is, or where the endpoint's name
    begins with it.
    """
    end = head_of(card, read)
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
    return [*(titles if len(titles) == 1 else head), labelled("Endpoint Name", name), *rest]


def _is_endpoint_name(text: str) -> bool:
    return slug_of(text.rpartition("|")[2].strip()) is not None
