# SPDX-License-Identifier: Apache-2.0
"""VS137: a property that needs another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.needing import NEEDING, needs
from velaserve_lint.combinations.rows import applied
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.examples import TRAITS
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class NeedsAnother(Refusal):
    """combinations/needing.py lists them."""

    id = "VS137"
    slug = "needs-another"
    title = Text("a property that needs another one", "属性依赖另一个未设置的属性")
    fix = Text("Add the other one.", "请补上另一个属性。")
    messages = sentences(
        needs=Text("'{one}' needs '{other}': {way}", "'{one}' 需要 '{other}'：{way}"),
    )
    bad = but(TRAITS, "metrics: {cpuUtilization: 70}", "metrics: {queueDepth: 4}")
    good = TRAITS

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for row, part in applied(application, NEEDING):
            if needs(row, part):
                place = application.document.key(part.at(row.one))
                yield cls.finding(place, "needs", one=row.one, other=row.other, way=row.way)
