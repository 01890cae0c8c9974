# SPDX-License-Identifier: Apache-2.0
"""Reads the tables of this package."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any


@functools.cache
def load(name: str) -> dict[str, Any]:  # Any: TOML; tests check every row
    import tomllib

    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
