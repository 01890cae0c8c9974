# SPDX-License-Identifier: Apache-2.0
"""What is known of KServe is what the pinned KServe says."""

from __future__ import annotations

import os

import pytest

from ci.cluster.manifests import KSERVE
from ci.tools.errors import NotReady
from ci.tools.gomod import module_dir
from ci.tools.kserve_tables import ANNOTATIONS, RUNTIMES, annotations_text, runtimes_text
from velaserve_lint.names.serving import runtime
from velaserve_lint.rules.kserve.annotations import known
from velaserve_lint.rules.kserve.known_runtimes import Runtimes
from velaserve_lint.run import Run


def test_the_tables_are_fresh() -> None:
    try:
        offline = os.environ.get("VELASERVE_REQUIRE_ALL") != "1"
        folder = module_dir(KSERVE, offline=offline)
    except NotReady as err:
        pytest.skip(str(err))

    assert RUNTIMES.read_text(encoding="utf-8") == runtimes_text(folder)
    assert ANNOTATIONS.read_text(encoding="utf-8") == annotations_text(folder)


def test_runtimes_are_kserves_and_ours() -> None:
    found = {one.name: one for one in Runtimes(Run([])).seen_from("default").runtimes}

    assert set(runtime().names) < set(found)
    assert found["kserve-mlserver"].speaks("v2")
    assert not found["kserve-mlserver"].speaks("v1")
    assert found["kserve-sklearnserver"].takes("sklearn", "1", selected=True)
    assert not found["velaserve"].takes("onnx", None, selected=True)
    assert found["velaserve"].takes("onnx", None, selected=False)
    assert found["velaserve"].grace == 25


def test_annotations_are_those_of_the_code() -> None:
    assert "serving.kserve.io/deploymentMode" in known()
    assert not any("/v1" in key for key in known())
