# SPDX-License-Identifier: Apache-2.0
"""VS139: a list or mapping that must hold something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.filled import FILLED, is_empty
from velaserve_lint.combinations.rows import applied
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class EmptyProperty(Refusal):
    """combinations/filled.py lists them."""

    id = "VS139"
    slug = "empty-property"
    title = Text("an empty list or mapping", "空的列表或映射")
    fix = Text("Name something, or leave it out.", "请填写内容，或删除该属性。")
    messages = sentences(
        empty=Text(
            "'{name}' is empty; write one as in {example}, or leave it out",
            "'{name}' 为空；请写成 {example} 的形式，或删除",
        ),
    )
    bad = changed("minReplicas: 2", "warmup: {batchSizes: []}")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for row, part in applied(application, FILLED):
            if is_empty(row, part):
                place = application.document.value(part.at(row.name))
                yield cls.finding(place, "empty", name=row.name, example=row.example)
