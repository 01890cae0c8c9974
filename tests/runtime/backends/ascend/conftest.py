# SPDX-License-Identifier: Apache-2.0
"""The simulator, scripted anew for each test, which must give back what it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.ascend_sim import Sim, build
from velaserve_runtime.backends.ascend.acl import Acl

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sim:
    return Sim(build(tmp_path_factory.mktemp("ascend")))


@pytest.fixture
def sim(built: Sim) -> Iterator[Sim]:
    built.mend()
    built.set_memory(0)
    yield built
    built.mend()
    assert not built.live()


@pytest.fixture
def acl(sim: Sim) -> Acl:
    return Acl(str(sim.library))
