# SPDX-License-Identifier: Apache-2.0
"""The volumes of a pod, and where containers ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

# KServe gives a pod volumes for the model by itself.
_OF_KSERVE = "kserve-"


def volumes(pod: Pod) -> dict[str, Cursor]:
    """Those of the pod itself, by name."""
    names = reach(pod.spec, "volumes[].name")
    return {name.text: name for name in names if name.text}


def claimed(pod: Pod) -> set[str]:
    """The names under which a StatefulSet gives each pod a volume of its own."""
    names = reach(pod.manifest.spec, "volumeClaimTemplates[].metadata.name")
    return {name.text for name in names} if pod.manifest.kind == "StatefulSet" else set()


def mounts(pod: Pod) -> Iterator[Cursor]:
    """The name in each mount, in all containers."""
    everything = ("initContainers", "containers", "ephemeralContainers")
    for containers in everything:
        for kind in ("volumeMounts", "volumeDevices"):
            yield from reach(pod.spec, f"{containers}[].{kind}[].name")


def is_given(pod: Pod, name: str) -> bool:
    """Whether the volume comes from elsewhere."""
    return pod.role != "pod" and name.startswith(_OF_KSERVE)
