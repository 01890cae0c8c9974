# SPDX-License-Identifier: Apache-2.0
"""Where an Application names its own components and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.application import Name
from velaserve_lint.workflow import plan_of_steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from velaserve_lint.application import Application, Step
    from velaserve_lint.definitions import Kind
    from velaserve_lint.place import Path

# Steps that are about the component which their property `component` names.
OF_A_COMPONENT = frozenset({"apply-component", "await-model", "canary-release", "compile-model"})
_OF_SEVERAL = "deploy-components"


class Use(NamedTuple):
    """Something of a kind is called by its name, and should be among those that are known."""

    kind: Kind
    name: str
    path: Path
    known: Iterable[str]


def uses_of(application: Application) -> Iterator[Use]:
    """Each use, in no order."""
    patches = (patch.name for policy in application.policies for patch in policy.patches)
    components = [*(component.name for component in application.components), *patches]
    for component in application.components:
        for name, path in component.links.depends_on:
            yield Use("component", name, path, components)
    if not application.steps:
        return
    steps = list(plan_of_steps(application).names)
    for step in application.all_steps:
        for name, path in step.links.depends_on:
            yield Use("workflow-step", name, path, steps)
        for name, path in _applied_by(step):
            yield Use("component", name, path, components)


def _applied_by(step: Step) -> Iterator[Name]:
    """The components that the step is about."""
    path = (*step.path, "properties")
    about = step.properties.get("component")
    if isinstance(about, str) and step.definition in OF_A_COMPONENT:
        yield Name(about, (*path, "component"))
    listed = step.properties.get("components") if step.definition == _OF_SEVERAL else ()
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict) and isinstance(name := one.get("name"), str):
            yield Name(name, (*path, "components", index, "name"))
