# SPDX-License-Identifier: Apache-2.0
"""A model-serving component -> what a server process must be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from velaserve_lint.definitions import schema_of
from velaserve_lint.names import options, runtime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from velaserve_lint.application import Component
    from velaserve_lint.document import Json

COMPONENT_TYPE = "model-serving"
_OPTIONS = ("logLevel", "accessLog")
_HERE = frozenset(
    {
        *("modelUri", "modelFormat", "modelName", "runtime"),
        *("batching", "queue", "warmup", "env", *_OPTIONS),
    }
)


@dataclass(frozen=True)
class ServedModel:
    """One component of type model-serving, with its folder found."""

    component: str
    name: str
    format: str
    folder: Path
    environment: Mapping[str, str]
    """Options from the properties as VELASERVE_*, then the component's own env."""


def served_model(component: Component, folder: Path) -> ServedModel:
    properties = component.properties
    return ServedModel(
        component=component.name,
        name=_text(properties.get("modelName")) or component.name,
        format=_text(_section(properties, "modelFormat").get("name")),
        folder=folder,
        environment=dict(_environment(properties)),
    )


def servers_elsewhere(component: Component) -> list[str]:
    """Properties that leave the model to something which is only in a cluster."""
    properties = component.properties
    ours = properties.get("runtime") in runtime().names
    from_storage = "path" in _section(properties, "storage")
    return [
        name
        for name, elsewhere in (
            ("runtime", not ours),
            ("image", not ours),
            ("storage", from_storage),
        )
        if elsewhere and name in properties
    ]


def cluster_properties(component: Component) -> list[str]:
    """Properties that mean nothing on one machine, as the user wrote them."""
    return [
        name if isinstance(value, Mapping | list) else f"{name}: {value}"
        for name, value in component.properties.items()
        if name not in _HERE and value not in (_default(name), {}, [])
    ]


def _default(name: str) -> Json:
    declared = _section(_section(schema_of("component", COMPONENT_TYPE) or {}, "properties"), name)
    return declared.get("default")


def _environment(properties: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    variables = {option.parameter: option.env for option in options().values()}
    given = {name: properties[name] for name in _OPTIONS if name in properties}
    for section in (given, _section(properties, "batching"), _section(properties, "queue")):
        for parameter, value in section.items():
            yield variables[parameter], _text(value)
    if sizes := _section(properties, "warmup").get("batchSizes"):
        yield variables["warmupBatchSizes"], _text(sizes)
    if gears := _section(_section(properties, "accelerator"), "gears").get("batch"):
        yield variables["gearsBatch"], _text(gears)
    for variable, value in _section(properties, "env").items():
        yield variable, _text(value)


def _section(properties: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    value = properties.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(value: Json) -> str:
    """As the definition writes it into the pod's environment."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return "" if value is None else str(value)
