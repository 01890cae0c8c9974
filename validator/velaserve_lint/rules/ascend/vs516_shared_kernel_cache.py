# SPDX-License-Identifier: Apache-2.0
"""VS516: pods on different chips share one folder of compiled kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.caches import shared_caches
from velaserve_lint.npu.chips import is_of_one_chip, is_placed
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import CACHE_DEPLOYMENT
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class SharedKernelCache(DemandRule):
    """Of CANN's own caches; that of our server keeps chips apart by itself."""

    id = "VS516"
    slug = "shared-kernel-cache"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md sections 2 and 4"
    title = Text("one cache for several chips", "多种芯片共用编译缓存")
    why = Text(
        "What was compiled for one chip fails on another, or gives wrong results.",
        "为一种芯片编译的内核在另一种芯片上会失败或结果错误。",
    )
    fix = Text(
        "Give each chip a folder (subPath), or select nodes with one chip.",
        "请为每种芯片使用单独的文件夹（subPath），或只选择一种芯片的节点。",
    )
    messages = sentences(
        shared=Text(
            "{pods} pods share {folder}, and {device} may be of different chips",
            "{pods} 个 Pod 共用 {folder}，而 {device} 可能是不同的芯片",
        ),
    )
    bad = but(CACHE_DEPLOYMENT, ", subPath: 910b4", "")
    good = CACHE_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        pods = demand.replicas.number or 1
        for consumer in demand.users if pods > 1 and is_placed(demand) else ():
            npu = consumer.npus[0]
            for folder in () if is_of_one_chip(demand, npu) else shared_caches(demand, consumer):
                words = {"folder": folder.text, "device": npu.name}
                yield cls.finding(folder.place, "shared", pods=pods, **words)
