# SPDX-License-Identifier: Apache-2.0
"""VS321: a field that exists, but is refused where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import reach
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.clauses import REFUSED
from velaserve_lint.rules.objects.clauses.clause import is_set
from velaserve_lint.rules.objects.scopes import scopes
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class RefusedHere(ManifestRule):
    """Because of what stands beside it."""

    id = "VS321"
    slug = "refused-here"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/*/validation/validation.go"
    title = Text("a field that is refused here", "此处不允许的字段")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Remove the field, or change what excludes it.", "请删除该字段，或修改与之冲突的部分。"
    )
    messages = sentences(
        refused=Text("{field} is refused here: {because}", "此处不允许 {field}：{because}"),
    )
    bad = but(
        DEPLOYMENT,
        "spec:\n  replicas: 2",
        "spec:\n  strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}\n  replicas: 2",
    )
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for scope, cursor in scopes(manifest):
            for clause in REFUSED.get(scope, ()):
                if clause.until and clause.until <= manifest.targets.kubernetes:
                    continue
                for around in filter(clause.when, reach(cursor, clause.around)):
                    for at in filter(is_set, reach(around, clause.field)):
                        field = str(at.path[-1])
                        yield cls.finding(at.key, "refused", field=field, because=clause.because)
