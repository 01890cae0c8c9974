# SPDX-License-Identifier: Apache-2.0
"""VS426 (W16): canaries that KServe refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.canary import MESSAGES, problems
from velaserve_lint.rules.kserve.examples import with_canary
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class KserveCanary(ManifestRule):
    """KServe 0.20 has canaries in Standard mode; what they are worth is another rule's matter."""

    id = "VS426"
    slug = "kserve-canary"
    since = "0.1.0"
    source = "W16: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text("a canary that KServe refuses", "KServe 不接受的金丝雀")
    why = Text(
        "A canary is a second Deployment of fixed size with a name of its own.",
        "金丝雀是另一个规模固定、有自己名称的 Deployment。",
    )
    fix = Text(
        "Give each a name, at most the stable minReplicas, together at most 100 %.",
        "请为每个金丝雀命名，副本数不超过稳定版的 minReplicas，合计不超过 100 %。",
    )
    messages = MESSAGES
    bad = with_canary("minReplicas: 1\n        maxReplicas: 3")
    good = with_canary("minReplicas: 1")

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, problems(manifest))
