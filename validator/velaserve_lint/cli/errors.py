# SPDX-License-Identifier: Apache-2.0
"""What the command line itself can get wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.text import Argument, Text


class UsageError(Exception):
    """Raised when the command cannot do what it was asked to; exit code 2."""

    def __init__(self, text: Text, **arguments: Argument) -> None:
        super().__init__(text.to("en", arguments))
        self.text = text
        self.arguments = arguments
