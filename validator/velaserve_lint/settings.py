# SPDX-License-Identifier: Apache-2.0
"""What a caller can ask of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velaserve_lint import targets
from velaserve_lint.catalogue import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.catalogue import Catalogue
    from velaserve_lint.finding import Severity
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.targets import Targets


@dataclass(frozen=True, slots=True)
class Settings:
    """How to lint; ids of rules may be cut short: VS2 stands for the whole family.

    `earlier` are the objects that the cluster has now, for rules on updates; `catalogue` has the
    types that may be used in Applications; `ignored_in_paths` are pairs of a pattern for paths and
    the ids that are ignored there. With `checklist`, what production needs is asked for, too.
    """

    targets: Targets = targets.DEFAULT
    earlier: tuple[Manifest, ...] = ()
    ignored: tuple[str, ...] = ()
    ignored_in_paths: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    catalogue: Catalogue = SHIPPED
    checklist: bool = False


DEFAULT = Settings()
