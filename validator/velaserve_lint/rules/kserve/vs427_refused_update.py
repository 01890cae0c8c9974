# SPDX-License-Identifier: Apache-2.0
"""VS427 (W17): an InferenceService that cannot follow the one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import predictor_of
from velaserve_lint.rules.kserve.deployment_mode import DEPLOYMENT_MODE, mode_of, settled_mode
from velaserve_lint.text import Text, sentences
from velaserve_lint.updates import updates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.run import Run


class RefusedUpdate(RunRule):
    """The earlier mode is that of the status, or else of the earlier annotation."""

    id = "VS427"
    slug = "refused-update"
    since = "0.1.0"
    source = "W17: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    title = Text("an update that KServe refuses", "KServe 不接受的更新")
    why = Text("Both would leave Deployments behind.", "两者都会遗留 Deployment。")
    fix = Text("Delete it first; rename only with a new model.", "请先删除；仅在更换模型时改名。")
    messages = sentences(
        mode=Text(
            "the mode cannot become {now}: it is {before}", "模式不能改为 {now}：现为 {before}"
        ),
        name=Text(
            "the model is the same: its name must be '{before}'", "模型未变：名称应为 '{before}'"
        ),
    )
    earlier = INFERENCE_SERVICE
    bad = but(INFERENCE_SERVICE, "minReplicas: 2", "minReplicas: 2\n    name: next")
    good = but(bad, "models/digits/", "models/digits-2/")

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for now, before in updates(run, "InferenceService"):
            yield from cls._of(now, before)

    @classmethod
    def _of(cls, now: Manifest, before: Manifest) -> Iterator[Finding]:
        was, mode = settled_mode(before), mode_of(now)
        if was is not None and mode is not None and mode != was:
            place = now.annotations.at(DEPLOYMENT_MODE).place
            yield cls.finding(place, "mode", before=was, now=mode)
        new, old = predictor_of(now), predictor_of(before)
        if new and old and new.uri == old.uri:
            name, was = new.at.at("name"), old.at.at("name").text
            if name.text != was:
                yield cls.finding(name.key, "name", before=was)
