# SPDX-License-Identifier: Apache-2.0
"""What every component gets: settings, folders, kubectl, and a way to start programs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ci.cluster.commands import run, succeeds
from ci.cluster.daemons import Daemons
from ci.cluster.journal import Journal, sysctl
from ci.cluster.settings import Settings
from ci.cluster.space import Space
from ci.tools import programs

Object = Mapping[str, object]
"""A Kubernetes object."""


class Cluster:
    """A cluster that is being made, or that is there."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.journal = Journal(settings.state / "journal")
        self.space = Space(settings.state)
        self.daemons = Daemons(settings.state, self.space)

    def folder(self, name: str) -> Path:
        path = self.settings.state / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def write_json(self, name: str, value: object) -> Path:
        path = self.settings.state / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, indent=1), encoding="utf-8")
        return path

    def set_sysctl(self, name: str, value: str) -> None:
        self.keep_sysctl(name)
        sysctl(name).write_text(value, encoding="utf-8")

    def keep_sysctl(self, name: str) -> None:
        """Have `make cluster-down` restore the value, whoever changes it."""
        self.journal.note("sysctl", name, sysctl(name).read_text(encoding="utf-8").strip())

    def kubectl(self, *arguments: str | Path, stdin: str | None = None) -> str:
        """Raises: CommandFailed."""
        kubeconfig = f"--kubeconfig={self.settings.kubeconfig}"
        return run(programs.path("kubectl"), kubeconfig, *arguments, stdin=stdin)

    def agrees(self, *arguments: str) -> bool:
        """Whether kubectl succeeds."""
        kubeconfig = f"--kubeconfig={self.settings.kubeconfig}"
        return succeeds(programs.path("kubectl"), kubeconfig, *arguments)

    def apply(self, *objects: Object) -> None:
        """Raises: CommandFailed."""
        items = {"apiVersion": "v1", "kind": "List", "items": objects}
        apply = ("apply", "--server-side", "--force-conflicts", "--filename=-")
        self.kubectl(*apply, stdin=json.dumps(items))

    def apply_files(self, files: Sequence[Path]) -> None:
        """Raises: CommandFailed."""
        names = [f"--filename={file}" for file in files]
        self.kubectl("apply", "--server-side", "--force-conflicts", *names)
