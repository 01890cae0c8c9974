# SPDX-License-Identifier: Apache-2.0
"""VS325: a reference to a variable that is not there, or not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import PodRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.workloads.variables import dangling
from velaserve_lint.rules.workloads.whole import is_whole
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.pods import Pod

_RESOURCES = "          resources:\n"
_ARGS = "          args: [--name=$(MODEL_NAME)]\n"


class UndefinedVariable(PodRule):
    """Not where a serving runtime or a ConfigMap may define it."""

    id = "VS325"
    slug = "undefined-variable"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes v1.34.4 third_party/forked/golang/expansion/expand.go"
    title = Text("a reference to an undefined variable", "引用了未定义的变量")
    why = Text(
        "It is not replaced: the program gets the text '$(NAME)'.",
        "它不会被替换：程序得到的是文本 '$(NAME)'。",
    )
    fix = Text(
        "Define the variable above, or write $$(NAME) for the text itself.",
        "请在前面定义该变量；若要文本本身，请写 $$(NAME)。",
    )
    messages = sentences(
        undefined=Text("the container has no variable {name}", "容器没有变量 {name}"),
        later=Text(
            "{name} is defined below: references see only what stands above",
            "{name} 在后面才定义：引用只能看到前面的变量",
        ),
    )
    bad = but(DEPLOYMENT, _RESOURCES, _ARGS + _RESOURCES)
    good = DEPLOYMENT

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        for container in pod.containers if is_whole(pod) else ():
            for at, name, is_later in dangling(container):
                yield cls.finding(at.place, "later" if is_later else "undefined", name=name)
