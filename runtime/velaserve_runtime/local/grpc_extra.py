# SPDX-License-Identifier: Apache-2.0
"""Whether the extra `grpc` is installed, without importing it."""

from __future__ import annotations

import importlib.util


def grpc_is_installed() -> bool:
    return importlib.util.find_spec("grpc") is not None
