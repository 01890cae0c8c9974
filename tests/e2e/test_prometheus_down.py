# SPDX-License-Identifier: Apache-2.0
"""An autoscaler that knows nothing keeps the number of pods, or takes the one for that case."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.crowd import Crowd
from support.eventually import eventually
from support.pods import pods
from support.relay import Relay
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
    from collections.abc import Callable, Iterator

    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = [pytest.mark.e2e, pytest.mark.long]

HELD_S = 60
CLIENTS, ANSWER_S, PAUSE_S = 20, 0.2, 0.02


@pytest.fixture
def relay(prometheus: Prometheus, local: object) -> Iterator[Relay]:
    """Prometheus, for one autoscaler only."""
    del local  # KEDA runs on this machine, else it would not reach it
    with Relay(prometheus.address) as relay:
        yield relay


@pytest.fixture
def scaled_up(
    deploy: Deploy,
    sleeping: dict[str, object],
    kube: Kube,
    model: Callable[[str], Model],
    relay: Relay,
) -> Callable[[str, Object], Scaled]:
    """A model with the most pods, and no load any more, which Prometheus does not tell."""

    def scaled_up(name: str, more: Object) -> Scaled:
        read = read_fast(relay.address) | more
        deploy(autoscaled(name, {"queueDepth": 4}, sleeping, prometheus=read))
        until_healthy(kube, name)
        served, scaled = model(name), Scaled(kube, name)
        with Crowd(CLIENTS * [partial(served.post, lasting(ANSWER_S))], PAUSE_S):
            scaled.seconds_to(MOST, UP_S)
            relay.stop()
        return scaled

    return scaled_up


def test_number_is_held(
    scaled_up: Callable[[str, Object], Scaled], kube: Kube, relay: Relay
) -> None:
    name = "held"
    scaled = scaled_up(name, {})
    first, seen = pods(kube, name), set()

    def blind_s() -> float:
        seen.add(scaled.count().wanted)
        return seconds_blind(kube, name)

    eventually(blind_s, lambda seconds: seconds >= HELD_S, 2 * HELD_S, "it is blind for a minute")
    assert seen == {MOST}
    assert pods(kube, name) == first
    relay.start()
    scaled.seconds_to(1, DOWN_S)


def seconds_blind(kube: Kube, name: str) -> float:
    """Since the HPA knows no value."""
    made = kube.get("ScaledObject", f"{name}-autoscaler")["status"]["hpaName"]
    conditions = kube.get("HorizontalPodAutoscaler", made)["status"]["conditions"]
    [active] = [each for each in conditions if each["type"] == "ScalingActive"]
    if active["status"] == "True":
        return 0
    since = datetime.fromisoformat(active["lastTransitionTime"])
    return (datetime.now(UTC) - since).total_seconds()


def test_fallback_takes_effect(
    scaled_up: Callable[[str, Object], Scaled],
    relay: Relay,
    vela: Vela,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name, said = "fallen-back", "does not scale, 2 pods in place of what is not known"
    scaled = scaled_up(name, {"fallback": {"replicas": 2, "afterFailures": 1}})
    seconds = scaled.seconds_to(2, 2 * DOWN_S)
    status = partial(vela.run, "status", name)
    eventually(status, lambda seen: said in seen.text, DOWN_S, "its user knows")
    relay.start()
    scaled.seconds_to(1, DOWN_S)
    with capsys.disabled():
        print(f"\nPrometheus down, fallback after one failure: {seconds:.0f} s")
