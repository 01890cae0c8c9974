# SPDX-License-Identifier: Apache-2.0
"""Two objects that get in each other's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from velaserve_lint.rules.relations.places import together_with
from velaserve_lint.selectors import selector_at

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.run import Run

_KINDS = ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")
_Thing = TypeVar("_Thing")


def clashes(
    things: Iterable[_Thing], meaning: Callable[[_Thing], Hashable]
) -> Iterator[tuple[_Thing, _Thing]]:
    """Each thing of which the meaning is not new, after the first one that has it."""
    first: dict[Hashable, _Thing] = {}
    for one in things:
        other = first.setdefault(meaning(one), one)
        if other is not one:
            yield other, one


def sharing(run: Run) -> Iterator[tuple[Manifest, Manifest]]:
    """Workloads that are applied together and have one selector."""
    found = [(one, selector_at(one.spec.at("selector"))) for one in run.index.of_kind(*_KINDS)]
    selecting = [(one, selector) for one, selector in found if selector and selector.requirements]
    for other, one in clashes(selecting, lambda each: (together_with(each[0]), each[1].meaning)):
        yield other[0], one[0]
