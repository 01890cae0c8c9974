# SPDX-License-Identifier: Apache-2.0
"""A release of a service whose number of pods follows the load: docs/canary.md."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.load import Load
from support.models import write_sleeping_python
from support.release import SETTLED_S, Release, changed, released
from support.scaling import DOWN_S, MOST, SMALL, Scaled, autoscaler, lasting, python, read_fast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from e2e.conftest import Update
    from support.gateway import Model
    from support.kube import Kube
    from support.promql import Prometheus

pytestmark = [pytest.mark.e2e, pytest.mark.long]

NAME = "scaled-release"
PER_SECOND, ANSWER_S = 15, 0.2
"""One pod answers 5 in a second."""
STEPS = {"weights": [50], "stepSeconds": 20}


def test_pods_stay_for_the_whole_release(
    update: Update,
    claim: Callable[[Path], str],
    kube: Kube,
    prometheus: Prometheus,
    model: Callable[[str], Model],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Kubernetes waits for five minutes before it takes pods: longer than this release."""
    for each in ("old", "new"):
        write_sleeping_python(tmp_path / "models" / each)
    models = claim(tmp_path / "models")
    old = released(NAME, STEPS, None, resources=SMALL, **python(f"{models}/old"))
    rate = {"requestsPerSecond": 4}
    trait = autoscaler(rate, prometheus=read_fast(prometheus.address), behavior={})
    old["spec"]["components"][0]["traits"].append(trait)
    update(old, "is as it is wanted")
    served, scaled, release = model(NAME), Scaled(kube, NAME), Release(kube, NAME)
    counts: list[int] = []

    def look() -> str:
        counts.append(scaled.count().wanted)
        return release.said()

    with Load(partial(served.post, lasting(ANSWER_S)), PER_SECOND) as load:
        scaled.seconds_to(MOST, DOWN_S)
        update(changed(old, {"modelUri": f"pvc://{models}/new"}), "canary")
        eventually(look, lambda said: "is as it is wanted" in said, SETTLED_S, "it is released")
    assert load.failures == []
    assert set(counts) == {MOST}
    release.is_as_before()
    with capsys.disabled():
        print(f"\nrelease with an autoscaler: {len(load.answers)} answered, {MOST} pods throughout")
