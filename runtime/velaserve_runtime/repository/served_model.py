# SPDX-License-Identifier: Apache-2.0
"""One model of the repository: what serves, what happens to it, and why it may not serve."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import NotReady, VersionNotFound
from velaserve_runtime.protocol.metadata import IndexEntry

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_runtime.repository.served_version import ServedVersion

READY, LOADING, UNLOADING, UNAVAILABLE = "READY", "LOADING", "UNLOADING", "UNAVAILABLE"
"""Triton's words for the state of a model version."""


@dataclass(slots=True)
class ServedModel:
    """Requests read `versions`; one operation at a time changes them, under `lock`."""

    name: str
    directory: Path
    state: str = LOADING
    reason: str = ""
    versions: dict[str, ServedVersion] = field(default_factory=dict)
    """By version, ascending; replaced as a whole, so that a request sees one generation."""
    wanted: bool = True
    """False once somebody unloaded it: then it does not keep the server from being ready."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def version(self, version: str) -> ServedVersion:
        """The named version; the newest for "".

        Raises:
            NotReady: nothing of the model serves.
            VersionNotFound: something else serves.
        """
        if not self.versions:
            raise NotReady(f"model '{self.name}' is not ready: {self.reason or self.state}")
        if not version:
            return next(reversed(self.versions.values()))
        served = self.versions.get(version)
        if served is None:
            raise VersionNotFound(self.name, version, self.versions)
        return served

    @property
    def ready(self) -> bool:
        return bool(self.versions) and not self.trouble

    @property
    def trouble(self) -> str:
        """Why a version that is loaded answers nothing; empty when all do."""
        return next((one.trouble for one in self.versions.values() if one.trouble), "")

    @property
    def lost(self) -> bool:
        """Whether its device is gone: it comes back by itself when the device does."""
        return any(served.placement.lost for served in self.versions.values())

    def index(self) -> list[IndexEntry]:
        if not self.versions:
            return [IndexEntry(self.name, "", self.state, self.reason)]
        return [
            IndexEntry(self.name, version, UNAVAILABLE, trouble)
            if (trouble := served.trouble)
            else IndexEntry(self.name, version, READY, self.reason)
            for version, served in self.versions.items()
        ]
