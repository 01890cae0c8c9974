# SPDX-License-Identifier: Apache-2.0
"""VS416 (W06): a name of the container that KServe names itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import predictor_of
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class ModelName(ManifestRule):
    """Of `model` and of the frameworks that become it."""

    id = "VS416"
    slug = "model-name"
    since = "0.1.0"
    source = "W06: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text("a model that names its container", "模型指定了容器名")
    why = Text(
        "The model becomes the container kserve-container; KServe refuses another name for it.",
        "模型会成为容器 kserve-container；KServe 拒绝为其另取名称。",
    )
    fix = Text(
        "Remove it; the InferenceService's name is the model's.",
        "请删除；InferenceService 的名称就是模型的名称。",
    )
    messages = sentences(
        named=Text(
            "'{model}.name' is not allowed: KServe names the container itself",
            "不允许 '{model}.name'：容器由 KServe 命名",
        ),
    )
    bad = but(INFERENCE_SERVICE, "      runtime:", "      name: digits-model\n      runtime:")
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        predictor = predictor_of(manifest)
        for model in (predictor.model, *predictor.frameworks[1:]) if predictor else ():
            if model.at("name").text:
                field = str(model.path[-1])
                yield cls.finding(model.at("name").key, "named", model=field)
