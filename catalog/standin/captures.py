"""A folder of captures, told apart by what they are answers to.

Names begin with the time of capture (`2026-03-03T201330Z…`, or the day alone); a file without a time was always there.
What a file answers is read from its content as far as possible, because names leave doubts: a slug may hold what also
separates it from its author.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

ALWAYS = datetime.min.replace(tzinfo=UTC)

_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2})(\d{2})(\d{2})Z?)?[_.-]*")
_CANONICAL = re.compile(r'rel="?canonical"?[^>]*href="[^"]*/models/([\w.~-]+/[\w.:~-]+)"')
_MODEL = re.compile(r"(?<![\w/.-])([a-z0-9~][\w.~-]*/[a-z0-9][\w.:~-]*)")

TEXT_LIST, FULL_LIST = "models", "models?output_modalities=all"


@dataclass(frozen=True)
class Capture:
    """One saved answer. `body` is what the source sent, decompressed."""

    path: Path
    observed_at: datetime

    @cached_property
    def body(self) -> bytes:
        raw = self.path.read_bytes()
        return gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw

    @property
    def content_type(self) -> str:
        if self.path.name.endswith((".json", ".json.gz")):
            return "application/json"
        return "text/html; charset=utf-8" if b"<" in self.body[:200] else "text/plain; charset=utf-8"


@dataclass
class Captures:
    """The captures of a folder, by what was asked: `models`, `endpoints author/slug`, `page author/slug`, …"""

    folder: Path
    _by_subject: dict[str, list[Capture]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.name.removesuffix(".gz").endswith((".json", ".html", ".txt")):
                match = _TIME.match(path.name)
                capture = Capture(path, _moment(match) if match else ALWAYS)
                stem = path.name[match.end() if match else 0 :]
                for subject in _subjects(capture, re.sub(r"\.(json|html|txt)(\.gz)?$", "", stem)):
                    self._by_subject.setdefault(subject, []).append(capture)
        for captures in self._by_subject.values():
            captures.sort(key=lambda capture: capture.observed_at)

    def newest(self, subject: str, at: datetime, *, before_it: int = 0) -> Capture | None:
        """The newest capture at or before a moment, or one of those before it; None where there is none yet."""
        if subject == FULL_LIST and FULL_LIST not in self._by_subject:
            subject = TEXT_LIST  # a folder that knows one list answers both questions with it
        known = [capture for capture in self._by_subject.get(subject, ()) if capture.observed_at <= at]
        return known[max(0, len(known) - 1 - before_it)] if known else None

    def moments(self) -> list[datetime]:
        """When anything was captured, in order."""
        captures = (capture for each in self._by_subject.values() for capture in each)
        return sorted({capture.observed_at for capture in captures} - {ALWAYS})

    def subjects(self) -> list[str]:
        """Everything that there is an answer to, at one time or another."""
        return sorted(self._by_subject)


def _moment(match: re.Match[str]) -> datetime:
    day, hour, minute, second = match.groups()
    return datetime.fromisoformat(f"{day}T{hour or '00'}:{minute or '00'}:{second or '00'}+00:00")


def _subjects(capture: Capture, stem: str) -> Iterator[str]:
    if not capture.path.name.endswith((".json", ".json.gz")):
        model = _page_model(capture.body.decode("utf-8", errors="replace"), stem)
        if model:
            yield f"page {model}"
        return
    try:
        data = json.loads(capture.body)["data"]
    except (ValueError, KeyError, TypeError):
        return
    if isinstance(data, list):
        yield FULL_LIST if _is_full(data) else TEXT_LIST
    elif isinstance(data, dict):
        yield from {f"endpoints {data[name]}" for name in ("id", "canonical_slug") if data.get(name)}


def _is_full(models: list[Any]) -> bool:
    """Whether a list is that of all modalities: it has a model that writes no text."""
    return any("text" not in (model.get("architecture", {}).get("output_modalities") or ["text"]) for model in models)


def _page_model(text: str, stem: str) -> str | None:
    """Whose page this is: by its canonical link, its file's name, or the first slug in it that fits the name."""
    canonical = _CANONICAL.search(text)
    if canonical:
        return canonical[1]
    if "__" in stem:
        return stem.replace("__", "/", 1)
    fits = (
        each
        for each in _MODEL.findall(text)
        if each.partition("/")[2].startswith(stem) or stem == each.replace("/", "_")
    )
    return next(fits, None)
