# SPDX-License-Identifier: Apache-2.0
"""Sets of KServe's kinds, for rules that look at them."""

from __future__ import annotations

SERVICE = frozenset({"InferenceService"})
GRAPH = frozenset({"InferenceGraph"})
RUNTIMES = frozenset({"ServingRuntime", "ClusterServingRuntime"})
