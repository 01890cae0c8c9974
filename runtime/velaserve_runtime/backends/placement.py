# SPDX-License-Identifier: Apache-2.0
"""Where a model version runs at this moment: what metadata, metrics and readiness say of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from velaserve_runtime.backends.breaker import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from velaserve_runtime.backends.guarded import GuardedInstance


class Placement:
    """Of several instances, that of the one which is worst off."""

    def __init__(
        self, guards: Sequence[GuardedInstance], on_cpu: Mapping[str, str] | None = None
    ) -> None:
        """`on_cpu`: of a model that is meant to run there, and has no guards."""
        self._guards = guards
        self._on_cpu = on_cpu or {}

    @property
    def device(self) -> str:
        """What the model is meant to run on; empty for the CPU."""
        return self._guards[0].labels["device"] if self._guards else ""

    @property
    def properties(self) -> Mapping[str, str]:
        """For people: device, provider, and whatever it is not as it should be."""
        return self._worst().placement if self._guards else self._on_cpu

    @property
    def state(self) -> State:
        return self._worst().breaker.state if self._guards else State.CLOSED

    @property
    def stands_in(self) -> bool:
        """Whether batches run on the CPU because they cannot on the device."""
        return any(guard.stands_in for guard in self._guards)

    @property
    def lost(self) -> str:
        """Why nothing runs the model; empty when something does."""
        return next((guard.lost for guard in self._guards if guard.lost), "")

    @property
    def always_cpu(self) -> bool:
        return all(guard.settled for guard in self._guards)

    @property
    def errors(self) -> Mapping[str, int]:
        """Device errors by reason; empty where there is no device."""
        total: Counter[str] = Counter()
        for guard in self._guards:
            total.update(guard.errors)
        return total

    def _worst(self) -> GuardedInstance:
        return max(self._guards, key=lambda guard: guard.breaker.state)
