# SPDX-License-Identifier: Apache-2.0
"""`make install` on a whole cluster: all that is needed is found, and nothing is in the way."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from ci.tools.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from support.kube import Kube

pytestmark = pytest.mark.e2e


def test_runtime_and_definition_are_applied_again(kubeconfig: Path, kube: Kube) -> None:
    runtime = kube.get("ClusterServingRuntime", "velaserve")
    [image] = {container["image"] for container in runtime["spec"]["containers"]}
    environment = {**os.environ, "KUBECONFIG": str(kubeconfig), "VELASERVE_IMAGE": image}
    command = ["make", "--silent", "install"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"applied runtime velaserve, image {image}\n" in done.stdout
    assert "applied component model-serving\n" in done.stdout
    assert "there is no Gateway" not in done.stderr
    assert kube.get("ClusterServingRuntime", "velaserve")["spec"] == runtime["spec"]
