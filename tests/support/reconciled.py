# SPDX-License-Identifier: Apache-2.0
"""Makes controllers look at their objects again, and waits until they have."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from support.eventually import eventually

if TYPE_CHECKING:
    from support.kube import Kube, Object

_LOOKED_S = 120


# KServe copies it into the pods, as every one, but there `model-serving` has its own value.
_PINNED = "app.oam.dev/last-applied-time"


def by_kserve(kube: Kube, service: str) -> None:
    kube.patch("InferenceService", service, {"metadata": {"annotations": {_PINNED: "again"}}})
    undone(kube, "Deployment", f"{service}-predictor", {"revisionHistoryLimit": 7})


def undone(kube: Kube, kind: str, name: str, change: Object) -> None:
    """Changes a field of a spec, and waits until its owner has put it right."""
    [field] = change
    before = kube.get(kind, name)["spec"][field]
    kube.patch(kind, name, {"spec": change})
    eventually(
        partial(kube.get, kind, name),
        lambda seen: seen["spec"][field] == before,
        _LOOKED_S,
        f"{field} of {kind} {name} is {before} again",
    )
