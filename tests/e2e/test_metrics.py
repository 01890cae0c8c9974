# SPDX-License-Identifier: Apache-2.0
"""What a model counts is found where autoscaler and alerts look for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.vela import application, phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube
    from support.promql import Prometheus

pytestmark = pytest.mark.e2e

NAME = "measured"
PODS = f'namespace="default",pod=~"{NAME}-predictor-[^-]+-[^-]+"'  # as the traits have it
REQUESTS = 5
HEALTHY_S, SCRAPED_S = 120, 30


def test_requests_are_counted_by_pod_and_by_route(
    deploy: Deploy, kube: Kube, model: Callable[[str], Model], prometheus: Prometheus
) -> None:
    wanted = application(NAME, {})
    scraped = {"type": "monitoring", "properties": {"scrape": "annotations"}}
    wanted["spec"]["components"][0]["traits"] = [scraped]
    deploy(wanted)
    made = partial(kube.get, "Application", NAME)
    eventually(made, lambda seen: phase(seen) == "running", HEALTHY_S, f"{NAME} is healthy")
    found = model(NAME)
    for _ in range(REQUESTS):
        found.json()
    ask = partial(prometheus.query, f"nv_inference_request_success{{{PODS}}} >= {REQUESTS}")
    [answered] = eventually(ask, bool, SCRAPED_S, "Prometheus has the model's count")
    [pod] = kube.matching("Pod", f"serving.kserve.io/inferenceservice={NAME}")
    assert answered.labels["pod"] == pod["metadata"]["name"]
    assert answered.value == REQUESTS
    route = f'code="200",router=~"httproute-default-{NAME}-.+"'
    eventually(
        partial(prometheus.value, f"sum(traefik_router_requests_total{{{route}}})"),
        lambda count: count is not None and count >= REQUESTS,
        SCRAPED_S,
        "Prometheus has the gateway's count",
    )
