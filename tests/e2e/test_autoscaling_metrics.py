# SPDX-License-Identifier: Apache-2.0
"""What the number of pods can follow besides CPU and queue: requests a second, and latency."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.crowd import Crowd
from support.load import Load
from support.scaling import (
    DOWN_S,
    MOST,
    UP_S,
    Scaled,
    autoscaled,
    lasting,
    read_fast,
    until_healthy,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.promql import Prometheus

pytestmark = [pytest.mark.e2e, pytest.mark.long]

METRICS: dict[str, Object] = {
    "rate": {"requestsPerSecond": 4},
    "latency": {"latency": {"percentile": 95, "milliseconds": 500}},
}
PER_SECOND = 20
CLIENTS, ANSWER_S, PAUSE_S = 20, 0.2, 0.02
"""One pod lets them wait for 4 s, four for 1 s."""


def load(kind: str, model: Model) -> Load[bytes] | Crowd[bytes]:
    if kind == "rate":
        return Load(partial(model.post, lasting(0)), PER_SECOND)
    return Crowd(CLIENTS * [partial(model.post, lasting(ANSWER_S))], PAUSE_S)


@pytest.mark.parametrize("kind", METRICS)
def test_up_and_down(
    kind: str,
    deploy: Deploy,
    sleeping: dict[str, object],
    kube: Kube,
    prometheus: Prometheus,
    model: Callable[[str], Model],
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = f"scaled-{kind}"
    address = prometheus.address
    deploy(autoscaled(name, METRICS[kind], sleeping, prometheus=read_fast(address)))
    until_healthy(kube, name)
    served, scaled = model(name), Scaled(kube, name)
    with load(kind, served) as sent:
        up_s = scaled.seconds_to(MOST, UP_S)
    down_s = scaled.seconds_to(1, DOWN_S)
    assert sent.failures == []
    with capsys.disabled():
        print(f"\n{kind}: 1 -> {MOST} in {up_s:.0f} s, {MOST} -> 1 in {down_s:.0f} s")
