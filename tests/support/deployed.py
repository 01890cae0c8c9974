# SPDX-License-Identifier: Apache-2.0
"""Applications and volumes that are on the cluster while a block runs, and no longer."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import yaml

from ci.cluster.serving import claim as models_claim
from ci.cluster.serving import volume
from support.eventually import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.kube import Kube, Object
    from support.vela import Vela


@contextmanager
def deploying(vela: Vela, kube: Kube, folder: Path) -> Iterator[Callable[[Object], str]]:
    """Hands an Application to `vela up`, which may be repeated; what it printed.

    At the end every Application is deleted, and its pods are gone. `folder` takes the files.
    """
    deployed: dict[str, None] = {}

    def deploy(application: Object) -> str:
        name = application["metadata"]["name"]
        deployed[name] = None
        file = folder / f"{name}.yaml"
        file.write_text(yaml.safe_dump(application), encoding="utf-8")
        return up(vela, file)

    try:
        yield deploy
    finally:
        for name in deployed:
            delete(vela, kube, name)


def up(vela: Vela, file: Path) -> str:
    """Again where the controller wrote to the Application between vela's reading and writing."""
    written = "the object has been modified"
    done = eventually(
        partial(vela.run, "up", "-f", file),
        lambda done: written not in done.text,
        30,
        "vela up is taken",
    )
    assert done.code == 0, done.text
    return done.text


def delete(vela: Vela, kube: Kube, name: str) -> None:
    """With its canary, if it has one."""
    vela.succeed("delete", name, "-n", "default", "-y")
    selector = f"serving.kserve.io/inferenceservice in ({name}, {name}-canary)"
    eventually(lambda: kube.matching("Pod", selector), lambda pods: not pods, 120, "pods are gone")


@contextmanager
def claiming(kube: Kube) -> Iterator[Callable[[Path], str]]:
    """A PersistentVolumeClaim with the models of a folder of this machine; its name."""
    made: list[str] = []

    def claim(folder: Path) -> str:
        name = f"models-{uuid4().hex[:8]}"
        made.append(name)
        kube.create(volume(name, folder), models_claim(name))
        bound = partial(kube.get, "PersistentVolumeClaim", name)
        eventually(bound, lambda seen: seen["status"].get("phase") == "Bound", 60, "it is bound")
        return name

    try:
        yield claim
    finally:
        for name in made:
            kube.delete("PersistentVolumeClaim", name)
            kube.delete("PersistentVolume", name, "")
