# SPDX-License-Identifier: Apache-2.0
"""The types that a run knows: those we ship, and what it was told about the cluster's own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from velaserve_lint.definitions import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from velaserve_lint.definitions import Definition, Key, Kind


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`added` are definitions that we do not ship; names in `allowed` may be of any kind.

    `policies` are objects of their own, which an Application uses by their names.
    A schema that a cluster has of a built-in type serves, unless we have an exact one.
    """

    added: Mapping[Key, Definition] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    policies: frozenset[str] = frozenset()

    def find(self, kind: Kind, name: str) -> Definition | None:
        """What is known of a type, if anything."""
        known = shipped().get((kind, name))
        if known is not None and known.is_exact:
            return known
        return self.added.get((kind, name), known)

    def knows(self, kind: Kind, name: str) -> bool:
        """Whether nothing is to be said about the name."""
        return name in self.allowed or (kind, name) in shipped() or (kind, name) in self.added

    def names(self, kind: Kind) -> list[str]:
        """Every type of that kind."""
        keys = {**shipped(), **self.added}
        return [name for of, name in keys if of == kind]

    def allowing(self, names: Iterable[str]) -> Catalogue:
        """With names that are not to be reported."""
        return replace(self, allowed=self.allowed.union(names))

    def plus(self, definitions: Iterable[Definition], policies: Iterable[str] = ()) -> Catalogue:
        """With further definitions; one that has a schema stays when another has none."""
        added = dict(self.added)
        for one in definitions:
            before = added.get(one.key) or shipped().get(one.key)
            added[one.key] = one if before is None else _together(one, before)
        return replace(self, added=added, policies=self.policies.union(policies))


def _together(one: Definition, other: Definition) -> Definition:
    """What either says: a ConfigMap has the schema, the definition the workload."""
    return replace(
        other,
        schema=one.schema or other.schema,
        workload=one.workload or other.workload,
        applies_to=one.applies_to or other.applies_to,
        conflicts_with=one.conflicts_with or other.conflicts_with,
    )


SHIPPED = Catalogue()
