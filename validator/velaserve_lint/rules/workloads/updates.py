# SPDX-License-Identifier: Apache-2.0
"""Roll-outs that the API server refuses because they could never end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.workloads.portion import Portion, portion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

# How many pods may be missing and how many too many, by default.
_DEFAULTS = {
    "DaemonSet": (Portion(1), Portion(0)),
    "Deployment": (Portion(25, is_percent=True), Portion(25, is_percent=True)),
    "StatefulSet": (Portion(1), Portion(1)),
}


def problems(manifest: Manifest) -> Iterator[tuple[str, Cursor]]:
    """What is wrong, as the name of a message, and where."""
    strategy = "strategy" if manifest.kind == "Deployment" else "updateStrategy"
    update = manifest.spec.at(strategy, "rollingUpdate")
    least, most = _DEFAULTS[manifest.kind]
    missing, surplus = update.at("maxUnavailable"), update.at("maxSurge")
    if update.mapping:
        yield from _contradictions(manifest.kind, missing, surplus, least, most)
    for at in (missing, surplus):
        yield from _excess(at, manifest.kind)


def _contradictions(
    kind: str, missing: Cursor, surplus: Cursor, least: Portion, most: Portion
) -> Iterator[tuple[str, Cursor]]:
    fewer, more = portion(missing, least), portion(surplus, most)
    if fewer is None or more is None:
        return
    written = missing if missing.value is not None else surplus
    if fewer.number == 0 and (more.number == 0 or kind == "StatefulSet"):
        yield "stuck", written
    elif kind == "DaemonSet" and fewer.number and more.number:
        yield "both", surplus


def _excess(at: Cursor, kind: str) -> Iterator[tuple[str, Cursor]]:
    """A Deployment may have any number of pods too many."""
    found = portion(at, Portion(0))
    is_surplus = kind == "Deployment" and at.path[-1] == "maxSurge"
    if found is None and at.text:
        yield "format", at
    elif found and found.is_percent and found.number > 100 and not is_surplus:
        yield "excess", at
