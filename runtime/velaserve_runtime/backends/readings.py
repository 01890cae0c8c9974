# SPDX-License-Identifier: Apache-2.0
"""Figures that only a backend knows, for /metrics."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from velaserve_runtime.backends.instance import Runner


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure; of several instances counters add up, and the largest gauge counts."""

    metric: str
    """A name of velaserve_lint's names/metrics.toml."""
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    """Beside the model's and the version's."""


@runtime_checkable
class Measured(Protocol):
    """A Runner with figures; asked on the event loop, so it answers from memory."""

    def readings(self) -> Iterable[Reading]: ...


def readings_of(runner: Runner) -> Iterable[Reading]:
    """None where a backend has none."""
    return runner.readings() if isinstance(runner, Measured) else ()
