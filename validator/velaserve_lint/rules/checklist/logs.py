# SPDX-License-Identifier: Apache-2.0
"""What a manifest says of the form of a container's log lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.checklist.ours import is_ours, option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor

_STRUCTURED = frozenset({"ecs", "gelf", "json", "jsonl", "logfmt", "logstash", "structured"})
_FREE = frozenset(
    {"color", "colored", "console", "human", "line", "plain", "pretty", "text", "txt"}
)
# --log-format, --logging-format, --log.format, --zap-encoder, LOG_ENCODING, LOGGING_STYLE …
_NAME = re.compile(
    r"(^|.*[-_.])(log|logs|logger|logging|zap)[-_.]?(encoder|encoding|form|format|formatter|style|type)"
)
_SWITCH = re.compile(r"(^|.*[-_.])(json[-_.]?logs?|logs?[-_.]?json|logs?[-_.]?as[-_.]?json)")
_FLAG = re.compile(r"--?([A-Za-z][-\w.]*)(?:=(.*))?", re.DOTALL)
_NO = frozenset({"0", "false", "no", "off"})


class LogFormat(NamedTuple):
    """A word for the form, and where it is written."""

    word: str
    at: Cursor
    is_structured: bool


def log_format(container: Container) -> LogFormat | None:
    """None where nothing is said, or nothing that is known."""
    if is_ours(container):
        word, at = option(container, "log_format")
        return LogFormat(str(word), at, word != "text") if word else None
    return next((known for said in _said(container) if (known := _known(*said))), None)


def _said(container: Container) -> Iterator[tuple[str, str, Cursor]]:
    """Flags, then variables; --flag value is two arguments."""
    words = [*container.at.at("command").items(), *container.at.at("args").items()]
    for index, word in enumerate(words):
        if found := _FLAG.fullmatch(word.text):
            following = words[index + 1].text if index + 1 < len(words) else ""
            yield found[1], found[2] or following, word
    for name, item in container.env.items():
        yield name, item.at("value").text, item.at("value")


def _known(name: str, value: str, at: Cursor) -> LogFormat | None:
    word = value.strip().lower()
    if _SWITCH.fullmatch(name.lower()):
        return LogFormat(f"{name}={value}", at, word not in _NO)
    if _NAME.fullmatch(name.lower()) and word in _STRUCTURED | _FREE:
        return LogFormat(value, at, word in _STRUCTURED)
    return None
