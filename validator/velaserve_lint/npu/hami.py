# SPDX-License-Identifier: Apache-2.0
"""What HAMi makes of the MB and percents of a card that a container asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.quantity import NANO, nanos, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.npu.device import Npu

# By this annotation a pod asks for a slice of HAMi's own kind, the only one with percents.
MODE = "huawei.com/vnpu-mode"
CORE = "hami-core"
_MOST_MB = 1024 * 1024
_MOST_PERCENT = 100


def parts_of(demand: Demand) -> Iterator[Npu]:
    """Each resource that is MB or percents of a card."""
    for consumer in demand.users:
        yield from (one for one in consumer.npus if one.resource.of)


def wrong_with(demand: Demand, part: Npu) -> Iterator[str]:
    """What is wrong with it: bytes for MB, too many percent, no such mode, no card."""
    if part.resource.kind == "memory" and _is_bytes(part):
        yield "bytes"
    if part.resource.kind == "percent":
        if (part.number or 0) > _MOST_PERCENT:
            yield "percent"
        if demand.is_complete and not _has_mode(demand):
            yield "mode"
    beside = {one.name for user in demand.users if part in user.npus for one in user.npus}
    if part.resource.of not in beside:
        yield "alone"  # HAMi looks only at containers that ask for a number of cards


def _is_bytes(part: Npu) -> bool:
    """MB with a binary suffix, or more than any card has."""
    value = part.device.asked.value
    number = nanos(value)
    return number is not None and (suffix_of(value).endswith("i") or number >= _MOST_MB * NANO)


def _has_mode(demand: Demand) -> bool:
    said = demand.annotations.get(MODE)
    return said is not None and said.text == CORE
