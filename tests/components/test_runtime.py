# SPDX-License-Identifier: Apache-2.0
"""The ClusterServingRuntimes fit the server, the images and the definition."""

import json
from typing import Any

import pytest
import yaml

from ci.images.contents import ASCEND, SERVER, ascend, server
from ci.images.images import reference
from ci.tools.schema import SCHEMAS
from ci.tools.tree import ROOT
from velaserve_lint.names import options, runtime
from velaserve_runtime.backends.registry import _OPENERS

Json = dict[str, Any]  # Any: YAML
RUNTIMES: dict[str, Json] = {
    name: yaml.safe_load((ROOT / f"ci/addon/runtimes/{name}.yaml").read_text(encoding="utf-8"))
    for name in runtime().names
}
GOLDEN = {SERVER: "minimal", ASCEND: "npu"}
KUBERNETES_GRACE_PERIOD_S = 30
with_each = pytest.mark.parametrize("name", RUNTIMES)


def container(name: str) -> Json:
    [only] = RUNTIMES[name]["spec"]["containers"]
    made: Json = only
    return made


def env(name: str) -> dict[str, str]:
    return {row["name"]: row["value"] for row in container(name)["env"]}


def formats(name: str) -> set[str]:
    return {row["name"] for row in RUNTIMES[name]["spec"]["supportedModelFormats"]}


def predictor(name: str) -> Json:
    golden = ROOT / "tests/components/model-serving" / GOLDEN[name] / "want.yaml"
    service = next(yaml.safe_load_all(golden.read_text(encoding="utf-8")))
    made: Json = service["spec"]["predictor"]
    return made


def test_every_runtime_is_tried() -> None:
    files = sorted(file.stem for file in (ROOT / "ci/addon/runtimes").glob("*.yaml"))
    assert files == sorted(RUNTIMES) == sorted(GOLDEN)


@with_each
def test_image_and_ports_are_those_that_are_built(name: str) -> None:
    assert RUNTIMES[name]["metadata"]["name"] == name
    assert container(name)["image"] == reference(name)
    ports = [port["containerPort"] for port in container(name)["ports"]]
    assert ports == list(server().ports)
    assert server().entrypoint[-1] == "serve"


@with_each
def test_no_flag_hides_a_variable_of_the_inference_service(name: str) -> None:
    assert "args" not in container(name)
    assert "command" not in container(name)
    known = {option.env: option for option in options().values()}
    for variable, value in env(name).items():
        known[variable].parse(value, variable)


@with_each
def test_grace_period_of_a_plain_inference_service_fits_the_pod(name: str) -> None:
    drain_delay_s = options()["drain_delay_s"].default
    assert isinstance(drain_delay_s, float | int)
    grace_period_s = float(env(name)["VELASERVE_GRACE_PERIOD_S"])
    assert drain_delay_s < grace_period_s < KUBERNETES_GRACE_PERIOD_S


@with_each
def test_definition_names_the_runtime_and_repeats_its_probes(name: str) -> None:
    model = predictor(name)["model"]
    assert model["runtime"] == name
    assert model["protocolVersion"] in RUNTIMES[name]["spec"]["protocolVersions"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert model[probe] == container(name)[probe]


@pytest.mark.parametrize(("name", "device"), [(SERVER, "cpu"), (ASCEND, "ascend")])
def test_formats_are_those_that_the_server_runs_there(name: str, device: str) -> None:
    assert formats(name) == set(_OPENERS[device])


def test_every_format_of_the_definition_is_supported_somewhere() -> None:
    schema = json.loads((SCHEMAS / "model-serving.json").read_text(encoding="utf-8"))
    known = schema["allOf"][-1]["then"]["properties"]["modelFormat"]["properties"]["name"]["enum"]
    assert formats(SERVER) | formats(ASCEND) == set(known)


@with_each
def test_root_file_system_is_read_only(name: str) -> None:
    assert container(name)["securityContext"]["readOnlyRootFilesystem"]
    mounted = {mount["name"] for mount in container(name)["volumeMounts"]}
    assert mounted == {volume["name"] for volume in RUNTIMES[name]["spec"]["volumes"]}


def test_user_is_not_root() -> None:
    assert container(SERVER)["securityContext"]["runAsNonRoot"]
    assert server().uid == 1000


def test_cann_may_write_its_home() -> None:
    """Who may be root, by a vNPU's wish, is not told to be another: the image's user is not."""
    assert "runAsNonRoot" not in container(ASCEND)["securityContext"]
    assert int(ascend().arguments["hwuid"]) == 1000
    assert ascend().home in {mount["mountPath"] for mount in container(ASCEND)["volumeMounts"]}
