# SPDX-License-Identifier: Apache-2.0
"""What a ConfigMap or a Secret holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.place import Place

_DATA = ("data", "stringData", "binaryData")
_TOKEN = "kubernetes.io/service-account-token"  # noqa: S105


def keys_of(manifest: Manifest) -> tuple[str, ...]:
    """Empty where somebody fills it later: an empty one, a token, a trusted CA."""
    if manifest.root.at("type").text == _TOKEN:
        return ()
    if any("inject" in annotation for annotation in manifest.annotations.mapping):
        return ()
    return tuple(key for field in _DATA for key in manifest.root.at(field).mapping)


def data_of(manifest: Manifest) -> Place:
    """The first field that holds something."""
    filled = (manifest.root.at(field) for field in _DATA if manifest.root.at(field).mapping)
    return next((cursor.key for cursor in filled), manifest.root.place)
