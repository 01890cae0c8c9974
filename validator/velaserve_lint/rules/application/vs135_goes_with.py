# SPDX-License-Identifier: Apache-2.0
"""VS135: a property that goes with another value of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.going import GOING
from velaserve_lint.combinations.rows import applied
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.rules.words import listed, plain
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class GoesWith(Refusal):
    """What would be accepted and ignored is refused; combinations/going.py lists it."""

    id = "VS135"
    slug = "goes-with"
    title = Text("a property that goes with another value elsewhere", "属性与另一属性的取值不相配")
    fix = Text("Remove it, or change what it goes with.", "请删除该属性，或修改与之相关的取值。")
    messages = sentences(
        other=Text(
            "'{one}' goes with '{other}' {values}, found {found}",
            "'{one}' 须与 '{other}' 为 {values} 搭配，实为 {found}",
        ),
        without=Text(
            "'{one}' goes with '{other}' {values}, which is missing",
            "'{one}' 须与 '{other}' 为 {values} 搭配，但未设置",
        ),
        there=Text("found here", "实际取值在此"),
    )
    bad = changed("minReplicas: 2", "containerConcurrency: 4")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        document = application.document
        for row, part in applied(application, GOING):
            written = part.get(row.other)
            found = row.default if written is None else written
            one, known = part.get(row.one), type(found) in (str, bool)
            if one is None or row.only not in ("", one) or found in row.values or not known:
                continue
            there, values = document.value(part.at(row.other)), listed(row.values)
            message, place = "other" if found != "" else "without", document.key(part.at(row.one))
            finding = cls.finding(
                place, message, one=row.one, other=row.other, values=values, found=plain(found)
            )
            yield finding if written is None else finding.beside(there, "there")
