# SPDX-License-Identifier: Apache-2.0
"""Which APIs there are."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from velaserve_lint.fields.table import load

if TYPE_CHECKING:
    from collections.abc import Mapping


@functools.cache
def kinds() -> Mapping[str, Mapping[str, str | None]]:
    """The kinds of each apiVersion, each with the name of its table where there is one."""
    found: Mapping[str, Mapping[str, str | None]] = load("apis")["kinds"]
    return found
