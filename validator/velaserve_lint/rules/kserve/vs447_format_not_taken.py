# SPDX-License-Identifier: Apache-2.0
"""VS447 (L7): a format of a model that no runtime takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.formats import MESSAGES, problems
from velaserve_lint.rules.kserve.known_runtimes import runtimes_of
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.rules.kserve.served_model import models_of
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class FormatNotTaken(RunRule):
    """Where a runtime is named that is known, or where the format is a slip of the hand."""

    id = "VS447"
    slug = "format-not-taken"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L7: KServe v0.20.0 pkg/apis/serving/v1beta1/predictor_model.go"
    title = Text("a model format that no runtime takes", "没有运行时接受的模型格式")
    why = Text(
        "The InferenceService is accepted, and waits for ever for a runtime.",
        "InferenceService 会被接受，但会一直等待运行时。",
    )
    fix = Text(
        "Use a format of the runtime; versions must be written as the runtime writes them.",
        "请使用运行时支持的格式；版本须与运行时的写法完全一致。",
    )
    messages = MESSAGES
    bad = but(INFERENCE_SERVICE, "{name: onnx}", "{name: pickle}")
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        runtimes = runtimes_of(run)
        for model in models_of(run):
            yield from findings(cls, problems(model, runtimes))
