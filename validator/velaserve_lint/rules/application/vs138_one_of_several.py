# SPDX-License-Identifier: Apache-2.0
"""VS138: too many or too few of the properties of which there must be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.choosing import CHOOSING, chosen
from velaserve_lint.combinations.rows import applied
from velaserve_lint.place import dotted
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class OneOfSeveral(Refusal):
    """combinations/choosing.py lists them."""

    id = "VS138"
    slug = "one-of-several"
    title = Text("of these properties there must be one", "这些属性必须选择其一")
    fix = Text("Keep or add one.", "请保留或补上其中一个。")
    messages = sentences(
        none=Text("'{parent}' needs one of {names}", "'{parent}' 需要 {names} 之一"),
        several=Text("'{parent}' has {found}; it takes one", "'{parent}' 有 {found}；只能有一个"),
    )
    bad = changed("minReplicas: 2", "volumes: [{name: cache}]")
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for row, part in applied(application, CHOOSING):
            found = chosen(row, part)
            if found is None or row.least <= len(found) <= row.most:
                continue
            parent = dotted(part.path[part.path.index("properties") + 1 :]) or "properties"
            place = application.document.key(part.path)
            if found:
                place = application.document.key(part.at(found[-1]))
                yield cls.finding(place, "several", parent=parent, found=", ".join(found))
            else:
                names = ", ".join(row.names)
                yield cls.finding(place, "none", parent=parent, names=names)
