"""Which of the source's listings a document is, by its address or by what it holds.

Two listings are never compared: what the one lacks is not gone from the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapers.api.contract import Inspector
from scrapers.api.listed_records import Listed

SHARE_OF_ALL = 0.05
"""From this share of models that do not write text, a listing is that of every kind."""

_SAME_LIST = frozenset({"sort", "limit", "offset"})
"""What is asked of the same list: its order, and pages, of which one alone is refused."""
_LISTING_PATH = re.compile(r"/(?:(embeddings|images|videos)/)?models/?$")


def is_of_a_listing(url: str) -> bool:
    """Whether an address is that of a listing."""
    return _LISTING_PATH.search(urlsplit(url).path) is not None


def scope_of(url: str | None, listed: Sequence[Listed], inspector: Inspector) -> str:
    """Which listing this is: `text`, `all`, that of another address (`embeddings`), or one that was filtered further
    (`text?category=programming`).
    """
    strangers = [one.place for one in listed if not one.sound.writes_text]
    is_all = len(strangers) >= SHARE_OF_ALL * len(listed)
    listing = None if url is None else _LISTING_PATH.search(urlsplit(url).path)
    if url is None or listing is None:
        scope = "all" if is_all else "text"
        asked: dict[str, str] = {}
    else:
        asked = {word: value for word, value in sorted(parse_qsl(urlsplit(url).query)) if word not in _SAME_LIST}
        scope = listing[1] or asked.pop("output_modalities", "text")
    if strangers and scope == "text":
        for place in strangers:
            inspector.note("drift_scope", "data", "holds a model that writes no text", place)
    return f"{scope}?{urlencode(asked)}" if asked else scope
