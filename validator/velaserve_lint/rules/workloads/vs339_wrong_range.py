# SPDX-License-Identifier: Apache-2.0
"""VS339: a range of addresses that is none, or an exception outside of its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import NETWORK_POLICY
from velaserve_lint.rules.workloads.networks import wrong_ranges
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class WrongRange(ManifestRule):
    """Of network policies, and of services that only some may reach."""

    id = "VS339"
    slug = "wrong-range"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/networking/validation/validation.go"
    title = Text("a wrong range of addresses", "错误的地址范围")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Write an address and a prefix, as 10.0.0.0/8; an exception is a part of its range.",
        "请写地址和前缀，如 10.0.0.0/8；例外应是该范围的一部分。",
    )
    messages = sentences(
        invalid=Text(
            "'{range}' is no range of addresses; write one as 10.0.0.0/8",
            "'{range}' 不是地址范围；请写成 10.0.0.0/8 的形式",
        ),
        outside=Text("{range} is no part of {around}", "{range} 不是 {around} 的一部分"),
        around=Text("the range", "范围在此"),
    )
    kinds = frozenset({"NetworkPolicy", "Service"})
    bad = but(NETWORK_POLICY, "10.96.0.0/12", "192.168.0.0/16")
    good = NETWORK_POLICY

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for message, at, around in wrong_ranges(manifest):
            finding = cls.finding(at.place, message, range=at.text, around=around.text)
            yield finding.beside(around.place, "around") if message == "outside" else finding
