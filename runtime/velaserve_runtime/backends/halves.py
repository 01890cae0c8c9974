# SPDX-License-Identifier: Apache-2.0
"""Runs a batch in two halves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from velaserve_runtime.backends.instance import Arrays, Runner


def execute_halves(runner: Runner, batch: Arrays, rows: int) -> Arrays:
    """Of a batch of two rows or more, which do not depend on each other."""
    halves = (slice(rows // 2), slice(rows // 2, None))
    parts = [
        runner.execute({name: array[half] for name, array in batch.items()}) for half in halves
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
