# SPDX-License-Identifier: Apache-2.0
"""VS134: a step of ours whose component cannot go through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.releases import unready
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.application.release_messages import MESSAGES
from velaserve_lint.rules.examples import RELEASE
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class UnreadyRelease(ApplicationRule):
    """Of await-model, canary-release and compile-model."""

    id = "VS134"
    slug = "unready-release"
    since = "0.1.0"
    source = "traits/steps"
    title = Text("a step that its component cannot go through", "组件无法完成的步骤")
    why = Text("The workflow fails at this step.", "工作流会在此步骤失败。")
    fix = Text("Do what the message says.", "请按提示修改。")
    messages = MESSAGES
    bad = RELEASE.replace("      traits: [{type: canary}]\n", "")
    good = RELEASE

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for one in unready(application):
            place = application.document.value(one.path)
            yield cls.finding(place, one.message, step=one.step, name=one.name, type=one.type)
