# SPDX-License-Identifier: Apache-2.0
"""A whole cluster is mended where some of it was killed, and goes without a trace."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from ci.cluster import cgroups, lifecycle
from ci.cluster.cluster import Cluster
from ci.cluster.preflight import BUILT
from ci.cluster.settings import NAME, Settings, read_settings
from support.eventually import eventually
from support.machine import Machine, commands_with, lacking, machine

pytestmark = pytest.mark.heavy  # it takes minutes, of all cores


def test_what_was_killed_is_started_again_and_nothing_is_left_when_half_was(
    folder: Path, before: Machine
) -> None:
    if reason := lacking(*BUILT):
        pytest.skip(reason)
    settings = read_settings({"VELASERVE_CLUSTER_STATE": str(folder / "state")})
    try:
        lifecycle.up(settings)
        kill(settings, "kube-apiserver", "keda-adapter")
        lifecycle.mend(settings)
        assert lifecycle.status(settings)
        for pid in sorted(cgroups.members(NAME))[::2]:
            os.kill(pid, signal.SIGKILL)
        # What brought a daemon into its namespaces ends a moment after it.
        eventually(partial(lifecycle.status, settings), lambda runs: not runs, 10, "some end")
    finally:
        lifecycle.down(settings)
    assert machine() == before
    assert commands_with(str(settings.state)) == []
    assert not settings.state.exists()


def kill(settings: Settings, *names: str) -> None:
    for daemon in Cluster(settings).daemons.all():
        if daemon.name in names:
            daemon.kill()
