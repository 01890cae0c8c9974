# SPDX-License-Identifier: Apache-2.0
"""VS315: a name that Kubernetes does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.names import names
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class InvalidName(ManifestRule):
    """Of objects, containers, volumes, ports and variables, and of what is referred to."""

    id = "VS315"
    slug = "invalid-name"
    since = "0.1.0"
    source = "k8s.io/apimachinery v0.34.4 pkg/util/validation/validation.go"
    title = Text("an invalid name", "名称不合法")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Choose a name of the form that is asked for.", "请使用符合要求的名称。")
    messages = sentences(
        near=Text(
            "'{name}' is no valid {field}: {expected}; for example '{near}'",
            "{field} '{name}' 不合法：{expected}；例如 '{near}'",
        ),
        invalid=Text(
            "'{name}' is no valid {field}: {expected}", "{field} '{name}' 不合法：{expected}"
        ),
    )
    bad = but(DEPLOYMENT, "- name: server", "- name: model_server")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for at, form in names(manifest):
            if not form.fits(at.text):
                near, field = form.mended(at.text), str(at.path[-1])
                values = {"field": field, "name": shortened(at.text), "near": near}
                message = "near" if near else "invalid"
                yield cls.finding(at.place, message, expected=form.words, **values)
