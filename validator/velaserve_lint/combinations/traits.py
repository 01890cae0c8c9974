# SPDX-License-Identifier: Apache-2.0
"""Traits together with the model service that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.rows import Part
from velaserve_lint.memo import once
from velaserve_lint.serving import service_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from velaserve_lint.application import Application
    from velaserve_lint.serving import Service


def traits_of(application: Application, name: str) -> Sequence[tuple[Part, Service]]:
    """The traits of a type, each with its component, where nothing is added from elsewhere."""
    return _traits(application).get(name, ())


@once
def _traits(application: Application) -> Mapping[str, list[tuple[Part, Service]]]:
    found: dict[str, list[tuple[Part, Service]]] = {}
    for component in application.settled():
        if component.traits and (service := service_of(component)):
            for trait in component.traits:
                part = Part(trait.properties, (*trait.path, "properties"), component)
                found.setdefault(trait.definition, []).append((part, service))
    return found


def number(part: Part, path: str, default: int | None = None) -> int | None:
    """A whole number, or the default where nothing is written."""
    value = part.get(path)
    return default if value is None else value if type(value) is int else None
