# SPDX-License-Identifier: Apache-2.0
"""VS126: annotations about the version of an Application that exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_PUBLISH = "app.oam.dev/publishVersion"
_AUTO = "app.oam.dev/autoUpdate"


class PublishVersion(ApplicationRule):
    """One holds a version, the other never does."""

    id = "VS126"
    slug = "publish-version"
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/webhook/core.oam.dev/v1beta1/application/validation.go"
    title = Text("publishVersion beside autoUpdate", "publishVersion 与 autoUpdate 并存")
    why = Text("KubeVela refuses the Application.", "KubeVela 会拒绝该 Application。")
    fix = Text("Remove one of the annotations.", "请删除其中一个注解。")
    messages = sentences(
        both=Text(
            "publishVersion holds this version, autoUpdate follows every new one",
            "publishVersion 固定此版本，autoUpdate 则跟随每个新版本",
        ),
        auto=Text("autoUpdate is here", "autoUpdate 在此"),
    )
    bad = changed(
        "  name: digits\nspec",
        f'  name: digits\n  annotations: {{{_PUBLISH}: "1", {_AUTO}: "true"}}\nspec',
    )
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        publish, auto = (("metadata", "annotations", key) for key in (_PUBLISH, _AUTO))
        if document.data_at(auto) == "true" and document.data_at(publish):
            finding = cls.finding(document.key(publish), "both")
            yield finding.beside(document.key(auto), "auto")
