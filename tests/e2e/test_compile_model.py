# SPDX-License-Identifier: Apache-2.0
"""A Job compiles a model before it is served, by the real onnxruntime-cann on the simulator."""

from __future__ import annotations

import json
import os
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ci.cluster.serving import volume
from e2e.test_npu import CARD, NO_CARD, card, healthy, with_card
from support import ascend_image
from support.call_log import COMPILE, CallLog
from support.cann_models import dense, rows, write
from support.deployed import claiming, deploying
from support.eventually import eventually
from support.offline_models import dense_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from e2e.conftest import Deploy, Update
    from support.device_plugin import DevicePlugin
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.vela import Vela

pytestmark = pytest.mark.e2e

__all__ = ["card"]
NAME = "ahead"
OF_THE_JOB = f"serving.kserve.io/inferenceservice={NAME}-compile"
CLAIM = f"{NAME}-compile-cache"
SERVED = "as it is wanted"
GONE_S = 60


@pytest.fixture(scope="module")
def image(local: object, tmp_path_factory: pytest.TempPathFactory) -> Object:
    del local  # the folders are on this machine
    return ascend_image.properties(tmp_path_factory.mktemp("image"))


@pytest.fixture
def cache(kube: Kube, tmp_path: Path) -> Iterator[Path]:
    """The folder behind the claim of the trait, which the server's user may write."""
    folder = tmp_path / "cache"
    folder.mkdir()
    os.chown(folder, 1000, 1000)
    made: Object = dict(volume(CLAIM, folder))
    made["spec"] |= {"accessModes": ["ReadWriteMany"], "storageClassName": NAME}
    kube.create(made)
    yield folder
    kube.delete("PersistentVolume", CLAIM, "")
    seen = partial(kube.find, "PersistentVolume", CLAIM, "")
    eventually(seen, lambda now: now is None, GONE_S, "the volume is gone")


@pytest.fixture(scope="module")
def models(
    local: object, kube: Kube, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Where they are: one that can be compiled, and one that cannot."""
    del local
    folder = tmp_path_factory.mktemp("models")
    write(folder / "dense", dense())
    write(folder / "sin", dense(operator="Sin"))
    with claiming(kube) as claim:
        name = claim(folder)
        yield {model: f"pvc://{name}/{model}" for model in ("dense", "sin")}


def compiled(image: Object, uri: str, cards: int = 1, **parameters: object) -> Object:
    """The Application that compiles the model and then serves it."""
    made = with_card(
        NAME,
        "await-model",
        modelUri=uri,
        modelFormat={"name": "onnx"},
        accelerator={"chip": "310P", "count": cards, "gears": {"batch": [1, 4]}},
        batching={"maxBatchSize": 4},
        **image | {"env": image["env"] | {"ASCENDSIM_CALLS": "/var/cache/velaserve/calls"}},
    )
    claim = {"accessMode": "ReadWriteMany", "size": "1Gi", "storageClassName": NAME}
    trait = {"type": "compile-cache", "properties": {"claim": claim}}
    made["spec"]["components"][0]["traits"] = [trait]
    properties = {"component": NAME, **parameters}
    step = {"name": "compile", "type": "compile-model", "properties": properties}
    made["spec"]["workflow"]["steps"].insert(0, step)
    return made


@pytest.fixture
def deploy(vela: Vela, kube: Kube, cache: Path, tmp_path: Path) -> Iterator[Deploy]:
    """At the end the Application is deleted, and nothing of what the step has made is left."""
    del cache
    with deploying(vela, kube, tmp_path) as deploy:
        yield deploy
    claimed = partial(kube.find, "PersistentVolumeClaim", CLAIM)
    eventually(claimed, lambda now: now is None, GONE_S, "the claim goes with its trait")
    assert not jobs(kube)
    assert not kube.matching("Pod", OF_THE_JOB)


def jobs(kube: Kube) -> list[str]:
    return [each["metadata"]["name"] for each in kube.matching("Job", OF_THE_JOB)]


def test_model_is_compiled_by_a_job_and_served_from_the_cache(
    card: DevicePlugin,
    update: Update,
    kube: Kube,
    model: Callable[[str], Model],
    image: Object,
    cache: Path,
    models: dict[str, str],
) -> None:
    del card
    calls = CallLog(cache / "calls")

    said = update(compiled(image, models["sin"]), "failed: ")
    [failed] = jobs(kube)
    assert said.startswith(f"failed: {NAME} could not be compiled, pod {failed}-")
    assert "No parser is registered for Op [, optype [ai.onnx::13::Sin]]" in said
    assert kube.find("InferenceService", NAME) is None

    said = update(compiled(image, models["dense"]), SERVED)
    assert f"succeeded: {NAME} is compiled, kubectl logs -n default job/" in said
    healthy(kube, NAME)
    assert calls.count(COMPILE) == 2, "each gear once, by the Job"
    answers(model(NAME))

    # What has failed goes with the next version that works.
    [done] = eventually(partial(jobs, kube), lambda seen: failed not in seen, GONE_S, "it is gone")
    update(compiled(image, models["dense"], timeoutSeconds=600), SERVED)
    assert jobs(kube) == [done], "of what is compiled, nothing was changed"
    assert calls.count(COMPILE) == 2


def answers(found: Model) -> None:
    x = rows(3)
    tensor = {"name": "x", "datatype": "FP32", "shape": [3, 4], "data": x.ravel().tolist()}
    answer = found.post(json.dumps({"inputs": [tensor]}).encode())
    [output] = json.loads(answer)["outputs"]
    np.testing.assert_allclose(output["data"], dense_answer(x).ravel(), atol=1e-5)
    assert json.loads(found.metadata())["properties"]["device"] == "npu:0"


@pytest.mark.long
def test_job_that_nobody_waits_for_any_more_is_taken_away(
    card: DevicePlugin, update: Update, kube: Kube, image: Object, models: dict[str, str]
) -> None:
    """It would get the next card that is free."""
    del card
    for cards in (2, 3):
        said = update(compiled(image, models["dense"], cards), NO_CARD)
        assert said.startswith(f"running: compiling {NAME}, pod {NAME}-compile-"), said
        seen = partial(jobs, kube)
        [job] = eventually(seen, lambda now: len(now) == 1, GONE_S, "one is left")
        [pod] = kube.matching("Pod", f"batch.kubernetes.io/job-name={job}")
        [container] = pod["spec"]["containers"]
        assert container["resources"]["limits"][CARD] == str(cards)


@pytest.mark.long
def test_job_that_gets_no_card_in_time_says_so(
    card: DevicePlugin, update: Update, image: Object, models: dict[str, str]
) -> None:
    """Kubernetes takes its pod away, and the reason with it."""
    del card
    wanted = compiled(image, models["dense"], cards=2, timeoutSeconds=6)
    said = update(wanted, "failed: ")
    assert said.startswith(f"failed: {NAME} was not compiled within 6 s, the last was: pod {NAME}-")
    assert NO_CARD in said
