# SPDX-License-Identifier: Apache-2.0
"""VS320: several alternatives at once, or none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import reach
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.scopes import scopes
from velaserve_lint.rules.objects.unions import UNIONS, written
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.rules.objects.unions import Union

_READY = "httpGet: {path: /v2/health/ready, port: http}"


class OneOf(ManifestRule):
    """How a probe asks, where a variable's value comes from, what a volume is."""

    id = "VS320"
    slug = "one-of"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/*/validation/validation.go"
    title = Text("several alternatives at once, or none", "同时使用多个互斥字段，或一个都没有")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Keep one of them.", "请保留其中一个。")
    messages = sentences(
        several=Text("{fields} exclude each other: keep one", "{fields} 互斥：请只保留一个"),
        none=Text("one of these is needed: {fields}", "需要以下字段之一：{fields}"),
        other=Text("the other one", "另一个在此"),
    )
    bad = but(DEPLOYMENT, _READY, f"{_READY}\n            exec: {{command: [/bin/ready]}}")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for scope, cursor in scopes(manifest):
            for union in UNIONS.get(scope, ()):
                for at in reach(cursor, union.path):
                    yield from cls._of(at, union)

    @classmethod
    def _of(cls, at: Cursor, union: Union) -> Iterator[Finding]:
        found = written(at, union.fields)
        if union.exclusive and len(found) > 1:
            fields = ", ".join(str(one.path[-1]) for one in found)
            yield cls.finding(found[1].key, "several", fields=fields).beside(found[0].key, "other")
        elif union.needed and not found and isinstance(at.value, dict):
            yield cls.finding(at.key, "none", fields=", ".join(union.fields))
