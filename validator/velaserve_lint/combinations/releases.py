# SPDX-License-Identifier: Apache-2.0
"""What our workflow steps ask of their component: traits/steps/*."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import Part
from velaserve_lint.serving import service_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Component, Step
    from velaserve_lint.definitions import Definition
    from velaserve_lint.place import Path

_OURS = ("await-model", "canary-release", "compile-model")
_RENDERED = "inferenceservices.serving.kserve.io"


class Unready(NamedTuple):
    """Why a step would fail, by the key of a message, and where."""

    message: str
    step: str
    name: str
    type: str
    path: Path


def unready(application: Application) -> Iterator[Unready]:
    """The first reason of each step; a component that is not there is another matter."""
    ours = [step for step in application.all_steps if step.definition in _OURS]
    components = {component.name: component for component in application.components} if ours else {}
    for step in ours:
        name = step.properties.get("component")
        component = components.get(name) if isinstance(name, str) else None
        if component is not None:
            message, key = next(_reasons(application, step, component), ("", ""))
            if message:
                path = (*step.path, "properties", key)
                kind = component.definition
                yield Unready(message, step.definition, component.name, kind, path)


def _reasons(
    application: Application, step: Step, component: Component
) -> Iterator[tuple[str, str]]:
    found = application.catalogue.find("component", component.definition)
    if _renders_something_else(found):
        yield "service", "component"
    elif step.definition == "canary-release":
        yield from _of_release(application, step, component)
    elif step.definition == "compile-model":
        yield from _of_compilation(component)


def _renders_something_else(found: Definition | None) -> bool:
    return found is not None and found.workload not in ("", _RENDERED)


def _of_release(
    application: Application, step: Step, component: Component
) -> Iterator[tuple[str, str]]:
    if component.definition == "kfserving":
        yield "old", "component"
    if not any(trait.definition == "canary" for trait in component.traits):
        yield "guide", "component"
    if "until" in step.properties:
        releases = [one for one in application.all_steps if one.definition == step.definition]
        same = [one for one in releases if one.properties.get("component") == component.name]
        if all("until" in one.properties for one in same):
            yield "open", "until"


def _of_compilation(component: Component) -> Iterator[tuple[str, str]]:
    service = service_of(component)
    if service is not None and not (service.server == "ours" and service.is_on_ascend):
        yield "compiled", "component"
    caches = [trait for trait in component.traits if trait.definition == "compile-cache"]
    if not caches:
        yield "kept", "component"
    for trait in caches:
        part = Part(trait.properties, trait.path, component)
        if part.get("ephemeral") is not None:
            yield "volatile", "component"
