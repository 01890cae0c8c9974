# SPDX-License-Identifier: Apache-2.0
"""VS428 (W18): a runtime that KServe refuses, by itself or beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import RunRule
from velaserve_lint.rules.kserve import runtimes as checks
from velaserve_lint.rules.kserve.examples import RUNTIME, but
from velaserve_lint.rules.kserve.kinds import RUNTIMES
from velaserve_lint.rules.kserve.problem import findings
from velaserve_lint.text import Text
from velaserve_lint.updates import Earlier, untouched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.run import Run

_TWO = '{name: digits, version: "1", autoSelect: true, priority: 1}'
_SECOND = f'{_TWO}\n    - {{name: digits, version: "2", autoSelect: true, priority: 2}}'


class ServingRuntime(RunRule):
    """Runtimes that are disabled are not looked at, as in the cluster."""

    id = "VS428"
    slug = "serving-runtime"
    since = "0.1.0"
    source = "W18: KServe v0.20.0 pkg/webhook/admission/servingruntime/servingruntime_webhook.go"
    title = Text("a runtime that KServe refuses", "KServe 不接受的运行时")
    why = Text(
        "Where a model names no runtime, KServe chooses by format, protocol and priority.",
        "模型未指定运行时时，KServe 按格式、协议和优先级选择。",
    )
    fix = Text(
        "Give a format one priority in a runtime, and another one in each other runtime.",
        "请使同一格式在一个运行时中只有一个优先级，并与其他运行时不同。",
    )
    messages = checks.MESSAGES
    bad = but(RUNTIME, _TWO, _SECOND)
    good = but(RUNTIME, _TWO, _SECOND.replace("priority: 2", "priority: 1"))

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        runtimes = [one for one in run.manifests if one.kind in RUNTIMES]
        runtimes = [one for one in runtimes if not checks.is_disabled(one)]
        earlier, rivals = Earlier(run), checks.Rivals()
        for kept in untouched(run):
            rivals.add(kept)
        for runtime in runtimes:
            before = earlier.of(runtime)
            if before and checks.has_workers(before) and not checks.has_workers(runtime):
                yield cls.finding(runtime.spec.key, "removed")
            yield from findings(cls, checks.problems(runtime))
            yield from findings(cls, rivals.of(runtime))
            rivals.add(runtime)
