# SPDX-License-Identifier: Apache-2.0
"""`hardening` where Pod Security admits `restricted` pods only, and what is said without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from ci.images.images import reference
from ci.tools.tree import ROOT
from support.gateway import Reading
from support.place import place
from support.s3 import BUCKET, KEY, secret, store
from support.vela import application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ci.cluster.settings import Settings
    from support.kube import Kube, Object
    from support.place import Place
    from support.vela import Vela

pytestmark = pytest.mark.e2e

RESTRICTED = {"pod-security.kubernetes.io/enforce": "restricted"}
HARDENED_STORAGE = ROOT / "ci" / "addon" / "storage" / "hardened.yaml"
CLAIMED: Object = {"modelUri": "pvc://models/digits/onnx", "drainDelaySeconds": 0}
OURS: Object = {**CLAIMED, "modelFormat": {"name": "onnx"}}
FETCHED: Object = {**OURS, "modelUri": f"s3://{BUCKET}/digits/onnx", "storage": {"key": KEY}}
OWN_IMAGE: Object = {
    **CLAIMED,
    "image": reference("velaserve"),
    "args": ["--model-name=own-image", "--model-dir=/mnt/models"],
}


def served(name: str, properties: Object, *, hardened: bool = True) -> Object:
    """An Application whose workflow says what keeps the pods."""
    step = {"name": "serve", "type": "await-model", "properties": {"component": name}}
    made = application(name, {}, workflow={"steps": [step]})
    traits = [{"type": "hardening"}] if hardened else []
    made["spec"]["components"][0] |= {"properties": properties, "traits": traits}
    return made


@pytest.fixture(scope="module")
def restricted(
    local: Settings, kube: Kube, vela: Vela, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """The namespace, in which every model of this file starts at once."""
    folder = tmp_path_factory.mktemp("place")
    models = store(local.node_ip, ROOT / "applications" / "models")
    with models as address, place("restricted", kube, vela, folder, RESTRICTED) as made:
        made.give(secret(address))
        made.up(served("of-a-claim", OURS))
        made.up(served("own-image", OWN_IMAGE, hardened=False))
        made.up(served("of-a-bucket", FETCHED))
        yield made


def test_model_of_a_claim_is_served(restricted: Place) -> None:
    name = "of-a-claim"
    restricted.healthy(name)
    assert restricted.model(name).json() == Reading(4, "2")


def test_image_of_ones_own_is_refused_and_says_why_until_it_is_hardened(restricted: Place) -> None:
    """Our runtime's container is as `restricted` wants it; one without a runtime has nothing."""
    name = "own-image"
    said = restricted.says(name, 'violates PodSecurity "restricted:latest"')
    assert f'pods "{name}-predictor-' in said
    assert 'container "kserve-container" must set securityContext' in said
    restricted.up(served(name, OWN_IMAGE))
    restricted.healthy(name)
    assert restricted.model(name).json() == Reading(4, "2")


@pytest.fixture
def hardened_storage(kube: Kube) -> Iterator[Callable[[], str]]:
    """Puts the addon's ClusterStorageContainer beside KServe's; its name."""
    hardened = yaml.safe_load(HARDENED_STORAGE.read_text(encoding="utf-8"))
    name: str = hardened["metadata"]["name"]

    def create() -> str:
        kube.create(hardened)
        return name

    yield create
    kube.delete("ClusterStorageContainer", name)


def test_model_of_a_bucket_is_refused_and_says_why_until_what_fetches_it_is_hardened(
    restricted: Place, hardened_storage: Callable[[], str]
) -> None:
    """KServe's own has no securityContext, and no trait reaches it: definitions.md 17."""
    name = "of-a-bucket"
    said = restricted.says(name, 'violates PodSecurity "restricted:latest"')
    assert 'container "storage-initializer" must set securityContext' in said
    restricted.up(served(name, {**FETCHED, "storageContainerName": hardened_storage()}))
    restricted.healthy(name)
    assert restricted.model(name).json() == Reading(4, "2")
