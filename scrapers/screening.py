"""Refuse what is not the document: nothing, a picture, a challenge, a wall, an error with status 200.

Every source asks these questions before it parses. They are asked of bytes and text alone, so that a saved file and a
fresh answer are judged alike, whatever their status and headers claimed.

A landmark of the real document speaks louder than a marker of a wall: a page behind a content network carries the
network's scripts, and a page with a cookie banner is still the page. So `refuse_interstitial` is for a document in
which the source has found none of its landmarks.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from scrapers.document import Document
from scrapers.errors import (
    BotChallenge,
    ConsentPage,
    DocumentError,
    EmptyDocument,
    ErrorAnswer,
    ForeignPage,
    LoginPage,
    UnreadableDocument,
)

MOST_BYTES = 256 * 1024 * 1024
"""A document larger than this is none: the largest answer seen has a megabyte."""

MOST_REPLACED = 0.01
"""The share of characters that may be broken UTF-8 before the document counts as no text at all."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file (WebP, sound)"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip stream that nobody decompressed"),
    (b"\x28\xb5\x2f\xfd", "a zstd stream that nobody decompressed"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

_TITLE = re.compile(r"<title[^>]*>([^<]{0,300})", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WITHIN = r"[{\[\"\]]|-?[0-9]|(?:true|false|null)\b"
_JSON_START = re.compile(
    rf"\s*(?:\{{|\[\s*(?:[{{\"\]]|\[\s*(?:{_WITHIN}|\Z)|(?:-?[0-9.]+|true|false|null)\s*(?:,|\]\s*\Z)))"
)
_READ_CHARACTERS = 200_000
"""How far into a document walls and challenges are looked for; each shows itself in its head or is short."""

_CHALLENGE_TITLES = re.compile(
    r"just a moment|attention required|checking your browser|security check|are you (?:a )?(?:human|robot)"
    r"|access denied|ddos-guard|verify(?:ing)? (?:that )?you are|(?:bot|human) verification"
    r"|pardon our interruption",
    re.IGNORECASE,
)
_CHALLENGE_MARKERS = re.compile(
    r"cf-chl|cf_chl_opt|challenge-platform|cf-browser-verification|cf-turnstile|challenges\.cloudflare\.com"
    r"|g-recaptcha|google\.com/recaptcha|h-captcha|hcaptcha\.com|arkoselabs|px-captcha|perimeterx|captcha-delivery\.com"
    r"|_incapsula_resource|awswafcaptcha|enable javascript and cookies to continue"
    r"|(?:verify|confirm|prove)(?: that)? you(?:'re|’re| are) (?:not a robot|(?:a )?human)"
    r"|checking (?:if the site connection is secure|your browser before)"
    r"|needs to review the security of your connection"
    r"|unusual traffic from your|complete the (?:security check|captcha)",
    re.IGNORECASE,
)
_CONSENT_TITLES = re.compile(
    r"before you continue|we value your privacy|cookie consent|privacy (?:choices|settings|gate)|your privacy|consent",
    re.IGNORECASE,
)
_CONSENT_MARKERS = re.compile(
    r"consent\.(?:google|youtube|yahoo)\.com|before you continue to|(?:accept|allow|reject|agree to) all(?: cookies)?\b"
    r"|we (?:and our partners )?use cookies|cookie wall",
    re.IGNORECASE,
)
_LOGIN_TITLES = re.compile(r"\b(?:sign|log)[ -]?in\b|authentication required|single sign-on", re.IGNORECASE)
_LOGIN_MARKERS = re.compile(
    r"<input[^>]{0,300}type\s*=\s*[\"']?password|(?:sign|log) ?in to (?:continue|your account)"
    r"|you (?:must|need to) (?:sign|log) ?in",
    re.IGNORECASE,
)
_ERROR_TITLES = re.compile(
    r"\b(?:4[0-9]{2}|5[0-9]{2})\b|not found|bad gateway|service unavailable|gateway time-?out|internal server error"
    r"|too many requests|something went wrong|maintenance|application error|forbidden",
    re.IGNORECASE,
)

_ERROR_HEADINGS = re.compile(
    r"<h[1-3]\b[^>]{0,300}>\s*(?:(?:error\s*)?[45][0-9]{2}\b|(?:\w+ ){0,3}not found|(?:\w+ ){0,4}maintenance|"
    r"something went wrong|application error|internal server error|too many requests|(?:\w+ ){0,3}unavailable)",
    re.IGNORECASE,
)
"""What the headings of an error page say whose title is the site's own."""


class Text(NamedTuple):
    """A body as characters. `replaced` counts the bytes that were no UTF-8 and read as U+FFFD."""

    text: str
    replaced: int
    had_byte_order_mark: bool


def text_of(document: Document) -> Text:
    """The body as text.

    Raises `EmptyDocument` for nothing or white space, `UnreadableDocument` for what is no text: a picture, UTF-16, NUL
    bytes, more than a little broken UTF-8, or far too much of it.
    """
    global _last
    last = _last
    if last is None or last[0] is not document.body:
        _last = last = document.body, _decoded(document)
    return last[1]


_last: tuple[bytes, Text] | None = None
"""The last body and its text: whoever asks which source a document is from has it parsed next."""


def _decoded(document: Document) -> Text:
    body = document.body
    if len(body) > MOST_BYTES:
        raise UnreadableDocument(f"{_called(document)}: {len(body):,} bytes; at most {MOST_BYTES:,} are read")
    if not body or body.isspace():
        raise EmptyDocument(f"{_called(document)}: {'nothing but white space' if body else 'not one byte'}")
    for signature, what in _SIGNATURES:
        if body.startswith(signature):
            raise UnreadableDocument(f"{_called(document)}: this is {what}")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableDocument(f"{_called(document)}: UTF-16; the source sends UTF-8")
    if b"\x00" in body:
        raise UnreadableDocument(f"{_called(document)}: a NUL byte at {body.index(0)}; text has none")
    had_mark = body.startswith(b"\xef\xbb\xbf")
    replaced = 0
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("utf-8-sig", errors="replace")
        replaced = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
        if replaced > max(3, MOST_REPLACED * len(text)):
            raise UnreadableDocument(f"{_called(document)}: {replaced} broken UTF-8 sequences; not text") from None
    if text.isspace() or not text:
        raise EmptyDocument(f"{_called(document)}: nothing but white space")
    return Text(text, replaced, had_mark)


def is_html(text: str) -> bool:
    """Whether it begins as an HTML document does."""
    return _HTML_START.match(text[:4000]) is not None


def is_json(text: str) -> bool:
    """Whether it begins as JSON does, and not as a text whose first line is a link, `[Models](/)` or `[[/models]]`."""
    return _JSON_START.match(text) is not None


def interstitial(text: str) -> DocumentError | None:
    """What stands in place of a page that has none of its landmarks: a challenge, a wall, an error; or None.

    Ask only where the landmarks are missing: a real page may carry any of these markers.
    """
    head = text[:_READ_CHARACTERS]
    found = _TITLE.search(head)
    title = (found.group(1) if found else next((line for line in head.splitlines() if line.strip()), "")[:300]).strip()
    seen = f"the title is {title[:80]!r}"
    if _CHALLENGE_TITLES.search(title) or _CHALLENGE_MARKERS.search(head):
        return BotChallenge(f"a bot challenge stands in place of the document ({seen}); wait, then ask less often")
    if _LOGIN_TITLES.search(title) or _LOGIN_MARKERS.search(head):
        return LoginPage(f"a login page stands in place of the document ({seen})")
    if _CONSENT_TITLES.search(title) or _CONSENT_MARKERS.search(head):
        return ConsentPage(f"a consent wall stands in place of the document ({seen})")
    if _ERROR_TITLES.search(title) or _ERROR_HEADINGS.search(head):
        return ErrorAnswer(f"an error page stands in place of the document ({seen})")
    return None


def refuse_interstitial(text: str) -> None:
    """Raise what `interstitial` finds, or `ForeignPage` where it finds nothing by name."""
    raise interstitial(text) or ForeignPage(f"none of the source's landmarks is here; it begins {text[:80]!r}")


def refuse_unless_json(text: str) -> None:
    """Raise unless the text could be JSON: an HTML page in place of an answer is named for what it is."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return
    if start == "<" or interstitial(text) is not None:
        refuse_interstitial(text)
    raise UnreadableDocument(f"no JSON object or list; it begins {text[:80]!r}")


_WORDS_OF_ERRORS = frozenset(
    ("message", "detail", "status", "statusCode", "code", "type", "title", "instance", "timestamp", "path")
)


def refuse_error_answer(answer: Any) -> None:
    """Raise `ErrorAnswer` for an API's error object, whatever status it came with.

    `{"error": {"code": 429, "message": …}}`, `{"error": "…"}`, `{"errors": […]}`, `{"success": false, …}`, and a bare
    `{"message": …}`, `{"detail": …}` or `{"type": …, "title": …, "status": 503}` (RFC 9457) as gateways send them.
    """
    if not isinstance(answer, dict) or ("data" in answer and not answer.get("error")):
        return
    stated = answer.get("error") or answer.get("errors")
    if not stated and (answer.get("success") is False or set(answer) <= _WORDS_OF_ERRORS):
        stated = answer.get("message") or answer.get("detail") or answer.get("title")
    if stated:
        raise ErrorAnswer(f"the answer is an error: {str(stated)[:200]}")


def _called(document: Document) -> str:
    return document.name or document.url or "the document"
