# SPDX-License-Identifier: Apache-2.0
"""Each Application in applications/ is admitted; those for this machine become healthy and answer.

Not for this machine are those for cards, and other-runtime.yaml, whose image is not to be had here.
Of graph.yaml and transformer.yaml the pods find each other by name: the local cluster has no DNS,
and the test stands in for it.
"""

from __future__ import annotations

import json
import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest
import yaml

from ci.cluster.commands import run
from ci.tools import programs
from ci.tools.tree import ROOT
from support import vela_render
from support.eventually import eventually
from support.gateway import address_of, ask_graph, host_of
from support.names import names
from support.place import place
from support.s3 import secret, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ci.cluster.settings import Settings
    from support.kube import Kube, Object
    from support.place import Place
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = pytest.mark.e2e

FOLDER = ROOT / "applications"
EXAMPLES = {file.stem: file for file in sorted(FOLDER.glob("*.yaml"))}
NOT_HERE = {"gpu", "npu", "npu-compile-cache", "npu-hami", "npu-vnpu", "other-runtime"}
FROM_A_BUCKET = {"kfserving", "s3"}
BY_NAME = {"graph", "transformer"}
ASLEEP, AWAY = "scale-to-zero", "example-scale-to-zero"
SETTLED_S = 120


def test_webhooks_take_every_example(kubeconfig: Path) -> None:
    """KubeVela's webhook renders each of them."""
    apply = ("apply", "--dry-run=server", f"--filename={FOLDER}")
    printed = run(programs.path("kubectl"), f"--kubeconfig={kubeconfig}", *apply)
    assert printed.count("(server dry run)") == len(EXAMPLES), printed


@pytest.mark.long
def test_api_server_and_webhooks_take_what_each_renders(kubeconfig: Path, tmp_path: Path) -> None:
    """A dry run, strict: what they do not know is an error."""
    vela = vela_render.Vela(programs.path("vela"), tmp_path)
    files = EXAMPLES.values()
    rendered = [each for file in files for each in vela.render(_read(file.read_text("utf-8")))]
    items = json.dumps({"apiVersion": "v1", "kind": "List", "items": rendered})
    apply = ("apply", "--dry-run=server", "--validate=strict", "--server-side", "--filename=-")
    kubectl = (programs.path("kubectl"), f"--kubeconfig={kubeconfig}", "--namespace=default")
    run(*kubectl, *apply, "--force-conflicts", stdin=items)


@pytest.fixture(scope="module")
def bucket(local: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A store with all the models that examples name, where pods reach it."""
    models = tmp_path_factory.mktemp("bucket") / "models"
    shutil.copytree(FOLDER / "models", models)
    shutil.copytree(models / "digits" / "onnx" / "1", models / "sentiment" / "1")
    with store(local.node_ip, models) as address:
        yield address


@pytest.mark.long
@pytest.mark.parametrize("example", sorted(EXAMPLES.keys() - NOT_HERE - BY_NAME - {ASLEEP}))
def test_example_becomes_healthy_and_answers(
    example: str, kube: Kube, vela: Vela, prometheus: Prometheus, bucket: str, tmp_path: Path
) -> None:
    application = for_this_machine(example, prometheus)
    name = application["metadata"]["name"]
    with place(f"example-{example}", kube, vela, tmp_path) as here:
        if example in FROM_A_BUCKET:
            here.give(secret(bucket))
        here.up(application)
        if example == "canary-by-hand":
            here.says(name, "suspend")
            vela.succeed("workflow", "resume", name, "-n", here.name)
        here.healthy(name)
        ask_all(here, kube)


def ask_all(here: Place, kube: Kube) -> None:
    """Each model by its route: the image is a 4."""
    routes = [each["metadata"]["name"] for each in kube.matching("HTTPRoute", "", here.name)]
    assert routes
    assert {name: here.model(name).json().label for name in routes} == dict.fromkeys(routes, 4)


@pytest.mark.long
def test_pods_that_ask_each_other_by_name_answer(
    local: Settings, kube: Kube, vela: Vela, prometheus: Prometheus, tmp_path: Path
) -> None:
    """Both at once: their components have different names."""
    with names(local, kube), place("examples-by-name", kube, vela, tmp_path) as here:
        for example in sorted(BY_NAME):
            here.up(for_this_machine(example, prometheus))
        here.healthy("digits")
        assert here.model("digits").bitmap() == 4
        here.healthy("reading")
        assert ask_graph(address_of(kube), host_of(kube, "reading", here.name)) == 4


@pytest.mark.long
def test_model_without_requests_goes_and_the_first_one_brings_it_back(
    kube: Kube, vela: Vela, prometheus: Prometheus, tmp_path: Path
) -> None:
    application = for_this_machine(ASLEEP, prometheus)
    with place(AWAY, kube, vela, tmp_path) as here:
        here.up(application)
        here.healthy(application["metadata"]["name"])
        eventually(partial(wanted_pods, here), lambda seen: seen == 0, SETTLED_S, "it sleeps")
        ask_all(here, kube)


def wanted_pods(here: Place) -> int:
    return int(here.get("Deployment", "digits-predictor")["spec"]["replicas"])


def for_this_machine(example: str, prometheus: Prometheus) -> Object:
    """With the local Prometheus, which reads annotations, on two cores, and soon asleep."""
    text = EXAMPLES[example].read_text(encoding="utf-8")
    text = text.replace("http://prometheus.monitoring:9090", prometheus.address)
    text = text.replace("afterIdleSeconds: 600", "afterIdleSeconds: 5")
    text = text.replace("httproute-default-", f"httproute-{AWAY}-")
    text = text.replace("scrapeIntervalSeconds: 15", "scrape: annotations")
    return _with_small_requests(_read(text))


def _read(text: str) -> Object:
    made: Object = yaml.safe_load(text)
    return made


def _with_small_requests(application: Object) -> Object:
    for component in application["spec"]["components"]:
        properties = component["properties"]
        for part in (properties, properties.get("transformer", {})):
            if "resources" in part and "requests" in part["resources"]:
                part["resources"]["requests"]["cpu"] = "50m"
    return application
