# SPDX-License-Identifier: Apache-2.0
"""The nodes and steps of a graph of models: components/inference-graph/steps.cue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.cursor import Cursor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Application, Component
    from velaserve_lint.place import Place
    from velaserve_lint.text import Argument

# Which fields of a step go with which kinds of nodes.
_OF_TYPES = {
    "weight": ("Splitter",),
    "condition": ("Switch", "Sequence"),
    "data": ("Sequence",),
}


class Flaw(NamedTuple):
    """By the key of a message, and where it stands."""

    message: str
    place: Place
    arguments: Mapping[str, Argument]


def flaws(application: Application) -> Iterator[Flaw]:
    """Of every graph."""
    for component in application.settled():
        if component.definition == "inference-graph":
            yield from _of_graph(application, component)


def _of_graph(application: Application, component: Component) -> Iterator[Flaw]:
    path = (*component.path, "properties", "nodes")
    nodes = Cursor(application.document, path, component.properties.get("nodes"))
    if isinstance(nodes.value, dict | None) and "root" not in nodes.mapping:
        yield Flaw("root", nodes.key, {})
    for name, node in nodes.entries():
        steps = list(node.at("steps").items())
        yield from _of_node(name, node.at("routerType").text, steps, node)
        for step in steps:
            target = step.at("nodeName")
            if target.text == "root":
                yield Flaw("circle", target.place, {"name": name})
            elif target.text and target.text not in nodes.mapping:
                known = ", ".join(nodes.mapping)
                yield Flaw("target", target.place, {"name": target.text, "known": known})


def _of_node(name: str, kind: str, steps: list[Cursor], node: Cursor) -> Iterator[Flaw]:
    weights = [step.at("weight").number for step in steps]
    whole = [weight for weight in weights if weight is not None]
    if kind == "Splitter" and steps and (len(whole) < len(steps) or sum(whole) != 100):
        yield Flaw("weights", node.at("steps").key, {"name": name, "sum": sum(whole)})
    seen: set[str] = set()
    for step in steps:
        if kind == "Switch" and step.at("condition").value is None:
            yield Flaw("condition", step.key, {"name": name})
        for field, kinds in _OF_TYPES.items():
            if step.at(field).value is not None and kind and kind not in kinds:
                said = {"field": field, "kinds": " / ".join(kinds), "kind": kind}
                yield Flaw("field", step.at(field).key, said)
        named = step.at("name")
        if named.text in seen:
            yield Flaw("names", named.place, {"name": named.text})
        seen |= {named.text} - {""}
