# SPDX-License-Identifier: Apache-2.0
"""VS209: a component sets PYTHONPATH, which KServe does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.application.services import parts_with
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.rules.kserve.vs413_blocked_variable import BLOCKED, BlockedVariable
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_ENV = "        env: {{{name}: /mnt/code}}\n"


class BlockedComponentVariable(ApplicationRule):
    """Of ours: their definitions write env into an InferenceService as it is."""

    id = "VS209"
    slug = "blocked-component-variable"
    since = "0.1.0"
    source = "KServe v0.20.0 pkg/validation/env.go"
    title = Text(
        "a component's environment variable that KServe blocks", "组件设置了 KServe 禁止的环境变量"
    )
    why = BlockedVariable.why
    fix = BlockedVariable.fix
    messages = sentences(
        blocked=Text("KServe does not allow {name} here", "KServe 不允许在此处设置 {name}"),
    )
    bad = APPLICATION + _ENV.format(name=BLOCKED)
    good = APPLICATION + _ENV.format(name="CODE_PATH")

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for part in parts_with(application, "env"):
            if BLOCKED in part.at("env").mapping:
                yield cls.finding(part.at("env", BLOCKED).key, "blocked", name=BLOCKED)
