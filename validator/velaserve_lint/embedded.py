# SPDX-License-Identifier: Apache-2.0
"""Kubernetes objects that an Application carries in its properties as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from velaserve_lint.cursor import Cursor
from velaserve_lint.manifest import manifests_at
from velaserve_lint.suggest import misspelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Component, Policy, Typed
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.targets import Targets

# KubeVela v1.10.9 charts/vela-core/templates/defwithtemplate; the properties of raw are the object.
_OBJECTS = {
    ("component", "k8s-objects"): "objects",
    ("component", "raw"): "",
    ("workflow-step", "apply-object"): "value",
}
# Policies about objects that are there already.
_OF_OTHERS = frozenset({"read-only", "take-over"})


def carries_objects(component: Component) -> bool:
    """Whether its properties are such objects."""
    return ("component", component.definition) in _OBJECTS


def embedded_in(application: Application, targets: Targets) -> Iterator[Manifest]:
    """The objects, in the order of the file."""
    is_part = any(_is_of_others(policy) for policy in application.policies)
    for typed in application.typed():
        for manifest in _of(application, typed, targets):
            yield replace(manifest, is_part=True) if is_part else manifest


def _is_of_others(policy: Policy) -> bool:
    """Also one whose type is missing or misspelt: that is said, and enough."""
    kind = policy.definition
    return kind in _OF_OTHERS or not kind or misspelt(kind, _OF_OTHERS) is not None


def _of(application: Application, typed: Typed, targets: Targets) -> Iterator[Manifest]:
    field = _OBJECTS.get((typed.kind, typed.definition))
    if field is None:
        return
    properties = Cursor(application.document, (*typed.path, "properties"), typed.properties)
    found = properties.at(field) if field else properties
    for cursor in found.items() if isinstance(found.value, list) else (found,):
        yield from manifests_at(cursor, targets)
