# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint explain ID"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.cli.errors import UsageError
from velaserve_lint.cli.output import emit
from velaserve_lint.page import plain
from velaserve_lint.rules import find, ids
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import argparse

_UNKNOWN = Text(
    "there is no rule '{id}'; did you mean {near}? `velaserve-lint rules` lists all",
    "没有规则 '{id}'；是否指 {near}？`velaserve-lint rules` 可列出全部规则",
)


def run(arguments: argparse.Namespace) -> int:
    """Prints the page of one rule.

    Raises:
        UsageError: there is no such rule.
    """
    rule_id = arguments.rule.upper()
    if rule_id not in ids():
        near = suggest(rule_id, ids()) or ids()[0]
        raise UsageError(_UNKNOWN, id=arguments.rule, near=near)
    emit(plain(find(rule_id), arguments.lang))
    return 0
