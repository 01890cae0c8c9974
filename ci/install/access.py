# SPDX-License-Identifier: Apache-2.0
"""The cluster that the user's KUBECONFIG names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ci.cluster.commands import run
from ci.cluster.errors import CommandFailed
from ci.cluster.manifests import Manifest
from ci.install import programs
from ci.install.errors import CannotInstall


@dataclass(frozen=True)
class Access:
    """A way to ask and to change a cluster; `kubeconfig` is the value of KUBECONFIG."""

    kubeconfig: str
    program: Path

    def kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        """Raises: CommandFailed."""
        return run("env", f"KUBECONFIG={self.kubeconfig}", self.program, *arguments, stdin=stdin)

    def get(self, *what: str) -> list[Manifest]:
        """The objects, of those that are named the ones that exist.

        Raises:
            CommandFailed: there is no such type, or this user may not read it.
        """
        text = self.kubectl("get", *what, "--ignore-not-found", "--output=json")
        found = json.loads(text or '{"items": []}')
        return list(found.get("items", [found]))


def connect(environment: Mapping[str, str]) -> Access:
    """Raises: CannotInstall."""
    program = programs.find("kubectl")
    if program is None:
        raise CannotInstall(
            [
                "kubectl is neither on PATH nor built: "
                "https://kubernetes.io/docs/tasks/tools, or make tools/kubectl"
            ]
        )
    # Named even where it is the default: in a pod vela would prefer the cluster it runs in.
    default = str(Path.home() / ".kube" / "config")
    return Access(environment.get("KUBECONFIG") or default, program)


def describe(access: Access) -> str:
    """Where an installation goes.

    Raises:
        CannotInstall: no cluster is named.
    """
    try:
        view = json.loads(access.kubectl("config", "view", "--minify", "--output=json"))
    except CommandFailed as err:
        raise CannotInstall(
            [
                f"KUBECONFIG is {access.kubeconfig}, where kubectl finds no cluster to use; "
                f"name your cluster's file: KUBECONFIG=… make install\n{err}"
            ]
        ) from err
    server = view["clusters"][0]["cluster"]["server"]
    return f"context {view['current-context']}, server {server}"
