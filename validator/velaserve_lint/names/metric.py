# SPDX-License-Identifier: Apache-2.0
"""The table of the server's metrics."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from velaserve_lint.names.table import load

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Metric:
    """A row of metrics.toml."""

    name: str
    type: Literal["counter", "gauge", "histogram"]
    unit: str
    labels: tuple[str, ...]
    help: str

    @property
    def series(self) -> tuple[str, ...]:
        """The names by which PromQL asks for it."""
        if self.type == "histogram":
            return tuple(f"{self.name}_{part}" for part in ("bucket", "sum", "count"))
        return (self.name,)


@functools.cache
def metrics() -> Mapping[str, Metric]:
    """Every metric by its name, in the order of the table and of /metrics."""
    rows = load("metrics.toml")
    return MappingProxyType(
        {name: Metric(name, **row | {"labels": tuple(row["labels"])}) for name, row in rows.items()}
    )
