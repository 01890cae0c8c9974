# SPDX-License-Identifier: Apache-2.0
"""Without requests there is no pod; the first ones, which the gateway counts, bring it back."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from support import reconciled
from support.eventually import eventually
from support.gateway import Model, Reading, address_of, host_of
from support.scaling import Scaled, autoscaled, read_fast, until_healthy
from support.vela import phase

if TYPE_CHECKING:
    from e2e.conftest import Deploy
    from support.kube import Kube, Object
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = pytest.mark.e2e

NAME = "asleep"
# As in applications/scale-to-zero.yaml, with less patience.
COUNTED = f'traefik_router_requests_total{{router=~"httproute-default-{NAME}-gw-.+"}}'
NEW = f"clamp_min(sum({COUNTED}) - (sum({COUNTED} offset 10s) or vector(0)), 0)"
ZERO_S, BACK_S = 90, 30


def wanted(prometheus: Prometheus) -> Object:
    return autoscaled(
        NAME,
        {"queueDepth": 4},
        {},
        minReplicas=0,
        prometheus=read_fast(prometheus.address),
        scaleToZero={"wakeUpQuery": NEW, "afterIdleSeconds": 5},
    )


def test_last_pod_goes_and_a_request_brings_it_back(
    deploy: Deploy,
    kube: Kube,
    vela: Vela,
    prometheus: Prometheus,
    capsys: pytest.CaptureFixture[str],
) -> None:
    deploy(wanted(prometheus))
    scaled = Scaled(kube, NAME)
    eventually(partial(kube.find, "Deployment", f"{NAME}-predictor"), bool, 60, "it is there")
    scaled.seconds_to(0, ZERO_S)
    until_healthy(kube, NAME)
    reconciled.undone(kube, "ScaledObject", f"{NAME}-autoscaler", {"pollingInterval": 7})
    assert phase(kube.get("Application", NAME)) == "running", vela.run("status", NAME).text
    seen, back_s = first_answers(Model(address_of(kube), host_of(kube, NAME), NAME))
    assert seen[0] == 503
    assert set(seen) == {503, 200}
    to_zero_s = scaled.seconds_to(0, ZERO_S)
    with capsys.disabled():
        print(f"\n0 -> 1 in {back_s:.1f} s: {len(seen) - 1} got a 503; 1 -> 0 in {to_zero_s:.0f} s")


def first_answers(served: Model) -> tuple[list[int], float]:
    """The status of each request, one after the other, until one is answered; the seconds."""
    start = time.monotonic()
    seen: list[int] = []

    def ask() -> int:
        seen.append(served.status())
        return seen[-1]

    try:
        eventually(ask, lambda status: status == 200, BACK_S, f"{NAME} answers again")
        assert served.json() == Reading(4, "2")
    finally:
        served.close()
    return seen, time.monotonic() - start
