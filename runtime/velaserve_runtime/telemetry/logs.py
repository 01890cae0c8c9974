# SPDX-License-Identifier: Apache-2.0
"""Log lines on stderr: JSON for machines, text on a terminal."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

import orjson

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def _fields(record: logging.LogRecord) -> dict[str, object]:
    """What the caller gave as `extra`."""
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _one_line(value: object) -> str:
    """A client must not write lines of its own into the log."""
    text = str(value)
    return text if text.isprintable() else repr(text)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, event, and the event's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        try:
            return orjson.dumps(line, default=str).decode()
        except TypeError:  # a number above 64 bits, a file name that is not UTF-8
            return json.dumps(line, default=str)


class TextFormatter(logging.Formatter):
    """`12:30:45.678 INFO    model loaded model=digits version=1`."""

    def format(self, record: logging.LogRecord) -> str:
        clock = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S.%f")[:-3]
        fields = "".join(f" {name}={_one_line(value)}" for name, value in _fields(record).items())
        text = f"{clock} {record.levelname:7} {record.getMessage()}{fields}"
        return f"{text}\n{self.formatException(record.exc_info)}" if record.exc_info else text


def configure_logs(level: str, form: str) -> None:
    """Sends all log lines to stderr; `form` is auto, json or text."""
    handler = logging.StreamHandler(sys.stderr)
    text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler.setFormatter(TextFormatter() if text else JsonFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
