# SPDX-License-Identifier: Apache-2.0
"""VS420 (W10): a server of one's own with a wrong protocol, and what only old manners have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.components import servers_of
from velaserve_lint.rules.kserve.examples import CUSTOM, but
from velaserve_lint.rules.kserve.implementations import MESSAGES, problems
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class ServerSettings(ManifestRule):
    """All but the protocol: of canaries, explainers and ModelMesh, where frameworks stay."""

    id = "VS420"
    slug = "server-settings"
    since = "0.1.0"
    source = "W10: KServe v0.20.0 pkg/apis/serving/v1beta1/predictor_*.go"
    kinds = SERVICE
    title = Text("a server whose settings KServe refuses", "KServe 不接受的服务设置")
    why = Text(
        "KServe's webhook looks at them before it takes the InferenceService.",
        "KServe 的 webhook 在接受 InferenceService 之前会检查这些设置。",
    )
    fix = Text("Use one of the values that are allowed.", "请改用允许的值。")
    messages = MESSAGES
    bad = but(CUSTOM, "value: v2", "value: grpc-v2")
    good = CUSTOM

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for component in servers_of(manifest):
            yield from findings(cls, problems(component))
