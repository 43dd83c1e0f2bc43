"""A file that is there whole, as it was or as it is to be, whatever happens while it is written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from catalog.errors import StoreError


def replace_file(path: Path, content: bytes) -> bool:
    """Put new content in a file's place in one step; returns whether it was other than before.

    A file that has this content already is left alone, with its time. Raises `StoreError` where it cannot be written;
    what was there is untouched then, and nothing is left beside it.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    return True
