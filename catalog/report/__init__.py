"""The comparison as one web page with charts, for people who have no terminal.

The page needs no network and loads nothing: its style and its script stand in it, and its policy allows them alone, by
their hashes. Whatever a source states is escaped where it is put into the page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from catalog.export.staging import staging
from catalog.report.sections import Report, sections

if TYPE_CHECKING:
    from catalog import Catalog

NAME = "index.html"


def write_report(catalog: Catalog, directory: str | Path, *, as_of: Any = None, known_at: Any = None) -> Path:
    """Write `index.html` into a folder, whole or not at all, and give its path.

    The same data give the same bytes. Raises `StoreError` where the folder cannot be written, `Busy` where another
    process writes there.
    """
    folder = Path(directory)
    text = page(Report.of(catalog, as_of=as_of, known_at=known_at))
    with staging(folder) as prepared:
        prepared.path(NAME).write_text(text, encoding="utf-8")
        prepared.publish([], last=NAME, stale=[])
    return folder / NAME


def page(report: Report) -> str:
    """The page's text."""
    here = files(__name__)
    style, script = (here.joinpath(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    parts = [f"<section>\n<h2>{escape(title)}</h2>\n{body}\n</section>" for title, body in sections(report)]
    return Template(here.joinpath("page.html").read_text(encoding="utf-8")).substitute(
        style=style,
        style_hash=_policy_hash(style),
        script=script,
        script_hash=_policy_hash(script),
        summary=escape(report.summary),
        sections="\n".join(parts),
        data=inlined(report.records),
    )


def inlined(value: Any) -> str:
    """JSON that can stand in a page: no text of it can end the element or begin another.

    >>> inlined("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _policy_hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
