# SPDX-License-Identifier: Apache-2.0
"""Times of probes, roll-outs and ends, with Kubernetes' defaults where none are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod

_DEFAULTS = {"timeoutSeconds": 1, "periodSeconds": 10, "failureThreshold": 3}
_PROGRESS, _GRACE = 600, 30
_SLEEP = re.compile(r"(?:^|[\s;&|/])sleep\s+(\d{1,6})s?(?=$|[\s;&|)])", re.ASCII)


def seconds(probe: Cursor, field: str) -> int:
    """A field of a probe, 0 being as good as none."""
    return probe.at(field).number or _DEFAULTS.get(field, 0)


def startup_budget(probe: Cursor) -> int:
    """How long a container may take to start; 0 where no probe says."""
    if not probe.mapping:
        return 0
    attempts = seconds(probe, "failureThreshold") * seconds(probe, "periodSeconds")
    return seconds(probe, "initialDelaySeconds") + attempts


def progress_deadline(manifest: Manifest) -> int:
    """After how long a Deployment's roll-out has failed; 0 for what has no such time."""
    written = manifest.spec.at("progressDeadlineSeconds").number
    return (_PROGRESS if written is None else written) if manifest.kind == "Deployment" else 0


def grace(pod: Pod) -> int:
    """How long a pod's containers have to end."""
    written = pod.spec.at("terminationGracePeriodSeconds").number
    return _GRACE if written is None else written


def sleeps(container: Container) -> Iterator[tuple[Cursor, int]]:
    """Where a command waits before the container is told to end, and how long."""
    command = container.at.at("lifecycle", "preStop", "exec", "command")
    words = [item.text for item in command.items()]
    for found in _SLEEP.finditer(" ".join(words)):
        yield command, int(found[1])
