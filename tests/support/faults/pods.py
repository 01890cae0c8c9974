# SPDX-License-Identifier: Apache-2.0
"""Changes of the pods and containers of whatever describes some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.faults.edits import at, where, within
from support.faults.fault import kinds

if TYPE_CHECKING:
    from random import Random

    from support.faults.edits import Step
    from support.faults.fault import Change, Object

TEMPLATES: dict[str, tuple[Step, ...]] = {
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "Pod": (),
    **dict.fromkeys(
        (
            *("DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController"),
            "StatefulSet",
        ),
        ("spec", "template"),
    ),
}
WORKLOADS = kinds(*TEMPLATES)
SELECTING = kinds("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")
SETS = SELECTING | kinds("ReplicationController")


def is_whole(data: Object) -> bool:
    """No patch for kustomize, which is only a part of an object."""
    selects = data["kind"] in SELECTING
    return bool(at(data, "metadata", "name")) and not (
        selects and at(data, "spec", "selector") is None
    )


def in_template(change: Change) -> Change:
    """Of what has `metadata` and `spec`."""
    return where(
        is_whole,
        lambda data, random: within(*TEMPLATES[data["kind"]], then=change)(data, random),
    )


def in_pod(change: Change) -> Change:
    return in_template(within("spec", then=change))


def in_container(change: Change) -> Change:
    """Of one of the containers, which has a name."""

    def one(pod: Object, random: Random) -> bool:
        found = [each for each in pod.get("containers") or () if at(each, "name")]
        return bool(found) and change(random.choice(found), random)

    return in_pod(one)
