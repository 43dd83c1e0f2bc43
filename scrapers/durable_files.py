"""Files that are whole or absent, and on the disk: written beside their places, synced, renamed."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from scrapers.errors import ArchiveError


def read_file(path: str | Path) -> bytes:
    """A file's bytes, refusing to follow a symbolic link out of the archive."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def write_files(files: Mapping[str, bytes], *, durable: bool = True) -> None:
    """Write files in their order: all are synced, then each is renamed into place, then their folders are synced.

    Without `durable` nothing is synced; each file is whole all the same, be it the old one or the new one.
    """
    temporary: list[tuple[str, str]] = []
    try:
        for path, content in files.items():
            try:
                temporary.append((_written_beside(path, content), path))
            except OSError as error:
                raise ArchiveError(f"{path}: cannot be written: {error.strerror or error}") from error
        if durable:
            _sync_all([name for name, _ in temporary])
        for name, path in temporary:
            os.replace(name, path)  # noqa: PTH105
        if durable:
            _sync_all(list(dict.fromkeys(map(os.path.dirname, files))))
    except BaseException as failure:
        for name, _ in temporary:
            with suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108
        if isinstance(failure, OSError):
            where = failure.filename or next(iter(files))
            raise ArchiveError(f"{where}: cannot be written: {failure.strerror or failure}") from failure
        raise


_NUMBERS = itertools.count()


def _written_beside(path: str, content: bytes) -> str:
    """The name of a new temporary file in the same folder."""
    if os.path.islink(path):  # noqa: PTH114
        raise ArchiveError(f"{path}: a symbolic link stands in the archive; remove it")
    folder = os.path.dirname(path)  # noqa: PTH120
    name = f"{folder}/.tmp-{os.getpid()}-{next(_NUMBERS)}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        descriptor = os.open(name, flags, 0o600)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        descriptor = os.open(name, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except BaseException:
        os.unlink(name)  # noqa: PTH108
        raise
    return name


SYNCED_AT_ONCE = 8
"""Files that are synced at the same time: the disk is asked once for those that come together."""


def _sync_all(names: Sequence[str]) -> None:
    """Wait until the disk has these files, or folders."""
    if len(names) < SYNCED_AT_ONCE:
        for name in names:
            sync(name)
        return
    shares = [names[first::SYNCED_AT_ONCE] for first in range(SYNCED_AT_ONCE)]
    with ThreadPoolExecutor(SYNCED_AT_ONCE, thread_name_prefix="sync") as pool:
        list(pool.map(_sync_each, shares))


def _sync_each(names: Iterable[str]) -> None:
    for name in names:
        sync(name)


def sync(name: str | Path) -> None:
    """Have a file's content, or a folder's entries, on the disk."""
    descriptor = os.open(name, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
