# SPDX-License-Identifier: Apache-2.0
"""Whether a trait is made for what a component renders; KubeVela knows, and does not look."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.memo import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Component, Trait
    from velaserve_lint.definitions import Definition


class Mismatch(NamedTuple):
    """A trait on a component that it is not made for."""

    component: Component
    trait: Trait
    definition: Definition
    of_component: Definition

    @property
    def workload(self) -> str:
        return self.of_component.workload

    @property
    def is_worth_a_word(self) -> bool:
        """KubeVela's own lists for its own components leave much out that works."""
        of_kubevela = self.definition.origin == self.of_component.origin == "built-in"
        return self.definition.origin != "ours" and not of_kubevela


@once
def mismatches(application: Application) -> list[Mismatch]:
    """Where both sides are known for certain."""
    return list(_mismatches(application))


def _mismatches(application: Application) -> Iterator[Mismatch]:
    for component in application.components:
        found = application.catalogue.find("component", component.definition)
        if found is None or not found.workload:
            continue
        for trait in component.traits:
            definition = application.catalogue.find("trait", trait.definition)
            if definition is not None and not _is_made_for(definition, found):
                yield Mismatch(component, trait, definition, found)


def _is_made_for(trait: Definition, component: Definition) -> bool:
    """By workload, by type, or by group as in *.apps."""
    group = "*." + component.workload.partition(".")[2]
    known = {component.workload, component.name, group}
    return not trait.applies_to or not known.isdisjoint(trait.applies_to)
