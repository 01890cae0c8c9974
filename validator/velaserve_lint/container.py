# SPDX-License-Identifier: Apache-2.0
"""A container of a pod, or the model of an InferenceService, which becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.cursor import Cursor

MODEL_CONTAINER = "kserve-container"


@dataclass(frozen=True, slots=True)
class Container:
    """What stands at `at`: an item of `containers` or `initContainers`, or a model."""

    at: Cursor
    is_init: bool = False
    is_model: bool = False

    @property
    def name(self) -> str:
        """KServe names a model's container by itself."""
        return MODEL_CONTAINER if self.is_model else self.at.at("name").text

    @property
    def env(self) -> Mapping[str, Cursor]:
        """The item of `env` for each variable; of two, the last wins, as in the cluster."""
        items = self.at.at("env").items()
        return {name: item for item in items if (name := item.at("name").text)}

    @property
    def requests(self) -> Cursor:
        return self.at.at("resources", "requests")

    @property
    def limits(self) -> Cursor:
        return self.at.at("resources", "limits")
