# SPDX-License-Identifier: Apache-2.0
"""The versions of what the files are meant for; some mistakes exist in some versions only."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Version: TypeAlias = tuple[int, ...]


class Targets(NamedTuple):
    """By default, the versions that velaserve is tested with."""

    kubernetes: Version = (1, 34)
    kserve: Version = (0, 20, 0)
    kubevela: Version = (1, 10, 9)


def release(version: Version) -> str:
    """As people write it: 1.34."""
    return ".".join(map(str, version))


DEFAULT = Targets()
