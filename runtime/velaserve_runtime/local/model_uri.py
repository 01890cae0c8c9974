# SPDX-License-Identifier: Apache-2.0
"""modelUri -> the folder on this machine that holds the model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import BAD_APPLICATION, BAD_ENVIRONMENT, LocalError
from velaserve_runtime.local.storage import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.local.console import Console

Claims = dict[str, Path]
"""Name of a PersistentVolumeClaim -> the folder that stands for it (`--pvc NAME=DIR`)."""


def resolve(
    uri: str, component: str, beside: Path, claims: Mapping[str, Path], console: Console
) -> Path:
    """The model's folder; `file://` paths that are not absolute start at `beside`.

    Raises:
        LocalError: no such folder, an unknown claim, or what is remote cannot be fetched.
    """
    scheme, _, rest = uri.partition("://")
    match scheme:
        case "file":
            folder = beside / rest
        case "pvc":
            folder = _in_claim(uri, component, claims)
        case _:
            folder = fetch(uri, component, console)
    if not folder.is_dir():
        raise LocalError(
            BAD_APPLICATION,
            messages.FOLDER_MISSING,
            component=component,
            uri=uri,
            folder=str(folder),
        )
    return folder


def _in_claim(uri: str, component: str, claims: Mapping[str, Path]) -> Path:
    claim, _, path = uri.removeprefix("pvc://").partition("/")
    if claim not in claims:
        given = ", ".join(sorted(claims)) or "-"
        raise LocalError(
            BAD_ENVIRONMENT,
            messages.CLAIM_MISSING,
            component=component,
            uri=uri,
            claim=claim,
            given=given,
        )
    return claims[claim] / path
