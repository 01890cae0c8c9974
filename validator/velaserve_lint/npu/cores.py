# SPDX-License-Identifier: Apache-2.0
"""Into how many AICores Volcano cuts the cards that a pod may get a slice of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.names.accelerator import accelerators
from velaserve_lint.npu.chips import chips_of

if TYPE_CHECKING:
    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.npu.device import Npu


class Cutting(NamedTuple):
    """`parts` are the AICores of a slice, `whole` those of a card; of several chips, of each."""

    chips: tuple[str, ...]
    parts: tuple[int, ...]
    whole: tuple[int, ...]

    def allows(self, cores: int) -> bool:
        return cores in self.parts or (cores > 0 and any(cores % one == 0 for one in self.whole))


def cutting_of(demand: Demand, npu: Npu) -> Cutting:
    """Of the chip, where one is named; else of all that the pod may get."""
    rows = {chip: row.npu_core for chip, row in accelerators().items() if row.npu_core}
    chips = [npu.device.chip] if npu.device.chip in rows else sorted(chips_of(demand, npu))
    found = [rows[chip] for chip in chips]
    return Cutting(
        tuple(chips),
        tuple(sorted({part for row in found for part in row.parts})),
        tuple(sorted({whole for row in found for whole in row.whole})),
    )
