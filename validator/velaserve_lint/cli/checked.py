# SPDX-License-Identifier: Apache-2.0
"""Files of the user's own settings, held against their schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from velaserve_lint.cli.errors import UsageError
from velaserve_lint.suggest import suggest
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

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
    "required": Text("needs {limit}", "需要 {limit}"),
    "type": Text("must be of type {limit}, found {found}", "应为 {limit} 类型，实为 {found}"),
    "minLength": Text("must not be empty", "不能为空"),
    "oneOf": Text("needs either kinds or types", "需要 kinds 或 types 之一"),
    "anyOf": Text("must be a text, or en and zh", "应为文本，或 en 和 zh"),
}


def check(file: str, data: object, schema: dict[str, Any]) -> None:  # Any: a JSON Schema
    """Nothing, where the schema accepts the data.

    Raises:
        UsageError: it does not; the first contradiction is told.
    """
    from jsonschema import Draft202012Validator  # only where there is such a file

    errors = Draft202012Validator(schema).iter_errors(data)
    for error in sorted(errors, key=lambda one: [str(step) for step in one.absolute_path]):
        raise _told(file, error)


def _told(file: str, error: ValidationError) -> UsageError:
    if error.validator == "additionalProperties":
        return _unknown(file, error)
    expected = _EXPECTED[str(error.validator)]
    text = Text(_WRONG.en + expected.en, _WRONG.zh + expected.zh)
    key = ".".join(map(str, error.absolute_path)) or "the file"
    limit, found = _said(error.validator_value), _said(error.instance)
    return UsageError(text, file=file, key=key, limit=limit, found=found)


def _unknown(file: str, error: ValidationError) -> UsageError:
    schema: Any = error.schema  # Any: a JSON Schema
    found: Any = error.instance  # Any: JSON of any shape
    possible = schema["properties"]
    key = min(set(found) - set(possible))
    if near := suggest(key, possible):
        return UsageError(_UNKNOWN, file=file, key=key, near=near)
    return UsageError(_POSSIBLE, file=file, key=key, possible=", ".join(sorted(possible)))


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else json.dumps(value)
