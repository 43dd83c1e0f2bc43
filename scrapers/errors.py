"""Everything that can go wrong between the web and the records.

ScraperError
├── FetchError              the bytes could not be had (the tree goes on in `fetching/errors.py`)
└── DocumentError           bytes are here, but they are not what the source sends
    ├── EmptyDocument       nothing, or white space alone
    ├── UnreadableDocument  not text, not JSON, not HTML: a picture, broken JSON, hostile nesting
    ├── CutDocument         it stops in the middle
    ├── ErrorAnswer         an error, whatever status it came with
    ├── BotChallenge        a challenge or captcha page
    ├── ConsentPage         a cookie or consent wall
    ├── LoginPage           a page that asks who we are
    ├── ForeignPage         a page or an answer of something else
    ├── LayoutDrift         the source's own, but a landmark that it always has is missing
    ├── TooFewRows          the source's own, but far smaller than it has ever been
    └── ParserDied          reading it ended the process that read it, or came to no end
"""

from __future__ import annotations

from typing import ClassVar


def told(message: str) -> str:
    """A message that quotes a document, as text that can be printed and stored: half characters and NULs escaped."""
    return message.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


class ScraperError(Exception):
    """The root of this package's errors. Each says what was seen, where, and what to do."""


class FetchError(ScraperError):
    """The bytes could not be had.

    Attributes:
        code: stable; scripts may rely on it.
        retryable: whether asking again within the run may help.
        attempts: how many requests were sent in vain, redirects not counted.
    """

    code: ClassVar[str] = "fetch_error"
    retryable: ClassVar[bool] = False
    attempts: int = 0


class DocumentError(ScraperError):
    """Bytes that are not what the source sends. `code` is stable; scripts may rely on it."""

    code = "document_error"

    def __init__(self, message: str) -> None:
        super().__init__(told(message))


class EmptyDocument(DocumentError):
    """Nothing, or white space alone."""

    code = "empty_document"


class UnreadableDocument(DocumentError):
    """Neither text, nor JSON, nor HTML that this source could have sent."""

    code = "unreadable_document"


class CutDocument(DocumentError):
    """It stops in the middle."""

    code = "cut_document"


class ErrorAnswer(DocumentError):
    """An error message, whatever status it came with."""

    code = "error_answer"


class BotChallenge(DocumentError):
    """A challenge or captcha page in place of the document."""

    code = "bot_challenge"


class ConsentPage(DocumentError):
    """A cookie or consent wall in place of the document."""

    code = "consent_page"


class LoginPage(DocumentError):
    """A page that asks who we are."""

    code = "login_page"


class ForeignPage(DocumentError):
    """A page or an answer of something else."""

    code = "foreign_page"


class LayoutDrift(DocumentError):
    """The source's own document, without a landmark that it always has."""

    code = "layout_drift"


class TooFewRows(DocumentError):
    """The source's own document, far smaller than it can be."""

    code = "too_few_rows"


class ParserDied(DocumentError):
    """Reading it ended the process that read it, or came to no end: this version of the parser is not to try again."""

    code = "parser_died"


class ArchiveError(ScraperError):
    """The archive could not be read or written, or what it holds is not what its name says."""


class BlobMissing(ArchiveError):
    """The bytes that a sidecar speaks of are not there."""


class BlobAltered(ArchiveError):
    """The bytes are there, but are not those that were archived."""
