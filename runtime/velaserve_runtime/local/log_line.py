# SPDX-License-Identifier: Apache-2.0
"""A line that a server process wrote: a JSON log line, or whatever else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.protocol.metadata import JSON

_ON_EVERY_LINE = frozenset({"time", "level", "logger", "event"})


class LogLine(NamedTuple):
    """One line; `fields` is empty when it is not JSON (a traceback, a library's print)."""

    text: str
    fields: Mapping[str, JSON]

    @property
    def event(self) -> str:
        return str(self.fields.get("event", ""))

    @property
    def reason(self) -> str:
        """Why the server ends, when this line is its last word."""
        return str(self.fields.get("reason") or self.text)

    @property
    def is_error(self) -> bool:
        return self.fields.get("level") in ("error", "critical")

    @property
    def is_loud(self) -> bool:
        """Whether a person should see it unasked; what is no log line is never routine."""
        return not self.fields or self.is_error or self.fields.get("level") == "warning"

    def port(self, name: str) -> int | None:
        value = self.fields.get(name)
        return value if isinstance(value, int) else None


def parse_log_line(line: bytes) -> LogLine:
    text = line.decode("utf-8", "replace").rstrip()
    try:
        fields = json.loads(text)
    except ValueError:
        return LogLine(text, {})
    if not isinstance(fields, dict) or "event" not in fields:
        return LogLine(text, {})
    return LogLine(_for_people(fields), fields)


def _for_people(fields: Mapping[str, JSON]) -> str:
    rest = (f"{name}={value}" for name, value in fields.items() if name not in _ON_EVERY_LINE)
    return " ".join([str(fields["event"]), *rest])
