# SPDX-License-Identifier: Apache-2.0
"""The configuration file: found upward from what is linted, checked against its schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from velaserve_lint.cli.checked import check
from velaserve_lint.cli.errors import UsageError
from velaserve_lint.package_data import json_of
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN, SHARED, TABLE = "velaserve-lint.toml", "pyproject.toml", "velaserve-lint"

_UNREADABLE = Text("cannot read '{file}': {reason}", "无法读取 '{file}'：{reason}")
_NOT_TOML = Text("'{file}' is not TOML: {reason}", "'{file}' 不是有效的 TOML：{reason}")


class Config(NamedTuple):
    """What a file asks for, by the names of the flags; `folder` is what its paths begin from."""

    folder: Path
    values: Mapping[str, Any]  # Any: as the schema describes each


NONE = Config(Path(), {})


def find(start: Path) -> Config:
    """The nearest configuration in the folder or above it.

    Raises:
        UsageError: it cannot be read, is not TOML, or is not what its schema describes.
    """
    for folder in (start, *start.parents):
        for name in (OWN, SHARED):
            if (file := folder / name).is_file() and (config := load(file)) is not None:
                return config
    return NONE


def load(file: Path) -> Config | None:
    """The configuration of a file; None for a pyproject.toml that has none.

    Raises:
        UsageError: it cannot be read, is not TOML, or is not what its schema describes.
    """
    data = _toml(file)
    if file.name == SHARED:
        data = data.get("tool", {}).get(TABLE)
        if data is None:
            return None
    check(file.as_posix(), data, schema())
    return Config(file.parent, data)


def schema() -> dict[str, Any]:  # Any: a JSON Schema
    return json_of("cli/config.schema.json")


def _toml(file: Path) -> dict[str, Any]:  # Any: TOML of any shape
    import tomllib  # only where there is a file

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as err:
        reason = err.strerror or str(err)
        raise UsageError(_UNREADABLE, file=file.as_posix(), reason=reason) from err
    except ValueError as err:
        raise UsageError(_NOT_TOML, file=file.as_posix(), reason=str(err)) from err
