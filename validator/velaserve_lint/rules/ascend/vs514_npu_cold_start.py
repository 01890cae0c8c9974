# SPDX-License-Identifier: Apache-2.0
"""VS514: a model that must be compiled while nobody has the patience to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.startup import compiles, hurry_of
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_APPLICATION
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand

_READY = "        probes: {startup: {path: /v2/health/ready}}\n        minReplicas: 2\n"


class NpuColdStart(DemandRule):
    """A minute for each gear; not of offline models, nor where a trait keeps what is compiled."""

    id = "VS514"
    slug = "npu-cold-start"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md sections 1 and 4"
    title = Text("no time to compile", "没有留出编译时间")
    why = Text(
        "An NPU compiles a model for each shape, tens of seconds to minutes each.",
        "NPU 为每种形状编译模型，每次需要数十秒到数分钟。",
    )
    fix = Text("Allow more time, or keep what is compiled.", "请留出更多时间，或保留编译结果。")
    messages = sentences(
        killed=Text(
            "the startup probe gives up after {seconds} s, {gears} shapes may take {needed} s",
            "启动探针 {seconds} 秒后放弃，而编译 {gears} 种形状可能需要 {needed} 秒",
        ),
        zero=Text(
            "without pods, the first request waits until one has compiled the model",
            "缩容到零后，第一个请求要等新 Pod 编译完模型",
        ),
    )
    bad = but(NPU_APPLICATION, "        minReplicas: 2\n", _READY)
    good = NPU_APPLICATION

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        if demand.users and demand.zero and compiles(demand):
            yield cls.finding(demand.zero.place, "zero")
        for consumer in demand.users:
            if hurry := hurry_of(demand, consumer):
                numbers = {"gears": hurry.gears, "needed": hurry.needed_s}
                place, seconds = hurry.startup.at.key, hurry.startup.seconds
                yield cls.finding(place, "killed", seconds=seconds, **numbers)
