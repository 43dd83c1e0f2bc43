"""The records of a page's data: those of a list, or those that stand below keys of their own."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from scrapers.dates import is_date
from scrapers.html.data.points import points_of
from scrapers.html.data.prices import unit_of_key
from scrapers.page.score_groups import Said, are_categories, said_by
from scrapers.page.words import NATURAL_UNITS, Topic, component_of, field_of, topic_of

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")
LISTS = frozenset(("Items", "Data", "Rows", "Results", "List", "Entries", "Records", "Nodes"))
"""Keys that say only that what stands below them is the list."""

_NAMED_BY_KEY: dict[Topic, str] = {
    "endpoints": "Provider",
    "benchmarks": "Benchmark",
    "models": "Name",
    "history": "Date",
    "prices": "Component",
    "pricing": "Component",
}
"""What the key of a record tells that stands below one of its own."""


def words_of_key(key: str) -> str:
    """A key as a heading.

    >>> words_of_key("availableEndpoints"), words_of_key("price_history"), words_of_key("pricingPerMillion")
    ('Available Endpoints', 'Price History', 'Pricing (per 1M tokens)')
    >>> words_of_key("webSearchPricePer1K")
    'Web Search Price (per 1K search)'
    """
    plain, unit = unit_of_key(key)
    words = " ".join(word[:1].upper() + word[1:] for word in _CAMEL.split(plain) if word)
    if unit and "tok" not in key.lower() and (natural := NATURAL_UNITS.get(component_of(words) or "")):
        unit = unit.replace("tokens", natural)
    return f"{words} (per {unit})".strip() if unit else words


def records_of(topic: Topic, node: Any) -> list[dict[str, Any]]:
    """The records of a list, of an object that is one, or of an object with one below each of its keys.

    A list may be in groups, and what an object says beside a list it says of all that is in it.
    """
    if topic == "history":
        node = points_of(node)
    if isinstance(node, list):
        return [one for record in node if isinstance(record, dict) for one in _ungrouped(topic, record)]
    if not isinstance(node, dict):
        return []
    if (grouped := _grouped(topic, node)) is not None:
        return grouped
    if topic == "history" and (listed := _list_below(node)) is not None:
        return [{**_scalars(node), **record} for record in records_of(topic, listed)]
    if topic == "benchmarks" and _is_of_scores(node):
        return [{"Benchmark": key, "Accuracy": score} for key, score in node.items()]
    if not _is_keyed(topic, node):
        return [node]
    name = _NAMED_BY_KEY[topic]
    wanted = field_of("prices" if topic == "pricing" else topic, name)
    return [
        record if wanted in _fields_of(topic, record) or not re.search(r"[^\W_]", key) else {name: key, **record}
        for key, record in node.items()
    ]


_OF_GROUPS: dict[Topic, frozenset[str]] = {
    "benchmarks": LISTS | {"Benchmarks", "Scores", "Runs", "Tests"},
    "endpoints": LISTS | {"Endpoints"},
    "history": LISTS | {"Points", "Values", "Series", "History"},
}
_OF_ONE: dict[Topic, frozenset[str | None]] = {
    "benchmarks": frozenset(("accuracy",)),
    "endpoints": frozenset(("endpoint", "context")),
    "history": frozenset(("date", "price")),
}
"""What a record of its own says. A group says none of it."""

_GROUP: dict[Topic, str] = {"benchmarks": "Category", "endpoints": "Provider", "history": "Component"}
"""What the name of a group says of all that is in it."""

_NAMES = frozenset(("Name", "Title", "Label"))


def _ungrouped(topic: Topic, record: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of a group, each with what the group says of all of them; a record that is none as it stands."""
    if topic not in _GROUP or _fields_of(topic, record) & _OF_ONE[topic]:
        return [record]
    held = (key for key, child in record.items() if _is_of_records(child) and words_of_key(key) in _OF_GROUPS[topic])
    if (key := next(held, None)) is None:
        return [record]
    shared = {_GROUP[topic] if words_of_key(name) in _NAMES else name: one for name, one in _scalars(record).items()}
    shared.pop("id", None)
    listed = points_of(record[key]) if topic == "history" else record[key]
    return [{**shared, **one} for one in listed if isinstance(one, dict)]


def _is_of_records(node: Any) -> bool:
    return isinstance(node, list) and bool(node) and all(isinstance(one, (dict, list)) for one in node)


def _scalars(record: dict[str, Any]) -> dict[str, Any]:
    return {key: child for key, child in record.items() if not isinstance(child, (dict, list))}


def _list_below(node: dict[str, Any]) -> Any:
    """The one thing that an object has beside words and figures, if its key says only that it is the list."""
    held = [key for key, child in node.items() if isinstance(child, (dict, list)) and child]
    return node[held[0]] if len(held) == 1 and words_of_key(held[0]) in _OF_GROUPS["history"] else None


def _grouped(topic: Topic, node: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The records of lists below keys that say something of them: a category, a mode, what is paid for; else None."""
    if topic not in ("history", "benchmarks") or not node:
        return None
    if topic == "history":
        node = {key: points_of(_by_day(child)) for key, child in node.items()}
    if not all(isinstance(child, list) for child in node.values()):
        return None
    words = {key: words_of_key(key) for key in node}
    if topic == "history":
        said = {key: Said("Component" if component_of(word) else "", word) for key, word in words.items()}
    else:
        said = {key: said_by(word) for key, word in words.items()}
        if are_categories(said.values()):
            said = {key: one if one.field else Said("category", one.text) for key, one in said.items()}
    if not all(one.field for one in said.values()):
        return None
    return [
        {said[key].field: said[key].text, **record}
        for key, listed in node.items()
        for record in listed
        if isinstance(record, dict)
    ]


def _by_day(child: Any) -> Any:
    """The amounts below the keys of their days, `{"2026-01-31": 0.5}`, as a list; anything else as it stands."""
    if not isinstance(child, dict) or not child or not all(map(is_date, child)):
        return child
    if any(isinstance(amount, (dict, list)) for amount in child.values()):
        return child
    return [{"Date": day, "Price": amount} for day, amount in child.items()]


def _is_keyed(topic: Topic, node: dict[str, Any]) -> bool:
    """Whether an object has a record below each key: `{"acme": {…}, "beta": {…}}`."""
    if topic not in _NAMED_BY_KEY or not node or not all(isinstance(child, dict) and child for child in node.values()):
        return False
    words = [words_of_key(key) for key in node]
    if topic in ("prices", "pricing"):
        return all(component_of(word) for word in words) and all(map(_states_a_price, node.values()))
    if topic == "history":
        return all(map(is_date, node)) or not any(component_of(word) or word in LISTS for word in words)
    return not any(word in LISTS or field_of(topic, word) or component_of(word) or topic_of(word) for word in words)


def _is_of_scores(node: dict[str, Any]) -> bool:
    """Whether an object has a score below the name of each benchmark: `{"Coding": 98.5, "Ethics": 97}`."""
    return (
        len(node) > 1
        and all(
            (isinstance(score, (int, Decimal)) and not isinstance(score, bool)) or _PER_CENT.fullmatch(str(score))
            for score in node.values()
        )
        and not any(field_of("benchmarks", words_of_key(key)) for key in node)
    )


_PER_CENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})? ?%")


def _states_a_price(record: dict[str, Any]) -> bool:
    return any(field_of("prices", words_of_key(key)) == "price" for key in record)


def _fields_of(topic: Topic, record: dict[str, Any]) -> set[str | None]:
    topic = "prices" if topic == "pricing" else topic
    return {field_of(topic, words_of_key(key)) for key in record}
