# SPDX-License-Identifier: Apache-2.0
"""A model-serving component -> what a server process must be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from velaserve_lint.names import options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from velaserve_lint.application import Component
    from velaserve_lint.document import Json

COMPONENT_TYPE = "model-serving"


@dataclass(frozen=True)
class ServedModel:
    """One component of type model-serving, with its folder found."""

    component: str
    name: str
    format: str
    folder: Path
    environment: Mapping[str, str]
    """Options from batching and queue as VELASERVE_*, then the component's own env."""


def served_model(component: Component, folder: Path) -> ServedModel:
    properties = component.properties
    return ServedModel(
        component=component.name,
        name=_text(properties.get("modelName")) or component.name,
        format=_text(_section(properties, "modelFormat").get("name")),
        folder=folder,
        environment=dict(_environment(properties)),
    )


def cluster_properties(component: Component) -> list[str]:
    """Properties that mean nothing on one machine, as the user wrote them."""
    replicas = component.properties.get("minReplicas", 1)
    sections = ("resources", "route")
    found = [name for name in sections if _section(component.properties, name)]
    return found if replicas == 1 else [*found, f"minReplicas: {replicas}"]


def _environment(properties: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    variables = {option.parameter: option.env for option in options().values()}
    for section in ("batching", "queue"):
        for parameter, value in _section(properties, section).items():
            yield variables[parameter], _text(value)
    for variable, value in _section(properties, "env").items():
        yield variable, _text(value)


def _section(properties: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    value = properties.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(value: Json) -> str:
    """As the definition writes it into the pod's environment."""
    return "" if value is None else str(value)
