# SPDX-License-Identifier: Apache-2.0
"""Makes the cluster, removes it, says how it is."""

import shutil
import sys
import time
from collections.abc import Collection
from pathlib import Path

from ci.cluster import debian_packages, preflight
from ci.cluster.cluster import Cluster
from ci.cluster.components import COMPONENTS
from ci.cluster.journal import Journal
from ci.cluster.settings import Settings


def up(settings: Settings) -> None:
    """Make the cluster; what a failure leaves is for reading, and for `down`.

    Raises:
        ClusterError: it cannot run here, or a component does not start.
    """
    preflight.check(settings)
    if packages := debian_packages.missing():
        debian_packages.install(packages)
    settings.state.mkdir(parents=True, mode=0o700)
    (settings.state / "log").mkdir()
    cluster = Cluster(settings)
    _make(cluster, [name for name, _ in COMPONENTS])
    _complete(settings).touch()


def mend(settings: Settings) -> None:
    """Start again what has ended of a cluster that was complete.

    Raises:
        ClusterError: a component does not start.
    """
    cluster = Cluster(settings)
    _make(cluster, {daemon.component for daemon in cluster.daemons.all() if not daemon.runs})


def lives(settings: Settings) -> bool:
    """Whether `up` has ended well, and not all that it started has ended since."""
    return _complete(settings).exists() and any(
        daemon.runs for daemon in Cluster(settings).daemons.all()
    )


def down(settings: Settings) -> None:
    """Remove everything that `up` made, wherever it stopped; may be repeated.

    Raises:
        ClusterError: something could not be removed; the folder stays until it can.
    """
    Journal(settings.state / "journal").undo()
    if settings.state.exists():
        shutil.rmtree(settings.state)


def status(settings: Settings) -> bool:
    """Print what runs and where its log is; whether all of it runs."""
    daemons = Cluster(settings).daemons.all()
    for daemon in daemons:
        state = "runs" if daemon.runs else "ended"
        sys.stdout.write(f"{daemon.name:<24} {state:<6} pid {daemon.pid:<8} {daemon.log}\n")
    if daemons:
        sys.stdout.write(f"gateway http://{settings.local('gateway')}\n")
        sys.stdout.write(f"prometheus {settings.prometheus}\n")
        sys.stdout.write('for kubectl and vela: eval "$(make -s cluster-env)"\n')
    else:
        sys.stdout.write(f"there is no cluster in {settings.state}: make cluster\n")
    return bool(daemons) and all(daemon.runs for daemon in daemons)


def _make(cluster: Cluster, wanted: Collection[str]) -> None:
    for name, make in COMPONENTS:
        if name in wanted:
            start = time.monotonic()
            cluster.daemons.component = name
            make(cluster)
            sys.stderr.write(f"{name:<24} {time.monotonic() - start:5.1f} s\n")


def _complete(settings: Settings) -> Path:
    return settings.state / "complete"
