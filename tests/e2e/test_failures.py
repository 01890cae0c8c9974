# SPDX-License-Identifier: Apache-2.0
"""A model whose pods do not get ready: within a minute one reads why, and mended it serves."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from support.documents import pattern
from support.eventually import eventually
from support.load import Load
from support.models import write_onnx, write_python
from support.release import Release, begin
from support.vela import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import Deploy
    from support.gateway import Model
    from support.kube import Kube, Object
    from support.vela import Vela

pytestmark = pytest.mark.e2e

NAME = "failing"
SAID_S = 60
PER_SECOND = 5
STEP = {"name": "await", "type": "await-model", "properties": {"component": NAME}}
HOARDING = """
    inputs = (TensorSpec("x", "FP32", (-1, 4)),)
    outputs = (TensorSpec("y", "FP32", (-1, 4)),)

    def load(self, directory):
        self.hoard = bytearray(2**30)
"""
Case = dict[str, Any]  # Any: YAML
CASES: list[Case] = yaml.safe_load(
    Path(__file__).with_name("failures.yaml").read_text(encoding="utf-8")
)
SHORT = [case for case in CASES if not case.get("long")]
LONG = [case for case in CASES if case.get("long")]


class Times(NamedTuple):
    """Seconds from `vela up` on."""

    case: str
    said_s: float
    mended_s: float


def wanted(properties: Object, *steps: Object) -> Object:
    return application(NAME, properties, workflow={"steps": list(steps)} if steps else None)


@pytest.fixture
def change(deploy: Deploy, kube: Kube) -> Callable[[Object], Release]:
    """Hands in one Application after the other, all of the same name."""
    return partial(begin, deploy, kube)


@pytest.fixture
def try_all(
    change: Callable[[Object], Release],
    vela: Vela,
    model: Callable[[str], Model],
    capsys: pytest.CaptureFixture[str],
) -> Callable[[list[Case]], None]:
    """One after the other, while the pods from before are asked; prints a table."""

    def try_all(cases: list[Case]) -> None:
        change(wanted({}, STEP)).settles()
        with Load(model(NAME).json, PER_SECOND) as load:
            rows = [tried(case, change, vela) for case in cases]
        assert load.failures == []
        with capsys.disabled():
            _print(rows)
            print(f"{len(load.answers)} requests meanwhile, 0 lost")

    return try_all


def tried(case: Case, change: Callable[[Object], Release], vela: Vela) -> Times:
    """The step says it, `vela status` shows it, and once it is mended all is well."""
    start = time.monotonic()
    change(wanted(case["broken"], STEP)).says(case["says"], SAID_S)
    said_s = time.monotonic() - start
    assert pattern(case["says"]).search(shown := vela.succeed("status", NAME)), shown
    start = time.monotonic()
    change(wanted(case["mended"], STEP)).settles()
    return Times(case["case"], said_s, time.monotonic() - start)


def _print(rows: list[Times]) -> None:
    print(f"\n{'case':<40} reason after s  healthy after s")
    for row in rows:
        print(f"{row.case:<40} {row.said_s:>14.1f} {row.mended_s:>16.1f}")


def test_step_says_what_keeps_a_model(try_all: Callable[[list[Case]], None]) -> None:
    try_all(SHORT)


@pytest.mark.long
def test_step_says_what_else_keeps_a_model(
    try_all: Callable[[list[Case]], None], claim: Callable[[Path], str], tmp_path: Path
) -> None:
    models = tmp_path / "models"
    write_onnx(models / "corrupt", b"no model")
    write_python(models / "hoarding", HOARDING)
    made = claim(models)
    try_all([_of(made, case) for case in LONG])


def _of(claim: str, case: Case) -> Case:
    broken = json.dumps(case["broken"]).replace("CLAIM", claim)
    return case | {"broken": json.loads(broken)}


@pytest.mark.long
@pytest.mark.parametrize("name", ["memory limit too small", "image missing"])
def test_without_the_step_the_message_is_honest(
    name: str,
    change: Callable[[Object], Release],
    vela: Vela,
    model: Callable[[str], Model],
) -> None:
    """It does not say that all is well while only the pods from before answer."""
    [case] = [case for case in CASES if case["case"] == name]
    change(wanted({})).settles()
    failing = change(wanted(case["broken"]))
    honest = "rolling out, not finished: what is ready answers; if it stays so: kubectl describe "
    eventually(failing.health, lambda said: honest in said, SAID_S, f"it says {honest}")
    assert honest in vela.succeed("status", NAME)
    assert model(NAME).json().label == 4
    change(wanted(case["mended"])).settles()
