"""The records of a page's data: those of a list, or those that stand below keys of their own."""

from __future__ import annotations

import re
from typing import Any

from scrapers.dates import is_date
from scrapers.html.data_prices import unit_of_key
from scrapers.page.score_groups import Said, are_categories, said_by
from scrapers.page.words import Topic, component_of, field_of, topic_of

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
    """
    key, unit = unit_of_key(key)
    words = " ".join(word[:1].upper() + word[1:] for word in _CAMEL.split(key) if word)
    return f"{words} (per {unit})".strip() if unit else words


def records_of(topic: Topic, node: Any) -> list[dict[str, Any]]:
    """The records of a list, of an object that is one, or of an object with one below each of its keys."""
    if isinstance(node, list):
        return [record for record in node if isinstance(record, dict)]
    if not isinstance(node, dict):
        return []
    if (grouped := _grouped(topic, node)) is not None:
        return grouped
    if not _is_keyed(topic, node):
        return [node]
    name = _NAMED_BY_KEY[topic]
    wanted = field_of("prices" if topic == "pricing" else topic, name)
    return [
        record if wanted in _fields_of(topic, record) or not re.search(r"[^\W_]", key) else {name: key, **record}
        for key, record in node.items()
    ]


def _grouped(topic: Topic, node: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The records of lists below keys that say something of them: a category, a mode, what is paid for; else None."""
    if topic not in ("history", "benchmarks") or not node:
        return None
    if topic == "history":
        node = {key: _by_day(child) for key, child in node.items()}
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


def _states_a_price(record: dict[str, Any]) -> bool:
    return any(field_of("prices", words_of_key(key)) == "price" for key in record)


def _fields_of(topic: Topic, record: dict[str, Any]) -> set[str | None]:
    topic = "prices" if topic == "pricing" else topic
    return {field_of(topic, words_of_key(key)) for key in record}
