# SPDX-License-Identifier: Apache-2.0
"""The ClusterServingRuntime fits the server, the image and the definition."""

import json

import yaml

from ci.images.contents import server
from ci.images.images import reference
from ci.tools.schema import SCHEMAS
from ci.tools.tree import ROOT
from velaserve_lint.names import options

RUNTIME = yaml.safe_load((ROOT / "ci/addon/runtimes/velaserve.yaml").read_text(encoding="utf-8"))
[CONTAINER] = RUNTIME["spec"]["containers"]
ENV = {row["name"]: row["value"] for row in CONTAINER["env"]}
MINIMAL = ROOT / "tests/components/model-serving/minimal/want.yaml"
PREDICTOR = next(yaml.safe_load_all(MINIMAL.read_text(encoding="utf-8")))["spec"]["predictor"]
KUBERNETES_GRACE_PERIOD_S = 30


def test_image_and_ports_are_those_that_are_built() -> None:
    assert CONTAINER["image"] == reference("velaserve")
    assert [port["containerPort"] for port in CONTAINER["ports"]] == list(server().ports)
    assert server().entrypoint[-1] == "serve"


def test_no_flag_hides_a_variable_of_the_inference_service() -> None:
    assert "args" not in CONTAINER
    assert "command" not in CONTAINER
    known = {option.env: option for option in options().values()}
    for name, value in ENV.items():
        known[name].parse(value, name)


def test_grace_period_of_a_plain_inference_service_fits_the_pod() -> None:
    drain_delay_s = options()["drain_delay_s"].default
    assert isinstance(drain_delay_s, float | int)
    assert drain_delay_s < float(ENV["VELASERVE_GRACE_PERIOD_S"]) < KUBERNETES_GRACE_PERIOD_S


def test_definition_names_the_runtime_and_repeats_its_probes() -> None:
    model = PREDICTOR["model"]
    assert model["runtime"] == RUNTIME["metadata"]["name"]
    assert model["protocolVersion"] in RUNTIME["spec"]["protocolVersions"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert model[probe] == CONTAINER[probe]


def test_every_format_of_the_definition_is_supported() -> None:
    schema = json.loads((SCHEMAS / "model-serving.json").read_text(encoding="utf-8"))
    formats = schema["allOf"][-1]["then"]["properties"]["modelFormat"]["properties"]["name"]["enum"]
    assert {row["name"] for row in RUNTIME["spec"]["supportedModelFormats"]} == set(formats)


def test_root_file_system_is_read_only_for_a_user_that_is_not_root() -> None:
    security = CONTAINER["securityContext"]
    assert security["readOnlyRootFilesystem"]
    assert security["runAsNonRoot"]
    assert server().uid == 1000
