# SPDX-License-Identifier: Apache-2.0
"""Finds in onnxruntime's words which call of CANN failed, with which code, and why."""

from __future__ import annotations

import os
import re

from velaserve_runtime.backends.ascend.errors import AscendError

_FAILURE = re.compile(r"(?:CANN|CANNGRAPH) failure (-?\d+): .*?; expr=(?:ge::)?(\w+)", re.DOTALL)
"""A line of cann_call.cc; the first one is the cause of the others."""
_CANNS_OWN = re.compile(r"^\[ERROR\][^:]*: ?(.*)$", re.MULTILINE)
_SAY_WHY = "ASCEND_SLOG_PRINT_TO_STDOUT"
_NOT_SAID = "CANN's reason may be in its log, below ~/ascend/log"
_COLOUR = re.compile("\x1b\\[[0-9;]*m")
_LONGEST = 2000


def let_cann_say_why() -> None:
    """Before CANN's libraries are loaded; where the user has decided it, that counts."""
    os.environ.setdefault(_SAY_WHY, "1")


def ascend_error(error: Exception, printed: str) -> AscendError | None:
    """None when no call of CANN failed.

    `printed`: by the libraries while onnxruntime raised `error`.
    """
    failure = _FAILURE.search(f"{printed}\n{error}")
    if failure is None:
        return None
    return AscendError(failure[2], int(failure[1]), _canns_own_words(printed) or _NOT_SAID)


def _canns_own_words(printed: str) -> str:
    """CANN's error lines, each once."""
    lines = dict.fromkeys(line.strip() for line in _CANNS_OWN.findall(printed))
    return "; ".join(lines)[:_LONGEST]


def in_one_line(printed: str) -> str:
    """All that was printed, without colours."""
    return " ".join(_COLOUR.sub("", printed).split())[:_LONGEST]
