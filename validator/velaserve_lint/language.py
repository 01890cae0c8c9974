# SPDX-License-Identifier: Apache-2.0
"""The language of whoever reads the output."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.text import Language

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def preferred(env: Mapping[str, str] = os.environ) -> Language:
    """By the locale's variables, as POSIX ranks them; on Windows by the user's settings."""
    name = next((env[variable] for variable in _VARIABLES if env.get(variable)), _system())
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _system() -> str:
    if os.name != "nt":
        return ""
    import locale

    return locale.getlocale()[0] or ""
