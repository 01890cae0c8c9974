# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint rules"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.cli.output import emit
from velaserve_lint.rules import every

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Prints one line for each rule."""
    slugs = max(len(rule.slug) for rule in every())
    for rule in every():
        title = rule.title.to(arguments.lang)
        emit(f"{rule.id}  {rule.severity.word:7}  {rule.slug:{slugs}}  {title}\n")
    return 0
