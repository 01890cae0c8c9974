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

_Subject = TypeVar("_Subject")
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


def once_for_each(
    function: Callable[[Run, _Subject], _Result],
) -> Callable[[Run, _Subject], _Result]:
    """The same for each subject, told by identity; it is kept, so that no other one takes its id.

    For what many share: the things that one selector selects are the same for all who have it.
    """
    results: WeakKeyDictionary[Run, dict[int, tuple[_Subject, _Result]]] = WeakKeyDictionary()

    @wraps(function)
    def found(run: Run, subject: _Subject) -> _Result:
        known = results.setdefault(run, {})
        if id(subject) not in known:
            known[id(subject)] = subject, function(run, subject)
        return known[id(subject)][1]

    return found
