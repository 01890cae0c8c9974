# SPDX-License-Identifier: Apache-2.0
"""What the kinds of types are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.definitions import Kind

NOUNS: Mapping[Kind, Text] = {
    "component": Text("component", "组件"),
    "trait": Text("trait", "运维特征"),
    "policy": Text("policy", "策略"),
    "workflow-step": Text("workflow step", "工作流步骤"),
}
