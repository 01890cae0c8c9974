# SPDX-License-Identifier: Apache-2.0
"""A folder for the lower half of a cluster, where this machine can have one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ci.cluster.cluster import Cluster
from ci.cluster.lifecycle import down
from ci.cluster.settings import read_settings
from support.machine import lacking


@contextmanager
def empty_cluster(folder: Path, *built: str) -> Iterator[Cluster]:
    """Skips where the programs `built` are not; what a failing test leaves is removed."""
    if reason := lacking("pause", *built):
        pytest.skip(reason)
    environment = {
        "VELASERVE_CLUSTER_STATE": str(folder / "state"),
        "VELASERVE_CLUSTER_FIRST_PORT": "26400",
        "VELASERVE_CLUSTER_POD_SUBNET": "10.251.0.0/24",
    }
    settings = read_settings(environment)
    (settings.state / "log").mkdir(parents=True)
    try:
        yield Cluster(settings)
    finally:
        down(settings)
