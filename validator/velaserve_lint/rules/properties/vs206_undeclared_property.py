# SPDX-License-Identifier: Apache-2.0
"""VS206: a property that the cluster's schema of the type does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import SchemaRule
from velaserve_lint.rules.examples import FOREIGN
from velaserve_lint.rules.properties.vs201_unknown_property import UnknownProperty
from velaserve_lint.suggest import misspelt
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.violations import Violation


class UndeclaredProperty(SchemaRule):
    """A warning, for such a schema lacks what a definition asks for under a condition.

    A slip of the hand is as certain as elsewhere.
    """

    id = "VS206"
    slug = "undeclared-property"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "KubeVela v1.10.9 pkg/schema/schema.go"
    title = Text("a property that the cluster's schema does not have", "集群的 schema 中没有的属性")
    why = Text(
        "KubeVela drops an unknown property silently; only a conditional one is not in its schema.",
        "KubeVela 会静默丢弃未知属性；只有带条件的属性才不在其 schema 中。",
    )
    fix = Text("Look into the definition: vela show <type>.", "请查看定义：vela show <类型>。")
    messages = sentences(
        undeclared=Text(
            "the schema has no property '{key}' here; it has {allowed}",
            "schema 在此处没有属性 '{key}'；有 {allowed}",
        ),
    )
    foreign_keywords = ("additionalProperties",)
    bad = FOREIGN.replace("cups: 2", "sugar: 2")
    good = FOREIGN

    @classmethod
    def check(cls, violation: Violation) -> Iterator[Finding]:
        allowed = shortened(", ".join(sorted(violation.possible_keys)))
        for key in violation.unknown_keys:
            place = violation.document.key((*violation.path, key))
            if near := misspelt(key, violation.possible_keys - violation.keys):
                yield UnknownProperty.finding(place, "near", key=key, near=near)
            else:
                yield cls.finding(place, "undeclared", key=key, allowed=allowed)
