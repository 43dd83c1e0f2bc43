"""The changes of the market as feeds: Atom (RFC 4287) and JSON Feed 1.1 (https://jsonfeed.org/version/1.1).

An entry is one change. Its id is a hash of its content, so that a reader shows it once, however often the feed is made;
the same changes give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

import pandas as pd

from catalog.instants import iso
from catalog.telling.replaced_file import replace_file
from catalog.telling.words import Change, as_object, changes_in, sentence

ATOM, JSON_FEED = "changes.atom", "changes.json"
LATEST = 500
"""How many changes a feed holds, the newest; and as many corrections beside them."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML 1.0 document can hold, not even escaped."""


def write_feeds(
    directory: Path, changes: pd.DataFrame, *, title: str, site_url: str, updated: datetime, latest: int = LATEST
) -> list[Path]:
    """Write `changes.atom` and `changes.json` into a folder, each whole or not at all; returns their paths.

    Args:
        changes: of `market_changes`; the newest `latest` are told, the newest first, and corrections are counted apart.
        site_url: the page to which the feeds belong; it also names the feeds for ever.
        updated: when the catalogue last looked. Give the time of the last capture, not of the day, so that nothing
            is written anew where nothing happened. A correction may be newer, and then its time stands there.

    Raises `StoreError` where a file cannot be written.
    """
    told = list(_newest(list(changes_in(changes))[::-1], latest))
    files = {
        directory / ATOM: atom_feed(told, title=title, site_url=site_url, updated=updated),
        directory / JSON_FEED: json_feed(told, title=title, site_url=site_url),
    }
    for path, content in files.items():
        replace_file(path, content)
    return list(files)


def _newest(changes: Iterable[Change], latest: int) -> Iterator[Change]:
    """The first of the changes and of the corrections: a fix of a thousand misreadings takes no room from the news."""
    room = {False: latest, True: latest}
    for change in changes:
        is_correction = change.kind == "correction"
        if room[is_correction]:
            room[is_correction] -= 1
            yield change


def atom_feed(changes: Sequence[Change], *, title: str, site_url: str, updated: datetime) -> bytes:
    """The changes as an Atom document."""
    feed = ElementTree.Element("feed", {"xmlns": _NAMESPACE})
    _add(feed, "id", uuid5(NAMESPACE_URL, site_url).urn)
    _add(feed, "title", title)
    _add(feed, "updated", iso(max([updated, *(change.observed_at for change in changes)])))
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "href": _clean(site_url)})
    _add(ElementTree.SubElement(feed, "author"), "name", title)
    for change in changes:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "id", change.id)
        _add(entry, "title", sentence(change))
        _add(entry, "updated", change.instant)
        _add(entry, "published", change.instant)
        for term in _tags(change):
            ElementTree.SubElement(entry, "category", {"term": _clean(term)})
        _add(entry, "content", _text(change)).set("type", "text")
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def json_feed(changes: Sequence[Change], *, title: str, site_url: str) -> bytes:
    """The changes as a JSON Feed; `_change` of an item is the change as data."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site_url,
        "items": [
            {
                "id": change.id,
                "title": sentence(change),
                "content_text": _text(change),
                "date_published": change.instant,
                "tags": _tags(change),
                "_change": as_object(change),
            }
            for change in changes
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _add(parent: ElementTree.Element, name: str, said: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = _clean(said)
    return element


def _clean(said: str) -> str:
    return _NO_XML.sub("�", said)


def _tags(change: Change) -> list[str]:
    return [change.kind, *filter(None, [change.author])]


def _text(change: Change) -> str:
    """Everything about a change, a line each."""
    told = {
        "model": change.model_id,
        "field": change.field,
        "before": change.old,
        "now": change.new,
        "provider": change.provider,
        "endpoint": change.tag,
        "observed": change.instant,
        "by": f"{change.source} ({change.scope})",
        "note": change.note,
    }
    return "\n".join(f"{word}: {said}" for word, said in told.items() if said is not None)
