"""The headings that a performance summary has of its own, some of which are called as sections of the page may be."""

from __future__ import annotations

from scrapers.outline import Line, Outline, Section, Table, is_unmarked_heading
from scrapers.page.words import Topic, topic_of_headers


def with_whole_summary(outline: Outline) -> Outline:
    """The outline, with the performance summary in one piece.

    Its writer may part it by headings, below that of the summary: `### Overview`, `### Pricing`, `### Benchmarks`. They
    begin a section of the page only where none of the page's other sections is of that topic.
    """
    if not any(section.topic == "summary" for section in outline.sections[:-1]):
        return outline
    sections: list[Section] = []
    summary: Section | None = None
    for section in outline.sections:
        if summary is not None and _is_part(section, summary, outline):
            summary.lines += [Line(section.heading, role="title", level=section.level), *section.lines]
            summary.tables += section.tables
            continue
        summary = section if section.topic == "summary" else None
        sections.append(section)
    outline.sections = sections
    return outline


_PRICED: tuple[Topic | None, ...] = ("pricing", "prices", "history")


def _is_known(table: Table) -> bool:
    """Whether a table is one of the page's, or may be."""
    is_nameless = not table.headers and bool(table.rows)
    return is_nameless or topic_of_headers(table.headers) in ("endpoints", "benchmarks", "models", "history")


def _is_part(section: Section, summary: Section, outline: Outline) -> bool:
    if section.level <= summary.level or is_unmarked_heading(section.heading):
        return False
    if section.tables and (section.topic in _PRICED or any(map(_is_known, section.tables))):
        return False
    if section.topic in (None, "summary"):
        return True
    topics = ("pricing", "prices") if section.topic == "pricing" else (section.topic,)
    return any(is_unmarked_heading(other.heading) for other in outline.about(*topics))
