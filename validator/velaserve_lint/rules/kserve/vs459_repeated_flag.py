# SPDX-License-Identifier: Apache-2.0
"""VS459 (L19): a flag that the runtime gives, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.known_runtimes import flags_of, runtimes_of
from velaserve_lint.rules.kserve.served_model import models_of
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


_OURS = "runtime: velaserve\n      modelFormat: {name: onnx}"
_THEIRS = """\
runtime: kserve-sklearnserver
      modelFormat: {name: sklearn}
      args: [--http_port=8081]"""


class RepeatedFlag(RunRule):
    """Arguments are joined, the runtime's first: most servers take the last."""

    id = "VS459"
    slug = "repeated-flag"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "L19: KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/utils/utils.go"
    title = Text("an argument that the runtime gives, too", "运行时也给出的参数")
    why = Text(
        "KServe joins the arguments of runtime and model, it does not replace them.",
        "KServe 会拼接运行时和模型的参数，而不是替换。",
    )
    fix = Text("Remove it, or use a runtime without it.", "请删除，或使用不含它的运行时。")
    messages = sentences(
        twice=Text(
            "the server gets {flag} twice: runtime '{runtime}' gives it, too",
            "服务会收到两次 {flag}：运行时 '{runtime}' 也给出了它",
        ),
    )
    bad = but(INFERENCE_SERVICE, _OURS, _THEIRS)
    good = but(bad, "--http_port=8081", "--workers=2")

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        runtimes = runtimes_of(run)
        for model in models_of(run):
            runtime = runtimes.named(model.runtime, model.manifest.namespace)
            given = runtime.flags if runtime else ()
            for flag, arg in flags_of(model.at.at("args").items()).items():
                if flag in given:
                    yield cls.finding(arg.place, "twice", flag=flag, runtime=model.runtime)
