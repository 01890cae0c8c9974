# SPDX-License-Identifier: Apache-2.0
"""Quantities that are right for the API server and surely not what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.quantity import NANO, nanos

if TYPE_CHECKING:
    from velaserve_lint.rules.objects.amounts import Amount

_OF_BYTES = frozenset({"memory", "storage", "ephemeral-storage", "sizeLimit"})
_MEBIBYTE = 2**20 * NANO
# Real nodes have gigabytes for a core; without any memory written, no node has as many cores.
_LEAST_BESIDE_A_CORE = _MEBIBYTE // NANO * 64
_CORES_OF_NO_NODE = 1000 * NANO


def doubt(amount: Amount) -> str:
    """What is odd about the quantity, as the name of a message; empty where nothing is."""
    value, text = nanos(amount.at.value) or 0, str(amount.at.value)
    if amount.resource == "cpu":
        return "cores" if text.isdecimal() and _is_too_many(value, amount) else ""
    if amount.resource not in _OF_BYTES or not 0 < value < _MEBIBYTE:
        return ""
    return "milli" if value % NANO else "bare" if text.isdecimal() else ""


def _is_too_many(cores: int, amount: Amount) -> bool:
    *around, part, _ = amount.at.path
    if part not in ("requests", "limits"):
        return False
    memory = nanos(amount.at.document.data_at((*around, part, "memory")))
    most = _CORES_OF_NO_NODE if memory is None else memory // _LEAST_BESIDE_A_CORE
    return cores >= 32 * NANO and cores > most
