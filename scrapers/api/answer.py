"""An API answer, opened: screened, decoded, and no error in disguise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scrapers.api.recollection import Recalled, Recollection
from scrapers.api.strict_json import decode, flaw
from scrapers.document import Document
from scrapers.errors import EmptyDocument
from scrapers.records import Warning
from scrapers.screening import refuse_error_answer, refuse_unless_json, text_of


@dataclass(slots=True)
class Answer:
    """The JSON value of a document.

    `is_suspect` says that somewhere in it stands what no database takes (`NaN`, NUL, half a character): each record
    has to be looked through. `recalled` says which records stood in the document before, where that is known.
    `warnings` tells of its encoding.
    """

    value: Any
    is_suspect: bool
    recalled: Recalled | None = None
    warnings: list[Warning] = field(default_factory=list)

    def flaw(self, record: Any) -> str | None:
        """Why a record cannot be kept, or None; free where nothing in the document is suspect."""
        return flaw(record) if self.is_suspect else None


def opened(document: Document, recollection: Recollection | None = None) -> Answer:
    """The document's JSON, its records from the recollection where they repeat those of an earlier document.

    Raises `DocumentError` for anything that is not an answer with something in it.
    """
    text, replaced, had_mark = text_of(document)
    refuse_unless_json(text)
    value, is_suspect, recalled = None, False, None
    if recollection is not None:
        value, recalled = recollection.value(text), recollection.recalled
    if value is None:
        value, is_suspect = decode(text)
    refuse_error_answer(value)
    if not value:
        raise EmptyDocument(f"the answer is {text.strip()}: an empty answer is never an empty catalogue")
    answer = Answer(value, is_suspect, recalled)
    if had_mark:
        answer.warnings.append(Warning(code="byte_order_mark", message="a byte order mark was skipped"))
    if replaced:
        answer.warnings.append(
            Warning(code="broken_utf8", message=f"{replaced} broken UTF-8 sequences were read as U+FFFD")
        )
    return answer
