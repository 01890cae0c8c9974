# SPDX-License-Identifier: Apache-2.0
"""VS429 (W19): a graph that KServe refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.examples import GRAPH, but
from velaserve_lint.rules.kserve.graph import MESSAGES, problems
from velaserve_lint.rules.kserve.kinds import GRAPH as KINDS
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class InferenceGraph(ManifestRule):
    """What the steps name need not exist: that shows when the graph runs."""

    id = "VS429"
    slug = "inference-graph"
    since = "0.1.0"
    source = "W19: KServe v0.20.0 pkg/apis/serving/v1alpha1/inference_graph_validation.go"
    kinds = KINDS
    title = Text("an InferenceGraph that KServe refuses", "KServe 不接受的 InferenceGraph")
    why = Text(
        "A request enters at the node 'root'; each step hands it to one target.",
        "请求从节点 root 进入；每个步骤把它交给一个目标。",
    )
    fix = Text(
        "Give a node root, one target a step, and weights of a Splitter that make 100.",
        "请给出节点 root、每个步骤一个目标，并使 Splitter 的权重合计为 100。",
    )
    messages = MESSAGES
    bad = but(GRAPH, "weight: 90", "weight: 80")
    good = GRAPH

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, problems(manifest))
