# SPDX-License-Identifier: Apache-2.0
"""VS414 (W04): a model on several nodes that KServe does not start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.examples import MULTI_NODE, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.multi_node import MESSAGES, problems
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class MultiNode(ManifestRule):
    """A ConfigMap of the cluster may name more accelerators; the annotation always works."""

    id = "VS414"
    slug = "multi-node"
    since = "0.1.0"
    source = "W04: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text("a workerSpec that KServe refuses", "KServe 不接受的 workerSpec")
    why = Text(
        "KServe makes a head and workers that share one model and talk to each other.",
        "KServe 会创建共享同一模型并互相通信的主节点和工作节点。",
    )
    fix = Text(
        "Give one worker container, a pvc:// or oci:// model and autoscalerClass none; name "
        "accelerators that KServe does not know in serving.kserve.io/gpu-resource-types.",
        "请给出一个 worker 容器、pvc:// 或 oci:// 的模型以及 autoscalerClass none；"
        "KServe 不认识的加速卡请写入 serving.kserve.io/gpu-resource-types。",
    )
    messages = MESSAGES
    bad = but(MULTI_NODE, "    serving.kserve.io/gpu-resource-types: '[\"google.com/tpu\"]'\n", "")
    good = MULTI_NODE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, problems(manifest))
