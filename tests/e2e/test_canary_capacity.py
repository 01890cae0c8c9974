# SPDX-License-Identifier: Apache-2.0
"""A release under a load that needs all pods of the service: at no moment are there too few."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import pytest

from support.eventually import eventually
from support.labelling import write_labelling
from support.load import Load
from support.models import served_python
from support.release import Release, changed, released
from support.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from e2e.conftest import Update
    from support.gateway import Model, Reading
    from support.kube import Kube, Object

pytestmark = [pytest.mark.e2e, pytest.mark.long]

NAME = "carried"
PODS = 3
SECONDS_A_REQUEST = 0.1
PER_SECOND = 8
"""On each of two wires: more than a pod's 10, less than 3 pods' 30."""
DEADLINE_S = 3


class Answer(NamedTuple):
    """To one request: when it was sent, and how long it took."""

    sent_s: float
    label: int
    took_s: float


def test_pods_carry_what_the_canary_gets(
    update: Update,
    models: dict[str, Object],
    kube: Kube,
    model: Callable[[str], Model],
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = released(NAME, {}, **models["old"])
    update(first, "is as it is wanted")
    wires = model(NAME)
    with loaded(wires) as answers:
        eventually(lambda: slowest(answers()) > DEADLINE_S, bool, 60, "one pod is too few")
    first = changed(first, {"minReplicas": PODS})
    update(first, f"{PODS} of {PODS} pods available")
    second = changed(first, models["new"])
    with Watch(Release(kube, NAME)) as watch, loaded(wires) as answers:
        update(second, "is as it is wanted")
    for share, pods in rises(watch).items():
        assert pods >= ceil(PODS * share / 100), f"{pods} pods for {share} %: {watch.moments}"
    assert {answer.label for answer in answers()} == {1, 2}
    late = [answer for answer in answers() if answer.took_s > DEADLINE_S]
    assert late == [], watch.moments
    with capsys.disabled():
        print(
            f"\nrelease with {PODS} replicas at {2 * PER_SECOND} requests/s, of which a pod carries"
            f" {1 / SECONDS_A_REQUEST:g}: {len(answers())} answered, 0 lost, the slowest in"
            f" {slowest(answers()):.1f} s; pods of the canary: {rises(watch)}"
        )


@pytest.fixture
def models(claim: Callable[[Path], str], tmp_path: Path) -> dict[str, Object]:
    """Properties of the old and of the new one, each of which answers one request at a time."""
    for label, name in enumerate(("old", "new"), 1):
        write_labelling(tmp_path / name, label, predict=f"time.sleep({SECONDS_A_REQUEST})")
    folder = claim(tmp_path)
    return {name: served_python(f"pvc://{folder}/{name}") for name in ("old", "new")}


@contextmanager
def loaded(wires: Model) -> Iterator[Callable[[], list[Answer]]]:
    """While it runs, and after: the answers. No request failed."""
    asks = (partial(timed, ask, monotonic()) for ask in (wires.json, wires.grpc))
    rest, grpc = (Load(ask, PER_SECOND) for ask in asks)
    with rest, grpc:
        yield lambda: rest.answers + grpc.answers
    assert rest.failures + grpc.failures == []


def timed(ask: Callable[[], Reading], begun: float) -> Answer:
    sent = monotonic()
    label = ask().label
    return Answer(sent - begun, label, monotonic() - sent)


def slowest(answers: list[Answer]) -> float:
    return max((answer.took_s for answer in answers), default=0)


def rises(watch: Watch) -> dict[int, int]:
    """How many pods the canary had when it first got a share."""
    found: dict[int, int] = {}
    for moment in watch.moments:
        found.setdefault(moment.share, moment.pods)
    return found
