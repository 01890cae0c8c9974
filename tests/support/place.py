# SPDX-License-Identifier: Apache-2.0
"""A namespace of a test's own, gone with all that is in it when the test ends."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import yaml

from ci.cluster.serving import CLAIM, claim, volume, volume_name
from ci.tools.tree import ROOT
from support.deployed import up
from support.eventually import eventually
from support.gateway import Model, address_of, host_of
from support.vela import phase, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from support.kube import Kube, Object
    from support.vela import Vela

_GONE_S, HEALTHY_S = 120, 180


class Place:
    """The namespace `name`; Applications are handed in by files in `folder`."""

    def __init__(self, name: str, kube: Kube, vela: Vela, folder: Path) -> None:
        self.name, self._kube, self._vela, self._folder = name, kube, vela, folder
        self._models: list[Model] = []

    def up(self, application: Object) -> None:
        """The Application in this namespace, whatever it says itself."""
        metadata = {**application["metadata"], "namespace": self.name}
        file = self._folder / f"{self.name}-{metadata['name']}.yaml"
        file.write_text(yaml.safe_dump({**application, "metadata": metadata}), encoding="utf-8")
        up(self._vela, file)

    def give(self, secret: Object) -> None:
        """The Secret is there, and belongs to the account that pods have by default."""
        metadata = {**secret["metadata"], "namespace": self.name}
        self._kube.create({**secret, "metadata": metadata})
        account = partial(self._kube.find, "ServiceAccount", "default", self.name)
        eventually(account, bool, 30, f"namespace {self.name} has its account")
        mine = {"secrets": [{"name": metadata["name"]}]}
        self._kube.patch("ServiceAccount", "default", mine, self.name)

    def get(self, kind: str, name: str) -> Object:
        return self._kube.get(kind, name, self.name)

    def says(self, application: str, words: str) -> str:
        """What its workflow says as soon as `words` are in it."""
        see = partial(self._said, application)
        return eventually(see, lambda text: words in text, HEALTHY_S, f"{application} says {words}")

    def healthy(self, application: str) -> None:
        see = partial(self._state, application)
        eventually(see, lambda seen: seen[0] == "running", HEALTHY_S, f"{application} is healthy")

    def model(self, name: str) -> Model:
        """The model behind the route of that name, once the gateway has pods for it."""
        found = Model(address_of(self._kube), host_of(self._kube, name, self.name), name)
        self._models.append(found)
        eventually(found.status, lambda status: status == 200, 30, f"the gateway serves {name}")
        return found

    def clear(self) -> None:
        """Delete all Applications; their pods are gone."""
        for model in self._models:
            model.close()
        for application in self._kube.matching("Application", "", self.name):
            self._kube.delete("Application", application["metadata"]["name"], self.name)
        for kind in ("Application", "Pod"):
            see = partial(self._kube.matching, kind, "", self.name)
            eventually(see, lambda left: not left, _GONE_S, f"each {kind} of {self.name} is gone")

    def _said(self, application: str) -> str:
        return said(self.get("Application", application))

    def _state(self, application: str) -> tuple[str, str, list[str]]:
        """What to read where it does not become healthy."""
        seen = self.get("Application", application)
        services = seen.get("status", {}).get("services", [])
        return phase(seen), said(seen), [each.get("message", "") for each in services]


@contextmanager
def place(
    name: str, kube: Kube, vela: Vela, folder: Path, labels: Mapping[str, str] | None = None
) -> Iterator[Place]:
    """The namespace with applications/models as its claim `models`; `folder` takes files."""
    models = shutil.copytree(ROOT / "applications" / "models", folder / f"models-of-{name}")
    made = Place(name, kube, vela, folder)
    with _namespace(name, kube, labels or {}):
        kube.create(volume(CLAIM, models, name), claim(CLAIM, name))
        try:
            yield made
        finally:
            made.clear()


@contextmanager
def _namespace(name: str, kube: Kube, labels: Mapping[str, str]) -> Iterator[None]:
    metadata = {"name": name, "labels": labels}
    kube.create({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
    try:
        yield
    finally:
        kube.delete("Namespace", name, "")
        kube.delete("PersistentVolume", volume_name(CLAIM, name), "")
        see = partial(kube.find, "Namespace", name, "")
        eventually(see, lambda seen: seen is None, _GONE_S, f"namespace {name} is gone")
