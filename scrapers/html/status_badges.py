"""The badge `Unavailable` at the end of a card, put beside the title that it is of: lines do not say where a card ends.

<div><h3><a href="/models/acme/two-1">Acme: Two</a></h3><p>Context: 8K</p><span>Unavailable</span></div>
"""

from __future__ import annotations

from itertools import islice

import lxml.etree

from scrapers.html.elements import Element, leave_text
from scrapers.page.words import topic_of

_BADGE = "Unavailable"
_TAGS = ("span", "div", "p", "small", "b", "strong", "em", "ion-badge", "ion-chip", "sl-badge")
_titles = lxml.etree.XPath(".//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or self::a[@href]]")
_HIGHEST = 6
"""How many elements above a badge its card may be."""
_MOST_BADGES = 200
_MOST_ELEMENTS = 500
"""Of a card, with its icons; what has more is a list of cards."""


def put_badges_beside_titles(body: Element) -> None:
    """Move each badge that stands behind the facts of a card to the card's title. The tables have been cut out."""
    badges = [one for one in body.iter(*_TAGS) if not len(one) and one.text and one.text.strip() == _BADGE]
    for badge in badges[:_MOST_BADGES]:
        if (title := _title_before(badge)) is not None:
            leave_text(badge)
            title.append(badge)


def _title_before(badge: Element) -> Element | None:
    """The only title in the nearest element around a badge that has any, where facts stand between the two."""
    around = badge
    for _ in range(_HIGHEST):
        around = around.getparent()
        if around is None or around.tag in ("body", "main", "section"):
            return None
        if next(islice(around.iter(), _MOST_ELEMENTS, None), None) is not None:
            return None
        titles = [one for one in _titles(around) if badge is not one and badge not in one.iter()]
        outermost = [one for one in titles if not any(above in titles for above in one.iterancestors())]
        if outermost:
            title = outermost[0]
            is_card_s = len(outermost) == 1 and topic_of("".join(title.itertext())) is None
            return title if is_card_s and _stands_behind(badge, title, around) else None
    return None


def _stands_behind(badge: Element, title: Element, around: Element) -> bool:
    """Whether a badge comes after a title, and words of others come between them."""
    within = set(title.iter())
    order = [one for one in around.iter() if isinstance(one.tag, str)]
    start, end = order.index(title), order.index(badge)
    between = [one for one in order[start:end] if one not in within]
    return start < end and any((one.text or "").strip() for one in between)
