# SPDX-License-Identifier: Apache-2.0
"""Why `velaserve up` or `velaserve demo` cannot go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.text import Argument, Language, Text

BAD_APPLICATION = 1
BAD_ENVIRONMENT = 2


class LocalError(Exception):
    """Raised with a message and its arguments; the command makes the text, in its language."""

    def __init__(self, exit_code: int, message: Text, **arguments: Argument) -> None:
        super().__init__(message.to("en", arguments))
        self.exit_code = exit_code
        self.message = message
        self.arguments = arguments

    def to(self, language: Language) -> str:
        return self.message.to(language, self.arguments)
