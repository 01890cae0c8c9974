# SPDX-License-Identifier: Apache-2.0
"""VS314: a number that Kubernetes does not take there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import reach
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.bounds import BOUNDS, INT32
from velaserve_lint.rules.objects.scopes import scopes
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class NumberOutOfBounds(ManifestRule):
    """Ports, numbers of pods, seconds, weights, permissions of files."""

    id = "VS314"
    slug = "number-out-of-bounds"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/*/validation/validation.go"
    title = Text("a number out of bounds", "数字超出范围")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Use a number within the bounds.", "请使用范围内的数字。")
    messages = sentences(
        outside=Text(
            "{field} must be from {least} to {most}, found {value}",
            "{field} 应在 {least} 到 {most} 之间，实为 {value}",
        ),
        low=Text(
            "{field} must be at least {least}, found {value}",
            "{field} 至少应为 {least}，实为 {value}",
        ),
        one=Text("{field} must be 1 there, found {value}", "此处 {field} 必须为 1，实为 {value}"),
    )
    bad = but(DEPLOYMENT, "containerPort: 8080", "containerPort: 80800")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for scope, cursor in scopes(manifest):
            for path, least, most in BOUNDS.get(scope, ()):
                for at in reach(cursor, path):
                    if at.number is None or at.number > INT32:
                        continue  # what no int32 holds is known to the tables of fields
                    if not least <= at.number <= most:
                        values = {"least": least, "most": most, "value": at.number}
                        message = {1: "one", INT32: "low"}.get(most, "outside")
                        yield cls.finding(at.place, message, field=str(at.path[-1]), **values)
