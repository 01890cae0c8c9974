# SPDX-License-Identifier: Apache-2.0
"""VS342: a host or a path that an Ingress cannot have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import INGRESS
from velaserve_lint.rules.workloads.addresses import wrong_addresses
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class WrongAddress(ManifestRule):
    """Ports and schemes belong to neither."""

    id = "VS342"
    slug = "wrong-address"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/networking/validation/validation.go"
    title = Text("an Ingress' wrong host or path", "Ingress 的主机名或路径不合法")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Write a name as models.example.com, and a path that begins with '/'.",
        "主机名写成 models.example.com 的形式，路径以 '/' 开头。",
    )
    messages = sentences(
        host=Text("'{part}' is no host name", "'{part}' 不是主机名"),
        relative=Text("a path begins with '/', found '{part}'", "路径须以 '/' 开头，实为 '{part}'"),
        part=Text("a path cannot have '{part}' there", "路径的此处不能有 '{part}'"),
    )
    kinds = frozenset({"Ingress"})
    bad = but(INGRESS, "path: /v2", "path: v2")
    good = INGRESS

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for message, at, part in wrong_addresses(manifest):
            yield cls.finding(at.place, message, part=part)
