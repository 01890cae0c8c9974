# SPDX-License-Identifier: Apache-2.0
"""The programs that come with Debian."""

import shutil
import subprocess
import sys
from pathlib import Path

from ci.cluster.containerd import CNI_PLUGINS
from ci.cluster.daemons import SEARCH_PATH
from ci.cluster.errors import CommandFailed

_PROGRAMS = {
    "containerd": "containerd",
    "ctr": "containerd",
    "runc": "runc",
    str(CNI_PLUGINS / "bridge"): "containernetworking-plugins",
    "nft": "nftables",
    "conntrack": "conntrack",
    "ip": "iproute2",
    "debootstrap": "debootstrap",
    "openssl": "openssl",
    "unshare": "util-linux",
    "mount": "mount",
}


def missing() -> list[str]:
    """The packages that are not installed, by what they bring."""
    packages = {name for program, name in _PROGRAMS.items() if not _found(program)}
    return sorted(packages)


def install_line(packages: list[str]) -> str:
    return f"apt-get install --yes --no-install-recommends {' '.join(packages)}"


def install(packages: list[str]) -> None:
    """Raises: CommandFailed: apt-get could not; it has said why."""
    _apt_get("apt-get update --quiet")  # a machine that was never asked knows no package
    _apt_get(install_line(packages))


def _apt_get(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    if subprocess.run(line.split(), stdout=sys.stderr, check=False).returncode:
        raise CommandFailed(f"{line} failed: mend it, or install the packages yourself")


def can_install() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def _found(program: str) -> bool:
    return shutil.which(program, path=SEARCH_PATH) is not None
