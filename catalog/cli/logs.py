"""Logs on stderr: a line of text, or one JSON object a line. No secret is ever handed to them."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def set_up_logging(form: str) -> None:
    """Send what is logged to stderr, as `text` (what went wrong) or `json` (everything)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter("%(levelname)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO if form == "json" else logging.WARNING, force=True)
    logging.captureWarnings(True)
    for chatty in ("httpx", "httpcore", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def writes_json() -> bool:
    """Whether stderr is read by a machine, line by line: then nothing else may be written there."""
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)


class JsonLines(logging.Formatter):
    """One object a line: time (UTC), level, logger, message, and whatever else was said."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{key: value for key, value in vars(record).items() if key not in _PLAIN},
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)
