# SPDX-License-Identifier: Apache-2.0
"""VS132: a variable of our server that is set to two values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.environment import twice
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class VariableTwice(Refusal):
    """By env, and by the property that is there for it."""

    id = "VS132"
    slug = "variable-twice"
    title = Text("a variable that is set to two values", "同一变量被设置了两个值")
    fix = Text("Remove it from env.", "请从 env 中删除它。")
    messages = sentences(
        twice=Text(
            "env sets {variable} to '{found}', '{name}' to '{value}'",
            "env 把 {variable} 设为 '{found}'，而 '{name}' 设为 '{value}'",
        ),
        other=Text("the property", "该属性"),
    )
    bad = changed("minReplicas: 2", "logLevel: info\n        env: {VELASERVE_LOG_LEVEL: debug}")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for component in application.settled():
            for one in twice(component):
                place, other = (application.document.value(path) for path in (one.path, one.other))
                said = {"variable": one.variable, "found": one.found, "name": one.name}
                yield cls.finding(place, "twice", **said, value=one.value).beside(other, "other")
