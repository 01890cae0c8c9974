# SPDX-License-Identifier: Apache-2.0
"""VS310: a text that is no quantity, or less than nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.quantity import mended, nanos
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.amounts import amounts
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class InvalidQuantity(ManifestRule):
    """Of CPU, memory and storage; how many of an accelerator is another rule's matter."""

    id = "VS310"
    slug = "invalid-quantity"
    since = "0.1.0"
    source = "k8s.io/apimachinery v0.34.4 pkg/api/resource/quantity.go"
    title = Text("no quantity, or a negative one", "不是合法的数量，或为负数")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Write a number with one of the suffixes m, k, M, G, T, Ki, Mi, Gi, Ti, or none.",
        "写数字，可带后缀 m、k、M、G、T、Ki、Mi、Gi、Ti 之一，或不带后缀。",
    )
    messages = sentences(
        near=Text(
            "{resource}: '{value}' is no quantity; did you mean '{near}'?",
            "{resource}：'{value}' 不是合法的数量；是否指 '{near}'？",
        ),
        invalid=Text(
            "{resource}: '{value}' is no quantity; write for example 500m or 2Gi",
            "{resource}：'{value}' 不是合法的数量；可写为例如 500m 或 2Gi",
        ),
        negative=Text(
            "{resource} must not be negative, found {value}", "{resource} 不能为负数，实为 {value}"
        ),
    )
    bad = but(DEPLOYMENT, 'limits: {cpu: "2", memory: 2Gi}', 'limits: {cpu: "2", memory: 2GiB}')
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for resource, at in amounts(manifest):
            value, near = nanos(at.value), mended(at.text) or ""
            if value is None and at.text:
                message = "near" if near else "invalid"
                yield cls.finding(at.place, message, resource=resource, value=at.text, near=near)
            elif value is not None and value < 0:
                yield cls.finding(at.place, "negative", resource=resource, value=str(at.value))
