# SPDX-License-Identifier: Apache-2.0
"""Arguments completed by the configuration file, then by defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from velaserve_lint import targets
from velaserve_lint.cli import config
from velaserve_lint.cli.errors import UsageError
from velaserve_lint.finding import Severity
from velaserve_lint.selection import unknown_rule
from velaserve_lint.settings import Settings
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from velaserve_lint.cli.config import Config
    from velaserve_lint.targets import Version

_DEFAULTS: Mapping[str, Any] = {  # Any: each flag has a type of its own
    "allow-type": [],
    "baseline": None,
    "checklist": False,
    "definitions": [],
    "exclude": [],
    "fail-on": "error",
    "ignore": [],
    "ignore-in-paths": {},
    "output-format": ["full"],
    "plugins": [],
    "rules": [],
    "severity": {},
}
_FILES = ("baseline", "definitions", "rules")
_UNKNOWN_RULE = Text(
    "there is no rule '{id}'; did you mean {near}? `velaserve-lint rules` lists all",
    "没有规则 '{id}'；是否指 {near}？`velaserve-lint rules` 可列出全部规则",
)
_NO_VERSION = Text(
    "--{flag}: expected a version such as 1.34, found '{found}'",
    "--{flag}：应为版本号，例如 1.34，实为 '{found}'",
)


def complete(arguments: argparse.Namespace) -> None:
    """Fills in what the command line did not say.

    Raises:
        UsageError: the configuration is not right.
    """
    found = _config(arguments)
    for key, default in {**dict.fromkeys(targets.Targets._fields), **_DEFAULTS}.items():
        name = key.replace("-", "_")
        if getattr(arguments, name, None) is None:
            setattr(arguments, name, _value(found, key, default))
    if not arguments.lang_is_asked_for:
        arguments.lang = found.values.get("lang", arguments.lang)


def settings_of(arguments: argparse.Namespace) -> Settings:
    """How to lint.

    Raises:
        UsageError: a rule or a version that does not exist is named.
    """
    selectors = [*arguments.ignore, *arguments.severity]
    _check_rules([*selectors, *(one for ids in arguments.ignore_in_paths.values() for one in ids)])
    return Settings(
        targets=targets_of(arguments),
        ignored=tuple(arguments.ignore),
        ignored_in_paths=tuple(
            (pattern, tuple(ids)) for pattern, ids in arguments.ignore_in_paths.items()
        ),
        severities={rule: Severity[word.upper()] for rule, word in arguments.severity.items()},
        checklist=arguments.checklist,
    )


def targets_of(arguments: argparse.Namespace) -> targets.Targets:
    """The versions in the cluster.

    Raises:
        UsageError: one is no version.
    """
    given = {flag: getattr(arguments, flag) for flag in targets.Targets._fields}
    versions = {flag: _version(flag, text) for flag, text in given.items() if text}
    return targets.DEFAULT._replace(**versions)


def _config(arguments: argparse.Namespace) -> Config:
    if arguments.isolated:
        return config.NONE
    if arguments.config:
        return config.load(Path(arguments.config)) or config.NONE
    return config.find(_common(arguments.paths))


def _common(paths: list[str]) -> Path:
    """The folder that all paths are in."""
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]  # noqa: PTH112, PTH120
    absolute = [os.path.abspath(folder) for folder in folders if folder != "-"]  # noqa: PTH100
    try:
        return Path(os.path.commonpath(absolute or [os.getcwd()]))  # noqa: PTH109
    except ValueError:  # on several drives
        return Path.cwd()


def _value(found: Config, key: str, default: Any) -> Any:  # Any: as above
    value = found.values.get(key, default)
    if key not in _FILES or not value:
        return value
    return (
        [found.folder / one for one in value] if isinstance(value, list) else found.folder / value
    )


def _check_rules(selectors: Iterable[str]) -> None:
    for selector in selectors:
        if near := unknown_rule(selector):
            raise UsageError(_UNKNOWN_RULE, id=selector, near=near)


def _version(flag: str, text: str) -> Version:
    numbers = text.removeprefix("v").split(".")
    if not all(number.isdecimal() for number in numbers):
        raise UsageError(_NO_VERSION, flag=flag, found=text)
    return tuple(map(int, numbers))
