# SPDX-License-Identifier: Apache-2.0
"""VS451 (L11): a gRPC port that gateways take for HTTP/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.kinds import RUNTIMES, SERVICE
from velaserve_lint.rules.kserve.ports import MESSAGES, problems
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class GrpcPort(ManifestRule):
    """The first port becomes port 80 of the Service."""

    id = "VS451"
    slug = "grpc-port"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L11: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/reconcilers/service"
    kinds = SERVICE | RUNTIMES
    title = Text("a gRPC port in the wrong place", "gRPC 端口的位置或名称不当")
    why = Text(
        "KServe tells HTTP/2 by the port's name, and sends port 80 to the first port.",
        "KServe 根据端口名识别 HTTP/2，并把 80 端口指向第一个端口。",
    )
    fix = Text(
        "List the REST port first; name the other one h2c.",
        "请把 REST 端口列在首位，并将另一个命名为 h2c。",
    )
    messages = MESSAGES
    bad = but(
        INFERENCE_SERVICE,
        "        - {name: http1, ",
        "        - {name: h2c, containerPort: 8081, protocol: TCP}\n        - {name: http1, ",
    )
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        yield from findings(cls, problems(manifest))
