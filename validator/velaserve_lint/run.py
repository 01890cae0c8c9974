# SPDX-License-Identifier: Apache-2.0
"""Everything that was read in one run: for rules that compare objects with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.manifest import Manifest


class Run(NamedTuple):
    """The objects in the order of the files, and how they were before (`--against`)."""

    manifests: Sequence[Manifest]
    earlier: Sequence[Manifest] = ()
