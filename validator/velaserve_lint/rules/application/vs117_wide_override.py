# SPDX-License-Identifier: Apache-2.0
"""VS117: an override that changes more components than the one it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.overrides import hits, patches_of
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import OVERRIDE
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_OTHER = "  components:\n    - {name: digits-batch, type: worker, properties: {image: nginx}}\n"


class WideOverride(ApplicationRule):
    """Where the name is that of one of them: who writes a * means several."""

    id = "VS117"
    slug = "wide-override"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/policy/envbinding/patch.go"
    title = Text("an override that changes other components, too", "override 还会修改其他组件")
    why = Text(
        "The name is a pattern that may match anywhere: llama also changes llama-canary.",
        "名称是可匹配任意位置的模式：llama 也会修改 llama-canary。",
    )
    fix = Text("Write ^name$ for one component.", "若只指一个组件，请写 ^name$。")
    messages = sentences(
        wide=Text(
            "'{name}' also changes {others}; write ^{name}$ for this one alone",
            "'{name}' 还会修改 {others}；若只指它，请写 ^{name}$",
        ),
    )
    bad = but(OVERRIDE, "^digits$", "digits").replace("  components:\n", _OTHER, 1)
    good = OVERRIDE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for patch, _ in patches_of(application):
            names = [component.name for component in hits(patch, application) or ()]
            if patch.name in names and len(names) > 1:
                others = shortened(", ".join(name for name in names if name != patch.name))
                place = application.document.value((*patch.path, "name"))
                yield cls.finding(place, "wide", name=patch.name, others=others)
