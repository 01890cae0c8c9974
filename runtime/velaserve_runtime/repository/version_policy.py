# SPDX-License-Identifier: Apache-2.0
"""Which of a model's versions are served, in Triton's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from velaserve_runtime.protocol.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.protocol.metadata import JSON
    from velaserve_runtime.repository.layout import VersionSource


@dataclass(frozen=True, slots=True)
class VersionPolicy:
    """latest: the highest `num_versions`; all; specific: exactly `versions`."""

    kind: Literal["latest", "all", "specific"] = "latest"
    num_versions: int = 1
    versions: tuple[int, ...] = ()

    def select(self, sources: Sequence[VersionSource]) -> list[VersionSource]:
        """The served ones of `sources` (ascending), ascending.

        Raises:
            ConfigError: a specific version is not there.
        """
        match self.kind:
            case "latest":
                return list(sources[-self.num_versions :])
            case "all":
                return list(sources)
            case "specific":
                return self._specific(sources)

    def to_json(self) -> dict[str, JSON]:
        """As in Triton's model configuration."""
        match self.kind:
            case "latest":
                return {"latest": {"num_versions": self.num_versions}}
            case "all":
                return {"all": {}}
            case "specific":
                return {"specific": {"versions": list(self.versions)}}

    def _specific(self, sources: Sequence[VersionSource]) -> list[VersionSource]:
        found = {int(source.version): source for source in sources}
        missing = [version for version in sorted(set(self.versions)) if version not in found]
        if missing:
            present = ", ".join(map(str, found))
            raise ConfigError(
                f"version_policy names version {missing[0]}, which is not there; found {present}"
            )
        return [found[version] for version in sorted(set(self.versions))]


LATEST = VersionPolicy()
"""The default, as in Triton."""
