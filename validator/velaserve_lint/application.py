# SPDX-License-Identifier: Apache-2.0
"""The Application as typed data: what rules look at, and what `velaserve up` serves.

`lint()` gives them in `Report.applications`: there, every property that was not written has its
definition's default. What is not of the right shape is left out; the envelope has reported it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.catalogue import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.catalogue import Catalogue
    from velaserve_lint.definitions import Kind
    from velaserve_lint.document import Document, Json
    from velaserve_lint.place import Path


class Name(NamedTuple):
    """A name that is given, or used for something that has it."""

    name: str
    path: Path


class Input(NamedTuple):
    """What `source` gives is put where `key`, the parameterKey, says; it may be empty."""

    source: str
    key: str
    path: Path


class Links(NamedTuple):
    """How a component or a step hangs together with others."""

    depends_on: tuple[Name, ...] = ()
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Name, ...] = ()


NO_LINKS = Links()


@dataclass(frozen=True, slots=True)
class Typed:
    """Something with a type and properties, at a path of its document."""

    kind: Kind
    type: str
    properties: dict[str, Json]
    path: Path

    @property
    def definition(self) -> str:
        """The type without the version that may be asked for: webservice@v1 is webservice."""
        return self.type.partition("@")[0] if "@" in self.type else self.type


@dataclass(frozen=True, slots=True)
class Trait(Typed):
    """A trait of a component."""


@dataclass(frozen=True, slots=True)
class Component(Typed):
    """A component with its traits, in order."""

    name: str = ""
    traits: tuple[Trait, ...] = ()
    links: Links = NO_LINKS


@dataclass(frozen=True, slots=True)
class Policy(Typed):
    """A policy; the name may be empty.

    `patches` are the components of an override, whose names are patterns and whose type may be
    empty.
    """

    name: str = ""
    patches: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class Step(Typed):
    """A workflow step; the name may be empty, `condition` is its `if`."""

    name: str = ""
    sub_steps: tuple[Step, ...] = ()
    links: Links = NO_LINKS
    condition: str = ""
    timeout: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """One Application of a file, and the types that are known where it stands.

    `completed` are properties to which override policies or inputs add something, as they become
    by it, by the path of what has them; null where that is not known before.
    """

    name: str
    namespace: str
    components: tuple[Component, ...]
    policies: tuple[Policy, ...]
    steps: tuple[Step, ...]
    document: Document = field(repr=False, compare=False)
    catalogue: Catalogue = field(default=SHIPPED, repr=False, compare=False)
    completed: Mapping[Path, Json] = field(default_factory=dict, repr=False, compare=False)

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """The steps, each followed by its sub-steps."""
        return tuple(one for step in self.steps for one in (step, *step.sub_steps))

    def typed(self) -> Iterator[Typed]:
        """Everything that has a type, in the order of the file's fields."""
        for component in self.components:
            yield component
            yield from component.traits
        yield from self.policies
        yield from self.all_steps

    def settled(self) -> tuple[Component, ...]:
        """The components that are, with their traits, as they are written."""
        if not self.completed:
            return self.components
        return tuple(
            component
            for component in self.components
            if not any(one.path in self.completed for one in (component, *component.traits))
        )

    def patched(self) -> Iterator[Typed]:
        """What overrides say of components and their traits; of components without a type, too."""
        for policy in self.policies:
            for patch in policy.patches:
                yield patch
                yield from patch.traits
