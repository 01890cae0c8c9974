# SPDX-License-Identifier: Apache-2.0
"""VS110: an update that neither starts nor ends a pod."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.combinations.rows import part_of
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_ROLLING = "deploymentStrategy.rollingUpdate"
_STRATEGY = "deploymentStrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}"


class StuckUpdate(Refusal):
    """Both numbers of a rolling update are 0."""

    id = "VS110"
    slug = "stuck-update"
    title = Text("an update that moves nothing", "无法推进的更新策略")
    fix = Text("Raise maxSurge or maxUnavailable.", "请调大 maxSurge 或 maxUnavailable。")
    messages = sentences(
        stuck=Text(
            "maxSurge and maxUnavailable are both 0: no pod may come, and none may go",
            "maxSurge 与 maxUnavailable 均为 0：既不能新增 Pod，也不能减少 Pod",
        ),
        other=Text("the other 0", "另一个 0"),
    )
    bad = changed("minReplicas: 2", _STRATEGY)
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for component in application.settled():
            if "deploymentStrategy" not in component.properties:
                continue
            part = part_of(component)
            surge, unavailable = (f"{_ROLLING}.{name}" for name in ("maxSurge", "maxUnavailable"))
            if all(re.fullmatch("0+%?", str(part.get(one))) for one in (surge, unavailable)):
                place = application.document.value(part.at(surge))
                other = application.document.value(part.at(unavailable))
                yield cls.finding(place, "stuck").beside(other, "other")
