"""Icons that a page draws from a sheet of its own, `<use href="#i7">`, where only the sheet says what they mean."""

from __future__ import annotations

import lxml.etree

from scrapers.html.drawn.icons import named_icon, word_of_label
from scrapers.html.drawn.marks import mark_of_label
from scrapers.html.elements import Element, label_of, writable
from scrapers.outline import TELLING

_uses = lxml.etree.XPath("//*[local-name()='svg']/*[local-name()='use']")


def put_names_of_symbols(root: Element, symbols: list[Element]) -> None:
    """Label each icon without a name by the title of the symbol that it draws."""
    titles = {f"#{symbol.get('id')}": title for symbol in symbols if (title := _title(symbol))}
    for use in _uses(root) if titles else ():
        icon = use.getparent()
        title = titles.get(use.get("href") or use.get("xlink:href") or "")
        if title and not label_of(icon) and named_icon(icon) is None:
            icon.set("aria-label", writable(title))


def _title(symbol: Element) -> str | None:
    """The title of a symbol, where it says more than what is drawn."""
    title = next((" ".join((one.text or "").split()) for one in symbol.iterchildren("{*}title")), "")
    says_more = TELLING.fullmatch(title) or mark_of_label(title) or word_of_label(title) != title
    return title if says_more else None
