# SPDX-License-Identifier: Apache-2.0
"""What may become of a container that ended, by the kind that its pod belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.manifest import Manifest

_SETS = ("DaemonSet", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet")
_JOBS = ("CronJob", "Job")


def allowed_policies(manifest: Manifest) -> tuple[str, ...]:
    """Of a bare pod, whatever there is."""
    if manifest.kind in _SETS:
        return ("Always",)
    if manifest.kind in _JOBS:
        job = manifest.spec if manifest.kind == "Job" else manifest.spec.at("jobTemplate", "spec")
        return ("Never",) if job.at("podFailurePolicy").mapping else ("Never", "OnFailure")
    return ()
