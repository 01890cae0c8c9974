# SPDX-License-Identifier: Apache-2.0
"""Puts the runtimes and the definitions of this repository on a cluster; may be repeated."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ci.cluster import manifests
from ci.cluster.manifests import Manifest
from ci.install import programs
from ci.install.access import Access
from ci.tools import schema
from ci.tools.reference import KINDS
from ci.tools.tree import ROOT

_RUNTIMES = ROOT / "ci" / "addon" / "runtimes"


def runtimes(access: Access, images: Mapping[str, str]) -> list[str]:
    """Apply the ClusterServingRuntimes whose local image `images` knows, with the one it names.

    Returns:
        What was applied, in words.

    Raises:
        CommandFailed: the cluster refuses one.
    """
    wanted = [each for each in _runtimes() if _container(each)["image"] in images]
    for each in wanted:
        _container(each)["image"] = images[_container(each)["image"]]
    items = {"apiVersion": "v1", "kind": "List", "items": wanted}
    apply = ("apply", "--server-side", "--force-conflicts", "--filename=-")
    access.kubectl(*apply, stdin=json.dumps(items))
    return [
        f"runtime {each['metadata']['name']}, image {_container(each)['image']}" for each in wanted
    ]


def definitions(access: Access, vela: Path, namespace: str) -> list[str]:
    """Apply every definition; returns and raises as `runtimes` does."""
    return [_definition(access, vela, namespace, file) for file in schema.definitions()]


def _definition(access: Access, vela: Path, namespace: str, file: Path) -> str:
    apply = ("def", "apply", file, "--namespace", namespace)
    programs.run_vela(vela, access.kubeconfig, *apply)
    return f"{KINDS[file.parent.name]} {file.stem}"


def _runtimes() -> Iterator[Manifest]:
    for file in sorted(_RUNTIMES.glob("*.yaml")):
        yield from manifests.read(file)


def _container(runtime: Manifest) -> Manifest:
    [container] = runtime["spec"]["containers"]
    made: Manifest = container
    return made
