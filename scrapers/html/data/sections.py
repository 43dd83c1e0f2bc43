"""The sections of a page that its data state: JSON of its scripts, values of JavaScript, what React is sent.

A page of which the server sends only a shell carries its facts here. They become sections under the same headings and
column names as a rendered page has, `contextLength` being read as `Context Length`, so that one set of rules serves
both. They only add to the page: what it shows is read from what it shows.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import lxml.html

from scrapers.html.data.entities import are_ids, with_entities
from scrapers.html.data.facts import is_priced, prices_beside_facts, ranks_of
from scrapers.html.data.half_characters import HALF_OR_NUL, whole_value
from scrapers.html.data.owners import Owner
from scrapers.html.data.records import LISTS, words_of_key
from scrapers.html.data.tables import SUBJECTS, table_of_data, text_of
from scrapers.outline import Cell, Line, Section, Table
from scrapers.page.words import LANDMARKS, Topic, topic_of

_MOST_NODES = 200_000
_MOST_CHARACTERS = 16_000_000

_TABULAR: tuple[Topic, ...] = ("prices", "pricing", "history", "endpoints", "benchmarks", "models", "specifications")
_MOST_RESOLVED = 20
"""Lists of ids in one value whose objects are looked for."""

_OF_MODELS: tuple[Topic, ...] = ("prices", "pricing", "history", "benchmarks")
"""Lists that may compare several models."""

_LABELS = ("label", "name", "title", "key", "specification")
"""Keys that name a specification in a list of pairs."""

_NOBODY = Owner([], [])
_SHORTEST_JSON = 60
"""Characters of a text that is JSON once more."""

_MAY_BE_EMPTY: tuple[Topic, ...] = ("endpoints", "benchmarks", "models")
"""Lists of which an empty one says that there is nothing to list, as a table does that has a header alone."""

_ESCAPES = {"&q;": '"', "&s;": "'", "&l;": "<", "&g;": ">", "&a;": "&"}
"""How Angular writes in the state of a page what may end a script."""


def json_of(text: str, *, is_part: bool = False) -> Any:
    """The value of a JSON script; None for what is no JSON, or is nested beyond reason.

    What SvelteKit fetched for a page is an answer of HTTP, of which the body is JSON once more. `is_part` leaves halves
    of characters alone, because the other half may stand in the next part.

    >>> json_of('{"status": 200, "body": "{}"}'), json_of("{&q;a&q;: 1}"), json_of("{")
    ({}, {'a': 1}, None)
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    if "&q;" in text:
        text = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text)
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=lambda word: None)
        if isinstance(value, dict) and "status" in value and isinstance(body := value.get("body"), str):
            text, value = body, json.loads(body, parse_float=Decimal, parse_constant=lambda word: None)
        return value if is_part or HALF_OR_NUL.search(text) is None else whole_value(value)
    except (ValueError, RecursionError):
        return None


_ESCAPED = re.compile("|".join(_ESCAPES))


def _is_of_other(node: dict[str, Any], key: str, owner: Owner) -> bool:
    """Whether an object with a history of prices stands below another model's slug, or says that it is one's."""
    is_said = "/" in key or isinstance(node.get("model"), str)
    if not is_said or not any(topic_of(words_of_key(one)) == "history" for one in node):
        return False
    return ("/" in key and owner.is_other([], [key])) or owner.is_row_of_other(node)


def sections_of_data(value: Any, name: str = "", owner: Owner = _NOBODY) -> list[Section]:
    """The sections that a JSON value holds under keys that are headings, and the model's own facts.

    `name` is what the value itself goes by, such as the `id` of its script. What stands in a list of endpoints, models
    or prices is not of the page's own model, nor is what an object holds that is another, as `owner` knows.
    """
    sections: list[Section] = []
    beside: list[Section] = []
    pending: list[tuple[str, str, Any, bool, bool]] = [(name, "", value, False, False)]
    empty: dict[Topic, Section] = {}
    resolved = 0
    for _ in range(_MOST_NODES):
        if not pending:
            break
        key, above, node, is_listed, is_part = pending.pop()
        heading, is_foreign = owner.heading_of(key)
        if is_foreign:
            continue
        if isinstance(node, str) and len(node) > _SHORTEST_JSON and node[0] in "{[":
            node = json_of(node)
        if isinstance(node, dict) and isinstance(edges := node.get("edges"), list):
            node = [edge.get("node", edge) for edge in edges if isinstance(edge, dict)]
        if isinstance(node, dict) and "queryKey" in node:
            heading, is_foreign = owner.heading_of_query(node["queryKey"])
            held = node.get("state", node)
            if not is_foreign and isinstance(held, dict):
                pending.append((heading, "", held.get("data"), False, is_part))
            continue
        is_own = owner.is_own(node) if isinstance(node, dict) and not is_part else None
        if is_own is False or (is_own is None and isinstance(node, dict) and _is_of_other(node, key, owner)):
            continue
        is_subject = (heading.lower() in SUBJECTS and not is_part) or is_own is True
        topic: Topic | None = "specifications" if is_subject else topic_of(heading)
        if is_own and heading.lower() not in SUBJECTS:
            heading = "Model"
        if topic is None and above:
            heading = _heading_below(above, heading)
            topic = topic_of(heading)
        if (topic in _MAY_BE_EMPTY or topic == "history") and are_ids(node) and resolved < _MOST_RESOLVED:
            node, resolved = with_entities(value, topic, node), resolved + 1
        if topic in _OF_MODELS:
            node = owner.rows_of_own(node)
        if topic and (section := _section(heading, topic, node)) is not None:
            sections.append(section)
        elif topic in _MAY_BE_EMPTY and node == []:
            empty.setdefault(topic, Section(heading, topic, 2, [], [Table(())]))
        if isinstance(node, dict):
            if not is_listed and topic is None and (facts := _facts_beside_lists(node)) is not None:
                sections.append(facts)
            if is_subject:
                priced = [(key, one) for key, one in node.items() if isinstance(one, dict) and is_priced(key, one)]
                priced += [("Current Pricing", prices)] if (prices := prices_beside_facts(node)) else []
                beside += filter(None, (_section(words_of_key(key), "prices", one) for key, one in priced))
            above = heading if topic in _TABULAR and topic != "specifications" else ""
            is_part = is_part or topic in _MAY_BE_EMPTY
            pending += reversed(
                [
                    (str(name), above, child, is_listed, is_part)
                    for name, child in node.items()
                    if isinstance(child, (dict, list, str))
                ]
            )
        elif isinstance(node, list) and (is_subject or topic not in _TABULAR):
            is_listed = is_listed or len(node) > 1 or topic is not None
            pending += reversed(
                [("", "", child, is_listed, is_part) for child in node if isinstance(child, (dict, list))]
            )
    sections += beside
    return sections + [section for topic, section in empty.items() if all(s.topic != topic for s in sections)]


