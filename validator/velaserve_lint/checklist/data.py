# SPDX-License-Identifier: Apache-2.0
"""The generated tables of this package; ci/tools/checklist makes them."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any


@functools.cache
def load(name: str) -> dict[str, Any]:  # Any: our own package data
    data: dict[str, Any] = json.loads(
        resources.files(__package__).joinpath(name).read_text("utf-8")
    )
    return data
