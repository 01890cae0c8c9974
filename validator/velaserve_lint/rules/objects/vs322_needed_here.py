# SPDX-License-Identifier: Apache-2.0
"""VS322: a field that need not be there in general, but must be here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.reach import places, reach
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.rules.objects.clauses import NEEDED
from velaserve_lint.rules.objects.scopes import scopes
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_IMAGE = "        - name: server\n          image: registry.example.com/digits:1.4.2\n"


class NeededHere(ManifestRule):
    """Because of what stands beside it."""

    id = "VS322"
    slug = "needed-here"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/*/validation/validation.go"
    title = Text("a field that is needed here is missing", "缺少此处必需的字段")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text("Add the field.", "请补上该字段。")
    messages = sentences(
        missing=Text("{field} is missing: {because}", "缺少 {field}：{because}"),
    )
    bad = but(DEPLOYMENT, _IMAGE, "        - name: server\n")
    good = DEPLOYMENT

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        for scope, cursor in scopes(manifest):
            for clause in NEEDED.get(scope, ()):
                for around in reach(cursor, clause.around):
                    if isinstance(around.value, dict) and clause.when(around):
                        for at in filter(_is_missing, _asked(around, clause.field)):
                            field, because = clause.field, clause.because
                            yield cls.finding(at.key, "missing", field=field, because=because)


def _asked(around: Cursor, field: str) -> Iterator[Cursor]:
    """Of a list, each item's; a field that is not there is not in what is not there either."""
    yield from places(around, field) if "[]" in field else (around.at(*field.split(".")),)


def _is_missing(cursor: Cursor) -> bool:
    return cursor.value in (None, "", [])
