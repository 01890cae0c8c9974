# SPDX-License-Identifier: Apache-2.0
"""Which probes a container needs, and which of them it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.checklist.kinds import MODEL_ROLES, is_knative, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod

_PATIENCE_S = 30


def probed(pod: Pod, beside: Beside) -> list[Container]:
    """Those that others ask; where there is none, the first."""
    return list(serving(pod, beside)) or list(pod.main[:1])


def missing(pod: Pod, container: Container) -> Iterator[str]:
    """The names of those that it lacks."""
    needed = ["readinessProbe", "livenessProbe"]
    if _starts_slowly(pod, container):
        needed.append("startupProbe")
    for probe in needed:
        if not container.at.at(probe).mapping:
            yield probe


def _starts_slowly(pod: Pod, container: Container) -> bool:
    delay = container.at.at("livenessProbe", "initialDelaySeconds").number or 0
    resources = {**container.requests.mapping, **container.limits.mapping}
    has_device = any("/" in name for name in resources)
    is_slow = pod.role in MODEL_ROLES or has_device or delay >= _PATIENCE_S
    return is_slow and not is_knative(pod)
