# SPDX-License-Identifier: Apache-2.0
"""What ConfigMaps and Secrets hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint import naming
from velaserve_lint.placeholders import has_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

MOST_BYTES = 2**20
_MAPS = ("data", "stringData", "binaryData")


def wrong_data(manifest: Manifest) -> Iterator[tuple[str, Cursor, str]]:
    """A message, where, and what it is about."""
    entries = [entry for name in _MAPS for entry in manifest.root.at(name).entries()]
    for key, at in entries:
        if not naming.DATA_KEY.fits(key) and not has_placeholder(key):
            yield "key", at, key
    doubled = manifest.root.at("data").mapping.keys() & manifest.root.at("binaryData").mapping
    for key in sorted(doubled):
        yield "doubled", manifest.root.at("binaryData", key), key
    size = sum(len(at.text.encode(errors="replace")) for _, at in entries)
    if manifest.kind == "ConfigMap" and size > MOST_BYTES:
        yield "size", manifest.root.at("data"), f"{size / MOST_BYTES:.1f}"
