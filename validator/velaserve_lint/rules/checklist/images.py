# SPDX-License-Identifier: Apache-2.0
"""References of images."""

from __future__ import annotations

from typing import NamedTuple

_MOVING = frozenset({"edge", "latest", "main", "master", "nightly", "stable"})


class Image(NamedTuple):
    """The parts after the repository; empty where they are not written."""

    tag: str
    digest: str

    @property
    def moves(self) -> bool:
        """Whether another image may be there tomorrow, as its name promises."""
        return not self.digest and (not self.tag or self.tag.lower() in _MOVING)


def parse(reference: str) -> Image:
    """registry:5000/name:tag@digest; a port is no tag."""
    name, _, digest = reference.partition("@")
    return Image(name.rpartition("/")[2].partition(":")[2], digest)
