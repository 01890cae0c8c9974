# SPDX-License-Identifier: Apache-2.0
"""Folders in which CANN keeps what it compiled: for one chip, whoever else shares them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.demand import Consumer, Demand

_VARIABLES = ("ASCEND_CACHE_PATH", "ACL_OP_COMPILER_CACHE_DIR")
_SHARED = ("persistentVolumeClaim", "nfs", "cephfs")
# A folder that is named after a chip, or by a variable.
_OWN = re.compile(r"\d{3}[a-z]?|ascend|soc|chip|\$\(", re.IGNORECASE)


def shared_caches(demand: Demand, consumer: Consumer) -> Iterator[Cursor]:
    """The variables that name a folder of a volume that several pods have."""
    shared = {
        volume.at("name").text
        for volume in demand.volumes.items()
        if any(kind in volume.mapping for kind in _SHARED)
    }
    for name in _VARIABLES:
        variable = consumer.env.get(name)
        path = variable.value.text if variable else ""
        mount = _mount_of(consumer, path)
        if variable and mount and mount.at("name").text in shared and not _is_own(mount, path):
            yield variable.value


def _mount_of(consumer: Consumer, path: str) -> Cursor | None:
    """The deepest one that the folder is in."""
    mounts = ((one.at("mountPath").text.rstrip("/"), one) for one in _mounts(consumer))
    around = [(len(at), one) for at, one in mounts if at and f"{path}/".startswith(f"{at}/")]
    return max(around, key=lambda each: each[0])[1] if around else None


def _mounts(consumer: Consumer) -> Iterator[Cursor]:
    return consumer.at.at("volumeMounts").items()


def _is_own(mount: Cursor, path: str) -> bool:
    parts = (mount.at("subPath").text, mount.at("subPathExpr").text)
    below = path.removeprefix(mount.at("mountPath").text)
    return any(_OWN.search(part) for part in (*parts, below))
