"""Saved files as incoming documents: one file, a folder of them, or every version of a file in a git history."""

from __future__ import annotations

import gzip
import json
import subprocess
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from catalog.errors import UsageError
from catalog.ingest import Incoming
from catalog.instants import instant_in_name, read_instant
from scrapers.document import Document

ENDINGS = (".json", ".html", ".htm", ".txt")
"""What is taken from a folder, each also with `.gz`; other files are none of ours."""

LARGEST_FILE = 256 * 2**20
"""Bytes of one document, decompressed."""


class Unreadable(NamedTuple):
    """A file that did not even become a document, and why."""

    name: str
    reason: str


def saved_documents(paths: Iterable[Path], *, observed_at: datetime | None) -> Iterator[Incoming | Unreadable]:
    """The documents in files and folders, oldest first.

    A file's own word on when it was seen (its sidecar, or a time that its name begins with) comes before
    `observed_at`, unless it is the only file. Raises `UsageError` for a path that is not there.
    """
    files = list(_files(paths))
    found = [_document(file, observed_at, alone=len(files) == 1) for file in files]
    dated = [item for item in found if isinstance(item, Incoming)]
    yield from (item for item in found if isinstance(item, Unreadable))
    yield from sorted(dated, key=lambda item: (item.observed_at, item.document.name or ""))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file() and _is_ours(file))
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"{path}: there is no such file or folder")


def _is_ours(file: Path) -> bool:
    name = file.name.lower()
    return name.removesuffix(".gz").endswith(ENDINGS) and not name.endswith(".meta.json") and not name.startswith(".")


def _document(file: Path, observed_at: datetime | None, *, alone: bool) -> Incoming | Unreadable:
    try:
        stored = file.read_bytes()
        zipped = stored[:2] == b"\x1f\x8b"
        body = _decompressed(stored) if zipped else stored
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return Unreadable(str(file), f"cannot be read: {error}")
    sidecar = _sidecar(file)
    stated = sidecar.get("observed_at")
    seen = read_instant(stated) if stated else instant_in_name(file.name)
    if observed_at is not None and (alone or seen is None):
        seen = observed_at
    if seen is None:
        return Unreadable(str(file), "nothing says when it was seen; name the time with --observed-at")
    document = Document(
        body,
        url=sidecar.get("url"),
        name=file.name,
        content_type=sidecar.get("content_type"),
        observed_at=seen,
    )
    return Incoming(document, seen, wire=stored if zipped else None)


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


def git_versions(repository: Path, path: str) -> Iterator[Incoming]:
    """Every version of a file in a git history, oldest first, with the time of its commit.

    Two commits within one second are kept apart by a microsecond, in the order of the history. Raises `UsageError`
    where the folder is no repository or the file was never in it.
    """
    listed = _git(repository, "log", "--reverse", "--format=%H %ct", "--", path).decode().split()
    commits = list(zip(listed[::2], listed[1::2], strict=True))
    if not commits:
        raise UsageError(f"{repository}: no commit ever touched {path}")
    before = datetime.min.replace(tzinfo=UTC)
    for commit, seconds in commits:
        try:
            stored = _git(repository, "cat-file", "blob", f"{commit}:{path}")
        except UsageError:
            continue  # the commit that removed the file
        seen = (
            max(datetime.fromtimestamp(int(seconds), UTC), before + timedelta(microseconds=1))
            if (before.year > 1 and int(before.timestamp()) == int(seconds))
            else datetime.fromtimestamp(int(seconds), UTC)
        )
        before = seen
        name = f"{commit[:12]}:{path}"
        zipped = stored[:2] == b"\x1f\x8b"
        body = gzip.decompress(stored) if zipped else stored
        yield Incoming(Document(body, name=name, observed_at=seen), seen, wire=stored if zipped else None)


def _git(repository: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    try:
        return subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    except FileNotFoundError as error:
        raise UsageError("git is not installed; it is needed to read a history") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        raise UsageError(f"git {' '.join(arguments[:2])} in {repository}: {said}") from error
