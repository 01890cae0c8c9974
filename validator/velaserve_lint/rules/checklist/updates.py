# SPDX-License-Identifier: Apache-2.0
"""How pods of a new version take the place of the old."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.checklist.counts import counts_of
from velaserve_lint.rules.checklist.kinds import MODEL_ROLES, is_knative

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

_FIELDS: Mapping[str, str] = {
    "DaemonSet": "updateStrategy",
    "Deployment": "strategy",
    "StatefulSet": "updateStrategy",
}
_INTERRUPTING = ("OnDelete", "Recreate")
_ALL = re.compile(r"[1-9]\d{2,}%")


class Interruption(NamedTuple):
    """Where it is written, and the message's key."""

    at: Cursor
    message: str


def strategy_of(pod: Pod) -> Cursor | None:
    """The field, which may be missing; None where there is no update."""
    if pod.role in MODEL_ROLES:
        return None if is_knative(pod) else pod.spec.at("deploymentStrategy")
    field = _FIELDS.get(pod.manifest.kind)
    return pod.manifest.spec.at(field) if field else None


def interruption(pod: Pod, strategy: Cursor, beside: Beside) -> Interruption | None:
    """What leaves nobody who answers."""
    if strategy.at("type").text in _INTERRUPTING:
        return Interruption(strategy.at("type"), "type")
    most = strategy.at("rollingUpdate", "maxUnavailable")
    counts = counts_of(pod, beside)
    takes_all = counts is not None and (most.number or 0) >= max(counts.fewest, 1)
    return Interruption(most, "all") if takes_all or _ALL.fullmatch(most.text) else None
