# SPDX-License-Identifier: Apache-2.0
"""The cluster that the tests use: of KUBECONFIG, or else of `make cluster`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from ci.cluster import lifecycle
from ci.cluster.cluster import Cluster
from ci.cluster.settings import Settings, read_settings
from ci.tools import programs
from support.deployed import claiming, deploying
from support.eventually import eventually
from support.gateway import Model, address_of, host_of
from support.kube import Kube, Object
from support.models import write_sleeping_python
from support.promql import Prometheus
from support.release import hand_in
from support.scaling import python
from support.vela import Vela

Deploy = Callable[[Object], str]
Update = Callable[[Object, str], str]


@pytest.fixture(scope="session")
def kubeconfig() -> Path:
    named = os.environ.get("KUBECONFIG")
    path = Path(named) if named else read_settings().kubeconfig
    if not path.exists():
        pytest.skip("there is no cluster: make cluster, or KUBECONFIG of one with make install")
    return path


@pytest.fixture(scope="session")
def kube(kubeconfig: Path) -> Kube:
    found = Kube(kubeconfig)
    claim = found.find("PersistentVolumeClaim", "models")
    assert claim, "the tests need a PersistentVolumeClaim `models` with applications/models in it"
    return found


@pytest.fixture(scope="session")
def local(kubeconfig: Path) -> Settings:
    """The cluster of `make cluster`: of no other one the machine and its programs are at hand."""
    settings = read_settings()
    if kubeconfig != settings.kubeconfig:
        pytest.skip("needs the cluster of make cluster: unset KUBECONFIG")
    return settings


@pytest.fixture(scope="session")
def restart(local: Settings) -> Callable[[str], None]:
    """Kills a program of `make cluster-status`, and starts it again as `make cluster` does."""

    def restart(name: str) -> None:
        [daemon] = [each for each in Cluster(local).daemons.all() if each.name == name]
        daemon.kill()
        lifecycle.mend(local)

    return restart


@pytest.fixture
def claim(local: Settings, kube: Kube) -> Iterator[Callable[[Path], str]]:
    """A PersistentVolumeClaim with the models of a folder below tmp_path; its name."""
    del local  # the folder is on this machine
    with claiming(kube) as claim:
        yield claim


@pytest.fixture
def sleeping(claim: Callable[[Path], str], tmp_path: Path) -> dict[str, object]:
    """Properties of a model that takes as long as the request says: support.scaling.lasting()."""
    return python(claim(write_sleeping_python(tmp_path / "sleeping")))


@pytest.fixture(scope="session")
def vela(kubeconfig: Path, tmp_path_factory: pytest.TempPathFactory) -> Vela:
    program = shutil.which("vela") or programs.path("vela")
    return Vela(Path(program), kubeconfig, tmp_path_factory.mktemp("vela"))


@pytest.fixture(scope="session")
def prometheus(kubeconfig: Path) -> Prometheus:
    """That of PROMETHEUS, or else of `make cluster`."""
    settings = read_settings()
    named = os.environ.get("PROMETHEUS")
    if not named and kubeconfig != settings.kubeconfig:
        pytest.skip("set PROMETHEUS=http://127.0.0.1:PORT to one that reads the pods' annotations")
    return Prometheus(named or settings.prometheus)


@pytest.fixture
def deploy(vela: Vela, kube: Kube, tmp_path: Path) -> Iterator[Deploy]:
    """Hands an Application to `vela up`, which may be repeated; what it printed.

    At the end every Application is deleted, and its pods are gone.
    """
    with deploying(vela, kube, tmp_path) as deploy:
        yield deploy


@pytest.fixture
def update(deploy: Deploy, kube: Kube) -> Update:
    """Hands in an Application and waits until its workflow says, or ends with, what is wanted."""
    return partial(hand_in, deploy, kube)


@pytest.fixture
def model(kube: Kube) -> Iterator[Callable[[str], Model]]:
    """The model behind the route of that name, once the gateway has pods for it.

    Healthy is what Kubernetes and the route say; the gateway follows a moment later.
    """
    opened: list[Model] = []

    def model(name: str) -> Model:
        found = Model(address_of(kube), host_of(kube, name), name)
        opened.append(found)
        eventually(found.status, lambda status: status == 200, 30, f"the gateway serves {name}")
        return found

    yield model
    for each in opened:
        each.close()
