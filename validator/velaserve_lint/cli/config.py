# SPDX-License-Identifier: Apache-2.0
"""The configuration file: found upward from what is linted, checked against its schema."""

from __future__ import annotations

import json
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from velaserve_lint.cli.errors import UsageError
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema.exceptions import ValidationError

OWN, SHARED, TABLE = "velaserve-lint.toml", "pyproject.toml", "velaserve-lint"

_UNREADABLE = Text("cannot read '{file}': {reason}", "无法读取 '{file}'：{reason}")
_NOT_TOML = Text("'{file}' is not TOML: {reason}", "'{file}' 不是有效的 TOML：{reason}")
_UNKNOWN = Text(
    "'{file}' has an unknown key '{key}'; did you mean '{near}'?",
    "'{file}' 中有未知的键 '{key}'；是否指 '{near}'？",
)
_POSSIBLE = Text(
    "'{file}' has an unknown key '{key}'; possible: {possible}",
    "'{file}' 中有未知的键 '{key}'；可用：{possible}",
)
_WRONG = Text("'{file}': {key} ", "'{file}'：{key} ")
_EXPECTED = {
    "enum": Text("must be one of {limit}, found {found}", "应为 {limit} 之一，实为 {found}"),
    "pattern": Text("must match {limit}, found {found}", "须匹配 {limit}，实为 {found}"),
    "type": Text("must be of type {limit}, found {found}", "应为 {limit} 类型，实为 {found}"),
    "minLength": Text("must not be empty", "不能为空"),
}


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
    _check(file, data)
    return Config(file.parent, data)


def schema() -> dict[str, Any]:  # Any: a JSON Schema
    text = resources.files("velaserve_lint.cli").joinpath("config.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _toml(file: Path) -> dict[str, Any]:  # Any: TOML of any shape
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as err:
        reason = err.strerror or str(err)
        raise UsageError(_UNREADABLE, file=file.as_posix(), reason=reason) from err
    except ValueError as err:
        raise UsageError(_NOT_TOML, file=file.as_posix(), reason=str(err)) from err


def _check(file: Path, data: object) -> None:
    from jsonschema import Draft202012Validator  # only where there is a configuration

    for error in _sorted(Draft202012Validator(schema()).iter_errors(data)):
        key = ".".join(map(str, error.absolute_path)) or TABLE
        if error.validator == "additionalProperties":
            _unknown(file, error)
        limit, found = _said(error.validator_value), _said(error.instance)
        problem = _EXPECTED[str(error.validator)]
        raise UsageError(
            _joined(_WRONG, problem), file=file.as_posix(), key=key, limit=limit, found=found
        )


def _joined(start: Text, rest: Text) -> Text:
    return Text(start.en + rest.en, start.zh + rest.zh)


def _unknown(file: Path, error: ValidationError) -> None:
    possible = schema()["properties"]
    key = min(set(error.instance) - set(possible))  # type: ignore[arg-type]  # a mapping
    if near := suggest(key, possible):
        raise UsageError(_UNKNOWN, file=file.as_posix(), key=key, near=near)
    listed = ", ".join(sorted(possible))
    raise UsageError(_POSSIBLE, file=file.as_posix(), key=key, possible=listed)


def _sorted(errors: Iterator[ValidationError]) -> list[ValidationError]:
    return sorted(errors, key=lambda error: [str(step) for step in error.absolute_path])


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else json.dumps(value)
