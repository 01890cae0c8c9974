# SPDX-License-Identifier: Apache-2.0
"""The table of accelerators: which resource a pod asks for to get a card or a part of one."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from velaserve_lint.names.table import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class NpuCore:
    """Slices by AICores."""

    parts: Sequence[int]
    whole: Sequence[int]
    product: str
    level: Sequence[int] = ()
    dvpp: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Accelerator:
    """A row of accelerators.toml, which says what each field is; empty: there is no such thing."""

    chip: str
    vendor: Literal["ascend", "nvidia"]
    resource: str
    shared: str = ""
    memory: str = ""
    cores: str = ""
    mig: str = ""
    vnpu: Mapping[str, str] = field(default_factory=dict)
    npu_core: NpuCore | None = None


@functools.cache
def accelerators() -> Mapping[str, Accelerator]:
    """Every accelerator by its chip, in the order of the table."""
    rows = load("accelerators.toml")
    return MappingProxyType({chip: _read(chip, row) for chip, row in rows.items()})


def _read(chip: str, row: dict[str, Any]) -> Accelerator:  # Any: TOML; tests check every row
    cores = {"npu_core": NpuCore(**row["npu_core"])} if "npu_core" in row else {}
    return Accelerator(chip, **row | cores)
