# SPDX-License-Identifier: Apache-2.0
"""VS455 (L15): a canary of KServe that gets other requests than it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.canary_routes import MESSAGES, problems
from velaserve_lint.rules.kserve.examples import with_canary
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class UnsplitCanary(ManifestRule):
    """Without a share it is only tried by its own name, which works."""

    id = "VS455"
    slug = "unsplit-canary"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L15: KServe issues 5912, 5944; shared/reference/kserve.md section 2.3"
    kinds = SERVICE
    title = Text(
        "spec.canary that does not split requests as it says", "spec.canary 不按所写比例分流"
    )
    why = Text(
        "KServe 0.20 makes the canary's pods, but no route; later, routes skip transformers.",
        "KServe 0.20 创建金丝雀的 Pod，却没有通往它们的路由；之后的路由会跳过 transformer。",
    )
    fix = Text(
        "Use the trait canary and the step canary-release.",
        "请使用运维特征 canary 和工作流步骤 canary-release。",
    )
    messages = MESSAGES
    bad = with_canary("minReplicas: 1", percent=10)
    good = with_canary("minReplicas: 1")

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, problems(manifest))
