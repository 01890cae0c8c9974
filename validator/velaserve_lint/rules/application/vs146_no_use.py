# SPDX-License-Identifier: Apache-2.0
"""VS146: a trait or a property that is of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.idle import idle
from velaserve_lint.rules.application.no_use_messages import MESSAGES
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_ONE = "minReplicas: 1\n      traits: [{type: monitoring, properties: {scrape: none}}]"


class NoUse(Refusal):
    """What would be accepted and ignored is refused."""

    id = "VS146"
    slug = "no-use"
    title = Text("a trait or property that is of no use", "不起作用的运维特征或属性")
    fix = Text("Remove it, or do what the message says.", "请删除，或按提示修改。")
    messages = MESSAGES
    bad = changed("minReplicas: 2", _ONE)
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for one in idle(application):
            yield cls.finding(application.document.key(one.path), one.message, name=one.name)
