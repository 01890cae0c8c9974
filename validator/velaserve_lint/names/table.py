# SPDX-License-Identifier: Apache-2.0
"""Reads the tables of this package."""

from __future__ import annotations

import functools
from typing import Any

from velaserve_lint.package_data import text_of


@functools.cache
def load(name: str) -> dict[str, Any]:  # Any: TOML; tests check every row
    import tomllib

    return tomllib.loads(text_of(f"names/{name}"))
