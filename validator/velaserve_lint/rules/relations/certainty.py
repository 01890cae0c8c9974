# SPDX-License-Identifier: Apache-2.0
"""How sure a rule is of one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding


def info_if(may_be_meant: bool, finding: Finding) -> Finding:
    """The finding, but an info where it may well be meant."""
    return finding._replace(severity=Severity.INFO) if may_be_meant else finding
