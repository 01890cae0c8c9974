# SPDX-License-Identifier: Apache-2.0
"""Ports, paths and image references: what the server really has, and what it is packed with."""

import pytest
import yaml

from ci.images.contents import server
from ci.tools.tree import ROOT
from velaserve_lint.names import accelerators, options, paths, ports, runtime, server_image
from velaserve_runtime.transports.rest.routes import Endpoint, find_route

RUNTIME = yaml.safe_load((ROOT / "ci/addon/runtimes/velaserve.yaml").read_text(encoding="utf-8"))
[CONTAINER] = RUNTIME["spec"]["containers"]


def test_paths_lead_to_their_endpoints() -> None:
    for name, endpoint in (
        ("live", Endpoint.LIVE),
        ("ready", Endpoint.READY),
        ("metrics", Endpoint.METRICS),
    ):
        assert find_route(b"GET", paths()[name].encode()).endpoint is endpoint


def test_ports_are_those_of_the_image_and_the_runtime() -> None:
    assert [port.container for port in ports().values()] == list(server().ports)
    assert [(port.name, port.container) for port in ports().values()] == [
        (port["name"], port["containerPort"]) for port in CONTAINER["ports"]
    ]
    assert ports()["rest"].container == options()["http_port"].default
    assert ports()["grpc"].container == options()["grpc_port"].default


def test_first_port_is_port_80_of_the_service_and_others_keep_theirs() -> None:
    """So KServe makes the Service."""
    rest, grpc = ports().values()
    assert rest.service == 80
    assert grpc.service == grpc.container
    assert "h2c" in grpc.name


def test_runtime_is_ours() -> None:
    assert RUNTIME["metadata"]["name"] == runtime().name
    assert runtime().protocol in RUNTIME["spec"]["protocolVersions"]
    assert CONTAINER["image"] == server_image()
    model_dir = {row["name"]: row["value"] for row in CONTAINER["env"]}["VELASERVE_MODEL_DIR"]
    assert model_dir == paths()["model"]


@pytest.mark.parametrize("vendor", runtime().of_vendor)
def test_a_runtime_for_cards_is_for_cards_that_there_are(vendor: str) -> None:
    assert vendor in {row.vendor for row in accelerators().values()}
    assert runtime().of_vendor[vendor] in runtime().names
