# SPDX-License-Identifier: Apache-2.0
"""What pods wait for is named within a minute; once it is there, they start by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ci.cluster.serving import claim, volume
from support.release import Release, begin
from support.vela import application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ci.cluster.settings import Settings
    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube, Object

pytestmark = pytest.mark.e2e

NAME = "wanting"
SAID_S = 60
STEP = {"name": "await", "type": "await-model", "properties": {"component": NAME}}


@pytest.fixture
def create(kube: Kube) -> Iterator[Callable[..., None]]:
    """Makes objects that are deleted in the end."""
    made: list[Object] = []

    def create(*objects: Object) -> None:
        made.extend(objects)
        kube.create(*objects)

    yield create
    for each in made:
        of = each["metadata"]
        kube.delete(str(each["kind"]), of["name"], of.get("namespace", ""))


@pytest.fixture
def wait_in_vain(create: Callable[..., None], deploy: Deploy, kube: Kube) -> Callable[..., Release]:
    """Deploys, and waits until the step says what is missing."""
    del create  # it is torn down after the pods are gone

    def wait(properties: Object, says: str) -> Release:
        quick = {"drainDelaySeconds": 0, **properties}
        made = begin(deploy, kube, application(NAME, quick, workflow={"steps": [STEP]}))
        made.says(says, SAID_S)
        return made

    return wait


def test_secret(
    wait_in_vain: Callable[..., Release],
    create: Callable[..., None],
    model: Callable[[str], Model],
) -> None:
    keys = {"name": "keys", "secret": {"secretName": NAME}}
    mount = {"name": "keys", "mountPath": "/keys"}
    wanting = wait_in_vain(
        {"volumes": [keys], "volumeMounts": [mount]},
        f'FailedMount: MountVolume.SetUp failed for volume "keys" : secret "{NAME}" not found',
    )
    create(
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": NAME, "namespace": "default"}}
    )
    wanting.settles()
    assert model(NAME).json().label == 4


@pytest.mark.long
def test_claim(
    local: Settings,
    wait_in_vain: Callable[..., Release],
    create: Callable[..., None],
    model: Callable[[str], Model],
) -> None:
    wanting = wait_in_vain(
        {"modelUri": f"pvc://{NAME}/digits/onnx"}, f'persistentvolumeclaim "{NAME}" not found'
    )
    create(volume(NAME, local.state / "models"), claim(NAME))
    wanting.settles()
    assert model(NAME).json().label == 4
