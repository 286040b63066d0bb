"""Logging to standard error, as lines or as JSON; libraries that would log addresses with the token are silenced."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
NOISY = ("httpx", "httpcore", "telegram", "apscheduler", "alembic")


class PlainFormatter(logging.Formatter):
    """Lines. Of an exception the places and the types are told, never its message: that may quote a customer."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  logging's own name
        """The trace without the messages, causes first."""
        error, lines = ei[1], list[str]()
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
            lines.insert(0, f"{frames}\n{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nthen:\n".join(lines)


class JsonFormatter(PlainFormatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with time, level, logger, message and trace."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure(log_format: str) -> None:
    """Set up the root logger once, at a command's start."""
    handler = logging.StreamHandler(sys.stderr)
    plain = PlainFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if log_format == "json" else plain)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
