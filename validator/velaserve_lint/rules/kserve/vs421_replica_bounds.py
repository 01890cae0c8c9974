# SPDX-License-Identifier: Apache-2.0
"""VS421 (W11): numbers of replicas or of requests that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.components import servers_of
from velaserve_lint.rules.kserve.examples import WITH_HPA, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.words import REFUSED
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

COUNTS = ("minReplicas", "maxReplicas", "containerConcurrency")


class ReplicaBounds(ManifestRule):
    """maxReplicas 0 counts as none."""

    id = "VS421"
    slug = "replica-bounds"
    since = "0.1.0"
    source = "W11: KServe v0.20.0 pkg/apis/serving/v1beta1/component.go"
    kinds = SERVICE
    title = Text("impossible numbers of replicas", "不可能的副本数")
    why = REFUSED
    fix = Text("Let 0 <= minReplicas <= maxReplicas.", "请使 0 <= minReplicas <= maxReplicas。")
    messages = sentences(
        negative=Text("{name} {value} is below 0", "{name} 为 {value}，小于 0"),
        crossed=Text(
            "minReplicas {least} is more than maxReplicas {most}",
            "minReplicas {least} 大于 maxReplicas {most}",
        ),
        most=Text("at most", "上限"),
    )
    bad = but(WITH_HPA, "minReplicas: 2", "minReplicas: 5")
    good = WITH_HPA

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for component in servers_of(manifest):
            yield from cls._of(component.at)

    @classmethod
    def _of(cls, at: Cursor) -> Iterator[Finding]:
        for name in COUNTS:
            if (value := at.at(name).number) is not None and value < 0:
                yield cls.finding(at.at(name).place, "negative", name=name, value=value)
        least, most = at.at("minReplicas").number, at.at("maxReplicas").number
        if least is not None and most is not None and 0 < most < least:
            found = cls.finding(at.at("minReplicas").place, "crossed", least=least, most=most)
            yield found.beside(at.at("maxReplicas").place, "most")
