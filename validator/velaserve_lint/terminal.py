# SPDX-License-Identifier: Apache-2.0
"""Manners that every command of this project shares: flags and colour."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO


def hyphenated(argv: Sequence[str]) -> list[str]:
    """Flags as we spell them: KServe writes --output_format, we --output-format."""
    words = []
    for word in argv:
        flag, equals, value = word.partition("=")
        words.append(flag.replace("_", "-") + equals + value if flag.startswith("--") else word)
    return words


def paints(choice: str, stream: TextIO) -> bool:
    """NO_COLOR and FORCE_COLOR count when they are set and not empty, below --color."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def columns() -> int:
    """How wide the terminal is; 80 where there is none and COLUMNS does not say it."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80
