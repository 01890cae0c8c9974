# SPDX-License-Identifier: Apache-2.0
"""Releases a model on the cluster of `make cluster` and draws it: docs/canary.svg.

    PYTHONPATH=tests .venv/bin/python -m ci.bench.canary_picture

Two replicas under load; every half second the route's weight and who has answered are written down.
What was read meanwhile is printed: the transcript in docs/canary.md.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import dropwhile, groupby
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from ci.bench.canary_svg import Event, Sample, picture
from ci.cluster.settings import read_settings
from ci.tools import programs
from ci.tools.tree import ROOT
from support.deployed import deploying
from support.eventually import eventually
from support.gateway import Model, address_of, host_of
from support.kube import Kube
from support.load import Load
from support.release import NEW, Release, changed, hand_in, released
from support.vela import Vela
from support.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from support.gateway import Reading
    from support.kube import Object
    from support.watch import Moment

NAME = "digits"
PER_SECOND = 20
PERIOD_S, AFTER_S = 0.5, 6
DONE = "is as it is wanted"
SHOWN = {
    "starting the canary": "starting the canary",
    "canary to 10 %": "10 %",
    "canary to 50 %": "50 %",
    "canary to 100 %": "100 %",
    "promoting": "promoting",
    "takes all requests back": "digits takes all back",
    DONE: "released",
}
"""Messages, and what stands for them in the picture."""


def main() -> None:
    settings = read_settings()
    kube = Kube(settings.kubeconfig)
    with tempfile.TemporaryDirectory() as home:
        vela = Vela(programs.path("vela"), settings.kubeconfig, Path(home))
        with deploying(vela, kube, Path(home)) as deploy:
            first = application(settings.prometheus)
            hand_in(deploy, kube, first, DONE)
            second = changed(first, {"modelUri": NEW})
            samples, moments = watched(kube, partial(hand_in, deploy, kube, second, DONE))
    (ROOT / "docs" / "canary.svg").write_text(picture(samples, events(moments)), encoding="utf-8")
    for said, seen in groupby(moments, lambda moment: moment.said):
        sys.stdout.write(f"{next(seen).at_s:5.1f} s  {said}\n")


def application(prometheus: str) -> Object:
    """That of docs/canary.md, with 20 seconds at each weight."""
    errors = {"metric": "errorPercent", "max": 1}
    latency = {"metric": "latencyMilliseconds", "max": 1000}
    policy = {"prometheus": prometheus, "checks": [errors, latency], "stepSeconds": 20}
    return released(NAME, policy, minReplicas=2)


def watched(kube: Kube, run: Callable[[], object]) -> tuple[list[Sample], list[Moment]]:
    release = Release(kube, NAME)
    wires = Model(address_of(kube), host_of(kube, NAME), NAME)
    eventually(wires.status, lambda status: status == 200, 30, "the gateway serves it")
    loads = [Load(ask, PER_SECOND) for ask in (wires.json, wires.grpc)]
    with loads[0], loads[1], Watch(release) as watch, ThreadPoolExecutor(1) as pool:
        samples = list(sampled(release, loads, watch, pool.submit(run)))
    wires.close()
    if failures := [each for load in loads for each in load.failures]:
        raise SystemExit(f"{len(failures)} requests failed, the first: {failures[0]}")
    begun = dropwhile(lambda moment: "starting" not in moment.said, watch.moments)
    return samples, list(begun)


def sampled(
    release: Release, loads: Sequence[Load[Reading]], watch: Watch, done: Future[object]
) -> Iterator[Sample]:
    """Each half second until the release is done, and a few seconds more."""
    seen, end_s = Counter[str](), inf
    while watch.now_s() < end_s:
        time.sleep(PERIOD_S)
        now = Counter(answer.version for load in loads for answer in list(load.answers))
        new = now - seen
        yield Sample(watch.now_s(), release.share(), new.total(), new["2"])
        seen = now
        if done.done() and end_s == inf:
            done.result()
            end_s = watch.now_s() + AFTER_S


def events(moments: Sequence[Moment]) -> Iterator[Event]:
    for message, text in SHOWN.items():
        if found := [moment.at_s for moment in moments if message in moment.said]:
            yield Event(found[0], text)


if __name__ == "__main__":
    main()
