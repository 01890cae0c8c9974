# SPDX-License-Identifier: Apache-2.0
"""Objects that are defined twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.index import file_of
from velaserve_lint.rules.relations.places import together_with

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.run import Run


class Pair(NamedTuple):
    """Two objects of one kind, namespace and name, but with different content."""

    first: Manifest
    second: Manifest

    @property
    def in_one_file(self) -> bool:
        return file_of(self.first) == file_of(self.second)


def pairs(run: Run) -> Iterator[Pair]:
    """Each object with the one before it that is applied together with it.

    Between files, each object and each file is named once: a folder may hold many variants.
    """
    seen: set[Hashable] = set()
    for key, pair in _repeated(run):
        between = {key, file_of(pair.second)}
        if pair.in_one_file or not between & seen:
            yield pair
        if not pair.in_one_file:
            seen |= between


def _repeated(run: Run) -> Iterator[tuple[Hashable, Pair]]:
    last: dict[Hashable, Manifest] = {}
    for one in run.manifests:
        key = (*together_with(one), one.group, one.kind, one.name)
        before, last[key] = last.get(key), one
        if before and _is_meant_once(one) and before.root.value != one.root.value:
            yield key, Pair(before, one)


def _is_meant_once(manifest: Manifest) -> bool:
    """Not where a template fills in the name, or a workflow applies one thing after the other."""
    is_step = manifest.root.path[:2] == ("spec", "workflow")
    return bool(manifest.name) and "{" not in manifest.name and not is_step
