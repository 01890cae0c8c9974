# SPDX-License-Identifier: Apache-2.0
"""Annotations `lint.velaserve.io/ignore: VS107 reason` of an object or an Application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.cursor import Cursor
from velaserve_lint.suppress.suppression import Suppression, split_reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Document

KEY = "lint.velaserve.io/ignore"


def annotated(document: Document) -> Iterator[Suppression]:
    """For the whole document, or, as `digits.lint.velaserve.io/ignore`, for one component."""
    root = Cursor(document, (), document.data)
    for key, value in root.at("metadata", "annotations").entries():
        component = key.removesuffix(KEY).removesuffix(".")
        if key.endswith(KEY) and (scope := _scope(root, component)) is not None:
            yield from _listed(value, scope)


def _scope(root: Cursor, component: str) -> Cursor | None:
    if not component:
        return root
    named = (one for one in root.at("spec", "components").items())
    return next((one for one in named if one.at("name").text == component), None)


def _listed(value: Cursor, scope: Cursor) -> Iterator[Suppression]:
    """Several are separated by semicolons or lines."""
    span = scope.document.whole(scope.path)
    for part in value.text.replace("\n", ";").split(";"):
        if part.strip():
            ids, reason = split_reason(part)
            yield Suppression(ids, reason, span.line, span.end_line, value.place)
