# SPDX-License-Identifier: Apache-2.0
"""Opens model folders as the server does."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from typing import TYPE_CHECKING

from support.front_ends import AttachedToOwner
from velaserve_runtime.backends.registry import BackendSettings, open_instance
from velaserve_runtime.repository.config import load_config
from velaserve_runtime.repository.layout import scan_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from velaserve_runtime.backends.instance import ModelInstance
    from velaserve_runtime.protocol.tensors import ModelSpec

SETTINGS = BackendSettings(allow_python_models=True, intra_op_threads=1)


ATTACHED = "attached"
"""No executor of the server: as a front end sees a model that another process owns."""


def open_folder(folder: Path, executor: str = "thread") -> ModelInstance:
    """The newest version in the folder, not loaded."""
    if executor == ATTACHED:
        return AttachedToOwner(open_folder(folder, "process"))
    config = dataclasses.replace(load_config(folder), executor=executor)
    source = scan_model(folder, folder.name, config.model_format)[-1]
    return open_instance(source, config, SETTINGS)


@contextmanager
def loaded(folder: Path, executor: str = "thread") -> Iterator[tuple[ModelInstance, ModelSpec]]:
    """The newest version in the folder, loaded; closed at the end."""
    instance = open_folder(folder, executor)
    try:
        yield instance, instance.load()
    finally:
        instance.close()
