# SPDX-License-Identifier: Apache-2.0
"""VS123: a time that KubeVela cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.durations import is_duration, meant
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import WORKFLOW
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Step
    from velaserve_lint.finding import Finding

_OF_TYPES = {"suspend": ("duration",), "check-metrics": ("duration", "failDuration")}


class BadDuration(ApplicationRule):
    """The timeout of steps and sub-steps, and what the properties of two built-in ones say."""

    id = "VS123"
    slug = "bad-duration"
    since = "0.1.0"
    source = "kubevela/workflow v0.6.3 pkg/executor/workflow.go; Go's time.ParseDuration"
    title = Text("a time that KubeVela cannot read", "KubeVela 无法解析的时长")
    why = Text(
        "A step with such a timeout is skipped as soon as it has to wait; days are no unit.",
        "带有此类 timeout 的步骤一旦需要等待就会被跳过；没有“天”这个单位。",
    )
    fix = Text("Use h, m, s or ms, as in 1h30m.", "请使用 h、m、s 或 ms，例如 1h30m。")
    messages = sentences(
        unit=Text(
            "'{value}' is no time; write it as in {near}", "'{value}' 不是时长；请写成 {near}"
        ),
    )
    bad = but(WORKFLOW, "timeout: 24h", "timeout: 1d")
    good = WORKFLOW

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for step in application.all_steps:
            for text, path in _times(step):
                if not is_duration(text):
                    place = application.document.value((*step.path, *path))
                    yield cls.finding(place, "unit", value=text, near=meant(text))


def _times(step: Step) -> Iterator[tuple[str, tuple[str, ...]]]:
    if step.timeout:
        yield step.timeout, ("timeout",)
    for field in _OF_TYPES.get(step.definition, ()):
        text = step.properties.get(field)
        if isinstance(text, str) and text:
            yield text, ("properties", field)
