# SPDX-License-Identifier: Apache-2.0
"""`vela workflow` in the middle of a release: nothing is lost, and it goes on from there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.eventually import eventually
from support.gateway import Reading
from support.load import Load
from support.release import NEW, WHOLE, Release, changed, released
from support.vela import phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Update
    from support.gateway import Model
    from support.kube import Kube
    from support.vela import Vela

pytestmark = pytest.mark.e2e

NAME = "handled"
PER_SECOND = 10


def test_release_is_held_ended_and_goes_on(
    update: Update, model: Callable[[str], Model], vela: Vela, kube: Kube
) -> None:
    first = released(NAME, {"stepSeconds": 3600}, minReplicas=2)
    update(first, "is as it is wanted")
    release, wires = Release(kube, NAME), model(NAME)

    def workflow(word: str, then: str) -> None:
        vela.succeed("workflow", word, NAME)
        eventually(partial(state, kube), lambda seen: seen == then, 60, f"{word}: it is {then}")
        assert release.weights() == [90, 10], word

    with Load(wires.json, PER_SECOND) as load:
        update(changed(first, {"modelUri": NEW}), "canary at 10 %")
        workflow("suspend", "workflowSuspending")
        workflow("resume", "runningWorkflow")
        workflow("restart", "runningWorkflow")
        release.says("canary at 10 %")
        workflow("terminate", "workflowTerminated")
        workflow("restart", "runningWorkflow")
        second = released(NAME, {"stepSeconds": 1}, minReplicas=2, modelUri=NEW)
        update(second, "is as it is wanted")
    assert release.weights() == WHOLE
    assert release.canary() is None
    assert load.failures == []
    assert set(load.answers) == {Reading(4, "1"), Reading(4, "2")}


def state(kube: Kube) -> str:
    return phase(kube.get("Application", NAME))
