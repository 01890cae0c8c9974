# SPDX-License-Identifier: Apache-2.0
"""applications/digits.yaml, as it is, reads a digit behind the gateway and leaves nothing."""

from __future__ import annotations

import json
import subprocess
import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tritonclient.grpc
import tritonclient.http

from support.eventually import eventually
from support.gateway import IMAGE, Model, Reading, address_of, host_of
from support.vela import DIGITS, phase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.kube import Kube, Name
    from support.vela import Vela

pytestmark = pytest.mark.e2e

HEALTHY_S = 120
WANTED = Reading(4, "2")


@pytest.fixture(scope="module")
def before(kube: Kube) -> frozenset[Name]:
    return kube.everything()


@pytest.fixture(scope="module")
def healthy_after_s(vela: Vela, kube: Kube, before: frozenset[Name]) -> Iterator[float]:
    del before  # taken first
    start = time.monotonic()
    printed = vela.succeed("up", "-f", DIGITS)
    assert "digits" in printed
    application = partial(kube.get, "Application", "digits")
    eventually(application, lambda seen: phase(seen) == "running", HEALTHY_S, "digits is healthy")
    yield time.monotonic() - start
    vela.run("delete", "digits", "-n", "default", "-y")


@pytest.fixture
def digits(healthy_after_s: float, model: Callable[[str], Model]) -> Model:
    del healthy_after_s
    return model("digits")


def test_seconds_to_healthy(healthy_after_s: float, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nvela up to healthy: {healthy_after_s:.1f} s (at most 20 are wanted)")


def test_json(digits: Model) -> None:
    assert digits.json() == WANTED


def test_binary(digits: Model) -> None:
    assert digits.binary() == WANTED


def test_grpc(digits: Model) -> None:
    assert digits.grpc() == WANTED


def test_curl(digits: Model) -> None:
    url = f"http://{digits.address}/v2/models/digits"
    command = ["curl", "--silent", "--fail", "--noproxy", "*", "-H", f"Host: {digits.host}", url]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout)["versions"] == ["2"]


def test_tritonclient_over_rest(digits: Model) -> None:
    image = tritonclient.http.InferInput("image", list(IMAGE.shape), "FP32")
    image.set_data_from_numpy(IMAGE)
    client = tritonclient.http.InferenceServerClient(digits.address)
    try:
        answer = client.infer("digits", [image], headers={"Host": digits.host})
    finally:
        client.close()
    np.testing.assert_array_equal(answer.as_numpy("label"), [4])


def test_tritonclient_over_grpc(digits: Model) -> None:
    image = tritonclient.grpc.InferInput("image", list(IMAGE.shape), "FP32")
    image.set_data_from_numpy(IMAGE)
    authority = [("grpc.default_authority", digits.host), ("grpc.enable_http_proxy", 0)]
    client = tritonclient.grpc.InferenceServerClient(digits.address, channel_args=authority)
    try:
        assert client.is_model_ready("digits")
        answer = client.infer("digits", [image])
    finally:
        client.close()
    np.testing.assert_array_equal(answer.as_numpy("label"), [4])


def test_status_shows_the_route_and_the_model(digits: Model, vela: Vela) -> None:
    printed = vela.succeed("status", "digits", "-n", "default")
    assert f"model digits ready, 1 of 1 pods ready, host {digits.host}" in printed


def test_the_gateway_knows_no_other_host(digits: Model, kube: Kube) -> None:
    assert digits.address == address_of(kube)
    stranger = Model(digits.address, f"other-{host_of(kube, 'digits')}", "digits")
    with pytest.raises(AssertionError, match="404"):
        stranger.json()
    stranger.close()


def test_delete_leaves_nothing(
    healthy_after_s: float, vela: Vela, kube: Kube, before: frozenset[Name]
) -> None:
    """Runs last: what was made for digits goes with it."""
    del healthy_after_s
    vela.succeed("delete", "digits", "-n", "default", "-y")
    eventually(lambda: kube.everything() - before, lambda left: not left, 120, "all is gone")
