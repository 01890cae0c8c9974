# SPDX-License-Identifier: Apache-2.0
"""VS430 (W20): a TrainedModel or a LocalModelCache that KServe refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import RunRule
from velaserve_lint.rules.kserve.examples import TRAINED_MODEL, but
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.rules.kserve.trained_models import MESSAGES, caches, lost, models
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run


class TrainedModel(RunRule):
    """A parent that cannot hold the model is taken and never serves it: a warning."""

    id = "VS430"
    slug = "trained-model"
    since = "0.1.0"
    source = "W20: KServe v0.20.0 pkg/apis/serving/v1alpha1/trainedmodel_webhook.go"
    title = Text(
        "a TrainedModel or LocalModelCache that is refused",
        "不被接受的 TrainedModel 或 LocalModelCache",
    )
    why = Text(
        "The agent beside the server fetches TrainedModels, from four kinds of storage.",
        "TrainedModel 由服务旁的代理拉取，只支持四种存储。",
    )
    fix = Text(
        "Use a URI of s3, gs, http or https; delete the model to change its memory.",
        "请使用 s3、gs、http 或 https 的地址；要更改 memory 请先删除模型。",
    )
    messages = MESSAGES
    bad = but(TRAINED_MODEL, "s3://models", "pvc://models")
    good = TRAINED_MODEL

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        yield from findings(cls, models(run))
        yield from findings(cls, caches(run))
        for problem in lost(run):
            yield cls.warning(problem.place, problem.message, **problem.arguments)
