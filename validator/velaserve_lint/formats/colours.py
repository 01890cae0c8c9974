# SPDX-License-Identifier: Apache-2.0
"""A colour for each severity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity

if TYPE_CHECKING:
    from velaserve_lint.formats import View
    from velaserve_lint.scores import ScoreView

_CODES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def paint(text: str, severity: Severity, view: View | ScoreView) -> str:
    return f"\x1b[{_CODES[severity]}m{text}\x1b[0m" if view.colour else text
