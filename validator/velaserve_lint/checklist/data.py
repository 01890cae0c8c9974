# SPDX-License-Identifier: Apache-2.0
"""The generated tables of this package; ci/tools/checklist makes them."""

from __future__ import annotations

import functools
from typing import Any

from velaserve_lint.package_data import json_of


@functools.cache
def load(name: str) -> dict[str, Any]:  # Any: our own package data
    return json_of(f"checklist/{name}")
