"""Readings that end the process they are made in, or hold it for ever. Another process finds them by their name."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

from catalog.rows import Prepared
from catalog.runs.readers import read_document
from scrapers.document import Document


def reading(slug: str, document: Document) -> Prepared | None:
    """What the parser makes of a document, but for those whose words say otherwise."""
    if b"this kills" in document.body:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"this never ends" in document.body:
        threading.Event().wait()
    if b"this kills once" in document.body.replace(b"-", b" "):
        mark = Path(document.name or "")
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return read_document(slug, document)
