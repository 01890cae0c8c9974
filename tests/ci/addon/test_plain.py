# SPDX-License-Identifier: Apache-2.0
"""The file for `kubectl apply`, and the command that makes it and the folder."""

from pathlib import Path

import pytest
import yaml

from ci.addon import plain
from ci.addon.__main__ import CANNOT_RUN, OK, main
from ci.install.image import ASCEND_LOCAL, LOCAL
from ci.tools import programs
from ci.tools.errors import NotReady
from ci.tools.schema import definitions
from support.kubernetes_schemas import problems
from support.vela_render import Vela
from velaserve_lint import names

IMAGE = "registry.example.com/team/velaserve:0.1"
ASCEND_IMAGE = "registry.example.com/team/velaserve-ascend:0.1"
KINDS = {
    "components": "ComponentDefinition",
    "traits": "TraitDefinition",
    "steps": "WorkflowStepDefinition",
}
Capture = pytest.CaptureFixture[str]


def test_every_definition_and_runtime_is_in(vela: Vela) -> None:
    images = {LOCAL: IMAGE, ASCEND_LOCAL: ASCEND_IMAGE}
    *made, ascend, runtime = yaml.safe_load_all(plain.text(vela.program, images))
    assert [(each["kind"], each["metadata"]["name"]) for each in made] == [
        (KINDS[file.parent.name], file.stem) for file in definitions()
    ]
    for each in made:
        assert each["metadata"]["namespace"] == "vela-system"
        assert "parameter: #Params" in each["spec"]["schematic"]["cue"]["template"]
    assert [each["metadata"]["name"] for each in (runtime, ascend)] == [*names.runtime().names]
    for each, image in ((runtime, IMAGE), (ascend, ASCEND_IMAGE)):
        assert each["kind"] == "ClusterServingRuntime"
        assert [container["image"] for container in each["spec"]["containers"]] == [image]
        assert problems(each) == []


def test_runtime_without_an_image_is_left_out(vela: Vela) -> None:
    [*_, runtime] = yaml.safe_load_all(plain.text(vela.program, {LOCAL: IMAGE}))
    assert runtime["metadata"]["name"] == names.runtime().name


def test_command_makes_the_same_twice(tmp_path: Path, capsys: Capture) -> None:
    try:
        programs.path("vela")
    except NotReady as err:
        pytest.skip(str(err))
    first, second = ({**made(tmp_path / name, capsys)} for name in ("one", "two"))
    assert first == second
    assert {"velaserve.yaml", "addon/velaserve/metadata.yaml"} <= first.keys()


def made(dist: Path, capsys: Capture) -> dict[str, bytes]:
    assert main(dist, {}) == OK
    said = capsys.readouterr()
    assert f"vela addon enable {dist}/addon/velaserve/" in said.out
    assert f"names the image {LOCAL}, which is in no registry" in said.err
    assert "velaserve.yaml: the runtime velaserve-ascend is left out" in said.err
    files = (path for path in dist.rglob("*") if path.is_file())
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in files}


def test_name_that_is_no_image_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert main(tmp_path, {"VELASERVE_IMAGE": "not an image"}) == CANNOT_RUN
    assert "VELASERVE_IMAGE is 'not an image'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_program_that_is_not_built_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert main(tmp_path / "dist", {}) == CANNOT_RUN
    assert "run make tools/vela" in capsys.readouterr().err
    assert not (tmp_path / "dist").exists()
