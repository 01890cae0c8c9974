# SPDX-License-Identifier: Apache-2.0
"""A checked Application file -> what to start here, and what only a cluster does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.check import check_application
from velaserve_runtime.local.errors import BAD_APPLICATION, LocalError
from velaserve_runtime.local.model_uri import resolve
from velaserve_runtime.local.served_model import (
    COMPONENT_TYPE,
    cluster_properties,
    served_model,
    servers_elsewhere,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from velaserve_lint.application import Application, Component
    from velaserve_runtime.local.console import Console
    from velaserve_runtime.local.served_model import ServedModel


def load_application(file: Path, claims: Mapping[str, Path], console: Console) -> list[ServedModel]:
    """Checks the file, finds each model's folder, says what is left to a cluster.

    Raises:
        LocalError: the file has errors (printed), or a modelUri leads to no folder here.
    """
    components = _components(check_application(file, console), file)
    _say_what_needs_a_cluster(components, console)
    served_here = list(filter(_is_served_here, components))
    if not served_here:
        raise LocalError(BAD_APPLICATION, messages.NO_MODEL, file=str(file))
    return [served_model(each, _folder(each, file, claims, console)) for each in served_here]


def _components(applications: Sequence[Application], file: Path) -> list[Component]:
    if not applications:
        raise LocalError(BAD_APPLICATION, messages.NO_APPLICATION, file=str(file))
    return [each for application in applications for each in application.components]


def _is_served_here(component: Component) -> bool:
    return component.definition == COMPONENT_TYPE and not servers_elsewhere(component)


def _folder(component: Component, file: Path, claims: Mapping[str, Path], console: Console) -> Path:
    uri = str(component.properties["modelUri"])
    return resolve(uri, component.name, file.parent, claims, console)


def _say_what_needs_a_cluster(components: Sequence[Component], console: Console) -> None:
    for component in components:
        name = component.name
        if component.definition != COMPONENT_TYPE:
            console.note(messages.COMPONENTS_NEED_CLUSTER, component=name, type=component.type)
            continue
        if elsewhere := ", ".join(servers_elsewhere(component)):
            console.note(messages.SERVERS_NEED_CLUSTER, component=name, properties=elsewhere)
            continue
        if traits := ", ".join(trait.type for trait in component.traits):
            console.note(messages.TRAITS_NEED_CLUSTER, component=name, traits=traits)
        if properties := ", ".join(cluster_properties(component)):
            console.note(messages.PROPERTIES_NEED_CLUSTER, component=name, properties=properties)
