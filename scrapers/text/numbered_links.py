"""Links that a browser for text numbers, `[3]Acme: One`, with a list of addresses at the end of the page.

References

   3. https://benchable.ai/models/acme/one
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrapers.outline import Cell, Link, Section

_LIST = re.compile(
    r"\n[ \t]*(?:References|Links):?[ \t]*\n"
    r"(?:[ \t]*(?:(?:(?:Visible|Hidden) links:?|[0-9]{1,5}\. \S+)[ \t]*)?(?:\n|\Z))+\Z"
)
_ENTRY = re.compile(r"^[ \t]*([0-9]{1,5})\. (\S+)[ \t]*$", re.MULTILINE)
_NUMBER = re.compile(r"\[([0-9]{1,5})\](?=\S| ?$)")


def without_numbers(text: str) -> tuple[str, dict[str, str]]:
    """The text without the list and without the numbers in its lines, but those of cells, which stand where they do
    with their numbers; and the addresses by their numbers.

    >>> without_numbers("See [1]this.\\n[1]Acme: One   8K\\n\\nReferences\\n\\n   1. https://example.org/\\n")
    ('See this.\\n[1]Acme: One   8K\\n', {'1': 'https://example.org/'})
    """
    found = _LIST.search(text) if "[1]" in text else None
    numbers = _numbers_of_links(text) if found is None else []
    if found is None and not _are_in_order(numbers):
        return text, {}
    addresses = dict(_ENTRY.findall(found[0])) if found else dict.fromkeys(numbers, "")
    lines = (text[: found.start()] if found else text).split("\n")
    bare = (_NUMBER.sub("", line) if "[" in line and "  " not in line.strip() else line for line in lines)
    return "\n".join(bare), addresses


_ANY_NUMBER = re.compile(r"\[([0-9]{1,5})\]([^\s.,;:!?)\]]?)")
_FEWEST, _MOST = 4, 10_000
"""So many links are numbered, where no list of their addresses tells it."""


def _numbers_of_links(text: str) -> list[str]:
    """The numbers in brackets, if each stands before a word, and none behind one as that of a note does: `so [1].`"""
    if text.count("[") > _MOST:
        return []
    found = _ANY_NUMBER.findall(text)
    return [number for number, _ in found] if all(words for _, words in found) else []


def _are_in_order(numbers: list[str]) -> bool:
    """Whether these are the numbers of all the links of a page, from the first to the last."""
    return len(numbers) >= _FEWEST and all(int(number) == at for at, number in enumerate(numbers, start=1))


def put_addresses(sections: Iterable[Section], addresses: dict[str, str]) -> None:
    """Give each cell whose words begin with a number the link that this stands for."""
    for section in sections:
        for table in section.tables:
            table.rows = [[_linked(cell, addresses) for cell in row] for row in table.rows]


def _linked(cell: Cell, addresses: dict[str, str]) -> Cell:
    number = _NUMBER.match(cell.text)
    if number is None or number[1] not in addresses:
        return cell
    words = cell.text[number.end() :]
    links = (Link(addresses[number[1]], words),) if addresses[number[1]] else ()
    return Cell(words, (*cell.links, *links), cell.marks)
