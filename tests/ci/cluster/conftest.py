# SPDX-License-Identifier: Apache-2.0
"""A cluster to be made, and the machine before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ci.cluster.cluster import Cluster
from support.empty_cluster import empty_cluster
from support.machine import Machine, machine


@pytest.fixture
def before() -> Machine:
    return machine()


@pytest.fixture
def cluster(tmp_path: Path, before: Machine) -> Iterator[Cluster]:
    del before  # taken first
    with empty_cluster(tmp_path, "etcd") as cluster:
        yield cluster
