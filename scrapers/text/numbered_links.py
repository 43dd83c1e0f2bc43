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
    if found is None:
        return text, {}
    addresses = dict(_ENTRY.findall(found[0]))
    lines = text[: found.start()].split("\n")
    bare = (_NUMBER.sub("", line) if "[" in line and "  " not in line.strip() else line for line in lines)
    return "\n".join(bare), addresses


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
    return Cell(words, (*cell.links, Link(addresses[number[1]], words)), cell.marks)
