"""What a source expects of its documents, and how a document differs from it.

A `Shape` states the keys of one kind of JSON object, with the types that were seen. An `Inspector` holds every object
of one document against its shape and counts what differs: an unknown key, a missing one, a changed type, an unknown
word. Each finding becomes one warning a document, however many records share it; its code begins with `drift_`.

Drift loses nothing: the value stays in the records, under its own word where its field cannot take it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scrapers.api.strict_json import DEEPEST, Unreadable, is_deeper_than
from scrapers.records import Warning

Kinds = frozenset[type]

TEXT: Kinds = frozenset({str})
TEXT_OR_NULL: Kinds = frozenset({str, type(None)})
COUNT: Kinds = frozenset({int})
COUNT_OR_NULL: Kinds = frozenset({int, type(None)})
NUMBER: Kinds = frozenset({int, Decimal})
NUMBER_OR_NULL: Kinds = frozenset({int, Decimal, type(None)})
TRUTH: Kinds = frozenset({bool})
LIST: Kinds = frozenset({list})
LIST_OR_NULL: Kinds = frozenset({list, type(None)})
OBJECT: Kinds = frozenset({dict})
OBJECT_OR_NULL: Kinds = frozenset({dict, type(None)})

_NAMES = {
    str: "text", int: "a whole number", Decimal: "a fraction", bool: "true or false",
    list: "a list", dict: "an object", type(None): "null", Unreadable: "no number",
}  # fmt: skip


class Rejected(Exception):
    """One record cannot be taken; the message says why. The others of its document are."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of one kind of object.

    Attributes:
        name: where it stands in its record, with a trailing point; empty for the record itself.
        keys: every key that was seen or is specified, with the types that its value may have.
        required: the keys that every such object has.
        words: the keys of lists of text, with the types that their members may have.
        came: keys that every such object has since they came, in the order in which they did: one that has a later
            one has all before it.
        kept: what becomes of a key that is new.
    """

    name: str
    keys: Mapping[str, Kinds]
    required: frozenset[str] = frozenset()
    words: Mapping[str, Kinds] = field(default_factory=dict)
    came: tuple[str, ...] = ()
    kept: str = "; it is kept under this name"

    def missing(self, keys: Collection[str]) -> frozenset[str]:
        """The keys that an object of these keys lacks."""
        last = max((place for place, key in enumerate(self.came) if key in keys), default=0)
        return self.required.union(self.came[:last]).difference(keys)

    def deviations(self, keys: Iterable[str], kinds: Iterable[type]) -> tuple[tuple[str, str, str], ...]:
        """How an object of these keys and types differs: code, key and what was seen."""
        stated = dict(zip(keys, kinds, strict=True))
        found = [("drift_missing_key", key, "is missing") for key in sorted(self.missing(stated))]
        for key, kind in stated.items():
            if key not in self.keys:
                found.append(("drift_unknown_key", key, f"is new ({_name(kind)}){self.kept}"))
            elif kind not in self.keys[key]:
                expected = " or ".join(sorted(map(_name, self.keys[key])))
                found.append(("drift_type", key, f"is {_name(kind)}, not {expected}"))
        return tuple(found)


def _name(kind: type) -> str:
    return _NAMES.get(kind, kind.__name__)


@dataclass(slots=True)
class Inspector:
    """Holds the objects of one document against their shapes. Objects of equal keys and types are judged once."""

    _verdicts: dict[tuple[Any, ...], tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _first: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    findings: int = 0

    def inspect(self, shape: Shape, value: dict[str, Any], where: str) -> None:
        """Note how an object differs from its shape.

        Raises `Rejected` where a value of unforeseen shape is nested too deep to be kept.
        """
        signature = (id(shape), *value, *map(type, value.values()))
        verdict = self._verdicts.get(signature)
        if verdict is None:
            verdict = self._verdicts[signature] = shape.deviations(value, map(type, value.values()))
        for code, key, seen in verdict:
            self.note(code, shape.name + key, seen, f"{where}/{pointer(key)}" if key in value else where)
            self.refuse_deep(value.get(key), shape.name + key)
        if shape.words:
            self._inspect_words(shape, value, where)

    def _inspect_words(self, shape: Shape, value: dict[str, Any], where: str) -> None:
        for key, kinds in shape.words.items():
            words = value.get(key)
            if words and type(words) is list and not kinds.issuperset(map(type, words)):
                self.note("drift_type", shape.name + key, "holds something else than text", f"{where}/{key}")
                self.refuse_deep(words, shape.name + key)

    def inspect_parts(self, parts: Mapping[str, Shape], record: Mapping[str, Any], where: str) -> None:
        """`inspect` for the objects inside a record; one that is as expected costs next to nothing."""
        verdicts = self._verdicts
        for word, shape in parts.items():
            part = record.get(word)
            if type(part) is dict:
                signature = (id(shape), *part, *map(type, part.values()))
                if shape.words or verdicts.get(signature, _UNSEEN):
                    self.inspect(shape, part, f"{where}/{word}")

    def inspect_each(self, shape: Shape, values: Iterable[dict[str, Any]], where: str) -> None:
        """`inspect` for a list of objects of one shape; one that is as expected costs next to nothing."""
        verdicts = self._verdicts
        for index, value in enumerate(values):
            signature = (id(shape), *value, *map(type, value.values()))
            if shape.words or verdicts.get(signature, _UNSEEN):
                self.inspect(shape, value, f"{where}/{index}")

    def refuse_deep(self, value: Any, name: str) -> None:
        """Raise `Rejected` where a value is nested so deep that nothing downstream could print or compare it."""
        if isinstance(value, (dict, list)) and is_deeper_than(value):
            raise Rejected(f"{name} is nested more than {DEEPEST} levels deep")

    def note(self, code: str, subject: str, seen: str, where: str) -> None:
        """Count one finding; the first place is remembered."""
        finding = (code, subject)
        self.findings += 1
        self._counts[finding] += 1
        if finding not in self._first:
            self._first[finding] = (seen, where)

    def warnings(self) -> list[Warning]:
        """One warning a finding, in the order of their first appearance."""
        return [
            Warning(code=code, message=f"`{subject}` {seen}{_times(self._counts[code, subject])}", where=where)
            for (code, subject), (seen, where) in self._first.items()
        ]


_UNSEEN = (("", "", ""),)


def _times(count: int) -> str:
    return f"; {count} records, here the first" if count > 1 else ""


def underfilled(filled: Mapping[str, int], rows: int, least: Mapping[str, float]) -> list[Warning]:
    """A warning for each field that fewer records state than ever before; none where there are few records.

    `filled` counts the records that state a field, of `rows` in all; `least` is the share that was always reached.
    """
    if rows < FEWEST_FOR_SHARES:
        return []
    return [
        Warning(
            code="drift_fill",
            message=f"`{name}` is stated by {filled.get(name, 0)} of {rows} records; at least {share:.0%} always did",
        )
        for name, share in least.items()
        if filled.get(name, 0) < share * rows
    ]


FEWEST_FOR_SHARES = 20
"""Records from which on a share of them says something."""


def pointer(key: str) -> str:
    """A key as a reference token of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key
