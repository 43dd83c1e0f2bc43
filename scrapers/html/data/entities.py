"""Lists of ids in a page's data, as stores keep them: `["acme/two"]` beside `{"models": {"acme/two": {…}}}`."""

from __future__ import annotations

from typing import Any

from scrapers.html.data.records import words_of_key
from scrapers.page.subject import slug_of
from scrapers.page.words import Topic, topic_of

_MOST_NODES = 50_000
_MOST_IDS = 2_000


def are_ids(node: Any) -> bool:
    """Whether a list is of numbers and words."""
    return isinstance(node, list) and 0 < len(node) <= _MOST_IDS and all(type(one) in (int, str) for one in node)


def with_entities(value: Any, topic: Topic, ids: list[int | str]) -> list[Any]:
    """The objects that a list of ids means; the list as it stands where they are not all in one place of the value.

    A slug may stand anywhere; a number is that of another thing, unless the place is called as the list is.

    >>> with_entities({"models": {"a/b": {"n": 1}}}, "models", ["a/b"])
    [{'n': 1}]
    >>> with_entities({"endpoints": {"7": {"n": 1}}, "runs": {"7": {"n": 2}}}, "endpoints", [7])
    [{'n': 1}]
    """
    keys = [str(one) for one in ids]
    are_slugs = all(slug_of(key) is not None for key in keys)
    pending: list[tuple[str, Any]] = [("", value)]
    for _ in range(_MOST_NODES):
        if not pending:
            break
        name, node = pending.pop()
        if isinstance(node, dict):
            is_place = are_slugs or topic_of(words_of_key(name)) == topic
            if is_place and all(isinstance(node.get(key), dict) for key in keys):
                return [node[key] for key in keys]
            pending += [(key, one) for key, one in node.items() if isinstance(one, (dict, list))]
        elif isinstance(node, list):
            pending += [("", one) for one in node if isinstance(one, (dict, list))]
    return ids
