# SPDX-License-Identifier: Apache-2.0
"""Results on stdout, everything else on stderr, colour on terminals only."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from velaserve_lint.terminal import paints

if TYPE_CHECKING:
    from velaserve_lint.text import Argument, Language, Text
    from velaserve_runtime.local.errors import LocalError

ColourChoice = Literal["auto", "always", "never"]
RED, YELLOW, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[0m"


@dataclass(frozen=True)
class Console:
    """Where a command speaks, how much, and in which language."""

    language: Language = "en"
    colour: ColourChoice = "auto"
    quiet: bool = False
    verbose: bool = False

    def say(self, message: Text, **arguments: Argument) -> str:
        return message.to(self.language, arguments)

    def result(self, text: str) -> None:
        print(text, flush=True)

    def note(self, message: Text, **arguments: Argument) -> None:
        if not self.quiet:
            print(self.say(message, **arguments), file=sys.stderr, flush=True)

    def warn(self, text: str) -> None:
        print(self._paint(text, YELLOW), file=sys.stderr, flush=True)

    def error(self, error: LocalError) -> None:
        print(self._paint(f"velaserve: {error.to(self.language)}", RED), file=sys.stderr)

    def _paint(self, text: str, colour: str) -> str:
        return f"{colour}{text}{PLAIN}" if paints(self.colour, sys.stderr) else text
