"""The sections of a page that are lists: the parameters and the features that a model supports.

A list comes as one, as badges, as a sentence, as cards with a title each, or as a table of names and marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scrapers.outline import Cell, Line, Outline, Section, Table
from scrapers.page.remainders import is_paragraph, is_remainder
from scrapers.page.words import Topic, plain_words
from scrapers.values import is_blank

_PARAMETER = re.compile(r"[a-z][a-z0-9_]{0,40}")
_EXPLAINED = re.compile(r"(?P<name>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)(?: \([a-z]+\))?(?: ?: | [-–—] ).+", re.DOTALL)
_DESCRIBED = re.compile(
    r"(?P<name>[^\W_][\w/-]*(?: [\w/-]+){0,4}?)(?: \([a-z]+\))?(?: ?: | [-–—] )(?:\S+ )+\S+[.!]", re.DOTALL
)
"""A feature and a sentence about it: `Function calling – the model may ask for tools.`"""

_INTRODUCTION = re.compile(r".*:|(?:this|the) model (?:supports|accepts|does not)\b.*|no .*", re.IGNORECASE | re.DOTALL)
_INTRODUCED = re.compile(
    r"(?:this|the) model (?:supports|accepts)\b[^:]*:\s*(?P<items>.+?)\.?", re.IGNORECASE | re.DOTALL
)
_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:and\s+)?|\s[·•|]\s|\sand\s)\s*")
_COMMA = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+[·•|]\s+| {2,}")


_PARAMETERS = re.compile(
    "include_reasoning|reasoning_effort|reasoning|max_completion_tokens|max_tokens|temperature|top_logprobs|logprobs|"
    "top_p|top_k|top_a|min_p|frequency_penalty|presence_penalty|repetition_penalty|logit_bias|seed|stop|"
    "response_format|structured_outputs|parallel_tool_calls|tool_choice|tools|web_search_options|verbosity"
)
_FEATURES = re.compile(
    "(?:parallel )?(?:tool|function) call(?:ing|s)|tool (?:use|choice)|tools|structured outputs?|json (?:mode|output)|"
    "response format|reasoning|thinking|vision|(?:image|audio|video|file|pdf) (?:input|output|generation)|multimodal|"
    "(?:prompt |context )?caching|streaming|web search|code (?:execution|interpreter)|fine-tuning|batch(?:ing)?|"
    "logprobs|system prompts?|moderation|embeddings|multilingual|long context",
    re.IGNORECASE,
)
"""What badges are known to say: extractors glue those that stand side by side, `VisionPrompt caching`."""

_FEWEST_BESIDE = 3
"""Known features with nothing but a space between that are several: `Multimodal Reasoning` may be one, but not two of
two words each."""


_IN_A_SENTENCE = re.compile(r" [a-z]")
"""What only names show that are not written with capitals throughout, so that a capital begins the next one:
`Reasoning Tool calling`."""


def _apart(known: re.Pattern[str], text: str) -> str:
    """The entries with commas between, of a text that is nothing but some that are known, glued together."""
    pieces = known.findall(text)
    are_several = len(pieces) > 1 and "".join(pieces) == text
    are_names = len(pieces) >= _FEWEST_BESIDE or (len(pieces) > 1 and all(" " in piece for piece in pieces))
    are_names = are_names or (all(piece[0].isupper() for piece in pieces) and any(map(_IN_A_SENTENCE.search, pieces)))
    are_several = are_several or (are_names and " ".join(pieces) == text)
    return ", ".join(pieces) if are_several else text


def content_of(section: Section) -> list[Line]:
    """The lines of a section without those that stand with its heading, unless nothing else is there."""
    lines = [line for line in section.lines if line.role != "aside"]
    return lines if lines or section.tables else section.lines


_NAMING = re.compile(
    r"(?:this|the) model (?:supports|accepts) the following (?P<topic>parameters|features):?", re.IGNORECASE
)


def _sections(outline: Outline, topic: Topic) -> list[Section]:
    """The sections of a list, or the parts of them whose own words say that they are it, where a heading is missing."""
    found: list[Section] = []
    for section in outline.about("parameters", "features"):
        here, start = str(section.topic), 0
        turns = [at for at, line in enumerate(section.lines) if _NAMING.fullmatch(line.text)]
        for end in [*turns, len(section.lines)]:
            if here == topic:
                found.append(replace(section, lines=section.lines[start:end], tables=[] if start else section.tables))
            named = _NAMING.fullmatch(section.lines[end].text) if end < len(section.lines) else None
            here, start = named["topic"].lower() if named else here, end
    return found


def parameters(outline: Outline) -> list[str] | None:
    """The request parameters, as the page lists them: a line each, or several on a line."""
    found: list[str] = []
    for text in _granted(_sections(outline, "parameters")):
        words = re.split(r"[,;`\s]+", _apart(_PARAMETERS, text.strip(" ,;`")))
        if all(map(_PARAMETER.fullmatch, words)):
            found += [word for word in words if word != "and"]
        elif explained := _EXPLAINED.fullmatch(text):
            found.append(explained["name"])
        else:
            found += _BETWEEN.split(text)
    return list(dict.fromkeys(word for word in found if word)) or None


def features(outline: Outline) -> list[str] | None:
    """The features that the page grants; one that it lists and denies is none."""
    found: list[str] = []
    for text in _granted(_sections(outline, "features")):
        if described := _DESCRIBED.fullmatch(text):
            found.append(described["name"])
        else:
            found += (name for part in _COMMA.split(_apart(_FEATURES, text)) for name in _both(part))
    return list(dict.fromkeys(word for word in found if word)) or None


def _both(text: str) -> list[str]:
    """The two features of an entry that joins them, `Structured outputs and Tool calling`, where both are known."""
    names = text.split(" and ") if " and " in text else []
    return names if names and all(map(_FEATURES.fullmatch, names)) else [text]


_DENIED = re.compile(
    r"(?:✗|✘|❌|✕|×|no\b:?|not supported:?)\s*(.+)|(.+?)\s*[:–-]?\s*(?:✗|✘|❌|✕|×|\bno|\bfalse|not supported)",
    re.IGNORECASE,
)
_GRANTED = re.compile(
    r"(?:✓|✔|✅|yes\b:?|supported\b:?)\s*(.+)|(.+?)\s*[:–-]?\s*(?:✓|✔|✅|\byes|\btrue|\bsupported)", re.IGNORECASE
)


def _granted(sections: list[Section]) -> Iterator[str]:
    """The entries of sections without the marks that grant them, and without those that are denied."""
    for text in _marked_items(_without_sentences(list(_items(sections)))):
        plain = text.replace("\ufe0f", "")
        if _DENIED.fullmatch(plain):
            continue
        granted = _GRANTED.fullmatch(plain)
        yield (granted[1] or granted[2]).strip() if granted else text


_SENTENCE = re.compile(r"[^\W_]\S*(?: \S+)*? \S+[.!]", re.DOTALL)


def _without_sentences(items: list[str]) -> list[str]:
    """The entries without the sentences that stand below each, unless all are sentences."""
    plain = [item for item in items if not _SENTENCE.fullmatch(item) or _DESCRIBED.match(item)]
    return plain or items


_MARK = re.compile(r"yes|no|true|false|[✓✔✅✗✘❌✕×]", re.IGNORECASE)


def _marked_items(items: list[str]) -> Iterator[str]:
    """Each entry with the mark that stands alone before it, or after it where the first entry has none before."""
    marks = [_MARK.fullmatch(item) is not None for item in items]
    if not any(marks):
        yield from items
        return
    leads = marks[0]
    for at, item in enumerate(items):
        if not marks[at]:
            beside = at - 1 if leads else at + 1
            mark = items[beside] if 0 <= beside < len(items) and marks[beside] else ""
            yield f"{mark} {item}" if leads and mark else f"{item}: {mark}" if mark else item


_COUNT = re.compile(
    r"[0-9]{1,3}(?: supported)? (?:in )?(?:total|supported|parameters|features|items|entries)(?: in total)?",
    re.IGNORECASE,
)
"""How many entries a list has: `4 total`."""

_ENUMERATED = re.compile(r"[\w-]+(?: [\w-]+){0,3}(?:[,;] (?:and )?[\w-]+(?: [\w-]+){0,3})+\.")
"""Entries in a row, with the full stop of a sentence: `Tool calling; Vision.`"""

_ASIDE = re.compile(
    r"(?:beta|alpha|new|experimental|preview|optional|required)|(?:learn|read|see|find out) more\b.*", re.IGNORECASE
)
"""What a badge beside an entry says of it, and a link below the list: no entries."""

_BULLET = re.compile(r"^(?:[-*•·‣]\s+|\d+\.\s+)")
_PICTURE = "[\u2190-\u2704\u2706-\u2712\u2719-\u273f\u2b00-\u2bff\U0001f300-\U0001faff]"
_PICTURES = re.compile(rf"\s*(?:{_PICTURE}\ufe0f?\s*)+(?=\w|$)")
"""What is drawn before each entry, but for the marks that grant or deny it."""

_TICKED = (("[x] ", ""), ("[ ] ", "✗ "))
"""Boxes as Markdown has them."""


def _items(sections: list[Section]) -> Iterator[str]:
    """The entries of sections that are lists, whatever they are made of."""
    for section in sections:
        for line in _entries(section):
            text = _BULLET.sub("", line.text.strip()).strip("`* ").replace("\\_", "_")
            if text[:1] == "[":
                text = next((f"{mark}{text[4:]}" for box, mark in _TICKED if text.lower().startswith(box)), text)
            text = text if text.isascii() else _PICTURES.sub(", ", text).strip(", ")
            if text[-1:] == "." and _ENUMERATED.fullmatch(text):
                text = text[:-1]
            if introduced := _INTRODUCED.fullmatch(text):
                yield introduced["items"]
            elif (
                not is_blank(text)
                and not _INTRODUCTION.fullmatch(text)
                and not is_remainder(text)
                and not _COUNT.fullmatch(text)
                and not _ASIDE.fullmatch(text)
                and not is_paragraph(text)
            ):
                yield text
        for table in section.tables:
            yield from _rows(table)


def _entries(section: Section) -> list[Line]:
    """The lines that may be entries: of cards with titles, the titles."""
    lines = content_of(section)
    titles = [line for line in section.lines if line.role == "title"]
    if titles and all(line.role == "title" or " " in line.text for line in lines):
        return titles
    return lines


_LISTS = frozenset(
    ("feature", "features", "parameter", "parameters", "name", "capability", "description", "supported", "value")
)
"""The headers of a table that lists a name a row."""


def _is_known_name(text: str) -> bool:
    """Whether a cell is a parameter or a feature that is known, as all cells of a list in columns are."""
    return _PARAMETERS.fullmatch(text) is not None or _FEATURES.fullmatch(text) is not None


def _are_in_columns(rows: list[list[Cell]], cells: list[str]) -> bool:
    """Whether the cells of rows without headers are an entry each: none is a mark for another, or explains it."""
    return all(len(row) > _PAIR for row in rows) and not any(
        _MARK.fullmatch(c) or _SENTENCE.fullmatch(c) for c in cells
    )


_PAIR = 2


def _rows(table: Table) -> Iterator[str]:
    """A row an entry; of a table of one row, which terms and what is said of them make, a column an entry."""
    rows = [row for row in table.rows if row]
    cells = [cell.words for row in rows for cell in row]
    if any(table.headers) and not table.is_cards and all(map(_is_known_name, table.headers)):
        cells = [*table.headers, *cells]  # the first row of a list in columns
    elif any(table.headers) or not (all(map(_is_known_name, cells)) or _are_in_columns(rows, cells)):
        cells = []
    if cells:
        yield from (cell for cell in cells if not is_blank(cell))
        return
    if len(rows) == 1 and not any(plain_words(header) in _LISTS for header in table.headers if header):
        pairs = [(name, cell.words) for name, cell in zip(table.headers, rows[0], strict=False) if name]
    else:
        pairs = [(row[0].words, row[1].words if len(row) == 2 else "") for row in rows if not is_blank(row[0].text)]
    for name, value in pairs:
        yield f"{name}: {value}" if value and len(value) < 16 else name
