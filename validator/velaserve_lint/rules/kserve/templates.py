# SPDX-License-Identifier: Apache-2.0
"""Braces in what KServe reads as a Go template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.container import MODEL_CONTAINER
from velaserve_lint.rules.kserve.served_model import model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.place import Place

TRANSFORMER = "transformer-container"
_ACTION = re.compile(r"\{\{(.*?)(?:\}\}|$)", re.DOTALL)
_FIELD = re.compile(
    r"\s*(?:-\s+)?\.(?:Name|Namespace|UID|Generation|(?:Labels|Annotations)\.[A-Za-z_]\w*)"
    r"(?:\s+-)?\s*",
    re.ASCII,
)
# Fields of a model that are none of its container.
_OUTSIDE = frozenset(
    {"modelFormat", "runtime", "runtimeVersion", "protocolVersion", "storageUri", "storage"}
)


def wrong_templates(manifest: Manifest) -> Iterator[tuple[Place, str]]:
    """Each text with braces that KServe would not fill, and the braces."""
    for container in _containers(manifest):
        for text in _texts(container):
            for found in _ACTION.finditer(text.text):
                if not (found[0].endswith("}}") and _FIELD.fullmatch(found[1])):
                    yield text.place, found[0]


def _containers(manifest: Manifest) -> Iterator[Cursor]:
    """Those of runtimes, and what an InferenceService adds to them."""
    if manifest.kind != "InferenceService":
        for container in manifest.spec.at("containers").items():
            if container.at("name").text in (MODEL_CONTAINER, TRANSFORMER):
                yield container
    elif model := model_of(manifest):
        for key, value in model.at.entries():
            if key not in _OUTSIDE:
                yield value
        for container in manifest.spec.at("predictor", "containers").items():
            if container.at("name").text == TRANSFORMER:
                yield container


def _texts(cursor: Cursor) -> Iterator[Cursor]:
    """Every text in it; most hold no braces, so they are looked for first."""
    waiting = [cursor]
    while waiting:
        one = waiting.pop()
        if "{{" in one.text:
            yield one
        waiting += [value for _, value in one.entries()]
        waiting += one.items()
