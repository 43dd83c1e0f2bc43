"""Specifications whose heading an extractor left out, so that they stand at the end of the description above them."""

from __future__ import annotations

from scrapers.outline import Line, Outline, Section
from scrapers.page.words import field_of
from scrapers.text.labels.leading_labels import is_label

_FEWEST = 2
"""Pairs of a label and its value that are no words of a description."""

_HEADING = "Key Specifications"


def with_specifications(outline: Outline) -> Outline:
    """The outline, with a section of their own for specifications that a description ends with."""
    if any(section.topic == "specifications" for section in outline.sections):
        return outline
    for at, section in enumerate(outline.sections):
        start = _start_of_pairs(section.lines) if section.topic == "description" else len(section.lines)
        if start < len(section.lines):
            apart = Section(_HEADING, "specifications", lines=section.lines[start:])
            del section.lines[start:]
            outline.sections.insert(at + 1, apart)
            return outline
    return outline


def _start_of_pairs(lines: list[Line]) -> int:
    """The first of the lines at the end that are labels and values by turns, or both on each; past the end for none."""
    start = len(lines)
    names: list[str] = []
    while start > 0:
        label, _, value = lines[start - 1].text.partition(":")
        if value.strip() and (name := _name(label)):
            names.append(name)
            start -= 1
        elif (
            start > 1
            and (name := _name(lines[start - 2].text))
            and not is_label("specifications", lines[start - 1].text)
        ):
            names.append(name)
            start -= 2
        else:
            break
    return start if len(set(names)) >= _FEWEST else len(lines)


_GENERAL = frozenset(("label", "value", "name"))


def _name(label: str) -> str | None:
    """What a line is the label of, which names one specification."""
    name = field_of("specifications", label.strip("-*•· ")) if len(label) < 40 else None
    return name if name not in _GENERAL else None
