# SPDX-License-Identifier: Apache-2.0
"""The objects that files hold, unchecked: what a run is compared with (`--against`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.embedded import embedded_in
from velaserve_lint.kinds import is_application
from velaserve_lint.manifest import manifests_in
from velaserve_lint.reading import read_application
from velaserve_lint.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.targets import Targets


def objects_of(content: str | bytes, file: str, targets: Targets) -> Iterator[Manifest]:
    """Those of one file, those inside Applications included; of what is no YAML, none."""
    for document in read(content, file).documents:
        if is_application(document):
            yield from embedded_in(read_application(document), targets)
        elif document.data is not None:
            yield from manifests_in(document, targets)
