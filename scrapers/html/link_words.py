"""What a link says of itself to those who cannot see it, `(opens in a new tab)`: no part of the name that it bears."""

from __future__ import annotations

import re

from scrapers.html.elements import Element

_OF_ITSELF = re.compile(
    r"[,;–—-]?\s*\(?(?:(?:external )?link[,;]? )?(?:opens? )?in (?:an? )?(?:new|separate|external) (?:browser )?"
    r"(?:tab|window)\)?\.?|\(external\)|[,;]?\s*\(?external (?:link|site|website|page)\)?",
    re.IGNORECASE,
)
_SIGNS = (b" tab", b" window", b"xternal")


def drop_words_of_links(links: list[Element], page: bytes) -> None:
    """Take out of links the elements that only tell how they open."""
    if not any(sign in page for sign in _SIGNS):
        return
    for link in links:
        for element in [one for one in link.iterdescendants() if isinstance(one.tag, str)]:
            words = "".join(element.itertext()) or element.get("aria-label") or element.get("title") or ""
            if _OF_ITSELF.fullmatch(words.strip()):
                element.clear(keep_tail=True)
                element.tag = "span"
