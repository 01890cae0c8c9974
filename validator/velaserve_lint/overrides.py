# SPDX-License-Identifier: Apache-2.0
"""Which components an override means: its names are patterns, and not anchored.

As KubeVela v1.10.9 does it, pkg/policy/envbinding/patch.go.
"""

from __future__ import annotations

import bisect
import itertools
import re
from typing import TYPE_CHECKING

from velaserve_lint.application import Component
from velaserve_lint.memo import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Typed

# Of others it would take a while to say what they mean, and few write them.
_UNDERSTOOD = re.compile(r"\^?[-.a-z0-9]*(?:\*[-.a-z0-9]*){0,2}\$?")


class _Names:
    """The names of an Application's components, one a line: a pattern is looked for in all."""

    def __init__(self, application: Application) -> None:
        names = [component.name for component in application.components]
        self._text = "\n".join(names)
        self._starts = [0, *itertools.accumulate(len(name) + 1 for name in names)][: len(names)]
        self._components = application.components
        self._found: dict[str, tuple[Component, ...]] = {}

    def matching(self, pattern: str) -> tuple[Component, ...]:
        if pattern not in self._found:
            compiled = re.compile(pattern.replace("*", ".*"), re.MULTILINE)
            starts = (found.start() for found in compiled.finditer(self._text))
            lines = dict.fromkeys(bisect.bisect_right(self._starts, at) - 1 for at in starts)
            self._found[pattern] = tuple(self._components[line] for line in lines if line >= 0)
        return self._found[pattern]


_names = once(_Names)


def hits(patch: Component, application: Application) -> tuple[Component, ...] | None:
    """The components that the patch changes; None where its pattern is beyond us."""
    if not patch.name:
        return tuple(c for c in application.components if patch.type in ("", c.type))
    if not _UNDERSTOOD.fullmatch(patch.name):
        return None
    return _names(application).matching(patch.name)


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
