# SPDX-License-Identifier: Apache-2.0
"""VS136: two properties that exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.excluding import EXCLUDING
from velaserve_lint.combinations.rows import applied
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class ExcludeEachOther(Refusal):
    """combinations/excluding.py lists them."""

    id = "VS136"
    slug = "exclude-each-other"
    title = Text("two properties that exclude each other", "两个互斥的属性")
    fix = Text("Remove one of them.", "请删除其中之一。")
    messages = sentences(
        both=Text("'{one}' beside '{other}': {way}", "'{one}' 与 '{other}' 并存：{way}"),
        other=Text("the other one", "另一个在此"),
    )
    bad = changed("minReplicas: 2", "storage: {path: digits}")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        for row, part in applied(application, EXCLUDING):
            if part.get(row.one) is not None and part.get(row.other) is not None:
                place, other = document.key(part.at(row.one)), document.key(part.at(row.other))
                finding = cls.finding(place, "both", one=row.one, other=row.other, way=row.way)
                yield finding.beside(other, "other")
