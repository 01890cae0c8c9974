# SPDX-License-Identifier: Apache-2.0
"""The fields of Kubernetes' and KServe's objects, by tables that are made from their schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.fields.apis import kinds
from velaserve_lint.fields.patches import is_patch
from velaserve_lint.fields.table import table
from velaserve_lint.fields.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Document, Json
    from velaserve_lint.place import Path
    from velaserve_lint.violations import Violation


def check(
    document: Document, data: Json, path: Path, api_version: str, kind: str
) -> Iterator[Violation]:
    """Where an object, which stands at the path, contradicts its kind; nothing of unknown kinds."""
    if name := kinds().get(api_version, {}).get(kind):
        found = table(name)
        walk = Walk(found, document, len(path))
        walk.compare(found.kinds[api_version][kind], data, path)
        is_part = is_patch(kind, data)
        yield from (
            violation
            for violation in walk.violations
            if not (is_part and violation.keyword == "required")
        )


def is_known(api_version: str, kind: str) -> bool:
    """Whether the fields of the kind are known."""
    return bool(kinds().get(api_version, {}).get(kind))


def known_kinds() -> Iterator[tuple[str, str]]:
    """Every apiVersion and kind whose fields are known."""
    for api_version, names in kinds().items():
        yield from ((api_version, kind) for kind, name in names.items() if name)
