# SPDX-License-Identifier: Apache-2.0
"""VS450 (L10): a server that counts as ready once its port is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.kserve.examples import CUSTOM, but
from velaserve_lint.rules.kserve.known_runtimes import runtimes_of
from velaserve_lint.rules.kserve.probes import unprobed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class NoReadinessProbe(RunRule):
    """Of servers of one's own, and of models whose runtime stands in the run."""

    id = "VS450"
    slug = "no-readiness-probe"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L10: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/reconcilers/deployment"
    title = Text("ready before the model is loaded", "模型加载前就被视为就绪")
    why = Text(
        "In Standard mode KServe adds a TCP probe: requests arrive as soon as the port is open.",
        "Standard 模式下 KServe 只添加 TCP 探针：端口一打开就会有请求到达。",
    )
    fix = Text(
        "Give a readinessProbe with httpGet, path /v2/health/ready.",
        "请给出使用 httpGet 的 readinessProbe，path 为 /v2/health/ready。",
    )
    messages = sentences(
        open=Text(
            "{name} counts as ready once its port is open: no probe asks for the model",
            "{name} 的端口一打开就被视为就绪：没有探针检查模型",
        ),
    )
    bad = but(CUSTOM, "httpGet: {path: /v2/health/ready, port: 8080}", "tcpSocket: {port: 8080}")
    good = CUSTOM

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        runtimes = runtimes_of(run)
        for manifest in run.manifests:
            for container, name in unprobed(manifest, runtimes):
                yield cls.finding(container.key, "open", name=name)
