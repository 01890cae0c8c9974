# SPDX-License-Identifier: Apache-2.0
"""References to what is not in the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.relations.provided import is_made, is_provided
from velaserve_lint.run import once_a_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.references.reference import Reference
    from velaserve_lint.run import Run


class Missing(NamedTuple):
    """A reference, and what there is instead: the like in other namespaces, or a similar name."""

    reference: Reference
    elsewhere: Manifest | None
    similar: Manifest | None


@once_a_run
def missing(run: Run) -> tuple[Missing, ...]:
    """What nothing of the run or of every cluster answers; each name once at its place."""
    return tuple(_missing(run, one) for one in _unanswered(run))


def _unanswered(run: Run) -> Iterator[Reference]:
    seen = set()
    for one in run.index.references:
        if run.index.definitions(one) or is_provided(one) or is_made(one, run.index):
            continue
        place = one.place.file, one.place.span
        if place not in seen:
            seen.add(place)
            yield one


def _missing(run: Run, reference: Reference) -> Missing:
    elsewhere = next(iter(run.index.elsewhere(reference)), None)
    return Missing(reference, elsewhere, None if elsewhere else run.index.misspelt(reference))
