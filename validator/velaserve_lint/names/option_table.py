# SPDX-License-Identifier: Apache-2.0
"""The one table of server options."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from velaserve_lint.names.option import Option
from velaserve_lint.names.table import load

if TYPE_CHECKING:
    from collections.abc import Mapping


@functools.cache
def options() -> Mapping[str, Option]:
    """Every option by its key, in the order of options.toml."""
    rows = load("options.toml")
    return MappingProxyType({key: _option(key, row) for key, row in rows.items()})


def _option(key: str, row: dict[str, Any]) -> Option:  # Any: TOML; a test checks every row
    if row["type"] == "number" and "default" in row:
        row = row | {"default": float(row["default"])}
    return Option(key, **row | {"choices": tuple(row.get("choices", ()))})
