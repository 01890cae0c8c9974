# SPDX-License-Identifier: Apache-2.0
"""Models in processes, and front ends in other processes."""

from __future__ import annotations

import functools
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest

from support.front_ends import FrontEnd
from support.models import GatedModel
from velaserve_runtime.backends.process.instance import CANCEL_GRACE_S, ProcessInstance
from velaserve_runtime.backends.python_model import PythonInstance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def serve() -> Iterator[Callable[..., ProcessInstance]]:
    """Loads <folder>/model.py in a process."""
    with ExitStack() as instances:

        def load(folder: Path, cancel_grace_s: float = CANCEL_GRACE_S) -> ProcessInstance:
            build = functools.partial(PythonInstance, folder / "model.py")
            instance = ProcessInstance(build, cancel_grace_s=cancel_grace_s)
            instances.enter_context(closing(instance))
            instance.load()
            return instance

        yield load


@pytest.fixture
def attach() -> Iterator[Callable[[ProcessInstance], FrontEnd]]:
    """Starts a process that is attached to the model of another one."""
    with ExitStack() as front_ends:

        def start(owner: ProcessInstance) -> FrontEnd:
            assert owner.address is not None
            return front_ends.enter_context(closing(FrontEnd(owner.address)))

        yield start


@pytest.fixture
def gated(tmp_path: Path) -> Iterator[GatedModel]:
    with closing(GatedModel(tmp_path / "gated")) as model:
        yield model
