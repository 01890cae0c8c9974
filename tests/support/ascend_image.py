# SPDX-License-Identifier: Apache-2.0
"""What stands in for the image for NPUs, which only Docker makes: the other one, changed.

Other packages are mounted over its own, and the simulator where CANN would be.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from zipfile import ZipFile

from ci.images import contents, debian, packages
from ci.images.cache import cached, key
from ci.tools.tree import ROOT
from support.ascend_sim import build

if TYPE_CHECKING:
    from pathlib import Path

    from support.kube import Object

_CANN = "/opt/cann"


def properties(folder: Path) -> Object:
    """Of a component whose pods are to have it; `folder`, on this machine, is filled."""
    site, cann = folder / "site", folder / "cann"
    shutil.copytree(_dependencies(), site)
    ZipFile(packages.wheel(folder / "wheel")).extractall(site)
    cann.mkdir()
    build(cann)
    mounts = {"site": (site, contents.server().folder), "cann": (cann, _CANN)}
    return {
        "volumes": [
            {"name": name, "hostPath": {"path": str(source), "type": "Directory"}}
            for name, (source, _) in mounts.items()
        ],
        "volumeMounts": [
            {"name": name, "mountPath": path, "readOnly": True}
            for name, (_, path) in mounts.items()
        ],
        "env": {"LD_LIBRARY_PATH": _CANN},
    }


def _dependencies() -> Path:
    """What pip installs there, made once for a list and its pins."""
    base, image = debian.base(contents.server()), contents.ascend()
    wanted = contents.required(image.extras)
    pins = [(ROOT / file).read_text(encoding="utf-8") for file in image.constraints]
    constraints = [f"--constraint={file}" for file in image.constraints]

    def make(scratch: Path) -> None:
        packages.install(scratch / "site", base, *constraints, *wanted)

    return cached("site-velaserve-ascend", key(base.name, *pins, *wanted), make) / "site"
