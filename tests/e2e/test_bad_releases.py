# SPDX-License-Identifier: Apache-2.0
"""Whatever is wrong with a new model, or with what watches it, the old one answers in the end."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.deployed import claiming, deploying
from support.gateway import Reading
from support.labelling import write_labelling
from support.load import Load
from support.models import served_python
from support.nonsense import answering
from support.release import Release, changed, hand_in, released
from support.vela import phase
from support.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ci.cluster.settings import Settings
    from e2e.conftest import Update
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.promql import Prometheus
    from support.vela import Vela

pytestmark = [pytest.mark.e2e, pytest.mark.long]

NAME = "spared"
PER_SECOND = 20
POLICY: Object = {
    "timeoutSeconds": 30,
    "minRequests": 5,
    "checks": [
        {"metric": "errorPercent", "max": 1},
        {"metric": "latencyMilliseconds", "max": 250},
    ],
}
MODELS = {
    "slow": {"predict": "time.sleep(0.5)"},
    "failing": {"predict": "raise ValueError('torn weights')"},
    "crashing": {"load": "raise ValueError('torn weights')"},
    "good": {"predict": "pass"},
}
NONSENSE = [
    (200, "<html>"),
    (500, "out of memory"),
    (200, "{}"),
    (200, '{"data":{"result":{}}}'),
    (200, '{"data":{"result":[1]}}'),
    (200, '{"data":{"result":[{"metric":{"check":"0"},"value":[0,5]}]}}'),
]
EMPTY = (200, '{"status":"success","data":{"resultType":"vector","result":[]}}')


@dataclass(frozen=True)
class Bad:
    """A model, other properties, another policy; and why it is taken back, a regular expression."""

    why: str
    model: str = "good"
    properties: Object = field(default_factory=dict)
    policy: Object = field(default_factory=dict)
    prometheus: str = "real"
    harms: str = ""
    """What those are told whose requests the canary gets; by default they are answered."""


CASES = {
    "slow": Bad(r"at 10 %: latencyMilliseconds p95 \d+(\.\d)? \(max 250\)", "slow"),
    "failing": Bad(r"at 10 %: errorPercent 100 \(max 1\)", "failing", harms="torn weights"),
    "crash at load": Bad(r"at 0 %: 0 of 1 pods .*: .*torn weights", "crashing"),
    "never ready": Bad(
        r"at 0 %: not ready in 30 s: 0 of 1 .* runs, but its readiness probe does not succeed",
        properties={"probes": {"readiness": {"path": "/nowhere"}}},
    ),
    "image missing": Bad(
        r"at 0 %: not ready in 30 s: .*(ErrImagePull|ImagePullBackOff)",
        properties={"runtime": "velaserve", "image": "127.0.0.1:1/nothing:1"},
    ),
    "no card free": Bad(
        r"at 0 %: not ready in 30 s: .* finds no node: .*Insufficient example\.com/card",
        properties={"accelerator": {"chip": "nvidia", "resource": "example.com/card"}},
    ),
    "query without a value": Bad(
        r"at 10 %: no verdict in 30 s: hits has no value",
        policy={"checks": [{"query": "no_such_metric{$pods}", "name": "hits", "min": 1}]},
    ),
    "Prometheus empty": Bad(r"at 10 %: no verdict in 30 s: 0 requests", prometheus="empty"),
    "Prometheus down": Bad(
        r"at 10 %: no answer from Prometheus, 6 of 6 tries, .*connection refused",
        policy={"timeoutSeconds": 600},
        prometheus="down",
    ),
    "Prometheus nonsense": Bad(
        r"at 10 %: no answer from Prometheus, 6 of 6 tries, .*: its data\.result is no list",
        policy={"timeoutSeconds": 600},
        prometheus="nonsense",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_release_is_taken_back(
    case: str,
    standing: tuple[Object, Update, str],
    addresses: dict[str, str],
    kube: Kube,
    model: Callable[[str], Model],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One after the other: each starts from what answers after the one before."""
    bad, (first, update, claim) = CASES[case], standing
    policy = {"prometheus": addresses[bad.prometheus], **bad.policy}
    wanted = changed(first, served_python(f"pvc://{claim}/{bad.model}") | bad.properties)
    wanted["spec"]["components"][0]["traits"][0]["properties"] |= policy
    release, wires = Release(kube, NAME), model(NAME)
    with Load(wires.json, PER_SECOND) as load, Watch(release) as watch:
        said = update(wanted, "taken back")
        safe_s = watch.now_s()
        assert re.match(f"failed: taken back {bad.why}", said), said
        release.is_as_before()
        load.go_on(2 * PER_SECOND)
    assert phase(kube.get("Application", NAME)) == "workflowFailed"
    assert load.answers[-PER_SECOND:] == [Reading(4, "1")] * PER_SECOND
    assert [one for one in load.failures if not bad.harms or bad.harms not in one.text] == []
    with capsys.disabled():
        print(
            f"\n{case:21} vela up to safe {safe_s:4.0f} s, with requests {shared_s(watch):4.0f} s,"
            f" {len(load.answers):4} answered, {len(load.failures):3} failed"
        )


def shared_s(watch: Watch) -> float:
    """How long the canary had requests, in seconds."""
    pairs = zip(watch.moments, watch.moments[1:], strict=False)
    return sum(after.at_s - before.at_s for before, after in pairs if before.share)


@pytest.fixture(scope="module")
def standing(
    vela: Vela,
    kube: Kube,
    local: Settings,
    addresses: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Object, Update, str]]:
    """The service that answers all the while, what updates it, and the claim of bad models."""
    del local  # the claim's folder is on this machine
    folder = tmp_path_factory.mktemp(NAME)
    for name, lines in MODELS.items():
        write_labelling(folder / name, 2, **lines)
    with claiming(kube) as claim, deploying(vela, kube, tmp_path_factory.mktemp("up")) as deploy:
        update = partial(hand_in, deploy, kube)
        first = released(NAME, POLICY | {"prometheus": addresses["real"]}, minReplicas=2)
        update(first, "is as it is wanted")
        yield first, update, claim(folder)


@pytest.fixture(scope="module")
def addresses(prometheus: Prometheus) -> Iterator[dict[str, str]]:
    """Of what is asked for metrics: the real one, and others that are of no use."""
    with socket.socket() as closed, answering(EMPTY) as empty, answering(*NONSENSE) as nonsense:
        closed.bind(("127.0.0.1", 0))  # nobody listens
        down = f"http://127.0.0.1:{closed.getsockname()[1]}"
        known = {"empty": empty.address, "nonsense": nonsense.address}
        yield {"real": prometheus.address, "down": down, **known}
