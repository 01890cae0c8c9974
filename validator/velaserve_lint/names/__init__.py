# SPDX-License-Identifier: Apache-2.0
"""The one table of server options, shared by the server, the definitions and the linter."""

from __future__ import annotations

import functools
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from velaserve_lint.names.option import Option, OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Option", "OptionError", "options"]


@functools.cache
def options() -> Mapping[str, Option]:
    """Every option by its key, in the order of options.toml."""
    import tomllib

    table = tomllib.loads(resources.files(__name__).joinpath("options.toml").read_text("utf-8"))
    return MappingProxyType({key: _option(key, row) for key, row in table.items()})


def _option(key: str, row: dict[str, Any]) -> Option:  # Any: TOML; a test checks every row
    if row["type"] == "number" and "default" in row:
        row = row | {"default": float(row["default"])}
    return Option(key, **row | {"choices": tuple(row.get("choices", ()))})
