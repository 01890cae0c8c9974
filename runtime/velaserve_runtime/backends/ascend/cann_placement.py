# SPDX-License-Identifier: Apache-2.0
"""Which nodes of a model run on the NPU, by onnxruntime's own account.

Without it nobody knows: the session lists CANNExecutionProvider whatever runs there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_runtime.backends.onnxruntime_api import OrtSession

PROVIDER = "CANNExecutionProvider"
RECORD = "session.record_ep_graph_assignment_info"
REFUSE_CPU = "session.disable_cpu_ep_fallback"


def on_cpu(session: OrtSession) -> Counter[str] | None:
    """Operator -> nodes of it that the CPU runs; None: onnxruntime before 1.24 cannot say."""
    if not hasattr(session, "get_provider_graph_assignment_info"):
        return None
    return Counter(
        node.op_type
        for assignment in session.get_provider_graph_assignment_info()
        if assignment.ep_name != PROVIDER
        for node in assignment.get_nodes()
    )


def in_words(nodes: Counter[str]) -> str:
    """Einsum (2), Sin (1)."""
    return ", ".join(f"{operator} ({count})" for operator, count in nodes.most_common())
