# SPDX-License-Identifier: Apache-2.0
"""Fields of a pod with a few possible values, in KServe's objects: their CRDs name none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.fields.table import table
from velaserve_lint.fields.walk import Walk
from velaserve_lint.pods import pods_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.violations import Violation

_POD, _CONTAINER, _STRATEGY = (
    "#core.v1.PodSpec",
    "#core.v1.Container",
    "#apps.v1.DeploymentStrategy",
)


def impossible_choices(manifest: Manifest) -> Iterator[Violation]:
    """What KServe takes, and Kubernetes refuses in the Deployment that is made of it."""
    walk = Walk(table("kubernetes"), manifest.root.document, len(manifest.root.path))
    for struct, part in _parts(manifest):
        walk.compare(struct, part.value, part.path)
    return (violation for violation in walk.violations if violation.keyword == "enum")


def _parts(manifest: Manifest) -> Iterator[tuple[str, Cursor]]:
    for pod in pods_of(manifest):
        yield _POD, pod.spec
        yield _STRATEGY, pod.spec.at("deploymentStrategy")
        yield from ((_CONTAINER, one.at) for one in pod.containers if one.is_model)
