# SPDX-License-Identifier: Apache-2.0
"""The parts of an object that tables of rules speak about: containers, pods, the object itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.pods import pods_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

# What a table calls them; the object itself goes by its kind.
_SELECTING = frozenset({"DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"})
CONTAINER, INIT_CONTAINER, MODEL, POD = "container", "init container", "model", "pod"


def scopes(manifest: Manifest) -> Iterator[tuple[str, Cursor]]:
    """Each part with the name that tables have for it.

    Of patches and of versions that are gone, only the pods: their own fields mean something else.
    A sidecar, which is an init container that stays, is a container like others; so is a model,
    but for what its runtime may add to it.
    """
    if not is_fragment(manifest) and not _is_old(manifest):
        yield manifest.kind, manifest.root
    for pod in pods_of(manifest):
        yield POD, pod.spec
        for container in pod.containers:
            stays = container.at.at("restartPolicy").text == "Always"
            is_init = container.is_init and not stays
            scope = MODEL if container.is_model else INIT_CONTAINER if is_init else CONTAINER
            yield scope, container.at


def is_fragment(manifest: Manifest) -> bool:
    """A patch, for kustomize, or what a test expects: without a name, or a needed selector."""
    metadata = manifest.root.at("metadata")
    if not (metadata.at("name").text or metadata.at("generateName").text):
        return True
    return manifest.kind in _SELECTING and manifest.spec.at("selector").value is None


def _is_old(manifest: Manifest) -> bool:
    return manifest.kind == "Ingress" and manifest.api_version != "networking.k8s.io/v1"
