# SPDX-License-Identifier: Apache-2.0
"""Everything that was read in one run: for rules that compare objects with each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from velaserve_lint.index import Index
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.references.application import Outline

_Result = TypeVar("_Result")


@dataclass(frozen=True, eq=False)
class Run:
    """The objects in the order of the files, and how they were before (`--against`).

    Of Applications there are outlines only, besides the objects that they carry.
    """

    manifests: Sequence[Manifest]
    earlier: Sequence[Manifest] = ()
    outlines: Sequence[Outline] = ()

    @cached_property
    def index(self) -> Index:
        """Made when the first rule asks for it, and the same for all."""
        from velaserve_lint.index import Index  # most runs are of Applications only

        return Index(self.manifests, self.outlines)


def once_a_run(function: Callable[[Run], _Result]) -> Callable[[Run], _Result]:
    """What several rules need is found once; it goes when the run goes."""
    results: WeakKeyDictionary[Run, _Result] = WeakKeyDictionary()

    @wraps(function)
    def found(run: Run) -> _Result:
        if run not in results:
            results[run] = function(run)
        return results[run]

    return found
