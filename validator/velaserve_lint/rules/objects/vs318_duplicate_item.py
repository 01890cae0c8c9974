# SPDX-License-Identifier: Apache-2.0
"""VS318: two items of a list that must differ and do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.unique import unique
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class DuplicateItem(ManifestRule):
    """Containers, volumes and where they are mounted, ports."""

    id = "VS318"
    slug = "duplicate-item"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/validation/validation.go"
    title = Text("an item of a list is there twice", "列表中的项目重复")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Remove or rename one of the two.", "请删除其中一个或改名。")
    messages = sentences(
        duplicate=Text("there is already a {what} '{value}'", "已有{what} '{value}'"),
        first=Text("the other one", "另一个在此"),
    )
    bad = but(
        DEPLOYMENT,
        "- {name: http, containerPort: 8080}",
        "- {name: http, containerPort: 8080}\n            - {name: http, containerPort: 8081}",
    )
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for what, items in unique(manifest):
            first: dict[str, Cursor] = {}
            for at, value in items:
                if value and first.setdefault(value, at) is not at:
                    finding = cls.finding(at.place, "duplicate", what=what, value=value)
                    yield finding.beside(first[value].place, "first")
