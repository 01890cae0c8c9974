# SPDX-License-Identifier: Apache-2.0
"""VS415 (W05): a transformer beside the model that asks for a model of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.kserve.components import STORAGE_URI, predictor_of, variable
from velaserve_lint.rules.kserve.examples import COLLOCATED, but
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

TRANSFORMER = "transformer-container"


class TransformerStorage(ManifestRule):
    """Of the predictor's containers; a transformer in pods of its own may have STORAGE_URI."""

    id = "VS415"
    slug = "transformer-storage"
    since = "0.1.0"
    source = "W05: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text(
        "STORAGE_URI in a transformer beside the model",
        "与模型同处一个 Pod 的 transformer 设置了 STORAGE_URI",
    )
    why = Text(
        "The pod fetches one model, that of the predictor; KServe refuses a second.",
        "该 Pod 只拉取一个模型，即 predictor 的模型；KServe 拒绝第二个。",
    )
    fix = Text(
        "Remove the variable: the transformer sees the predictor's model.",
        "请删除该变量：transformer 可以看到 predictor 的模型。",
    )
    messages = sentences(
        set=Text(
            "{container} cannot have {name}: KServe fetches the predictor's model only",
            "{container} 不能设置 {name}：KServe 只拉取 predictor 的模型",
        ),
    )
    bad = but(COLLOCATED, '{name: SCALE, value: "255"}', "{name: STORAGE_URI, value: pvc://a/b}")
    good = COLLOCATED

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        predictor = predictor_of(manifest)
        containers = predictor.containers if predictor else ()
        beside = next((c for c in containers if c.at("name").text == TRANSFORMER), None)
        if beside and (item := variable(beside, STORAGE_URI)):
            place = item.at("name").place
            yield cls.finding(place, "set", container=TRANSFORMER, name=STORAGE_URI)
