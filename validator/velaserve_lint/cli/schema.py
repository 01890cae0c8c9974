# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint schema"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from velaserve_lint.cli.output import emit
from velaserve_lint.editor_schema import application_schema

if TYPE_CHECKING:
    import argparse


def run(_arguments: argparse.Namespace) -> int:
    """Prints one JSON Schema for Applications."""
    emit(json.dumps(application_schema(), indent=2) + "\n")
    return 0
