# SPDX-License-Identifier: Apache-2.0
"""Parts of objects, which kustomize puts onto the whole: they lack what a whole one needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.document import Json

_KINDS = frozenset({"DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"})


def is_patch(kind: str, data: Json) -> bool:
    """Whether a workload has neither a selector nor labels that one could select.

    Who forgets the selector has the labels; patches, which look like any other file, have neither.
    """
    spec = _part(data, "spec")
    labels = _part(_part(_part(spec, "template"), "metadata"), "labels")
    return kind in _KINDS and bool(spec) and "selector" not in spec and not labels


def _part(data: Json, key: str) -> dict[str, Json]:
    part = data.get(key) if isinstance(data, dict) else None
    return part if isinstance(part, dict) else {}
