# SPDX-License-Identifier: Apache-2.0
"""The runtimes that are known by name: those that KServe brings, and ours."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ci.tools.gomod import module_dir
from ci.tools.pins import load, module
from ci.tools.tree import ROOT

KSERVE = module(load(), "github.com/kserve/kserve")
OF_KSERVE = "config/runtimes"
OURS = "ci/addon/runtimes"
# What the checklist does not ask for, and images: who installs a runtime decides on these.
_LEFT_OUT = ("protocolVersions", "supportedModelFormats")

Spec = dict[str, Any]  # Any: YAML of any shape


def runtimes(*, offline: bool) -> dict[str, Any]:
    """The table.

    Raises:
        NotReady: KServe's module is not to be had.
    """
    folders = (module_dir(KSERVE.path, offline=offline) / OF_KSERVE, ROOT / OURS)
    found = dict(each for folder in folders for each in _runtimes(folder))
    sources = {f"{KSERVE.path}/{OF_KSERVE}": f"v{KSERVE.version}", OURS: "this repository"}
    return {"sources": sources, "runtimes": found}


def _runtimes(folder: Path) -> Iterator[tuple[str, Spec]]:
    for file in sorted(folder.glob("*.yaml")):
        each = yaml.safe_load(file.read_text(encoding="utf-8"))
        if each["kind"] == "ClusterServingRuntime":
            spec = {key: value for key, value in each["spec"].items() if key not in _LEFT_OUT}
            for container in spec["containers"]:
                container.pop("image")
            yield each["metadata"]["name"], spec
