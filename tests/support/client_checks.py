# SPDX-License-Identifier: Apache-2.0
"""What the client programs share: sample tensors, and the run of a program's check_* functions."""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
import traceback
from typing import TYPE_CHECKING, Any

import ml_dtypes
import numpy as np
from tritonclient.utils import InferenceServerException

if TYPE_CHECKING:
    from collections.abc import Mapping

Client = Any  # tritonclient is untyped
SAMPLES = {
    "BOOL": np.array([[True, False]]),
    "UINT8": np.array([[0, 255]], np.uint8),
    "UINT16": np.array([[0, 65535]], np.uint16),
    "UINT32": np.array([[0, 2**32 - 1]], np.uint32),
    "UINT64": np.array([[0, 2**64 - 1]], np.uint64),
    "INT8": np.array([[-128, 127]], np.int8),
    "INT16": np.array([[-32768, 32767]], np.int16),
    "INT32": np.array([[-(2**31), 2**31 - 1]], np.int32),
    "INT64": np.array([[-(2**63), 2**63 - 1]], np.int64),
    "FP16": np.array([[np.nan, -65504]], np.float16),
    "BF16": np.array([[1.5, -2.0]], ml_dtypes.bfloat16),
    "FP32": np.array([[np.inf, -0.0]], np.float32),
    "FP64": np.array([[np.nan, 1e308]], np.float64),
    "BYTES": np.array([[b"\x00\xff", b""]], np.object_),
}
"""One matrix of each V2 datatype, with its hard values."""


async def run_checks(module: str, client: Client) -> None:
    """Runs each check of the module with the client; prints, as JSON, what each found wrong."""
    checks: Mapping[str, Any] = {
        name: one for name, one in vars(sys.modules[module]).items() if name.startswith("check_")
    }
    found: dict[str, str] = {}
    for name, check in checks.items():
        try:
            outcome = check(client)
            if inspect.isawaitable(outcome):
                await outcome
            found[name] = ""
        except (AssertionError, InferenceServerException):
            found[name] = traceback.format_exc()
    sys.stdout.write(json.dumps(found) + "\n")


def run_synchronous_checks(module: str, client: Client) -> None:
    """The same for a client without coroutines, which is closed at the end."""
    asyncio.run(run_checks(module, client))
    client.close()
