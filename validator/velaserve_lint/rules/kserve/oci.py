# SPDX-License-Identifier: Apache-2.0
"""Whether KServe takes models out of images."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.updates import untouched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.run import Run

CONFIG_MAP, KEY = "inferenceservice-config", "storageInitializer"
SCHEME = "oci://"
SWITCHES = ("enableModelcar", "enableOciModelSupport", "ociModelMode")


def disabling(run: Run) -> Cursor | None:
    """What switches it off, where KServe's ConfigMap is known."""
    for manifest in (*run.manifests, *untouched(run)):
        if (manifest.group, manifest.kind, manifest.name) == ("", "ConfigMap", CONFIG_MAP):
            settings = manifest.root.at("data", KEY)
            return settings if _is_off(settings.text) else None
    return None


def image_uris(run: Run) -> Iterator[Cursor]:
    """The models that InferenceServices want out of images; with a suffix they say how."""
    for manifest in run.manifests:
        for component in components_of(manifest) if manifest.kind == "InferenceService" else ():
            listed = (one.at("uri") for one in component.at.at("storageUris").items())
            for uri in (component.storage_uri, *listed):
                if uri and uri.text.startswith(SCHEME):
                    yield uri


def _is_off(text: str) -> bool:
    try:
        settings = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(settings, dict) and not any(settings.get(name) for name in SWITCHES)
