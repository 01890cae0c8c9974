# SPDX-License-Identifier: Apache-2.0
"""VS520: Knative refuses a field that pods with NPUs need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.npu.knative import flagged
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_SERVICE
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand

_MODE = "deploymentMode: Standard\n    serving.kserve.io/autoscalerClass: none\n"
_STRATEGY = """\
    deploymentStrategy:
      rollingUpdate: {maxSurge: 0, maxUnavailable: 1}
"""
_KNATIVE = but(NPU_SERVICE, _MODE, "deploymentMode: Knative\n")


class KnativeFlag(DemandRule):
    """Where the mode is written; Knative's own ConfigMap is not in the file."""

    id = "VS520"
    slug = "knative-flag"
    since = "0.1.0"
    source = "knative.dev/serving v0.48.1 pkg/apis/config/features.go"
    title = Text("a field that Knative refuses", "Knative 拒绝的字段")
    why = Text(
        "Unless a flag allows it, Knative refuses the revision, and the service is never ready.",
        "未开启相应开关时 Knative 会拒绝该修订版本，服务永远不会就绪。",
    )
    fix = Text(
        "Use deploymentMode Standard, or set the flag in config-features of knative-serving.",
        "请使用 Standard 部署模式，或在 knative-serving 的 config-features 中开启该开关。",
    )
    messages = sentences(
        flag=Text(
            "Knative takes {field} only with {flag}: enabled",
            "Knative 仅在设置了 {flag}: enabled 时接受 {field}",
        ),
    )
    bad = but(_KNATIVE, _STRATEGY, "    schedulerName: volcano\n")
    good = NPU_SERVICE

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        if demand.users and demand.is_knative:
            for field, flag, place in flagged(demand):
                yield cls.finding(place, "flag", field=field, flag=flag)
