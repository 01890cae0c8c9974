# SPDX-License-Identifier: Apache-2.0
"""The objects of a run beside what they were before (`--against`)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.run import Run


class Earlier:
    """What was there before the run."""

    def __init__(self, run: Run) -> None:
        self._named: dict[tuple[str, str, str], list[Manifest]] = defaultdict(list)
        for manifest in run.earlier:
            self._named[_key(manifest)].append(manifest)

    def of(self, manifest: Manifest) -> Manifest | None:
        """The object as it was; who names no namespace may be in any, so there must be one only."""
        same = self._named.get(_key(manifest), [])
        exact = [one for one in same if one.namespace == manifest.namespace]
        possible = [one for one in same if not (one.namespace and manifest.namespace)]
        found = exact[:1] or possible
        return found[0] if len(found) == 1 else None


def updates(run: Run, kind: str) -> Iterator[tuple[Manifest, Manifest]]:
    """Each object of the kind that was there before, and how it was then."""
    earlier = Earlier(run)
    for manifest in run.manifests if run.earlier else ():
        if manifest.kind == kind and (before := earlier.of(manifest)):
            yield manifest, before


def untouched(run: Run) -> Sequence[Manifest]:
    """What was there before and is not in the run."""
    new = {_key(one) for one in run.manifests}
    return [one for one in run.earlier if _key(one) not in new]


def _key(manifest: Manifest) -> tuple[str, str, str]:
    return manifest.group, manifest.kind, manifest.name
