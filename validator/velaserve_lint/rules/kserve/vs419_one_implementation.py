# SPDX-License-Identifier: Apache-2.0
"""VS419 (W09): a component that says nothing, or two things, about what serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import servers_of
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_SECOND = "    containers: [{name: kserve-container, image: example.com/a:1}]\n    model:\n"


class OneImplementation(ManifestRule):
    """A framework beside `model` replaces it, silently; beside containers it is refused."""

    id = "VS419"
    slug = "one-implementation"
    since = "0.1.0"
    source = "W09: KServe v0.20.0 pkg/apis/serving/v1beta1/component.go"
    kinds = SERVICE
    title = Text("a component without exactly one server", "组件没有恰好一个服务实现")
    why = Text("KServe makes one kind of pod of each component.", "KServe 为每个组件创建一种 Pod。")
    fix = Text(
        "Keep `model`, or a container kserve-container.", "请保留 model 或容器 kserve-container。"
    )
    messages = sentences(
        none=Text("{role} has neither a model nor a container", "{role} 既没有模型也没有容器"),
        several=Text("{role} has a second server: {name}", "{role} 有第二个服务实现：{name}"),
        dropped=Text("KServe drops `model` beside `{name}`", "存在 {name} 时 KServe 会丢弃 model"),
        first=Text("the first", "第一个"),
    )
    bad = but(INFERENCE_SERVICE, "    model:\n", _SECOND)
    good = INFERENCE_SERVICE

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        if manifest.spec.value is None:
            yield cls.finding(manifest.spec.at("predictor").key, "none", role="predictor")
        for component in servers_of(manifest):
            found, at, model = component.implementations, component.at, component.model
            if not found and not component.hints_at_server:
                yield cls.finding(at.key, "none", role=component.role)
            for other in found[1:]:
                name = str(next(step for step in reversed(other.path) if isinstance(step, str)))
                finding = cls.finding(other.key, "several", role=component.role, name=name)
                yield finding.beside(found[0].key, "first")
            if isinstance(at.at("model").value, dict) and model.path != at.at("model").path:
                name = str(model.path[-1])
                yield cls.warning(at.at("model").key, "dropped", name=name)
