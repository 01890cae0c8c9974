# SPDX-License-Identifier: Apache-2.0
"""Times of probes that cannot both be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.workloads.handlers import probes
from velaserve_lint.rules.workloads.seconds import progress_deadline, seconds, startup_budget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.place import Place
    from velaserve_lint.pods import Pod


# A probe that may take longer than its period is often meant: a slow answer is better than none,
# and the next one waits. Beyond that, the two were mixed up.
_SWAPPED = 10


class Clash(NamedTuple):
    """The first time is longer than the second, which it should fit into."""

    message: str
    place: Place
    first: int
    second: int


def clashes(pod: Pod) -> Iterator[Clash]:
    """Of each probe, and of the start with the roll-out."""
    deadline = progress_deadline(pod.manifest)
    for container in pod.main:
        for probe in probes(container):
            timeout, period = seconds(probe, "timeoutSeconds"), seconds(probe, "periodSeconds")
            if timeout > period * _SWAPPED:
                yield Clash("timeout", probe.at("timeoutSeconds").place, timeout, period)
        start = container.at.at("startupProbe")
        if deadline and (budget := startup_budget(start)) > deadline:
            yield Clash("deadline", start.key, budget, deadline)
