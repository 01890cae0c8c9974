# SPDX-License-Identifier: Apache-2.0
"""Releases and releases that are taken back, one after the other, under many requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.gateway import Reading
from support.load import Load
from support.release import NEW, OLD, Release, changed, released

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Update
    from support.gateway import Model
    from support.kube import Kube
    from support.promql import Prometheus

pytestmark = [pytest.mark.e2e, pytest.mark.long]

NAME = "manifold"
COUNT = 20_000
PER_SECOND = 50
HOLDS, FAILS = ([{"metric": "latencyMilliseconds", "max": limit}] for limit in (5000, 0.001))


def test_none_of_many_requests_is_lost(
    update: Update,
    kube: Kube,
    model: Callable[[str], Model],
    prometheus: Prometheus,
    capsys: pytest.CaptureFixture[str],
) -> None:
    policy = {"prometheus": prometheus.address, "minRequests": 5}
    good, bad = (
        released(NAME, policy | {"checks": each}, minReplicas=2) for each in (HOLDS, FAILS)
    )
    update(good, "is as it is wanted")
    release, wires = Release(kube, NAME), model(NAME)
    rounds = 0
    with Load(wires.json, PER_SECOND) as rest, Load(wires.grpc, PER_SECOND) as grpc:
        while len(rest.answers) + len(grpc.answers) < COUNT:
            uri = OLD if rounds % 2 else NEW
            update(changed(bad, {"modelUri": uri}), "taken back at 10 %")
            release.is_as_before()
            update(changed(good, {"modelUri": uri}), "is as it is wanted")
            rounds += 1
    assert rest.failures + grpc.failures == []
    assert set(rest.answers + grpc.answers) == {Reading(4, "1"), Reading(4, "2")}
    with capsys.disabled():
        sent = len(rest.answers) + len(grpc.answers)
        print(
            f"\n{rounds} releases and {rounds} taken back with 2 replicas at {2 * PER_SECOND}"
            f" requests/s: {sent} answered, 0 lost"
        )
