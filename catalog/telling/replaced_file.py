"""A file that is there whole, as it was or as it is to be, whatever happens while it is written."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.errors import StoreError


def replace_file(path: Path, content: bytes) -> bool:
    """Put new content in a file's place in one step; returns whether it was other than before.

    A file that has this content already is left alone, with its time. What a process that died left beside it is
    removed. Raises `StoreError` where it cannot be written; what was there is untouched then, and nothing is left
    beside it.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone_in(path.parent):
            if new.is_symlink() or new.exists():
                new.unlink()
            if path.is_file() and path.read_bytes() == content:
                return False
            try:
                with new.open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                new.chmod(0o644)
                new.replace(path)
            except BaseException:
                new.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    return True


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """While the block lasts nobody else replaces a file of the folder, or exports into it."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
