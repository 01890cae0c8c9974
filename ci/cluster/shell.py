# SPDX-License-Identifier: Apache-2.0
"""What a shell needs to talk to the cluster: kubeconfig, kubectl and vela, Prometheus' address."""

import shlex

from ci.cluster.cluster import Cluster
from ci.cluster.settings import Settings
from ci.tools import programs

_PROGRAMS = ("kubectl", "vela")


def up(cluster: Cluster) -> None:
    for name in _PROGRAMS:
        (cluster.folder("bin") / name).symlink_to(programs.path(name))


def exports(settings: Settings) -> str:
    """Lines for a shell to evaluate."""
    kubeconfig, folder = (shlex.quote(str(settings.state / name)) for name in ("kubeconfig", "bin"))
    lines = [
        f"KUBECONFIG={kubeconfig}",
        f'PATH={folder}:"$PATH"',
        f"PROMETHEUS={settings.prometheus}",
    ]
    return "".join(f"export {line}\n" for line in lines)
