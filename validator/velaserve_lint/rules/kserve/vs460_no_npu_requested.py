# SPDX-License-Identifier: Apache-2.0
"""VS460 (L20): a server for Ascend cards that gets none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.known_runtimes import runtimes_of
from velaserve_lint.rules.kserve.npus import cards_wanted_by
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class NoNpuRequested(RunRule):
    """Requests that differ from limits are the business of the rules about Ascend."""

    id = "VS460"
    slug = "no-npu-requested"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L20: shared/reference/kserve.md section 5"
    title = Text("an Ascend server without a card", "Ascend 服务没有申请加速卡")
    why = Text(
        "Without a card the server does not start, or runs on the CPU.",
        "没有加速卡时，服务无法启动或只能在 CPU 上运行。",
    )
    fix = Text(
        "Ask for a card in resources.limits, such as huawei.com/Ascend310P.",
        "请在 resources.limits 中申请加速卡，例如 huawei.com/Ascend310P。",
    )
    messages = sentences(
        none=Text(
            "{wanted} is for an Ascend card, and no container asks for one",
            "{wanted} 需要 Ascend 加速卡，但没有容器申请",
        ),
    )
    bad = but(INFERENCE_SERVICE, "runtime: velaserve", "runtime: velaserve-ascend")
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        runtimes = runtimes_of(run)
        for manifest in run.manifests:
            if wanted := cards_wanted_by(manifest, runtimes):
                yield cls.finding(wanted.place, "none", wanted=wanted.text)
