# SPDX-License-Identifier: Apache-2.0
"""Parts of objects that do nothing, as the name of a message and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.pods import pods_of
from velaserve_lint.reach import places
from velaserve_lint.rules.objects.selectors import PLACED_BY_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest


def idle(manifest: Manifest) -> Iterator[tuple[str, Cursor]]:
    for pod in pods_of(manifest):
        for path in PLACED_BY_LABELS:
            for selector in places(pod.spec, path):
                if selector.value is None:
                    yield "placement", selector
    if manifest.kind == "NetworkPolicy" and manifest.spec.at("policyTypes").value:
        types = {one.text for one in manifest.spec.at("policyTypes").items()}
        for direction in ("Ingress", "Egress"):
            rules = manifest.spec.at(direction.lower())
            if rules.value and direction not in types:
                yield "direction", rules
