# SPDX-License-Identifier: Apache-2.0
"""What the rules have in common that foresee a refusal by a definition of ours."""

from __future__ import annotations

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.text import Text


class Refusal(ApplicationRule):
    """Each says what CUE would when it renders; tests/validator/test_refusals.py compares them."""

    since = "0.1.0"
    source = "the definitions, in CUE"
    why = Text(
        "The render fails after the Application was accepted, and only its status says so.",
        "Application 被接受之后渲染才失败，而且只体现在状态里。",
    )
