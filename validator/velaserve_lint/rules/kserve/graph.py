# SPDX-License-Identifier: Apache-2.0
"""What KServe asks of an InferenceGraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Related
from velaserve_lint.rules.kserve.names import NAME
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

ROOT, SPLITTER, WHOLE = "root", "Splitter", 100
TARGETS = ("serviceName", "nodeName", "serviceUrl")

MESSAGES = sentences(
    form=Text("KServe refuses the name '{name}'", "KServe 不接受名称 '{name}'"),
    root=Text("there is no node 'root', where requests enter", "没有请求进入的节点 root"),
    duplicate=Text("'{name}' is already the name of another step", "'{name}' 已是另一个步骤的名称"),
    first=Text("the other one", "另一个在此"),
    none=Text("the step has no target: {targets}", "步骤没有目标：{targets}"),
    several=Text("the step has several targets: {targets}", "步骤有多个目标：{targets}"),
    weight=Text("a step of a Splitter needs a weight", "Splitter 的步骤需要 weight"),
    sum=Text(
        "the weights of this Splitter make {sum}, not 100",
        "该 Splitter 的权重合计为 {sum}，而不是 100",
    ),
)


def problems(manifest: Manifest) -> Iterator[Problem]:
    if manifest.name and not NAME.fullmatch(manifest.name):
        place = manifest.root.at("metadata", "name").place
        yield Problem(place, "form", {"name": manifest.name})
    nodes = manifest.spec.at("nodes")
    if isinstance(nodes.value, dict) and ROOT not in nodes.value:
        yield Problem(nodes.key, "root")
    for _, node in nodes.entries():
        yield from _steps(node)


def _steps(node: Cursor) -> Iterator[Problem]:
    seen: dict[str, Cursor] = {}
    steps = [one for one in node.at("steps").items() if isinstance(one.value, dict)]
    for step in steps:
        name = step.at("name")
        if name.text and seen.setdefault(name.text, name) is not name:
            beside = Related(seen[name.text].place, "first")
            yield Problem(name.place, "duplicate", {"name": name.text}, beside)
        yield from _target(step)
    if node.at("routerType").text == SPLITTER:
        yield from _weights(node, steps)


def _target(step: Cursor) -> Iterator[Problem]:
    """A target of a wrong type counts as one: its field says what is wrong with it."""
    found = [name for name in TARGETS if step.at(name).value not in (None, "")]
    if not found:
        yield Problem(step.key, "none", {"targets": ", ".join(TARGETS)})
    elif len(found) > 1:
        yield Problem(step.at(found[1]).key, "several", {"targets": ", ".join(found)})


def _weights(node: Cursor, steps: list[Cursor]) -> Iterator[Problem]:
    weights = [step.at("weight") for step in steps]
    missing = [step for step in steps if step.at("weight").value is None]
    for step in missing:
        yield Problem(step.key, "weight")
    numbers = [weight.number for weight in weights if weight.number is not None]
    if len(numbers) == len(weights) and sum(numbers) != WHOLE:
        yield Problem(node.at("steps").key, "sum", {"sum": sum(numbers)})
