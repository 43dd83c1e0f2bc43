"""Values that a framework packs for their way to the browser: flat lists, and objects that refer to each other.

Nuxt (`devalue`) and React Router (`turbo-stream`) write each value once into one list and point to it by its number:

    [{"_1": 2}, "contextLength", 131072]        or        [{"contextLength": 1}, 131072]

Apollo keeps every object once below a name of its own, and has `{"__ref": "Model:7"}` wherever it belongs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from scrapers.html.data.half_characters import whole_text
from scrapers.html.data.sections import json_of

_DEEPEST = 60
_DEEPEST_STORE = 5
_LONGEST_WAY = 3
"""References from one object to the next: from a model to its endpoints, and to their providers."""

_MOST_VALUES = 400_000
"""Values of a page with all that they refer to: each of hundreds of objects may refer to all the others."""

_NUXT = "__NUXT_DATA__"
_WRAPPERS = frozenset(("Reactive", "ShallowReactive", "Ref", "ShallowRef", "Object", "SingleFetchClassInstance"))
"""Kinds of values that only say how the browser is to hold another."""

_MOMENTS = frozenset(("Date", "D"))
_SETS = frozenset(("Set",))
_PROMISES = frozenset(("P", "Promise"))
_KEY = re.compile(r"_([0-9]{1,7})")
_CHUNK = re.compile(r"\.(?:streamController|controller)\.enqueue\(\s*(?=\")")
_PROMISED = re.compile(r"P([0-9]{1,7}):(?=\[)")
_decoder = json.JSONDecoder()


def packed_values(scripts: list[tuple[str, str, str]]) -> Iterator[Any]:
    """What the scripts of a page hold in packed form; `scripts` are the type, the text and the `id` of each."""
    for kind, text, name in scripts:
        if "json" in kind and name.startswith(_NUXT) and isinstance(flat := json_of(text), list):
            yield _Flat(flat).value(0)
    chunks = whole_text("".join(chunk for _, text, _ in scripts if "enqueue(" in text for chunk in _chunks(text)))
    lines = chunks.splitlines()
    if lines and isinstance(flat := json_of(lines[0]), list):
        whole = _Flat(flat)
        for line in lines[1:]:
            match = _PROMISED.match(line)
            if match and isinstance(more := json_of(line[match.end() :]), list):
                whole.promised[int(match[1])] = len(whole.flat)
                whole.flat += more
        yield whole.value(0)


def _chunks(text: str) -> Iterator[str]:
    for match in _CHUNK.finditer(text):
        try:
            yield str(_decoder.raw_decode(text, match.end())[0])
        except (ValueError, RecursionError):
            return


class _Flat:
    """A list of values that point to each other. What points to what it is part of has nothing there."""

    def __init__(self, flat: list[Any]) -> None:
        self.flat = flat
        self.promised: dict[int, int] = {}
        self._made: dict[int, Any] = {}

    def value(self, at: Any, depth: int = 0) -> Any:
        """The value of a number; None for those that stand for nothing, and for what is nested beyond reason."""
        if type(at) is not int or not 0 <= at < len(self.flat) or depth > _DEEPEST:
            return None
        if at not in self._made:
            self._made[at] = None
            self._made[at] = self._make(self.flat[at], depth + 1)
        return self._made[at]

    def _make(self, packed: Any, depth: int) -> Any:
        if isinstance(packed, dict):
            return {self._key(key): self.value(at, depth) for key, at in packed.items()}
        if not isinstance(packed, list):
            return packed
        kind = packed[0] if packed and isinstance(packed[0], str) else None
        if kind is None:
            return [self.value(at, depth) for at in packed]
        if kind in _SETS:
            return [self.value(at, depth) for at in packed[1:]]
        inner = packed[1] if len(packed) > 1 else None
        if kind in _MOMENTS:
            return inner
        if kind in _PROMISES and isinstance(inner, int):
            return self.value(self.promised.get(inner), depth)
        return self.value(inner if kind in _WRAPPERS else packed[-1], depth)

    def _key(self, key: str) -> str:
        match = _KEY.fullmatch(key)
        named = self.flat[int(match[1])] if match and int(match[1]) < len(self.flat) else None
        return named if isinstance(named, str) else key


def with_references(value: Any) -> Any:
    """What a store of Apollo's answers, with all that it refers to in its place; any other value as it stands."""
    store = _store_in(value, 0)
    return value if store is None else _Store(store).followed(store["ROOT_QUERY"], ())


def _store_in(value: Any, depth: int) -> dict[str, Any] | None:
    if not isinstance(value, dict) or depth > _DEEPEST_STORE:
        return None
    if "ROOT_QUERY" in value:
        return value
    return next((store for child in value.values() if (store := _store_in(child, depth + 1)) is not None), None)


class _Store:
    """Objects that refer to each other by their names. What would lead too far has nothing there."""

    def __init__(self, objects: dict[str, Any]) -> None:
        self._objects = objects
        self._left = _MOST_VALUES

    def followed(self, value: Any, above: tuple[str, ...], depth: int = 0) -> Any:
        """A value with what it refers to; `above` are the names that led to it, none of which is followed again."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            return None
        if isinstance(value, list):
            return [self.followed(one, above, depth + 1) for one in value]
        if not isinstance(value, dict):
            return value
        name = value.get("__ref")
        if not isinstance(name, str):
            return {key: self.followed(one, above, depth + 1) for key, one in value.items()}
        if name in above or name not in self._objects or len(above) == _LONGEST_WAY:
            return None
        return self.followed(self._objects[name], (*above, name), depth + 1)
