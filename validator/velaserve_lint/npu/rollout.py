# SPDX-License-Identifier: Apache-2.0
"""Whether an update of pods with NPUs may wait for ever for cards that its own old pods hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.npu.device import Device
    from velaserve_lint.place import Place

# Of Kubernetes, and of KServe in Standard mode.
_DEFAULT = "25%"
# So many cards are a whole node: then an update needs another one.
_NODE = 8


class Surge(NamedTuple):
    """New pods that must have their cards before an old one ends."""

    place: Place
    pods: int
    device: Device
    is_said: bool


def waiting_surge(demand: Demand) -> Surge | None:
    """None where old pods make room for new ones, or where a pod's part of a card is small."""
    strategy, replicas = demand.strategy, demand.replicas.number
    pods = 1 if replicas is None else replicas
    device = next((one.device for of in demand.users for one in of.cards), None)
    if strategy is None or device is None or demand.is_soft_shared:
        return None
    if strategy.at("type").text == "Recreate":
        return None
    said, gone = (strategy.at("rollingUpdate", side) for side in ("maxSurge", "maxUnavailable"))
    surge, unavailable = _pods(said, pods, up=True), _pods(gone, pods, up=False)
    if not surge or unavailable or unavailable is None:
        return None
    is_said = said.value is not None
    # One pod of a few cards: the other way, nobody would answer during an update.
    if not is_said and pods == 1 and (device.number or 0) < _NODE:
        return None
    return Surge(said.place if is_said else device.named, surge, device, is_said)


def _pods(side: Cursor, pods: int, *, up: bool) -> int | None:
    """How many pods a number or a percentage is; None of what is neither."""
    value = _DEFAULT if side.value is None else side.value
    if type(value) is int:
        return max(value, 0)
    found = re.fullmatch(r"(\d{1,4})%", value, re.ASCII) if isinstance(value, str) else None
    return (int(found[1]) * pods + (99 if up else 0)) // 100 if found else None
