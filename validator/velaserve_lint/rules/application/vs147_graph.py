# SPDX-License-Identifier: Apache-2.0
"""VS147: a graph of models that cannot be gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.graph import flaws
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import GRAPH
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class BrokenGraph(Refusal):
    """Of inference-graph."""

    id = "VS147"
    slug = "graph"
    title = Text("a graph that cannot be gone through", "无法走通的推理图")
    fix = Text("Correct the node or the step.", "请改正节点或步骤。")
    messages = sentences(
        root=Text("there is no node root, where every request begins", "缺少请求的起点节点 root"),
        weights=Text(
            "the weights of Splitter '{name}' add up to {sum}, not 100; each step has one",
            "Splitter '{name}' 的权重之和为 {sum}，应为 100，且每个步骤都要有",
        ),
        condition=Text(
            "each step of Switch '{name}' needs a condition",
            "Switch '{name}' 的每个步骤都需要 condition",
        ),
        field=Text(
            "'{field}' goes with {kinds}, found {kind}", "'{field}' 用于 {kinds}，此处为 {kind}"
        ),
        names=Text("two steps are called '{name}'", "两个步骤同名：'{name}'"),
        target=Text(
            "there is no node '{name}'; there is {known}", "没有节点 '{name}'；现有 {known}"
        ),
        circle=Text(
            "node '{name}' leads back to root, for ever", "节点 '{name}' 又回到 root，无限循环"
        ),
    )
    bad = but(GRAPH, "weight: 90", "weight: 80")
    good = GRAPH

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for one in flaws(application):
            yield cls.finding(one.place, one.message, **one.arguments)
