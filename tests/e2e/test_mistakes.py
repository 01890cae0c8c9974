# SPDX-License-Identifier: Apache-2.0
"""What `vela up` and `vela status` say of an Application that cannot be served."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
import yaml

from ci.cluster.commands import run
from ci.tools import programs
from support.eventually import eventually
from support.vela import application, phase

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.conftest import Deploy
    from support.kube import Kube
    from support.vela import Vela

pytestmark = pytest.mark.e2e

SAID_S = 60


def test_unknown_parameter_is_refused_and_named(vela: Vela, kube: Kube, tmp_path: Path) -> None:
    file = tmp_path / "typo.yaml"
    typo = application("typo", {"batching": {"maxBatchsize": 4}})
    file.write_text(yaml.safe_dump(typo), encoding="utf-8")
    done = vela.run("up", "-f", file)
    assert done.code != 0
    assert "parameter.batching.maxBatchsize: field not allowed" in done.text
    assert kube.find("Application", "typo") is None


@pytest.mark.parametrize(
    ("name", "properties", "reason"),
    [
        (
            "missing",
            {"modelUri": "pvc://models/digits/nothing"},
            "no model found: looked for /mnt/models/",
        ),
        ("too-large", {"resources": {"requests": {"cpu": 1000}}}, "Insufficient cpu"),
    ],
)
def test_status_names_the_command_that_tells_the_reason(
    name: str,
    properties: dict[str, object],
    reason: str,
    deploy: Deploy,
    kube: Kube,
    vela: Vela,
    kubeconfig: Path,
) -> None:
    deploy(application(name, properties))
    says = f"waiting for model {name}, 0 of 1 pods ready; if it stays so: "
    status = partial(vela.succeed, "status", name, "-n", "default")
    told = eventually(status, lambda text: says in text, SAID_S, f"vela status says: {says}")
    assert phase(kube.get("Application", name)) == "runningWorkflow"
    kubectl, *words = told.partition(says)[2].splitlines()[0].split()
    assert kubectl == "kubectl"
    ask = partial(run, programs.path("kubectl"), f"--kubeconfig={kubeconfig}", *words)
    eventually(ask, lambda text: reason in text, SAID_S, f"it says {reason}")
