# SPDX-License-Identifier: Apache-2.0
"""VS452 (L12): KServe's batcher beside a server that speaks V2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.known_runtimes import runtimes_of
from velaserve_lint.rules.kserve.protocols import protocol_of
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


BY_V2 = ("v2", "grpc-v2")


class BatcherV2(RunRule):
    """Of a model, by the protocol that it will get; of a server of one's own, by its variable."""

    id = "VS452"
    slug = "batcher-v2"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L12: KServe v0.20.0 pkg/batcher/handler.go"
    title = Text("a batcher that batches nothing", "不起作用的批处理器")
    why = Text(
        "KServe's batcher knows only V1's :predict.", "KServe 的批处理器只识别 V1 的 :predict。"
    )
    fix = Text(
        "Remove it; let the server form batches (batching of model-serving).",
        "请删除；让服务器自己组批（model-serving 的 batching）。",
    )
    messages = sentences(
        unused=Text(
            "the batcher does not see requests of protocol {protocol}",
            "批处理器看不到 {protocol} 协议的请求",
        ),
    )
    bad = but(INFERENCE_SERVICE, "    model:\n", "    batcher: {maxBatchSize: 8}\n    model:\n")
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        runtimes = runtimes_of(run)
        for manifest in run.manifests:
            batcher = manifest.spec.at("predictor", "batcher").mapping
            protocol = protocol_of(manifest, runtimes) if batcher else ""
            if protocol in BY_V2:
                place = manifest.spec.at("predictor", "batcher").key
                yield cls.finding(place, "unused", protocol=protocol)
