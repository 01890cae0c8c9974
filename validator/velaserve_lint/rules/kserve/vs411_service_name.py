# SPDX-License-Identifier: Apache-2.0
"""VS411 (W01): a name of an InferenceService that KServe or its Services refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import INFERENCE_SERVICE, but
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.kinds import SERVICE
from velaserve_lint.rules.kserve.names import LONGEST_LABEL, NAME
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class ServiceName(ManifestRule):
    """The name becomes a label of a host name, and part of the names of Services."""

    id = "VS411"
    slug = "service-name"
    since = "0.1.0"
    source = "W01: KServe v0.20.0 pkg/apis/serving/v1beta1/inference_service_validation.go"
    kinds = SERVICE
    title = Text("an InferenceService's name that is refused", "InferenceService 的名称不被接受")
    why = Text("The name becomes part of a host name.", "该名称会成为主机名的一部分。")
    fix = Text(
        "Use lower-case letters, digits and '-', a letter first; dots are not allowed.",
        "请使用小写字母、数字和 '-'，以字母开头；不允许使用点号。",
    )
    messages = sentences(
        form=Text("KServe refuses the name '{name}'", "KServe 不接受名称 '{name}'"),
        long=Text(
            "'{made}' would be made of this name: {length} characters, 63 are allowed",
            "此名称会派生出 '{made}'：{length} 个字符，最多 63 个",
        ),
    )
    bad = but(INFERENCE_SERVICE, "name: digits\n", "name: digits.v2\n")
    good = but(INFERENCE_SERVICE, "name: digits\n", "name: digits-v2\n")

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        name, place = manifest.name, manifest.root.at("metadata", "name").place
        made = [f"{name}-{component.role}" for component in components_of(manifest)]
        longest = max([f"{name}-{manifest.namespace}", *made], key=len)
        if name and not NAME.fullmatch(name):
            yield cls.finding(place, "form", name=name)
        elif name and len(longest) > LONGEST_LABEL:
            yield cls.finding(place, "long", made=longest, length=len(longest))
