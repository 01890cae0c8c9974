# SPDX-License-Identifier: Apache-2.0
"""How a container ends that others ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.checklist.kinds import is_knative
from velaserve_lint.rules.checklist.ours import is_ours, option

if TYPE_CHECKING:
    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod
    from velaserve_lint.text import Argument

_DEFAULT_GRACE_S = 30  # of Kubernetes
_SLEEP = re.compile(r"\bsleep\s+(\d+)")


class Ending(NamedTuple):
    """What a container waits, and when the kubelet ends it; a wait of 0 is of unknown length."""

    delay_s: float
    grace_s: int
    at: Cursor

    @property
    def is_short(self) -> bool:
        return self.grace_s <= self.delay_s

    @property
    def words(self) -> dict[str, Argument]:
        return {"delay": f"{self.delay_s:g}", "grace": self.grace_s}


def ending_of(pod: Pod, container: Container) -> Ending | None:
    """None where it does not wait."""
    grace = pod.spec.at("terminationGracePeriodSeconds").number
    grace_s = _DEFAULT_GRACE_S if grace is None else grace
    hook = container.at.at("lifecycle", "preStop")
    if hook.mapping:
        return Ending(_sleep(hook), grace_s, hook)
    if is_knative(pod):
        return Ending(0, grace_s, pod.spec)
    if not is_ours(container):
        return None
    delay_s, at = option(container, "drain_delay_s")
    return Ending(delay_s, grace_s, at) if isinstance(delay_s, int | float) and delay_s else None


def _sleep(hook: Cursor) -> int:
    seconds = hook.at("sleep", "seconds").number
    words = " ".join(one.text for one in hook.at("exec", "command").items())
    found = _SLEEP.search(words)
    return seconds or (int(found[1]) if found else 0)
