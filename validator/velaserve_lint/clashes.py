# SPDX-License-Identifier: Apache-2.0
"""Traits of one component that cannot be together."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.overrides import patches_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Component, Trait


class Clash(NamedTuple):
    """A later trait against an earlier one, by the key of a message."""

    message: str
    trait: Trait
    other: Trait


def clashes(application: Application) -> Iterator[Clash]:
    """What conflictsWith says, and ours twice: their objects have one name."""
    for component in application.components:
        known = [
            (one, application.catalogue.find("trait", one.definition)) for one in component.traits
        ]
        for (first, one), (second, other) in combinations(known, 2):
            if one is None or other is None:
                continue
            if one is other:
                if one.origin == "ours":
                    yield Clash("twice", second, first)
            elif other.name in one.conflicts_with or one.name in other.conflicts_with:
                yield Clash("conflict", second, first)
    yield from _lost(application)


def _lost(application: Application) -> Iterator[Clash]:
    """An override merges traits by their type: of two of one type it loses the first."""
    for patch, components in patches_of(application) if application.policies else ():
        if patch.name or patch.type or patch.properties or patch.traits:
            for component in components:
                yield from _repeated(application, component)


def _repeated(application: Application, component: Component) -> Iterator[Clash]:
    first: dict[str, Trait] = {}
    for trait in component.traits:
        earlier = first.setdefault(trait.type, trait)
        definition = application.catalogue.find("trait", trait.definition)
        if earlier is not trait and not (definition and definition.origin == "ours"):
            yield Clash("merged", trait, earlier)