_FEWEST_TOPICS = 2
_OF_THE_PAGE = frozenset((*LANDMARKS, "summary"))
"""What a page has of its own model alone, while others have a description and parameters too."""


def _facts_beside_lists(node: dict[str, Any]) -> Section | None:
    """The model's own facts where an object holds them beside what its page lists. One of a list is another model's."""
    topics = {topic_of(words_of_key(key)) for key, child in node.items() if len(key) < 60 and child} - {None}
    if len(topics) < _FEWEST_TOPICS or not topics & _OF_THE_PAGE:
        return None
    facts = {key: child for key, child in node.items() if not isinstance(child, (dict, list))}
    return _section("Model", "specifications", facts)


def _heading_below(above: str, heading: str) -> str:
    """The heading that a key and the one above it make.

    >>> _heading_below("Pricing", "Current"), _heading_below("Pricing", "History"), _heading_below("Endpoints", "Items")
    ('Current Pricing', 'Pricing History', 'Endpoints')
    """
    if heading in LISTS:
        return above
    return f"{heading} {above}" if topic_of(f"{heading} {above}") else f"{above} {heading}"


def _section(heading: str, topic: Topic, node: Any) -> Section | None:
    if topic == "summary" and isinstance(node, dict):
        topic, node = "specifications", ranks_of(node)
    section = Section(heading, topic, 2)
    if topic == "specifications" and (pairs := _pairs(node)):
        section.tables.append(Table(("Specification", "Value"), pairs))
    elif topic in _TABULAR:
        if (table := table_of_data(heading, topic, node)) is not None:
            section.tables.append(table)
    elif isinstance(node, str):
        section.lines += [Line(line.strip()) for line in _plain(node).split("\n") if line.strip()]
    elif topic in ("parameters", "features") and isinstance(node, dict):
        section.lines += [Line(key) for key, is_there in node.items() if is_there is True]
    elif isinstance(node, list):
        section.lines += [Line(text) for entry in node if (text := _entry(entry))]
    return None if section.is_empty else section


def _plain(text: str) -> str:
    """A text without the tags of HTML in which it may be written."""
    if _TAGGED.search(text) is None:
        return text
    return "".join(lxml.html.fragment_fromstring(_ENDS.sub("\n", text), create_parent="div").itertext())


_TAGGED = re.compile(r"</(?:p|b|i|a|ul|ol|li|em|strong|code|h[1-6]|div|span)>|<br ?/?>", re.IGNORECASE)
_ENDS = re.compile(r"</(?:p|li|h[1-6]|div)>|<br ?/?>", re.IGNORECASE)


def _pairs(node: Any) -> list[list[Cell]] | None:
    """The rows of a list of `{"label": …, "value": …}`; None for what is no such list."""
    if not isinstance(node, list) or not node:
        return None
    rows: list[list[Cell]] = []
    for entry in node:
        names = [name for name in _LABELS if name in entry] if isinstance(entry, dict) and "value" in entry else []
        label = entry[names[0]] if names else None
        if not isinstance(label, str) or (value := text_of(entry["value"])) is None:
            return None
        rows.append([Cell(label.strip()), Cell(value)])
    return rows


def _entry(entry: Any) -> str:
    """One parameter or feature: a word, or an object with its name."""
    if isinstance(entry, dict):
        entry = next((entry[name] for name in ("name", "label", "title", "parameter") if name in entry), "")
    return entry.strip() if isinstance(entry, str) else ""
