# SPDX-License-Identifier: Apache-2.0
"""VS311: a quantity in a unit that nobody means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.amounts import amounts
from velaserve_lint.rules.objects.doubts import doubt
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class DoubtfulQuantity(ManifestRule):
    """100m of memory is a tenth of a byte, 512 of it are 512 bytes, 500 of CPU are 500 cores."""

    id = "VS311"
    slug = "doubtful-quantity"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/api/pod/warnings.go, for what is no whole byte"
    title = Text("a quantity in a unit that nobody means", "数量的单位可疑")
    why = Text(
        "It is accepted; then the container never starts, or no node is large enough.",
        "会被接受；但之后容器无法启动，或没有足够大的节点。",
    )
    fix = Text("Write the unit, as in 512Mi or 500m.", "请写明单位，例如 512Mi 或 500m。")
    messages = sentences(
        milli=Text(
            "{value} of {resource} is no whole number of bytes: m is a thousandth",
            "{resource} 的 {value} 不是整数字节：m 是千分之一",
        ),
        bare=Text(
            "{value} of {resource} is {value} bytes; did you mean {value}Mi?",
            "{resource} 的 {value} 是 {value} 字节；是否指 {value}Mi？",
        ),
        cores=Text(
            "{value} of {resource} is {value} cores; did you mean {value}m?",
            "{resource} 的 {value} 是 {value} 个核；是否指 {value}m？",
        ),
    )
    bad = but(DEPLOYMENT, 'requests: {cpu: "1", memory: 2Gi}', "requests: {memory: 512}")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for amount in amounts(manifest):
            if message := doubt(amount):
                names = {"resource": amount.resource, "value": str(amount.at.value)}
                yield cls.finding(amount.at.place, message, **names)
