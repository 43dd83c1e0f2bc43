"""Files that appear whole or not at all: written beside their place, synced, renamed; the descriptor last.

Everything is first written below `.export-tmp` in the target folder. Only when all of it is on the disk do the files
move, one rename each, and the old ones stay readable until then. A process that dies leaves the staging folder; the
next export removes it. The target folder itself is locked while somebody exports into it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.errors import Busy, StoreError
from scrapers.durable_files import sync

STAGING = ".export-tmp"
_PORTION = 1 << 20


class Staging:
    """The folder in which an export is prepared."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.root = target / STAGING

    def path(self, name: str) -> Path:
        """Where to write a file that is to become `target/name`."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def publish(self, names: list[str], *, last: str, stale: list[str]) -> None:
        """Move the files to their places, remove the stale ones, and then move the descriptor.

        A file whose content is there already is left alone, so that its time stays and nobody copies it again. What
        takes its time comes before the first file moves, so that a process that dies hardly ever does so between two.

        Raises `StoreError`, before the first file moves, where something else stands in the place of one.
        """
        for name in [*names, last]:
            self._check_place(name)
            sync(self.root / name)
        self._move([name for name in names if not self._is_there(name)])
        for name in stale:
            self._remove(name)
        self._move([last] if not self._is_there(last) else [])

    def _check_place(self, name: str) -> None:
        path = self.target / name
        folders = [folder for folder in path.parents if self.target in folder.parents]
        if (path.is_dir() and not path.is_symlink()) or any(
            folder.exists() and not folder.is_dir() for folder in folders
        ):
            raise StoreError(f"{path}: something else stands where the export puts a file; it changed nothing")

    def _is_there(self, name: str) -> bool:
        new, old = self.root / name, self.target / name
        return old.is_file() and old.stat().st_size == new.stat().st_size and sha256_of(old) == sha256_of(new)

    def _move(self, names: list[str]) -> None:
        folders = dict.fromkeys((self.target / name).parent for name in names)
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            os.replace(self.root / name, self.target / name)  # noqa: PTH105 - named as what it is: the one atomic step
        for folder in folders:
            sync(folder)

    def _remove(self, name: str) -> None:
        path = self.target / name
        path.unlink(missing_ok=True)
        while (path := path.parent) != self.target and not any(path.iterdir()):
            path.rmdir()


def sha256_of(path: Path) -> str:
    """The hash of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while portion := file.read(_PORTION):
            digest.update(portion)
    return digest.hexdigest()


@contextmanager
def staging(target: Path) -> Iterator[Staging]:
    """Prepare an export into a folder, which is made where it is missing.

    Raises `Busy` where another process exports into it, `StoreError` where the disk is full or the folder cannot be
    written; nothing is left behind then, and what was there before stays.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        lock = os.open(target, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"{target}: cannot be used as a folder: {error.strerror}") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(f"{target}: another process exports into this folder; try again later") from error
        prepared = Staging(target)
        try:
            shutil.rmtree(prepared.root, ignore_errors=True)
            prepared.root.mkdir()
            yield prepared
        except OSError as error:
            raise StoreError(f"{target}: the export failed and changed nothing: {error.strerror or error}") from error
        finally:
            shutil.rmtree(prepared.root, ignore_errors=True)
    finally:
        os.close(lock)
