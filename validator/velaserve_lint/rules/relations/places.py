# SPDX-License-Identifier: Apache-2.0
"""Where an object is shown, and where it is put."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.cursor import Cursor
from velaserve_lint.index import file_of
from velaserve_lint.near import folder

if TYPE_CHECKING:
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.place import Place


def name_of(manifest: Manifest) -> Place:
    """Its name: what people look for."""
    return manifest.root.at("metadata", "name").place


def called(manifest: Manifest) -> dict[str, str]:
    """What messages call it: a kind and a name."""
    return {"kind": manifest.kind, "name": manifest.name}


def scope_of(manifest: Manifest) -> str:
    """Its namespace, or that of the Application which carries it; empty if nothing is said."""
    document = manifest.root.document
    around = Cursor(document, (), document.data).at("metadata", "namespace").text
    return manifest.namespace or around


def together_with(manifest: Manifest) -> tuple[str, str]:
    """The same for two objects that are applied to one namespace together."""
    return folder(file_of(manifest)), scope_of(manifest)
