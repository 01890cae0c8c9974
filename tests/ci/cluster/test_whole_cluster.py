# SPDX-License-Identifier: Apache-2.0
"""A whole cluster, half of which is killed, goes without a trace."""

import os
import signal
from pathlib import Path

import pytest

from ci.cluster import cgroups, lifecycle
from ci.cluster.preflight import BUILT
from ci.cluster.settings import NAME, read_settings
from support.machine import Machine, commands_with, lacking, machine

pytestmark = pytest.mark.heavy  # it takes minutes, of all cores


def test_nothing_is_left_when_half_of_its_processes_were_killed(
    folder: Path, before: Machine
) -> None:
    if reason := lacking(*BUILT):
        pytest.skip(reason)
    settings = read_settings({"VELASERVE_CLUSTER_STATE": str(folder / "state")})
    try:
        lifecycle.up(settings)
        assert lifecycle.runs(settings)
        for pid in sorted(cgroups.members(NAME))[::2]:
            os.kill(pid, signal.SIGKILL)
        assert not lifecycle.runs(settings)
    finally:
        lifecycle.down(settings)
    assert machine() == before
    assert commands_with(str(settings.state)) == []
    assert not settings.state.exists()
