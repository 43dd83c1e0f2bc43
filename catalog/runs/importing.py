"""Saved files as incoming documents: one file, or a folder of them.

A year of captures is gigabytes, so that each is read when its turn comes and not before.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from catalog.errors import UsageError
from catalog.instants import day_in_name, instant_in_name, read_instant
from catalog.runs.ingest import Incoming
from scrapers.document import Document
from scrapers.errors import DocumentError
from scrapers.source import Source, source_of

ENDINGS = (".json", ".html", ".htm", ".txt")
"""What is taken from a folder, each also with `.gz`; other files are none of ours."""

LARGEST_FILE = 256 * 2**20
"""Bytes of one document, decompressed."""


class Unreadable(NamedTuple):
    """A file that did not even become a document, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents to import: how many there are at most, and a way to read them one after the other, oldest first."""

    count: int
    read: Callable[[], Iterator[Incoming | Unreadable]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Incoming | Unreadable]:
        return self.read()

    def of(self, source: Source | None) -> Iterator[Incoming | Unreadable]:
        """The same, taken for documents of a source; None leaves that to their content."""
        return (replace(item, source=source) if isinstance(item, Incoming) else item for item in self)


class _File(NamedTuple):
    """A file, the folders between it and the path that was named, and what a sidecar says of it."""

    path: Path
    folders: tuple[str, ...]
    sidecar: dict[str, str]


def saved_documents(paths: Iterable[Path], *, observed_at: datetime | None) -> Documents:
    """The documents in files and folders, oldest first.

    A file's own word on when it was seen (its sidecar, or a time in its name) comes before `observed_at`, unless it is
    the only file; the folders inside the path that was named, `2026/03/03` or `2026-03-03`, come last. Raises
    `UsageError` for a path that is not there.
    """
    files = [_File(path, folders, _sidecar(path)) for path, folders in _files(paths)]
    seen = [_seen(file, observed_at, alone=len(files) == 1) for file in files]
    dated = [(at, file) for at, file in zip(seen, files, strict=True) if at is not None]
    dated.sort(key=lambda item: (item[0], item[1].path.name))

    def read() -> Iterator[Incoming | Unreadable]:
        for at, file in zip(seen, files, strict=True):
            if at is None:
                yield Unreadable(str(file.path), "nothing says when it was seen; name the time with --observed-at")
        for when, file in dated:
            yield _document(file, when)

    return Documents(len(files), read)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for path in paths:
        if path.is_dir():
            for file in sorted(file for file in path.rglob("*") if file.is_file() and _is_ours(file)):
                yield file, file.relative_to(path).parts[:-1]
        elif path.is_file():
            yield path, ()
        else:
            raise UsageError(f"{path}: there is no such file or folder")


def _is_ours(file: Path) -> bool:
    name = file.name.lower()
    return name.removesuffix(".gz").endswith(ENDINGS) and not name.endswith(".meta.json") and not name.startswith(".")


def _seen(file: _File, observed_at: datetime | None, *, alone: bool) -> datetime | None:
    """When a file was seen, None where nothing says so."""
    if observed_at is not None and alone:
        return observed_at
    if stated := file.sidecar.get("observed_at"):
        return read_instant(stated)
    if (at := instant_in_name(file.path.name)) is not None:
        return at
    if observed_at is not None:
        return observed_at
    if (at := day_in_name(file.path.name)) is not None and _speaks_of_all(file):
        return at
    days = (*reversed(file.folders), "-".join(file.folders[-3:]))
    return next((at for day in days if (at := instant_in_name(f"{day}T{file.path.name}")) is not None), None)


def _speaks_of_all(file: _File) -> bool:
    """Whether a file speaks of no one model, so that a date in its name is no part of a model's name."""
    found = _document(file, datetime.min.replace(tzinfo=UTC))
    try:
        return isinstance(found, Incoming) and source_of(found.document).asks == "once"
    except DocumentError:
        return False


def _document(file: _File, seen: datetime) -> Incoming | Unreadable:
    try:
        stored = file.path.read_bytes()
    except OSError as error:
        return Unreadable(str(file.path), f"cannot be read: {error}")
    item = incoming_of(stored, str(file.path), file.path.name, seen)
    if isinstance(item, Unreadable):
        return item
    url, content_type = (file.sidecar.get(word) for word in ("url", "content_type"))
    return replace(item, document=replace(item.document, url=url, content_type=content_type))


def incoming_of(stored: bytes, called: str, name: str, seen: datetime) -> Incoming | Unreadable:
    """Stored bytes as a document, decompressed where they are gzip."""
    if stored.startswith(_POINTER):
        return Unreadable(called, "a pointer of Git LFS; what it points to is kept elsewhere")
    zipped = stored[:2] == b"\x1f\x8b"
    try:
        body = _decompressed(stored) if zipped else stored
    except (EOFError, zlib.error, ValueError) as error:
        return Unreadable(called, f"cannot be read: {error}")
    return Incoming(Document(body, name=name, observed_at=seen), seen, wire=stored if zipped else None)


_POINTER = b"version https://git-lfs.github.com/spec/"


def _decompressed(stored: bytes) -> bytes:
    """The content of a gzip file, whole or not at all, and within bounds."""
    body = b""
    rest = stored
    while rest:
        member = zlib.decompressobj(wbits=31)
        body += member.decompress(rest, LARGEST_FILE - len(body) + 1)
        if len(body) > LARGEST_FILE:
            raise ValueError(f"more than {LARGEST_FILE // 2**20} MiB when decompressed")
        if not member.eof:
            raise EOFError("the compressed data stop in the middle")
        rest = member.unused_data
    return body


def _sidecar(file: Path) -> dict[str, str]:
    path = file.with_name(f"{file.name}.meta.json")
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: this sidecar cannot be read: {error}") from error
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}
