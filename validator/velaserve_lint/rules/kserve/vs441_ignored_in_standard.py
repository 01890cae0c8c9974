# SPDX-License-Identifier: Apache-2.0
"""VS441 (L1): a share of requests or a limit that Standard mode ignores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.deployment_mode import is_standard
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


FIELDS, WHOLE = ("canaryTrafficPercent", "containerConcurrency"), 100


class IgnoredInStandard(ManifestRule):
    """100 % is what happens anyway; a transformer gets the limit as its number of workers."""

    id = "VS441"
    slug = "ignored-in-standard"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L1: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/reconcilers/raw"
    kinds = SERVICE
    title = Text("a field that Standard mode ignores", "Standard 模式忽略的字段")
    why = Text(
        "Only Knative splits requests between revisions and limits those in flight.",
        "只有 Knative 会在修订版之间分流请求并限制并发数。",
    )
    fix = Text(
        "Use the trait canary for releases, and queue.maxQueueSize of the server for a limit.",
        "发布请用运维特征 canary，限流请用服务的 queue.maxQueueSize。",
    )
    messages = sentences(ignored=Text("Standard mode ignores {name}", "Standard 模式忽略 {name}"))
    bad = but(INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 2\n    canaryTrafficPercent: 10")
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for component in components_of(manifest) if is_standard(manifest) else ():
            share, limit = (component.at.at(name) for name in FIELDS)
            if share.number is not None and share.number != WHOLE:
                yield cls.finding(share.key, "ignored", name=FIELDS[0])
            if component.role == "predictor" and (limit.number or 0) > 0:
                yield cls.finding(limit.key, "ignored", name=FIELDS[1])
