"""What a piece of extracted text says: its words without the marks that an extractor put to them, and its links.

Extractors write a link as `[words](address)`, `[words][3]`, `words [address]` or `words (address)`, and a picture as
`![words](address)` or `[address]`.
"""

from __future__ import annotations

import re

from scrapers.outline import TELLING, Cell, Link, plainly_spaced

_TO = r"\(\s*(<[^<>\n]{{0,800}}>|{})(?:\s+\"[^\"]{{0,200}}\"|[^()]{{0,200}})\s*\)"
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]\n]{1,60}\](?![(\[])){0,400})\]" + _TO.format(r"[^()\s<>]{1,800}"))
_IMAGE = re.compile(r"!\[([^\[\]]{0,400})\]" + _TO.format(r"[^()\s<>]{0,800}"))
_BARE_IMAGE = re.compile(
    r"!?\[\](?!\()|!?\[(?:https?://|/)[^\s\[\]]{1,400}\.(?:png|jpe?g|svg|webp|gif|avif|ico)(?:\?[^\s\[\]]{0,400})?\]",
    re.IGNORECASE,
)
_BARE_LINK = re.compile(r"[ \n]?[\[(<]((?:https?://[^\s/()<>\[\]]{1,200})?/models/[^\s()<>\[\]]{1,300})[\])>]")
_ANCHOR = re.compile(r"\[[#¶§🔗]?\]\(#[^()\s]{0,100}\)")
"""The link to itself that stands beside a heading."""

_REFERENCE = re.compile(r"`([^`<>]{1,200}?)\s*<([^`<>\s]{1,400})>`__?(?:\\(?= ))?")
"""A link of reStructuredText: `Acme: One </models/acme/one>`__. What parts it from the next word is a stroke."""

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!$~<>|'\"@^%&-])")
_FENCE = re.compile(r":{3,}(?: ?\{\})?")
"""What a converter puts around the blocks of a cell that have no name."""

_CONTAINER = re.compile(r"\.\.\s+container::\s*")
"""What a converter puts there in reStructuredText."""

_STRUCK_PRICE = re.compile(r"~~ ?\$ ?[0-9.][^~|\n]{0,40}~~\s*(?=[*_]*(?:\$|free\b))", re.IGNORECASE)
"""A price that is struck out before another."""

_STRUCK_ALONE = re.compile(r"~~ ?\$ ?[0-9.]")
"""A price that is struck out and has no other beside it: it cannot be read as one."""

_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_HARD_BREAK = re.compile(r"(?:[ \n]*\\\\(?![|`*_\[\]]))+[ \n]*")
"""How some write a line break within a link, once or several times: two strokes."""

_NAMED_ADDRESS = re.compile(r"^[ \t]{0,3}\[([^\[\]\n]{1,100})\]:[ \t]+<?([^\s<>]{1,800}).*$", re.MULTILINE)
_WRAPPED_WORDS = re.compile(r"(\[[^\[\]\n]{1,200}?) *\n *(?=[^\s])([^\[\]\n|]{1,200}\]\()")
_WRAPPED_ADDRESS = re.compile(r"(\]\([^()\s]{1,200})\n *([^()\s]{1,200}\))")
_BY_NAME = re.compile(r"\[([^\[\]\n]{0,400})\] ?\[([^\[\]\n]{1,100})\](?!\()")


def cell_of(text: str) -> Cell:
    """A cell's words without the marks of Markdown, and its links.

    >>> cell_of("[Acme: One](/models/acme/one) **Unavailable**")
    Cell(text='Acme: One Unavailable', links=(Link(address='/models/acme/one', text='Acme: One'),), marks='')
    >>> cell_of("`Acme: One </models/acme/one>`__\\\\ New").text
    'Acme: One New'
    >>> cell_of("Acme: One [/models/acme/one]").links, cell_of("[/acme.png]Acme").text
    ((Link(address='/models/acme/one', text='Acme: One'),), 'Acme')
    """
    if "`_" in text:
        text = _REFERENCE.sub(r"[\1](\2)", text)
    if "\\\\" in text:
        text = _HARD_BREAK.sub("\n", text)
    links: tuple[Link, ...] = ()
    if "](" in text:
        text = _ANCHOR.sub("", text)
        links = tuple(
            Link(match[2].strip("<>"), unescaped(match[1].lstrip("# ").rstrip()))
            for match in _LINK.finditer(text)
            if not match[0].startswith("!")
        )
        text = _without_logos(text)
        text = _LINK.sub(lambda match: match[1].lstrip("# ") if match[1][:1] == "#" else match[1].strip(" "), text)
    if "[" in text:
        text = _BARE_IMAGE.sub("", text)
    if "/models/" in text and (bare := _BARE_LINK.search(text)):
        links = (*links, Link(bare[1], text[: bare.start()].strip(" \n-*•·")))
        text = _BARE_LINK.sub("", text)
    if "<" in text:
        text = _BREAK.sub("\n", text)
    if ":::" in text:
        text = _FENCE.sub("", text)
    if "container::" in text:
        text = _CONTAINER.sub("", text)
    if "~~" in text:
        text = _STRUCK_PRICE.sub("", text)
        text = text if _STRUCK_ALONE.search(text) else text.replace("~~", "")
    text = unescaped(text.replace("**", "").replace("`", "").replace("&#124;", "|"))
    kept = [" ".join(line.split(" ")).strip() for line in plainly_spaced(text).strip().split("\n")]
    return Cell("\n".join(line for line in kept if line), links)


def unescaped(text: str) -> str:
    """The text without the strokes that Markdown puts before what would be a mark.

    >>> unescaped("top\\\\_p")
    'top_p'
    """
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def with_addresses(text: str) -> str:
    """The text with the address in each link that only names it: `[words][3]`, and `[3]: address` at the end.

    >>> with_addresses("[Acme: One][1]\\n\\n[1]: /models/acme/one")
    '[Acme: One](/models/acme/one)\\n\\n'
    """
    if "]: " not in text:
        return text
    named = {match[1].casefold(): match[2] for match in _NAMED_ADDRESS.finditer(text)}
    if not named:
        return text

    def addressed(match: re.Match[str]) -> str:
        address = named.get(match[2].casefold())
        return f"[{match[1]}]({address})" if address else match[0]

    return _BY_NAME.sub(addressed, _NAMED_ADDRESS.sub("", text))


def with_whole_links(text: str) -> str:
    """The text with each link on one line that was wrapped within its words or within its address.

    >>> with_whole_links("[Acme:\\nOne](/models/acme/one-\\n2025)")
    '[Acme: One](/models/acme/one-2025)'
    """
    if "](" not in text:
        return text
    return _WRAPPED_ADDRESS.sub(r"\1\2", _WRAPPED_WORDS.sub(r"\1 \2", text))


def _without_logos(text: str) -> str:
    """The text where a picture says something the page means to tell, or speaks where nothing else does.

    >>> _without_logos("![Groq](/groq.svg)Groq"), _without_logos("![Text input](a.svg)![Text output](b.svg)")
    ('Groq', '\\nText input\\n\\nText output\\n')
    """
    if "![" not in text:
        return text
    is_silent = not _IMAGE.sub("", text).strip()
    return _IMAGE.sub(lambda match: f"\n{match[1]}\n" if is_silent or TELLING.fullmatch(match[1]) else " ", text).strip(
        " "
    )
