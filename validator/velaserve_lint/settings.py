# SPDX-License-Identifier: Apache-2.0
"""What a caller can ask of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from velaserve_lint import targets

if TYPE_CHECKING:
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.targets import Targets


@dataclass(frozen=True, slots=True)
class Settings:
    """How to lint; `earlier` are the objects that the cluster has now, for rules on updates."""

    targets: Targets = targets.DEFAULT
    earlier: tuple[Manifest, ...] = ()


DEFAULT = Settings()
