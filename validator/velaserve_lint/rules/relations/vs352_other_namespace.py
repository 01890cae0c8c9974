# SPDX-License-Identifier: Apache-2.0
"""VS352: an object that is there, but in another namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import RunRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.relations.examples import CONFIG_MAP, together, with_container_field
from velaserve_lint.rules.relations.missing import missing
from velaserve_lint.rules.relations.places import called
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_DEPLOYMENT = but(
    with_container_field("envFrom: [{configMapRef: {name: settings}}]"),
    "  name: digits\n",
    "  name: digits\n  namespace: models\n",
)
_SETTINGS = "  name: settings\n"


class OtherNamespace(RunRule):
    """Only where both namespaces are said: what is not said is known when it is applied."""

    id = "VS352"
    slug = "other-namespace"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes documentation, Namespaces: names are looked for in one's own"
    title = Text("an object of another namespace", "对象在另一个命名空间")
    why = Text(
        "Names are looked for in one namespace only, so the object is not found.",
        "名称只在一个命名空间内查找，因此找不到该对象。",
    )
    fix = Text("Put both into one namespace.", "请把两者放到同一个命名空间。")
    messages = sentences(
        elsewhere=Text(
            "{kind} '{name}' is looked for in namespace '{wanted}', but it is in '{namespace}'",
            "{kind} '{name}' 会在命名空间 '{wanted}' 中查找，但它在 '{namespace}' 中",
        ),
        defined=Text("it is defined here", "它在此定义"),
    )
    bad = together(but(CONFIG_MAP, _SETTINGS, f"{_SETTINGS}  namespace: shared\n"), _DEPLOYMENT)
    good = together(but(CONFIG_MAP, _SETTINGS, f"{_SETTINGS}  namespace: models\n"), _DEPLOYMENT)

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        for one, other, _ in missing(run):
            if other:
                names = {"wanted": one.namespace, "namespace": other.namespace}
                finding = cls.finding(one.place, "elsewhere", **called(other), **names)
                yield finding.beside(other.root.at("metadata", "namespace").place, "defined")
