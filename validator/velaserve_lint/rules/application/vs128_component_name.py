# SPDX-License-Identifier: Apache-2.0
"""VS128: a name that does not fit where it is used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.name_limits import LABEL, limit_of
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding

_STARTS_WITH_A_LETTER = re.compile("[a-z]([-a-z0-9]*[a-z0-9])?")


class ComponentName(ApplicationRule):
    """KServe writes names into labels and hosts, with more around them; a canary's is longer."""

    id = "VS128"
    slug = "component-name"
    since = "0.1.0"
    source = "shared/reference/definitions.md 1; components/model-serving/inference_service.cue"
    title = Text("a name that does not fit", "名称不符合要求")
    why = Text("No pod comes, or a later release fails.", "不会有 Pod，或者以后的发布会失败。")
    fix = Text(
        "Choose a shorter name of a-z, 0-9 and -.", "请改用由 a-z、0-9 和 - 组成的更短名称。"
    )
    messages = sentences(
        long=Text(
            "'{name}' has {length} characters, the most here is {limit}",
            "'{name}' 有 {length} 个字符，此处最多 {limit} 个",
        ),
        form=Text(
            "'{name}' must begin with a letter, and have a-z, 0-9 and - only",
            "'{name}' 必须以字母开头，且只含 a-z、0-9 和 -",
        ),
    )
    bad = APPLICATION.replace("    - name: digits", "    - name: 7-segment-digits")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for component in application.components:
            name, limit = component.name, limit_of(application, component)
            is_form = limit == LABEL or not name or _STARTS_WITH_A_LETTER.fullmatch(name)
            if len(name) > limit or not is_form:
                message = "long" if len(name) > limit else "form"
                place = application.document.value((*component.path, "name"))
                yield cls.finding(place, message, name=name, length=len(name), limit=limit)
