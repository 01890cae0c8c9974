# SPDX-License-Identifier: Apache-2.0
"""Which components an override means: its names are patterns, and not anchored.

As KubeVela v1.10.9 does it, pkg/policy/envbinding/patch.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.application import Component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Typed

# Of others it would take a while to say what they mean, and few write them.
_UNDERSTOOD = re.compile(r"\^?[-.a-z0-9]*(?:\*[-.a-z0-9]*){0,2}\$?")


def hits(patch: Component, application: Application) -> tuple[Component, ...] | None:
    """The components that the patch changes; None where its pattern is beyond us."""
    if not patch.name:
        return tuple(c for c in application.components if patch.type in ("", c.type))
    if not _UNDERSTOOD.fullmatch(patch.name):
        return None
    pattern = re.compile(patch.name.replace("*", ".*"))
    return tuple(c for c in application.components if pattern.search(c.name))


def type_of(patch: Typed, application: Application) -> str:
    """Of which type the properties are: its own, else the one that all it changes have."""
    if patch.type or not isinstance(patch, Component):
        return patch.type
    types = {component.type for component in hits(patch, application) or ()}
    return types.pop() if len(types) == 1 else ""


def patches_of(application: Application) -> Iterator[tuple[Component, tuple[Component, ...]]]:
    """Each patch with the components that it changes; with all where that is beyond us."""
    for policy in application.policies:
        for patch in policy.patches:
            found = hits(patch, application)
            yield patch, application.components if found is None else found
