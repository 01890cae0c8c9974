# SPDX-License-Identifier: Apache-2.0
"""A component asks for what its definition renders: the golden renders of `vela` say what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from support.component_cases import CASES
from velaserve_lint.npu.of_components import of_component
from velaserve_lint.reading import read_application
from velaserve_lint.source import read

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_lint.npu.demand import Demand

WITH_DEVICES = [case for case in CASES if "accelerator:" in (case / "app.yaml").read_text("utf-8")]


def demand_of(text: str) -> Demand:
    (document,) = read(text, "-").documents
    application = read_application(document)
    demand = of_component(application, application.components[0])
    assert demand
    return demand


def rendered(case: Path) -> Any:  # Any: an InferenceService
    documents = yaml.safe_load_all((case / "want.yaml").read_text("utf-8"))
    return next(one for one in documents if one["kind"] == "InferenceService")


@pytest.mark.parametrize("case", WITH_DEVICES, ids=lambda case: case.name)
def test_the_devices_are_those_of_the_render(case: Path) -> None:
    demand = demand_of((case / "app.yaml").read_text("utf-8"))
    (consumer,) = demand.consumers
    limits = rendered(case)["spec"]["predictor"]["model"]["resources"]["limits"]
    ascend = {name: value for name, value in limits.items() if name.startswith("huawei.com/")}

    devices = {one.name: one.number for one in consumer.devices}
    assert {name: number for name, number in devices.items() if "huawei" in name} == ascend
    assert {npu.name for npu in consumer.npus} == ascend.keys()


@pytest.mark.parametrize("case", WITH_DEVICES, ids=lambda case: case.name)
def test_so_are_labels_annotations_and_the_startup_probe(case: Path) -> None:
    demand = demand_of((case / "app.yaml").read_text("utf-8"))
    metadata, predictor = rendered(case)["metadata"], rendered(case)["spec"]["predictor"]
    for field, said in (("labels", demand.labels), ("annotations", demand.annotations)):
        wanted = {key: value.value for key, value in said.items()}
        assert wanted.items() <= {**metadata.get(field, {}), **predictor[field]}.items()
    probe, startup = predictor["model"]["startupProbe"], demand.consumers[0].startup
    assert startup
    assert startup.path == probe["httpGet"]["path"]
    assert startup.seconds == probe["periodSeconds"] * probe["failureThreshold"]


@pytest.mark.parametrize(
    ("server", "ours", "complete"),
    [
        ("", True, True),
        ("runtime: velaserve-ascend", True, True),
        ("runtime: velaserve-ascend, image: registry.test/v:1", True, True),
        ("runtime: mindie", False, False),
        ("image: registry.test/own:1", False, True),
    ],
)
def test_whose_server_it_is(server: str, ours: bool, complete: bool) -> None:
    properties = f"{{accelerator: {{chip: 310P}}, {server}}}"
    component = f"{{name: a, type: model-serving, properties: {properties}}}"

    demand = demand_of(f"{{kind: Application, spec: {{components: [{component}]}}}}")

    assert (demand.is_ours, demand.is_complete) == (ours, complete)
