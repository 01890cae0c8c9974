# SPDX-License-Identifier: Apache-2.0
"""A cluster to be made, and the machine before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ci.cluster.cluster import Cluster
from support.empty_cluster import empty_cluster
from support.machine import Machine, lacking, machine


@pytest.fixture
def before() -> Machine:
    if reason := lacking():
        pytest.skip(reason)
    return machine()


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a short name: the path of a socket below it can have 107 bytes."""
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture
def cluster(folder: Path, before: Machine) -> Iterator[Cluster]:
    del before  # taken first
    with empty_cluster(folder, "etcd") as cluster:
        yield cluster
