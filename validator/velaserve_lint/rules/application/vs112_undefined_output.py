# SPDX-License-Identifier: Apache-2.0
"""VS112: an input from an output that nobody gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.exchange import unknown_inputs
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import WORKFLOW
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_TOLD = "        if: status.approval.timeout\n"
_INPUTS = "        inputs: [{from: why, parameterKey: message}]\n"


class UndefinedOutput(ApplicationRule):
    """Silent beside steps of unknown types, which may give anything, unless it is a near miss."""

    id = "VS112"
    slug = "undefined-output"
    since = "0.1.0"
    source = "kubevela/workflow v0.6.3 pkg/tasks/custom/task.go, CheckPending"
    title = Text("an input from an output that is not there", "输入引用了不存在的输出")
    why = Text("What needs it waits for ever.", "需要它的步骤或组件会一直等待。")
    fix = Text("Correct the name, or add the output.", "请改正名称，或补上该输出。")
    messages = sentences(
        near=Text(
            "there is no output '{name}'; did you mean '{near}'?",
            "没有输出 '{name}'；是否指 '{near}'？",
        ),
        none=Text(
            "there is no output '{name}'; there is {known}", "没有输出 '{name}'；现有 {known}"
        ),
        nothing=Text(
            "nothing here has outputs, so there is no '{name}'",
            "此处没有任何输出，因此没有 '{name}'",
        ),
    )
    bad = but(WORKFLOW, _TOLD, _TOLD + _INPUTS)
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for unknown in unknown_inputs(application):
            place, name = application.document.value(unknown.path), unknown.name
            if near := suggest(name, unknown.known):
                yield cls.finding(place, "near", name=name, near=near)
            elif unknown.is_certain:
                known = shortened(", ".join(unknown.known))
                yield cls.finding(place, "none" if known else "nothing", name=name, known=known)
