# SPDX-License-Identifier: Apache-2.0
"""VS446 (L6): a model whose protocol no runtime for its format speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.known_runtimes import runtimes_of
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.rules.kserve.protocols import MESSAGES, problems
from velaserve_lint.rules.kserve.served_model import models_of
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


_OURS, _MLFLOW = (
    "runtime: velaserve\n      modelFormat: {name: onnx}",
    "modelFormat: {name: mlflow}",
)


class ProtocolNotSpoken(RunRule):
    """Runtimes of the run, of KServe and of velaserve are known; the cluster may have others."""

    id = "VS446"
    slug = "protocol-not-spoken"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L6: KServe v0.20.0 pkg/apis/serving/v1beta1/predictor_model.go"
    title = Text("no runtime speaks the protocol", "没有运行时支持该协议")
    why = Text(
        "Without protocolVersion a model counts as V1, and no V2 runtime is chosen for it.",
        "未写 protocolVersion 的模型按 V1 处理，KServe 不会为其选择 V2 的运行时。",
    )
    fix = Text("Write protocolVersion: v2.", "请写明 protocolVersion: v2。")
    messages = MESSAGES
    bad = but(INFERENCE_SERVICE, f"{_OURS}\n      protocolVersion: v2", _MLFLOW)
    good = but(INFERENCE_SERVICE, _OURS, _MLFLOW)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        runtimes = runtimes_of(run)
        for model in models_of(run):
            yield from findings(cls, problems(model, runtimes))
