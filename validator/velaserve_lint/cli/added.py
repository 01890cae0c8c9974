# SPDX-License-Identifier: Apache-2.0
"""--rules FILE, and plugins: rules that do not come with us."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from velaserve_lint.cli.checked import check
from velaserve_lint.cli.errors import UsageError
from velaserve_lint.package_data import json_of
from velaserve_lint.rules import RuleError, register
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import argparse

    from velaserve_lint.rule import Rule

GROUP = "velaserve_lint.rules"

_UNREADABLE = Text("cannot read '{file}': {reason}", "无法读取 '{file}'：{reason}")
_NOT_YAML = Text(
    "'{file}' is not YAML; see velaserve-lint {file}",
    "'{file}' 不是有效的 YAML；请运行 velaserve-lint {file} 查看",
)
_BAD_RULE = Text("'{file}': {reason}", "'{file}'：{reason}")
_NO_PLUGIN = Text(
    "there is no plugin '{name}' in the group velaserve_lint.rules; installed: {installed}",
    "velaserve_lint.rules 组中没有插件 '{name}'；已安装：{installed}",
)


def add_rules(arguments: argparse.Namespace) -> None:
    """Registers what the flags and the configuration name.

    Raises:
        UsageError: a file is not right, or a plugin is not installed.
    """
    for file in arguments.rules:
        _register(_declared(str(file)), str(file))
    for name in arguments.plugins:
        _register(_plugin(name), name)


def _declared(file: str) -> list[type[Rule]]:
    from velaserve_lint.source import read
    from velaserve_lint.user_rules.declared import rule_of

    try:
        source = read(Path(file).read_bytes(), file)
    except OSError as err:
        raise UsageError(_UNREADABLE, file=file, reason=err.strerror or str(err)) from err
    if source.findings:
        raise UsageError(_NOT_YAML, file=file)
    data: Any = source.documents[0].data if source.documents else None  # Any: checked next
    check(file, data, json_of("user_rules/rules.schema.json"))
    return [rule_of(entry, file) for entry in data["rules"]]


def _plugin(name: str) -> list[type[Rule]]:
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        raise UsageError(_NO_PLUGIN, name=name, installed=", ".join(sorted(found)) or "-")
    loaded = found[name].load()
    return [loaded] if isinstance(loaded, type) else list(loaded)


def _register(rules: list[type[Rule]], file: str) -> None:
    for rule in rules:
        try:
            register(rule)
        except RuleError as err:
            raise UsageError(_BAD_RULE, file=file, reason=str(err)) from err
